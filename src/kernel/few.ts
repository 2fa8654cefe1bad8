/** Fewer people or cases than this are never told in public, nor kept where it says how many. */
export const FEWEST = 10;

/** A count as it may be published: whole tens, so that one more or less is seen by nobody. */
export const inTens = (count: number): number => Math.floor(count / FEWEST) * FEWEST;

/**
 * Whole tens that are ready to be kept, of what waits; the rest goes on waiting. What is taken back may leave a debt, which
 * the next ones pay; more than nine of it come from the last tens.
 */
export const readyTens = (waiting: number): number => (waiting < 0 && waiting > -FEWEST ? 0 : Math.trunc(waiting / FEWEST) * FEWEST);

/** Adds up by key what comes in parts, and gives each ten when it is full. */
export function fillingTens(): (key: string, more: number) => number {
  const waiting = new Map<string, number>();
  return (key, more) => {
    const sum = (waiting.get(key) ?? 0) + more;
    const full = inTens(sum);
    waiting.set(key, sum - full);
    return full;
  };
}
