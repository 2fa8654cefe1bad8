/** Fewer people or cases than this are never told in public, nor kept where it says how many. */
export const FEWEST = 10;

/** A count as it may be published: whole tens, so that one more or less is seen by nobody. */
export const inTens = (count: number): number => Math.floor(count / FEWEST) * FEWEST;
