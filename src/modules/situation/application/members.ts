import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, wrongState, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isToken, randomToken, sha256Hex } from '../../../kernel/token.ts';
import { LAYERS, STAFF_FUNCTIONS, type Layer, type StaffFunction } from '../../../kernel/lage.ts';
import { membersSeenBy, type ListedMember } from '../domain/lage.ts';
import type { LageProblem } from '../domain/problems.ts';
import { endMembership, findGuest, findMember, insertMember, listMembers, setFunction } from '../store/members.ts';
import { listSections } from '../store/sections.ts';
import type { SituationContext, StaffPerson } from './context.ts';
import { enterLage, lageStream } from './enter-lage.ts';
import { everInLage, inLage } from './lagen.ts';

export interface MemberInput {
  readonly staffId: string;
  readonly organisation: string;
  readonly function: StaffFunction;
  readonly sectionId: string | null;
}

/** The staff of a Lage as a person may know it, and who could be taken into it. */
export async function staffOf(
  ctx: SituationContext,
  actor: Actor,
  key: string,
): Promise<Result<{ readonly members: readonly ListedMember[]; readonly others: readonly StaffPerson[] }, LageProblem>> {
  const opened = await enterLage(ctx, actor, key, 'read');
  if (!opened.ok) return opened;
  const members = await listMembers(ctx.database.read, opened.value.lage.id);
  const present = new Set(members.filter(({ endedAt }) => endedAt === null).map(({ staffId }) => staffId));
  const others = opened.value.rights.has('lead') ? await ctx.staff(ctx.database.read) : [];
  return ok({ members: membersSeenBy(opened.value, members), others: others.filter(({ staffId }) => !present.has(staffId)) });
}

function placeProblems(
  { organisation, function: wanted, sectionId }: Pick<MemberInput, 'organisation' | 'function' | 'sectionId'>,
  sections: readonly { readonly id: string }[],
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (organisation.trim() === '' || organisation.length > 80)
    problems.push({ field: 'organisation', message: 'Nennen Sie die Organisation mit höchstens 80 Zeichen.' });
  if (!STAFF_FUNCTIONS.includes(wanted)) problems.push({ field: 'function', message: 'Wählen Sie eine Funktion im Stab.' });
  if (wanted === 'leiter') problems.push({ field: 'function', message: 'Es leitet eine Person. Übergeben Sie die Leitung, wenn jemand anderes leiten soll.' });
  if (sectionId !== null && !sections.some(({ id }) => id === sectionId))
    problems.push({ field: 'sectionId', message: 'Diesen Abschnitt gibt es nicht mehr. Wählen Sie einen anderen.' });
  return problems;
}

/** Takes somebody with the role `krisenstab` into the staff. */
export async function addMember(ctx: SituationContext, actor: Actor, key: string, input: MemberInput): Promise<Result<{ readonly id: string }, LageProblem>> {
  const person = (await ctx.staff(ctx.database.read)).find(({ staffId }) => staffId === input.staffId);
  return inLage(ctx, actor, key, async (tx, { lage }, now) => {
    const problems = placeProblems(input, await listSections(tx, lage.id));
    if (person === undefined) problems.push({ field: 'staffId', message: 'Wählen Sie jemanden aus der Liste. Wer fehlt, muss sich einmal angemeldet haben.' });
    if (person === undefined || problems.length > 0) return refuse(invalidFields(problems));
    const id = newId(now.epochMilliseconds);
    const { organisation, function: wanted, sectionId, staffId } = input;
    const one = {
      id,
      lageId: lage.id,
      staffId,
      tokenSha256: null,
      name: person.name,
      organisation: organisation.trim(),
      function: wanted,
      sectionId,
      layers: null,
      until: null,
    };
    if (!(await insertMember(tx, one, now))) return refuse(wrongState(`${person.name} gehört schon zum Stab. Ändern Sie dort die Funktion.`));
    await ctx.journal.append(tx, actor, now, [
      { stream: lageStream(lage.id), kind: 'situation.member-added', payload: { memberId: id, staffId, function: wanted, sectionId } },
    ]);
    return ok({ id });
  });
}

/** Gives a member another function or section. */
export async function changeMember(
  ctx: SituationContext,
  actor: Actor,
  key: string,
  memberId: string,
  input: { readonly function: StaffFunction; readonly sectionId: string | null },
): Promise<Result<{ readonly id: string }, LageProblem>> {
  return inLage(ctx, actor, key, async (tx, { lage }, now) => {
    const before = await findMember(tx, lage.id, memberId);
    if (before === undefined || before.endedAt !== null)
      return refuse({ kind: 'not-found', detail: 'Dieses Mitglied ist nicht mehr da. Laden Sie die Seite neu.' });
    if (before.function === 'leiter') return refuse(wrongState('Wer leitet, behält diese Funktion, bis die Leitung übergeben ist.'));
    const problems = placeProblems({ ...input, organisation: before.organisation }, await listSections(tx, lage.id));
    if (before.guest && !GUESTS_MAY_BE.includes(input.function)) problems.push({ field: 'function', message: NO_GUEST });
    if (problems.length > 0) return refuse(invalidFields(problems));
    await setFunction(tx, memberId, input.function, input.sectionId);
    await ctx.journal.append(tx, actor, now, [
      { stream: lageStream(lage.id), kind: 'situation.member-changed', payload: { memberId, function: input.function, sectionId: input.sectionId } },
    ]);
    return ok({ id: memberId });
  });
}

/** Takes a member or a guest out; a stream they read ends within seconds. */
export async function endMember(ctx: SituationContext, actor: Actor, key: string, memberId: string): Promise<Result<{ readonly id: string }, LageProblem>> {
  return everInLage(ctx, actor, key, async (tx, { lage }, now) => {
    const before = await findMember(tx, lage.id, memberId);
    if (before === undefined) return refuse({ kind: 'not-found', detail: 'Dieses Mitglied gibt es hier nicht. Laden Sie die Seite neu.' });
    if (before.function === 'leiter') return refuse(wrongState('Wer leitet, kann nicht gehen. Übergeben Sie zuerst die Leitung.'));
    if (!(await endMembership(tx, memberId, now))) return ok({ id: memberId });
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: 'situation.member-ended', payload: { memberId } }]);
    return ok({ id: memberId });
  });
}

export interface GuestInput {
  readonly name: string;
  readonly organisation: string;
  readonly function: StaffFunction;
  readonly sectionId: string | null;
  /** What they may see; empty: what their function sees. */
  readonly layers: readonly Layer[];
  readonly until: Temporal.Instant;
}

const GUESTS_MAY_BE: readonly StaffFunction[] = ['verbindung', 'einheit', 'beobachter', 'fachberater'];
const NO_GUEST = 'Gäste sind Verbindung, Einheit, Fachberatung oder Beobachtung. Andere Funktionen brauchen ein Konto.';
const LONGEST_STAY_HOURS = 7 * 24;

/** Lets somebody without an account in, by a link that ends. @returns the link's secret, said once */
export async function inviteGuest(
  ctx: SituationContext,
  actor: Actor,
  key: string,
  input: GuestInput,
): Promise<Result<{ readonly id: string; readonly token: string }, LageProblem>> {
  return inLage(ctx, actor, key, async (tx, { lage }, now) => {
    const problems = placeProblems(input, await listSections(tx, lage.id));
    if (input.name.trim() === '' || input.name.length > 80)
      problems.push({ field: 'name', message: 'Nennen Sie, wer den Link bekommt, mit höchstens 80 Zeichen.' });
    if (!GUESTS_MAY_BE.includes(input.function) && problems.every(({ field }) => field !== 'function')) problems.push({ field: 'function', message: NO_GUEST });
    const hours = now.until(input.until).total('hours');
    if (hours <= 0 || hours > LONGEST_STAY_HOURS) problems.push({ field: 'until', message: 'Der Link endet in der Zukunft, spätestens nach 7 Tagen.' });
    if (input.layers.some((layer) => !LAYERS.includes(layer))) problems.push({ field: 'layers', message: 'Diese Ebene gibt es nicht.' });
    if (problems.length > 0) return refuse(invalidFields(problems));
    const id = newId(now.epochMilliseconds);
    const token = randomToken();
    const { name, organisation, function: wanted, sectionId, until } = input;
    const layers = input.layers.length === 0 ? null : input.layers;
    await insertMember(
      tx,
      {
        id,
        lageId: lage.id,
        staffId: null,
        tokenSha256: sha256Hex(token),
        name: name.trim(),
        organisation: organisation.trim(),
        function: wanted,
        sectionId,
        layers,
        until,
      },
      now,
    );
    await ctx.journal.append(tx, actor, now, [
      { stream: lageStream(lage.id), kind: 'situation.guest-invited', payload: { memberId: id, function: wanted, layers, until: until.toString() } },
    ]);
    return ok({ id, token });
  });
}

/** Session tokens of guests begin so; the rest is the secret of their link. */
const GUEST_SESSION = 'gast.';

export interface GuestLink {
  readonly key: string;
  readonly title: string;
  readonly name: string;
  readonly until: Temporal.Instant;
  /** What the session cookie holds. */
  readonly session: string;
  readonly maxAgeSeconds: number;
}

/** Whom a link is for, and the session it opens. */
export async function openGuestLink(ctx: Pick<SituationContext, 'database' | 'clock'>, token: string): Promise<Result<GuestLink, LageProblem>> {
  const now = ctx.clock();
  const guest = isToken(token) ? await findGuest(ctx.database.read, sha256Hex(token), now) : undefined;
  if (guest === undefined) return refuse(invalidField('token', 'Dieser Link gilt nicht oder nicht mehr. Bitten Sie, wer Sie eingeladen hat, um einen neuen.'));
  const { key, title, name, until } = guest;
  return ok({ key, title, name, until, session: `${GUEST_SESSION}${token}`, maxAgeSeconds: Math.floor(now.until(until).total('seconds')) });
}

/** Reads a guest's session on every request; `undefined` when it is none or has ended. */
export function authenticateGuest(
  ctx: Pick<SituationContext, 'database'>,
): (sessionToken: string, now: Temporal.Instant) => Promise<{ readonly actor: Actor; readonly userName: string } | undefined> {
  return async (sessionToken, now) => {
    if (!sessionToken.startsWith(GUEST_SESSION)) return undefined;
    const token = sessionToken.slice(GUEST_SESSION.length);
    const guest = isToken(token) ? await findGuest(ctx.database.read, sha256Hex(token), now) : undefined;
    return guest && { actor: { kind: 'guest', guestId: guest.id, lageId: guest.lageId }, userName: guest.name };
  };
}
