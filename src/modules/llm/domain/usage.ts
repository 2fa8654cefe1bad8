/** One order, as it is counted. */
export interface UsageCount {
  readonly day: Temporal.PlainDate;
  readonly use: string;
  readonly model: string;
  /** Authority of who ordered. */
  readonly unit: string;
  readonly failed: boolean;
  readonly masked: number;
  readonly droppedCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMillicents: number;
}

/** Counts of a day, use, model and unit. */
export interface UsageRow extends Omit<UsageCount, 'failed'> {
  readonly persons: number;
  readonly orders: number;
  readonly failed: number;
}

export const FEEDBACK_KINDS = ['helpful', 'not-helpful', 'wrong-source'] as const;
export type FeedbackKind = (typeof FEEDBACK_KINDS)[number];

/** Fewer persons than this could be told from each other. */
export const FEWEST_PERSONS = 5;

/** As it may be shown: of fewer than five persons nobody sees how much they asked. */
export interface ShownUsage extends Pick<UsageRow, 'day' | 'use' | 'model' | 'unit'> {
  readonly counts: Pick<UsageRow, 'persons' | 'orders' | 'failed' | 'masked' | 'droppedCalls' | 'inputTokens' | 'outputTokens'> | 'few';
}

/** Where nobody is counted, as in a use for everybody, nobody can be told. */
const isFew = (persons: number): boolean => persons > 0 && persons < FEWEST_PERSONS;

export function shownUsage({ day, use, model, unit, ...rest }: UsageRow): ShownUsage {
  const { persons, orders, failed, masked, droppedCalls, inputTokens, outputTokens } = rest;
  return {
    ...{ day, use, model, unit },
    counts: isFew(persons) ? 'few' : { persons, orders, failed, masked, droppedCalls, inputTokens, outputTokens },
  };
}

/** What the city spent, by model, in whole cents; without the rows of few, whose share could be worked out of the sum. */
export function costByModel(rows: readonly Pick<UsageRow, 'model' | 'persons' | 'costMillicents'>[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { model, persons, costMillicents } of rows) if (!isFew(persons)) sums.set(model, (sums.get(model) ?? 0) + costMillicents);
  return new Map([...sums].map(([model, millicents]) => [model, Math.ceil(millicents / 1000)]));
}

/** Price in thousandths of a cent. */
export const costOf = (
  { inputTokens, outputTokens }: Pick<UsageCount, 'inputTokens' | 'outputTokens'>,
  { centsPer1000InputTokens, centsPer1000OutputTokens }: { readonly centsPer1000InputTokens: number; readonly centsPer1000OutputTokens: number },
): number => Math.ceil(inputTokens * centsPer1000InputTokens + outputTokens * centsPer1000OutputTokens);
