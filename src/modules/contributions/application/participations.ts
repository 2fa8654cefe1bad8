import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField, invalidFields } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { changeProblem, checkParticipation, keyFrom, phaseOf, type Participation, type ParticipationFacts, type Phase } from '../domain/participation.ts';
import { keptUntil } from '../domain/retention.ts';
import { noParticipation, notYours, type ContributionProblem } from '../domain/problems.ts';
import {
  countContributions,
  findByDisplay,
  findByKey,
  insertParticipation,
  listParticipations,
  lockByKey,
  updateParticipation,
  type ListedParticipation,
  type ListWish,
} from '../store/participations.ts';
import type { ContributionsContext, DisplayView } from './context.ts';
import { note } from './journal.ts';

/** With where it stands now. */
export type ParticipationRow = ListedParticipation & { readonly phase: Phase };

/** A short address that a title suggests. */
export const suggestKey = (title: string): string => keyFrom(title);

/** A participation as everybody sees it. */
export interface OpenedParticipation {
  readonly participation: Participation;
  readonly phase: Phase;
  /** After this day nothing of it leads to a person. */
  readonly keptUntil: Temporal.PlainDate;
  /** The display of the planning procedure it belongs to. */
  readonly display: DisplayView | undefined;
}

type Reading = Pick<ContributionsContext, 'database' | 'clock' | 'displays'>;

export async function openParticipation(ctx: Reading, key: string): Promise<Result<OpenedParticipation, ContributionProblem>> {
  const participation = await findByKey(ctx.database.read, key);
  if (participation === undefined) return refuse(noParticipation);
  const { displayId } = participation;
  return ok({
    participation,
    phase: phaseOf(participation, ctx.clock()),
    keptUntil: keptUntil(participation.endsOn),
    display: displayId === undefined ? undefined : await ctx.displays(displayId),
  });
}

export interface ListEnd {
  readonly endsOn: string;
  readonly id: string;
}

/** Participations, the latest end first; those that come count as running. */
export async function participationsPage(
  ctx: Pick<ContributionsContext, 'database' | 'clock'>,
  wish: { readonly limit: number; readonly after?: ListEnd | undefined; readonly when?: 'running' | 'past' | 'all' },
): Promise<{ readonly rows: readonly ParticipationRow[]; readonly next: ListEnd | undefined }> {
  const { limit, after, when = 'all' } = wish;
  const today = legalDay(ctx.clock());
  const span = when === 'running' ? { endingFrom: today } : when === 'past' ? { endedBefore: today } : {};
  const asked: ListWish = { limit: limit + 1, after, ...span };
  const found = await listParticipations(ctx.database.read, asked);
  const now = ctx.clock();
  const rows = found.slice(0, limit).map((row) => ({ ...row, phase: phaseOf(row, now) }));
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? { endsOn: last.endsOn.toString(), id: last.id } : undefined };
}

/** The participation that belongs to a display. */
export async function participationOfDisplay(ctx: Pick<ContributionsContext, 'database'>, displayId: string): Promise<Participation | undefined> {
  const id = parseId(displayId);
  return id && findByDisplay(ctx.database.read, id);
}

/** Whether somebody of the staff may read what is not public: their authority's, or as Revision. */
export const mayRead = (actor: Actor, { authority }: { readonly authority: string }): boolean =>
  actor.kind === 'staff' && (actor.roles.includes('revision') || actor.authorities.includes(authority));

/** Whether somebody may make it, moderate it and answer. */
export const mayAct = (actor: Actor, { authority }: { readonly authority: string }): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'staff' && actor.authorities.includes(authority) && actor.roles.some((role) => role === 'sachbearbeitung' || role === 'leitung'));

/** Participations of the actor's authorities, as its staff sees them. */
export async function participationsFor(ctx: Pick<ContributionsContext, 'database' | 'clock'>, actor: Actor): Promise<readonly ParticipationRow[]> {
  if (actor.kind !== 'staff') return [];
  const all = actor.roles.includes('revision') ? {} : { authorities: actor.authorities };
  const now = ctx.clock();
  const rows = await listParticipations(ctx.database.read, { limit: 200, ...all });
  return rows.map((row) => ({ ...row, phase: phaseOf(row, now) }));
}

/** Makes a participation. */
export async function makeParticipation(
  ctx: ContributionsContext,
  actor: Actor,
  input: ParticipationFacts,
): Promise<Result<Participation, ContributionProblem>> {
  const checked = checkParticipation(input);
  if (!checked.ok) return checked;
  const facts = checked.value;
  if (!mayAct(actor, facts)) return refuse(notYours);
  const display = await displayProblem(ctx, facts);
  if (display !== undefined) return refuse(display);
  return ctx.database.transaction(async (tx) => {
    const now = ctx.clock();
    const id = newId(now.epochMilliseconds);
    if (!(await insertParticipation(tx, id, facts, now))) return refuse(await takenProblem(tx, facts));
    await note(ctx, tx, actor, now, id, 'participation-made', factsOf(facts));
    return ok({ ...facts, id, createdAt: now, forgotten: false });
  });
}

/** Describes a participation anew. */
export async function changeParticipation(
  ctx: ContributionsContext,
  actor: Actor,
  key: string,
  input: ParticipationFacts,
): Promise<Result<Participation, ContributionProblem>> {
  const checked = checkParticipation(input);
  if (!checked.ok) return checked;
  const facts = checked.value;
  const display = await displayProblem(ctx, facts);
  if (display !== undefined) return refuse(display);
  return ctx.database.transaction(async (tx) => {
    const before = await lockByKey(tx, key);
    if (before === undefined) return refuse(noParticipation);
    if (!mayAct(actor, before) || !mayAct(actor, facts)) return refuse(notYours);
    const problem = changeProblem(before, facts, await countContributions(tx, before.id));
    if (problem !== undefined) return refuse(invalidFields([problem]));
    if (facts.displayId !== undefined && facts.displayId !== before.displayId) {
      const other = await findByDisplay(tx, facts.displayId);
      if (other !== undefined && other.id !== before.id) return refuse(displayTaken);
    }
    const now = ctx.clock();
    await updateParticipation(tx, before.id, facts, now);
    await note(ctx, tx, actor, now, before.id, 'participation-changed', factsOf(facts));
    return ok({ ...before, ...facts });
  });
}

const displayTaken: ContributionProblem = invalidField('displayId', 'Zu dieser Auslegung gibt es schon eine Beteiligung auf der Karte.');

async function takenProblem(tx: Parameters<typeof findByKey>[0], { key }: ParticipationFacts): Promise<ContributionProblem> {
  return (await findByKey(tx, key)) === undefined ? displayTaken : invalidField('key', 'Diese Kurzadresse ist vergeben. Wählen Sie eine andere.');
}

async function displayProblem(ctx: Pick<ContributionsContext, 'displays'>, { displayId }: ParticipationFacts): Promise<ContributionProblem | undefined> {
  if (displayId === undefined) return undefined;
  const found = parseId(displayId) === undefined ? undefined : await ctx.displays(displayId);
  return found === undefined
    ? invalidField('displayId', 'Diese öffentliche Auslegung gibt es nicht. Kopieren Sie die Kennung aus ihrer Adresse, oder lassen Sie das Feld leer.')
    : undefined;
}

/** What the journal keeps of the description: days and rules, no words. */
const factsOf = ({ key, startsOn, endsOn, moderation, authority, displayId, categories }: ParticipationFacts): Record<string, unknown> => ({
  key,
  startsOn: startsOn.toString(),
  endsOn: endsOn.toString(),
  moderation,
  authority,
  categories: categories.map(({ id }) => id),
  ...(displayId === undefined ? {} : { displayId }),
});
