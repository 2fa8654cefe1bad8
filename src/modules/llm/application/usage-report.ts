import { legalDay } from '../../../kernel/time.ts';
import { costByModel, shownUsage, type ShownUsage } from '../domain/usage.ts';
import { feedbackSince, newestWords, usageSince, type FeedbackRow, type FeedbackWords } from '../store/usage.ts';
import type { LlmContext } from './context.ts';

export const REPORT_DAYS = 30;
const MOST_WORDS = 50;

/** What was used in the last 30 days: by use, unit and day, never by person. */
export interface UsageReport {
  readonly from: Temporal.PlainDate;
  readonly usage: readonly ShownUsage[];
  readonly centsByModel: ReadonlyMap<string, number>;
  readonly feedback: readonly FeedbackRow[];
  readonly words: readonly FeedbackWords[];
}

export async function usageReport({ database, clock }: Pick<LlmContext, 'database' | 'clock'>): Promise<UsageReport> {
  const from = legalDay(clock()).subtract({ days: REPORT_DAYS - 1 });
  const rows = await usageSince(database.read, from);
  return {
    from,
    usage: rows.map(shownUsage),
    centsByModel: costByModel(rows),
    feedback: await feedbackSince(database.read, from),
    words: await newestWords(database.read, MOST_WORDS),
  };
}
