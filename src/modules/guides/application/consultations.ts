import type { Actor } from '../../../kernel/actor.ts';
import type { Tallied } from '../../../kernel/day-tally.ts';
import { readyTens } from '../../../kernel/few.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { LENGTHS, marginalsOf, REASONS, SPOKEN, type Consultation, type MonthCount, type Reason } from '../domain/consultation.ts';
import { guidesOnly, type GuideProblem } from '../domain/problems.ts';
import { addTens, addWaiting, countsSince, keepWaiting } from '../store/consultations.ts';
import { findPlace } from '../store/places.ts';
import type { GuidesContext } from './context.ts';
import { guideOf } from './guide.ts';

export const BY_PHONE = 'telefon';
/** Months that are shown beside the running one. */
const MONTHS_SHOWN = 24;

type Counting = Pick<GuidesContext, 'database' | 'journal' | 'clock' | 'tally'>;

/**
 * Counts one consultation. What is kept are whole tens of a month, of one thing at a time; a place, an hour and a language
 * together would be a person.
 */
export async function countConsultation(ctx: Counting, actor: Actor, one: Consultation): Promise<Result<Tallied, GuideProblem>> {
  const guide = guideOf(actor);
  if (guide === undefined) return refuse(guidesOnly);
  const { place, reason, length, lang } = one;
  if (!REASONS.some((known) => known === reason)) return refuse(invalidField('reason', 'Wählen Sie, worum es ging.'));
  if (!LENGTHS.some((known) => known === length)) return refuse(invalidField('length', 'Wählen Sie, wie lange es gedauert hat.'));
  if (!SPOKEN.some((known) => known === lang)) return refuse(invalidField('lang', 'Wählen Sie, in welcher Sprache Sie gesprochen haben.'));
  if (place !== BY_PHONE && (await findPlace(ctx.database.read, place)) === undefined)
    return refuse(invalidField('place', 'Wählen Sie einen Ort aus der Liste, oder das Telefon.'));
  await strike(ctx, one, 1);
  return ok(ctx.tally.add(guide.staffId, legalDay(ctx.clock()).toString(), { place, reason, length, lang }));
}

/** Takes back the guide's own last counting of today. */
export async function undoConsultation(ctx: Counting, actor: Actor): Promise<Result<Tallied, GuideProblem>> {
  const guide = guideOf(actor);
  if (guide === undefined) return refuse(guidesOnly);
  const last = ctx.tally.takeBack(guide.staffId, legalDay(ctx.clock()).toString());
  if (last === undefined) return refuse({ kind: 'wrong-state', detail: 'Es gibt nichts zurückzunehmen. Gemerkt werden nur Ihre letzten Zählungen von heute.' });
  await strike(ctx, last.one, -1);
  return ok(last);
}

/** Takes consultations of one kind into the tens; fewer than none where they are taken back. */
export async function strike(ctx: Pick<GuidesContext, 'database' | 'journal' | 'clock'>, one: Consultation, count: number): Promise<void> {
  const now = ctx.clock();
  const month = legalDay(now).with({ day: 1 });
  await ctx.database.write(async (tx) => {
    let all = 0;
    for (const marginal of marginalsOf(one)) {
      const waiting = await addWaiting(tx, marginal, count);
      const tens = readyTens(waiting);
      await keepWaiting(tx, marginal, waiting - tens);
      if (tens !== 0) await addTens(tx, month, marginal, tens);
      if (marginal.thing === 'all') all = tens;
    }
    if (all === 0) return;
    // no name of the guide: that ten came together here says nothing of who did it
    await ctx.journal.append(tx, { kind: 'system', job: 'guides.count' }, now, [
      { stream: 'guides:consultations', kind: 'guides.consultations', payload: { count: all } },
    ]);
  });
}

type Tally = Pick<GuidesContext, 'tally' | 'clock'>;

/** How often this guide has counted this reason today. */
export function countedToday({ tally, clock }: Tally, actor: Actor, reason: Reason): number {
  const guide = guideOf(actor);
  return guide === undefined ? 0 : tally.counted(guide.staffId, legalDay(clock()).toString(), { place: BY_PHONE, reason, length: '', lang: '' }).today;
}

/** Everything that this guide has counted today. */
export function allCountedToday({ tally, clock }: Tally, actor: Actor): number {
  const guide = guideOf(actor);
  return guide === undefined ? 0 : tally.all(guide.staffId, legalDay(clock()).toString());
}

/** Consultations by month, in whole tens, for everybody. */
export const publishedConsultations = ({ database, clock }: Pick<GuidesContext, 'database' | 'clock'>): Promise<readonly MonthCount[]> =>
  countsSince(database.read, legalDay(clock()).with({ day: 1 }).subtract({ months: MONTHS_SHOWN }));
