import { legalDay } from '../../../kernel/time.ts';
import { forgetWords, listWords } from '../store/ratings.ts';
import type { Staff, UsageContext } from './context.ts';
import type { Words } from '../domain/kept.ts';

/** How many months what people wrote beside a rating is kept. Own choice, 2026-11: a year to act on it. */
export const WORDS_MONTHS = 12;

/** What people wrote, for who keeps the strategy. No case, no account and no score belong to it; that it was read is journalled. */
export async function readWords(
  ctx: Pick<UsageContext, 'database' | 'journal' | 'clock'>,
  actor: Staff,
  after: string | undefined,
  limit: number,
): Promise<{ readonly words: readonly Words[]; readonly next: string | undefined }> {
  const words = await listWords(ctx.database.read, after, limit + 1);
  await ctx.database.write((tx) =>
    ctx.journal.append(tx, actor, ctx.clock(), [{ stream: 'usage:words', kind: 'usage.words-read', payload: { count: Math.min(words.length, limit) } }]),
  );
  return { words: words.slice(0, limit), next: words.length > limit ? words[limit - 1]!.id : undefined };
}

/** @returns how many went */
export function forgetOldWords(ctx: Pick<UsageContext, 'database' | 'clock'>): Promise<number> {
  const before = legalDay(ctx.clock()).with({ day: 1 }).subtract({ months: WORDS_MONTHS });
  return forgetWords(ctx.database.read, before.toString());
}
