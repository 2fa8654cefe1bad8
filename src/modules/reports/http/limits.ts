/** What the counters under the fields say; the use cases refuse. */
export const LONGEST = { text: 4000, source: 120, reason: 500 } as const;
