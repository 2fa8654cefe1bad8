import type { Actor } from '../../../kernel/actor.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { LENGTHS, REASONS, SPOKEN } from '../domain/consultation.ts';
import { guidesOnly, type GuideProblem } from '../domain/problems.ts';
import { countDown, countsByReason, countUp } from '../store/consultations.ts';
import { findPlace } from '../store/places.ts';
import type { GuidesContext } from './context.ts';
import { guideOf } from './guide.ts';

export interface Consultation {
  /** Key of a place, or `telefon`. */
  readonly place: string;
  readonly reason: string;
  readonly length: string;
  readonly lang: string;
  /** Takes back what was counted by mistake. */
  readonly undo: boolean;
}

export const BY_PHONE = 'telefon';

/** Counts one consultation of today. A count is about nobody, so the journal has no entry of it. */
export async function countConsultation(ctx: Pick<GuidesContext, 'database' | 'clock'>, actor: Actor, one: Consultation): Promise<Result<true, GuideProblem>> {
  if (guideOf(actor) === undefined) return refuse(guidesOnly);
  const { place, reason, length, lang } = one;
  if (!REASONS.some((known) => known === reason)) return refuse(invalidField('reason', 'Wählen Sie, worum es ging.'));
  if (!LENGTHS.some((known) => known === length)) return refuse(invalidField('length', 'Wählen Sie, wie lange es gedauert hat.'));
  if (!SPOKEN.some((known) => known === lang)) return refuse(invalidField('lang', 'Wählen Sie, in welcher Sprache Sie gesprochen haben.'));
  if (place !== BY_PHONE && (await findPlace(ctx.database.read, place)) === undefined)
    return refuse(invalidField('place', 'Wählen Sie einen Ort aus der Liste, oder das Telefon.'));
  return ctx.database.transaction(async (tx) => {
    const key = { day: legalDay(ctx.clock()), placeKey: place, reason, length, lang };
    if (!one.undo) await countUp(tx, key);
    else if (!(await countDown(tx, key))) return refuse(invalidField('reason', 'Heute ist davon noch nichts gezählt. Es gibt nichts zurückzunehmen.'));
    return ok(true as const);
  });
}

/** What has been counted today. */
export async function countedToday(ctx: Pick<GuidesContext, 'database' | 'clock'>): Promise<ReadonlyMap<string, number>> {
  const today = legalDay(ctx.clock());
  return new Map((await countsByReason(ctx.database.read, today, today)).map(({ reason, count }) => [reason, count]));
}
