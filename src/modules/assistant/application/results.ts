import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { cleanText } from '../../../kernel/words.ts';
import { legalDay } from '../../../kernel/time.ts';
import { aiLabel, type AiLabel } from '../domain/label.ts';
import { LONGEST_ANSWER } from '../domain/plain-output.ts';
import { noResult, stillRunning, textChanged } from '../domain/problems.ts';
import { readability, type Readability } from '../domain/readability.ts';
import { isBrokenOff, type AssistantResult } from '../domain/result.ts';
import { keptUntil } from '../domain/retention.ts';
import { changeText, confirmResult, deleteResult, findResult, finishResult, listResults, lockResult } from '../store/results.ts';
import { staffOf, type AssistantContext, type Staff } from './context.ts';
import { note } from './journal.ts';
import { GIVEN_UP_MS } from './running.ts';

/** A result with what stands beside it. */
export interface ShownResult {
  readonly result: AssistantResult;
  readonly label: AiLabel;
  readonly readability: Readability | undefined;
  /** The last day on which it is kept. */
  readonly keptUntil: Temporal.PlainDate;
}

/** Whether somebody may still be making it: this process, or for as long as one may take another one. */
const mayRun = (ctx: AssistantContext, { id, state, createdAt }: AssistantResult): boolean =>
  state === 'running' && (ctx.running.has(id) || ctx.clock().epochMilliseconds - createdAt.epochMilliseconds < GIVEN_UP_MS);

/** A result that is being made shows what there is; one that nobody makes any more is broken off. */
export async function settled(ctx: AssistantContext, staff: Staff, result: AssistantResult): Promise<AssistantResult> {
  if (result.state !== 'running') return result;
  const text = ctx.running.textOf(result.id);
  if (text !== undefined) return { ...result, text };
  // it may have ended between the two looks
  const again = await findResult(ctx.database.read, staff.staffId, result.id);
  if (again === undefined || again.state !== 'running') return again ?? result;
  if (mayRun(ctx, again)) return { ...again, text: ctx.running.textOf(result.id) ?? again.text };
  const broken = { ...result, state: 'broken' as const };
  await ctx.database.write((tx) => finishResult(tx, staff.staffId, result.id, broken, ctx.clock()));
  return broken;
}

/** How it is shown: with its label, its figures, and until when it is kept. */
export function shown(result: AssistantResult): ShownResult {
  const { made, origin, edited, confirmedBy, sources, changedAt, body } = result;
  // what a person has taken out since is no longer wrong
  const missing = (body.missing ?? []).map(({ text }) => text).filter((text) => result.text.includes(text));
  const label = aiLabel({
    ...{ made, brokenOff: isBrokenOff(result), edited, sources, missing, dropped: body.dropped ?? 0 },
    ...(origin === null ? {} : { origin }),
    ...(confirmedBy === null ? {} : { confirmedBy }),
  });
  return { result, label, readability: readability(result.text), keptUntil: keptUntil(legalDay(changedAt)) };
}

/** The person's own result. @param waitMs waits so long for its end */
export async function openResult(ctx: AssistantContext, actor: Actor, id: string, waitMs = 0): Promise<Result<ShownResult, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  const found = parseId(id) === undefined ? undefined : await findResult(ctx.database.read, staff.value.staffId, id);
  if (found === undefined) return refuse(noResult);
  if (found.state === 'running' && waitMs > 0) {
    await ctx.running.wait(id, waitMs);
    return openResult(ctx, actor, id);
  }
  return ok(shown(await settled(ctx, staff.value, found)));
}

export async function results(ctx: AssistantContext, actor: Actor, limit: number, before?: string): Promise<Result<readonly AssistantResult[], Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  return ok(await listResults(ctx.database.read, staff.value.staffId, limit, before === undefined ? undefined : parseId(before)));
}

/** Stops an answer that is being made; what there is of it stays, labelled. */
export async function stopResult(ctx: AssistantContext, actor: Actor, id: string): Promise<Result<ShownResult, Problem>> {
  const opened = await openResult(ctx, actor, id);
  if (!opened.ok) return opened;
  await ctx.running.stop(id);
  return openResult(ctx, actor, id);
}

/** Changes something about the person's own finished result. */
async function change(
  ctx: AssistantContext,
  actor: Actor,
  id: string,
  work: (tx: Parameters<typeof lockResult>[0], staff: Staff, result: AssistantResult, now: Temporal.Instant) => Promise<Result<unknown, Problem>>,
): Promise<Result<ShownResult, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  if (parseId(id) === undefined) return refuse(noResult);
  const done = await ctx.database.transaction<unknown, Problem>(async (tx) => {
    const result = await lockResult(tx, staff.value.staffId, id);
    if (result === undefined) return refuse(noResult);
    if (mayRun(ctx, result)) return refuse(stillRunning);
    return work(tx, staff.value, result, ctx.clock());
  });
  return done.ok ? openResult(ctx, actor, id) : done;
}

/** The person puts their own words in; the label says so. @param seen SHA-256 of the text that they had before them */
export async function editResult(ctx: AssistantContext, actor: Actor, id: string, typed: string, seen: string): Promise<Result<ShownResult, Problem>> {
  const text = cleanText(typed);
  if (text === '') return refuse(invalidField('text', 'Der Text ist leer. Löschen Sie das Ergebnis, wenn Sie es nicht mehr brauchen.'));
  if (text.length > LONGEST_ANSWER) return refuse(invalidField('text', `Kürzen Sie den Text auf höchstens ${LONGEST_ANSWER} Zeichen.`));
  return change(ctx, actor, id, async (tx, staff, result, now) => {
    if (sha256Hex(result.text) !== seen) return refuse(textChanged);
    if (text === result.text) return ok(undefined);
    await changeText(tx, staff.staffId, id, text, now);
    await note(ctx, tx, actor, now, { stream: id, kind: 'edited' }, { before: sha256Hex(result.text), after: sha256Hex(text) });
    return ok(undefined);
  });
}

/** The person says that they have checked the text. @param by their name as it stands in the label, and SHA-256 of the text they saw */
export async function checkedResult(
  ctx: AssistantContext,
  actor: Actor,
  id: string,
  { name, seen }: { readonly name: string; readonly seen: string },
): Promise<Result<ShownResult, Problem>> {
  return change(ctx, actor, id, async (tx, staff, result, now) => {
    if (sha256Hex(result.text) !== seen) return refuse(textChanged);
    await confirmResult(tx, staff.staffId, id, name, now);
    await note(ctx, tx, actor, now, { stream: id, kind: 'confirmed' }, { textSha256: sha256Hex(result.text) });
    return ok(undefined);
  });
}

export async function forgetResult(ctx: AssistantContext, actor: Actor, id: string): Promise<Result<{ readonly deleted: number }, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  if (parseId(id) === undefined) return refuse(noResult);
  await ctx.running.stop(id);
  return ctx.database.transaction<{ readonly deleted: number }, Problem>(async (tx) => {
    if (!(await deleteResult(tx, staff.value.staffId, id))) return refuse(noResult);
    await note(ctx, tx, actor, ctx.clock(), { stream: id, kind: 'deleted' }, {});
    return ok({ deleted: 1 });
  });
}

/** Puts the text into the file of a case as an internal note, with its label: a person's act, and no decision. */
export async function resultToCase(ctx: AssistantContext, actor: Actor, id: string, fileNumber: string): Promise<Result<{ readonly caseId: string }, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  const opened = await openResult(ctx, actor, id);
  if (!opened.ok) return opened;
  const { result, label } = opened.value;
  if (result.state === 'running') return refuse(stillRunning);
  if (fileNumber.trim() === '') return refuse(invalidField('fileNumber', 'Nennen Sie das Aktenzeichen des Vorgangs.'));
  const sources = result.sources.map(({ title, sha256 }) => `${title} (SHA-256 ${sha256})`);
  const text = [result.text, label.lines.join(' '), ...(sources.length === 0 ? [] : [`Quellen: ${sources.join('; ')}`])].join('\n\n');
  const noted = await ctx.noteInCase(staff.value, { fileNumber: fileNumber.trim(), text });
  if (!noted.ok) return noted;
  await ctx.database.write((tx) =>
    note(ctx, tx, actor, ctx.clock(), { stream: id, kind: 'noted-in-case' }, { caseId: noted.value.caseId, textSha256: sha256Hex(result.text) }),
  );
  return noted;
}
