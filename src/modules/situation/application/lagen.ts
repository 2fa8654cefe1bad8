import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, invalidFields, wrongState, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { HAZARDS, type Hazard } from '../../../kernel/lage.ts';
import { rightsOf, type Lage, type LageView } from '../domain/lage.ts';
import { notYourRight, type LageProblem } from '../domain/problems.ts';
import { insertLage, isLageKey, listOf, setClosed, setLedBy, setPublicReports } from '../store/lagen.ts';
import { findMember, insertMember, lockLeaders, setFunction } from '../store/members.ts';
import type { SituationContext } from './context.ts';
import { enterLage, lageStream } from './enter-lage.ts';

export interface OpenInput {
  /** Stands in the address; empty: made of the title. */
  readonly key: string;
  readonly title: string;
  readonly hazard: Hazard;
  readonly exercise: boolean;
  /** Organisation that leads, the opener's. */
  readonly organisation: string;
  /** Name of who opens it, as the staff knows them. */
  readonly name: string;
  readonly takesPublicReports: boolean;
}

/** Opens a Lage; who opens it leads it. */
export async function openLage(ctx: SituationContext, actor: Actor, input: OpenInput): Promise<Result<Lage, LageProblem>> {
  if (actor.kind !== 'staff' || !actor.roles.includes('krisenstab'))
    return refuse({ kind: 'not-allowed', detail: 'Eine Lage eröffnet, wer zu einem Krisenstab gehört. Bitten Sie die Administration um diese Rolle.' });
  const now = ctx.clock();
  const key = input.key.trim() === '' ? keyFrom(input.title, now) : input.key.trim();
  const problems = openProblems({ ...input, key });
  if (problems.length > 0) return refuse(invalidFields(problems));
  const lage: Lage = {
    id: newId(now.epochMilliseconds),
    key,
    title: input.title.trim(),
    hazard: input.hazard,
    exercise: input.exercise,
    state: 'open',
    ledBy: input.organisation.trim(),
    origin: ctx.origin,
    takesPublicReports: input.takesPublicReports,
    openedAt: now,
    closedAt: null,
    closedBecause: null,
  };
  return ctx.database.transaction(async (tx) => {
    if (!(await insertLage(tx, lage)))
      return refuse(invalidField('key', 'Diese Adresse hat schon eine andere Lage. Wählen Sie eine andere, etwa mit dem Tag darin.'));
    const leader = {
      id: newId(now.epochMilliseconds),
      name: input.name.trim(),
      organisation: lage.ledBy,
      function: 'leiter' as const,
      sectionId: null,
    };
    await insertMember(tx, { ...leader, lageId: lage.id, staffId: actor.staffId, tokenSha256: null, layers: null, until: null }, now);
    const words = `Lage eröffnet: ${lage.title}${lage.exercise ? ' (Übung)' : ''}. Leitung: ${leader.name}, ${lage.ledBy}.`;
    const noted = await ctx.note(tx, { lage, member: { ...leader, guest: false } }, words, now);
    const payload = { key, hazard: lage.hazard, exercise: lage.exercise, leader: leader.id, titleSha256: sha256Hex(lage.title) };
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: 'situation.lage-opened', payload }, noted]);
    return ok(lage);
  });
}

const LONGEST = { title: 120, organisation: 80, name: 80, because: 500 } as const;

function openProblems({ key, title, hazard, organisation, name }: OpenInput): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!isLageKey(key)) problems.push({ field: 'key', message: 'Nehmen Sie für die Adresse kleine Buchstaben, Ziffern und Bindestriche, höchstens 60.' });
  if (title.trim() === '' || title.length > LONGEST.title)
    problems.push({ field: 'title', message: `Geben Sie der Lage einen Namen mit höchstens ${LONGEST.title} Zeichen.` });
  if (!HAZARDS.includes(hazard)) problems.push({ field: 'hazard', message: 'Wählen Sie, worum es geht.' });
  if (organisation.trim() === '' || organisation.length > LONGEST.organisation)
    problems.push({ field: 'organisation', message: 'Nennen Sie die Organisation, die leitet, mit höchstens 80 Zeichen.' });
  if (name.trim() === '' || name.length > LONGEST.name)
    problems.push({ field: 'name', message: 'Nennen Sie Ihren Namen, wie der Stab Sie kennt, mit höchstens 80 Zeichen.' });
  return problems;
}

/** `Sturmflut Süderelbe` becomes `sturmflut-suederelbe-2026-11-28`. */
function keyFrom(title: string, now: Temporal.Instant): string {
  const words = title
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 45)
    .replace(/^-+|-+$/g, '');
  return `${words === '' ? 'lage' : words}-${now.toString().slice(0, 10)}`;
}

/** Ends a Lage. It stays readable, and its log can still be added to. */
export async function closeLage(ctx: SituationContext, actor: Actor, key: string, because: string): Promise<Result<Lage, LageProblem>> {
  const reason = because.trim();
  if (reason === '' || reason.length > LONGEST.because) return refuse(invalidField('because', 'Sagen Sie, warum die Lage endet, mit höchstens 500 Zeichen.'));
  return inLage(ctx, actor, key, async (tx, view, now) => {
    const { lage } = view;
    const noted = await ctx.note(tx, view, `Lage beendet: ${reason}`, now);
    if (!(await setClosed(tx, lage.id, reason, now))) return refuse(wrongState('Diese Lage ist schon beendet.'));
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: 'situation.lage-closed', payload: { because: sha256Hex(reason) } }, noted]);
    return ok({ ...lage, state: 'closed' as const, closedAt: now, closedBecause: reason });
  });
}

/** Hands the lead over to another member; who led stays as Fachberater. */
export async function handOver(ctx: SituationContext, actor: Actor, key: string, memberId: string): Promise<Result<Lage, LageProblem>> {
  return inLage(ctx, actor, key, async (tx, view, now) => {
    const { lage, member } = view;
    const next = await findMember(tx, lage.id, memberId);
    if (next === undefined || next.endedAt !== null || next.guest || next.id === member.id)
      return refuse(invalidField('memberId', 'Wählen Sie jemanden aus dem Stab, der nicht als Gast da ist und noch nicht leitet.'));
    const leaders = await lockLeaders(tx, lage.id);
    if (!leaders.some(({ id }) => id === member.id)) return refuse(wrongState('Sie leiten diese Lage nicht mehr. Laden Sie die Seite neu.'));
    const handed = (await setFunction(tx, member.id, 'fachberater', member.sectionId)) && (await setFunction(tx, next.id, 'leiter', null));
    if (!handed) return refuse(wrongState('Diese Person ist inzwischen nicht mehr im Stab. Laden Sie die Seite neu.'));
    const noted = await ctx.note(tx, view, `Leitung übergeben von ${member.name} (${member.organisation}) an ${next.name} (${next.organisation}).`, now);
    await setLedBy(tx, lage.id, next.organisation);
    await ctx.journal.append(tx, actor, now, [
      { stream: lageStream(lage.id), kind: 'situation.lead-handed-over', payload: { from: member.id, to: next.id } },
      noted,
    ]);
    return ok({ ...lage, ledBy: next.organisation });
  });
}

/** Lets everybody report at `/lage/melden`, or no longer. */
export async function takePublicReports(ctx: SituationContext, actor: Actor, key: string, taken: boolean): Promise<Result<Lage, LageProblem>> {
  return inLage(ctx, actor, key, async (tx, view, now) => {
    const noted = await ctx.note(
      tx,
      view,
      taken ? 'Meldungen aus der Bevölkerung werden angenommen.' : 'Meldungen aus der Bevölkerung werden nicht mehr angenommen.',
      now,
    );
    await setPublicReports(tx, view.lage.id, taken);
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(view.lage.id), kind: 'situation.public-reports', payload: { taken } }, noted]);
    return ok({ ...view.lage, takesPublicReports: taken });
  });
}

type Work<T> = (tx: Parameters<SituationContext['note']>[0], view: LageView, now: Temporal.Instant) => Promise<Result<T, LageProblem>>;

/** What only who leads may do, in one transaction. */
export async function inLage<T>(ctx: SituationContext, actor: Actor, key: string, work: Work<T>): Promise<Result<T, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'lead', tx);
    return opened.ok ? work(tx, opened.value, ctx.clock()) : opened;
  });
}

/** As `inLage`, also after the end of the Lage: who leads it can still let somebody go. */
export async function everInLage<T>(ctx: SituationContext, actor: Actor, key: string, work: Work<T>): Promise<Result<T, LageProblem>> {
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'read', tx);
    if (!opened.ok) return opened;
    return rightsOf(opened.value.member).has('lead') ? work(tx, opened.value, ctx.clock()) : refuse(notYourRight);
  });
}

/** Lagen a person belongs to, the newest first. */
export async function lagenOf(
  ctx: Pick<SituationContext, 'database'>,
  actor: Actor,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<readonly Lage[]> {
  if (actor.kind === 'staff') return listOf(ctx.database.read, { staffId: actor.staffId }, page);
  return actor.kind === 'guest' ? listOf(ctx.database.read, { memberId: actor.guestId }, page) : [];
}
