import type { Context } from '../../../platform/context.ts';
import {
  countSubmitted,
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
        const { caseId, service, authority } = payload as { caseId: string; service: string; authority: string };
        if (kind === SUBMITTED) await noteSubmitted(tx, { caseId, service, authority, at });
        else await noteDecided(tx, caseId, at);
      }
      if (entries.length > 0) await moveCursor(tx, entries.at(-1)!.seq);
      return entries.length === PAGE;
    });
  }
}

/** Measured processing time of a service over the last year. */
export async function processingTime(ctx: Pick<Context, 'database'>, service: string, now: Temporal.Instant): Promise<ProcessingTime> {
  return readProcessingTime(ctx.database.read, service, now.subtract({ hours: 24 * 365 }));
}

/** Cases submitted in the last year by service. One without any is missing: whether nobody applied or nobody counted is not known. */
export async function casesOfLastYear(ctx: Pick<Context, 'database'>, now: Temporal.Instant): Promise<ReadonlyMap<string, number>> {
  return countSubmitted(ctx.database.read, now.subtract({ hours: 24 * 365 }));
}

/** Measured processing times of the last year, of every service that had a case decided in it. */
export async function processingTimes(ctx: Pick<Context, 'database'>, now: Temporal.Instant): Promise<readonly ServiceTime[]> {
  return readProcessingTimes(ctx.database.read, now.subtract({ hours: 24 * 365 }));
}
