/** How long figures from the journal stand for now after it was read to its end; own placement of the city. */
const LIMITS: readonly { readonly from: string; readonly hours: number }[] = [{ from: '2025-01-01', hours: 24 }];

/** Whether the journal was read to its end too long ago to call its figures those of now. */
export function isLate(followedAt: Temporal.Instant, now: Temporal.Instant): boolean {
  const { hours } = LIMITS.findLast(({ from }) => from <= now.toString()) ?? LIMITS[0]!;
  return Temporal.Instant.compare(followedAt.add({ hours }), now) < 0;
}
