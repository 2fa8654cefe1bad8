/** Fewer people or cases than this are never told in public, nor kept where it says how many. */
export const FEWEST = 10;

/** A count as it may be published: whole tens, so that one more or less is seen by nobody. */
export const inTens = (count: number): number => Math.floor(count / FEWEST) * FEWEST;

/**
 * Whole tens that are ready to be kept, of what waits; the rest goes on waiting. What is taken back may leave a debt, which
 * the next ones pay; more than nine of it come from the last tens.
 */
export const readyTens = (waiting: number): number => (waiting < 0 && waiting > -FEWEST ? 0 : Math.trunc(waiting / FEWEST) * FEWEST);
