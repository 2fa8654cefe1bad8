import { CITY_ZONE, legalDay } from '../../../kernel/time.ts';
import type { Context } from '../../../platform/context.ts';
import {
  moveCursor,
  noteDecided,
  noteSubmitted,
  readCursor,
  readProcessingTime,
  readProcessingTimes,
  type ProcessingTime,
  type ServiceTime,
} from '../store/processing-times.ts';

export type { ServiceTime };

const SUBMITTED = 'procedure.antrag-eingereicht';
const DECIDED = 'procedure.bescheid-bekanntgegeben';
const PAGE = 500;

/** Follows the journal to learn how long cases take. Idempotent; safe to run from several processes. */
export async function followProcessingTimes(ctx: Pick<Context, 'database' | 'journal'>): Promise<void> {
  for (let more = true; more;) {
    more = await ctx.database.write(async (tx) => {
      const entries = await ctx.journal.readAfter(tx, await readCursor(tx), { kinds: [SUBMITTED, DECIDED], limit: PAGE });
      for (const { kind, at, payload } of entries) {
        const { caseId, service, authority, receivedOn } = payload as { caseId: string; service: string; authority: string; receivedOn?: string };
        if (kind === SUBMITTED) await noteSubmitted(tx, { caseId, service, authority, at: cameIn(at, receivedOn) });
        else await noteDecided(tx, caseId, at);
      }
      if (entries.length > 0) await moveCursor(tx, entries.at(-1)!.seq);
      return entries.length === PAGE;
    });
  }
}

/** When an application came in: with another system it may have been there days before this one heard of it. */
function cameIn(at: Temporal.Instant, receivedOn: string | undefined): Temporal.Instant {
  if (receivedOn === undefined || receivedOn >= legalDay(at).toString()) return at;
  return Temporal.PlainDate.from(receivedOn).toZonedDateTime(CITY_ZONE).toInstant();
}

/** Measured processing time of a service over the last year. */
export async function processingTime(ctx: Pick<Context, 'database'>, service: string, now: Temporal.Instant): Promise<ProcessingTime> {
  return readProcessingTime(ctx.database.read, service, now.subtract({ hours: 24 * 365 }));
}

/** Measured processing times of the last year, of every service that had a case decided in it. */
export async function processingTimes(ctx: Pick<Context, 'database'>, now: Temporal.Instant): Promise<readonly ServiceTime[]> {
  return readProcessingTimes(ctx.database.read, now.subtract({ hours: 24 * 365 }));
}
