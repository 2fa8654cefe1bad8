import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { readsLog, writeLogEntry } from '../../logbook/public.ts';
import {
  enterLage,
  lageStream,
  notYourRight,
  changesOfPicture,
  readPicture,
  readWholePicture,
  type LageProblem,
  type LageView,
} from '../../situation/public.ts';
import { byDeadline, condensed, findingsIn, grouped, inOrder, NOTEWORTHY, SHOWN, type Changed, type Finding } from '../domain/finding.ts';
import { decisionProblems, decisionWords, possible, type DecisionInput, type Possible } from '../domain/options.ts';
import { findDecision, findSeen, insertDecision, listDecisions, saveSeen, type Decision, type Seen } from '../store/orientation.ts';
import type { LogLine, OrientationContext } from './context.ts';

export type { Changed, Decision, DecisionInput, Finding, LogLine };

/** Whether time and forces of an option are enough. */
export const possibleOf = (option: DecisionInput['options'][number]): Possible => possible(option);

/** Of each kind the first few, for a page. */
export const firstOf = (findings: readonly Finding[]): ReturnType<typeof condensed> => condensed(findings);

export interface Orientation {
  readonly view: LageView;
  readonly seen: Seen;
  /** Up to where this page tells; what is sent back as seen. */
  readonly head: { readonly pictureSeq: number; readonly logNumber: number };
  readonly changed: readonly Changed[];
  /** The picture is larger than what is looked through for findings. */
  readonly cut: boolean;
  readonly log: readonly LogLine[];
  readonly due: readonly Finding[];
  readonly proposed: readonly Finding[];
  readonly contradictory: readonly Finding[];
  readonly missing: readonly Finding[];
  /** Sources that could not be asked just now. */
  readonly silent: readonly string[];
  readonly decisions: readonly Decision[];
}

const LINES = 20;

/** What a person who comes to the Lage has to know: what changed, what is due, proposed, contradictory and missing. */
export async function orient(ctx: OrientationContext, actor: Actor, key: string): Promise<Result<Orientation, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const view = opened.value;
  const now = ctx.clock();
  const db = ctx.database.read;
  const seen = await findSeen(db, view.lage.id, view.member.id);
  const changes = await changesOfPicture(db, view, { after: seen.pictureSeq, perKind: SHOWN });
  const { objects, cut } = await readWholePicture(db, view, { kinds: NOTEWORTHY, doubtful: true });
  const log = await ctx.logAfter(actor, key, seen.logNumber, LINES);
  const { findings, silent } = await ask(ctx, view, actor, now);
  const all = [...findingsIn(objects, { key: view.lage.key, now }), ...findings];
  const of = (aspect: Finding['aspect']): Finding[] => all.filter((one) => one.aspect === aspect);
  return ok({
    view,
    seen,
    head: { pictureSeq: Math.max(changes.head, seen.pictureSeq), logNumber: log[0]?.number ?? seen.logNumber },
    changed: grouped(changes.things),
    cut,
    log,
    due: byDeadline(of('due')),
    proposed: inOrder(of('proposed')),
    contradictory: inOrder(of('contradictory')),
    missing: inOrder(of('missing')),
    silent,
    decisions: readsLog(view) ? await listDecisions(db, view.lage.id, { limit: 5 }) : [],
  });
}

/** Asks every source; one that fails says so, and hides nothing of the others. */
async function ask(ctx: OrientationContext, view: LageView, actor: Actor, now: Temporal.Instant): Promise<{ findings: Finding[]; silent: string[] }> {
  const findings: Finding[] = [];
  const silent: string[] = [];
  for (const [name, source] of Object.entries(ctx.sources)) {
    try {
      findings.push(...(await source(view, actor, now)));
    } catch (error) {
      silent.push(name);
      ctx.log.error('orientation.source-failed', { source: name, error: String(error) });
    }
  }
  return { findings, silent };
}

/** Says that this person has seen everything up to a place. */
export async function markSeen(
  ctx: OrientationContext,
  actor: Actor,
  key: string,
  place: { readonly pictureSeq: number; readonly logNumber: number },
): Promise<Result<{ readonly pictureSeq: number; readonly logNumber: number }, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  // nobody has seen what is not there yet
  const { head } = await readPicture(ctx.database.read, opened.value, { limit: 1 });
  const [last] = await ctx.logAfter(actor, key, 0, 1);
  const at = { pictureSeq: Math.min(place.pictureSeq, head), logNumber: Math.min(place.logNumber, last?.number ?? 0) };
  await saveSeen(ctx.database.read, opened.value.lage.id, opened.value.member.id, at, ctx.clock());
  return ok(at);
}

/** Keeps which of several options somebody chose, with all figures, in the log and the journal. Sent twice under one id it is one. */
export async function decide(ctx: OrientationContext, actor: Actor, key: string, input: DecisionInput, id?: string): Promise<Result<Decision, LageProblem>> {
  const problems = decisionProblems(input);
  if (problems.length > 0) return refuse(invalidFields(problems));
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'assess', tx);
    if (!opened.ok) return opened;
    const view = opened.value;
    const before = id === undefined ? undefined : await findDecision(tx, view.lage.id, id);
    if (before !== undefined) return ok(before);
    const now = ctx.clock();
    const words = decisionWords(input);
    const logged = await writeLogEntry(tx, view, { kind: 'entschluss', text: words }, now);
    const { name, organisation } = view.member;
    const decision: Decision = {
      ...input,
      id: id ?? newId(now.epochMilliseconds),
      decidedBy: `${name}, ${organisation}`,
      logNumber: logged.number,
      decidedAt: now,
    };
    if (!(await insertDecision(tx, view.lage.id, decision))) return refuse(invalidField('id', 'Diese Kennung ist schon vergeben. Nehmen Sie eine neue.'));
    const payload = { decisionId: decision.id, options: input.options.length, chosen: input.chosen, sha256: sha256Hex(words) };
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(view.lage.id), kind: 'orientation.decided', payload }, logged.journal]);
    return ok(decision);
  });
}

export async function decisionsOf(
  ctx: OrientationContext,
  actor: Actor,
  key: string,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<Result<readonly Decision[], LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  return readsLog(opened.value) ? ok(await listDecisions(ctx.database.read, opened.value.lage.id, page)) : refuse(notYourRight);
}
