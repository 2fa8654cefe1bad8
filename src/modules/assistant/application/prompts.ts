import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { invalidField, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';
import { changedMeanwhile, noPrompt, notYours } from '../domain/problems.ts';
import type { PromptFacts, PromptVersion, SharedPrompt } from '../domain/prompt.ts';
import { filledPrompt, variablesOf } from '../domain/prompt-text.ts';
import type { Entrance } from '../domain/wish.ts';
import { deletePrompt, findPrompt, insertPrompt, listPrompts, promptVersions, ratePrompt, updatePrompt } from '../store/prompts.ts';
import { staffOf, type AssistantContext, type Staff } from './context.ts';
import { note } from './journal.ts';

const MOST = 200;
const LONGEST = { title: 120, text: 8000 } as const;

/** A prompt with its history and its variables. */
export interface OpenedPrompt {
  readonly prompt: SharedPrompt;
  readonly versions: readonly PromptVersion[];
  readonly variables: readonly string[];
}

/** What the person may use: their own, their authority's, the city's. */
export async function prompts(ctx: AssistantContext, actor: Actor, entrance?: Entrance): Promise<Result<readonly SharedPrompt[], Problem>> {
  const staff = staffOf(actor);
  return staff.ok ? ok(await listPrompts(ctx.database.read, staff.value, entrance, MOST)) : staff;
}

export async function openPrompt(ctx: AssistantContext, actor: Actor, id: string): Promise<Result<OpenedPrompt, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  const prompt = parseId(id) === undefined ? undefined : await findPrompt(ctx.database.read, staff.value, id);
  if (prompt === undefined) return refuse(noPrompt);
  return ok({ prompt, versions: await promptVersions(ctx.database.read, staff.value, id), variables: variablesOf(prompt.text) });
}

/** The prompt's text with its variables filled. */
export async function fillPrompt(ctx: AssistantContext, actor: Actor, id: string, values: ReadonlyMap<string, string>): Promise<Result<string, Problem>> {
  const opened = await openPrompt(ctx, actor, id);
  return opened.ok ? ok(filledPrompt(opened.value.prompt.text, values)) : opened;
}

function checked(staff: Staff, facts: PromptFacts): Result<PromptFacts, Problem> {
  const [title, text] = [cleanLine(facts.title), cleanText(facts.text)];
  const wrong: FieldProblem[] = [];
  if (title === '' || title.length > LONGEST.title)
    wrong.push({ field: 'title', message: `Geben Sie der Vorlage einen Namen mit höchstens ${LONGEST.title} Zeichen.` });
  if (text === '' || text.length > LONGEST.text) wrong.push({ field: 'text', message: `Schreiben Sie die Vorlage, höchstens ${LONGEST.text} Zeichen.` });
  const authority = facts.visibility === 'authority' ? facts.authority : null;
  if (facts.visibility === 'authority' && (authority === null || !staff.authorities.includes(authority)))
    wrong.push({ field: 'visibility', message: 'Sie gehören zu keiner solchen Behörde. Wählen Sie, wer die Vorlage sehen soll.' });
  return wrong.length > 0 ? refuse(invalidFields(wrong)) : ok({ ...facts, title, text, authority });
}

export async function makePrompt(
  ctx: AssistantContext,
  actor: Actor,
  ownerName: string,
  facts: PromptFacts,
): Promise<Result<{ readonly id: string }, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  const sound = checked(staff.value, facts);
  if (!sound.ok) return sound;
  const now = ctx.clock();
  const id = newId(now.epochMilliseconds);
  await ctx.database.write(async (tx) => {
    await insertPrompt(tx, id, { id: staff.value.staffId, name: ownerName }, sound.value, now);
    await note(ctx, tx, actor, now, { stream: id, kind: 'prompt-made' }, { version: 1, visibility: sound.value.visibility });
  });
  return ok({ id });
}

/** Every change is a new version; only its owner changes a prompt. @param seen the version the person saw */
export async function changePrompt(
  ctx: AssistantContext,
  actor: Actor,
  id: string,
  seen: number,
  facts: PromptFacts,
): Promise<Result<{ readonly version: number }, Problem>> {
  const opened = await openPrompt(ctx, actor, id);
  if (!opened.ok) return opened;
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  if (!opened.value.prompt.own) return refuse(notYours);
  const sound = checked(staff.value, facts);
  if (!sound.ok) return sound;
  return ctx.database.transaction<{ readonly version: number }, Problem>(async (tx) => {
    const now = ctx.clock();
    const version = await updatePrompt(tx, { id, owner: staff.value.staffId, seen }, sound.value, now);
    if (version === undefined) return refuse(changedMeanwhile);
    await note(ctx, tx, actor, now, { stream: id, kind: 'prompt-changed' }, { version, visibility: sound.value.visibility });
    return ok({ version });
  });
}

export async function removePrompt(ctx: AssistantContext, actor: Actor, id: string): Promise<Result<{ readonly deleted: number }, Problem>> {
  const opened = await openPrompt(ctx, actor, id);
  if (!opened.ok) return opened;
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  return ctx.database.transaction<{ readonly deleted: number }, Problem>(async (tx) => {
    if (!(await deletePrompt(tx, id, staff.value.staffId))) return refuse(notYours);
    await note(ctx, tx, actor, ctx.clock(), { stream: id, kind: 'prompt-deleted' }, {});
    return ok({ deleted: 1 });
  });
}

/** One rating a person, one to five stars. */
export async function rate(ctx: AssistantContext, actor: Actor, id: string, stars: number): Promise<Result<SharedPrompt, Problem>> {
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) return refuse(invalidField('stars', 'Wählen Sie einen bis fünf Sterne.'));
  const opened = await openPrompt(ctx, actor, id);
  if (!opened.ok) return opened;
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  await ctx.database.write((tx) => ratePrompt(tx, id, staff.value.staffId, stars));
  const rated = await openPrompt(ctx, actor, id);
  return rated.ok ? ok(rated.value.prompt) : rated;
}
