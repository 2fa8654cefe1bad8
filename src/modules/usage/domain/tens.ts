import { FEWEST } from '../../../kernel/few.ts';

/**
 * What one counter knows in memory. It gives out tens and nothing else: the first when `FEWEST + phase` different
 * readers were seen, another with each ten after. The phase is drawn at random and told to nobody.
 *
 * What lies on the disk as `n` was therefore between `n` and `n + 18`. Two counters that divide a third never give
 * away a group of one to nine: the doubt about each is wider than that (ADR 60 has the proof, `tens.test.ts` tries it).
 */
export interface Tens {
  readonly phase: number;
  seen: number;
}

/** @param random a whole number that nobody can guess */
export const newTens = (random: number): Tens => ({ phase: random % FEWEST, seen: 0 });

/** One more reader. @returns whether another ten is full */
export function another(tens: Tens): boolean {
  tens.seen += 1;
  const past = tens.seen - tens.phase;
  return past >= FEWEST && past % FEWEST === 0;
}

/** The widest that the truth can lie above a figure of one counter of one day and one process. */
export const MOST_HIDDEN = 2 * FEWEST - 2;
