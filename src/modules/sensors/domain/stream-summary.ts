import type { NewObservation } from './observation.ts';

/** What new observations say of one stream. Times are ISO 8601 as they came. */
export interface StreamSummary {
  readonly streamId: number;
  readonly observations: number;
  readonly phenomenonStart: string;
  readonly phenomenonEnd: string;
  readonly resultStart: string | undefined;
  readonly resultEnd: string | undefined;
  readonly featureIds: readonly number[];
  /** The last in time; of two at the same time the later written. */
  readonly latestId: number;
  readonly latestStart: string;
}

type Known = { -readonly [Name in keyof StreamSummary]: StreamSummary[Name] } & { readonly features: Set<number> };

/** Sums up observations by stream, in the order of streams. @param ids of `rows`, in their order */
export function summariesOf(rows: readonly NewObservation[], ids: readonly number[]): readonly StreamSummary[] {
  const known = new Map<number, Known>();
  for (const [index, row] of rows.entries()) {
    const { streamId, phenomenonStart, phenomenonEnd = phenomenonStart, resultTime, featureId } = row;
    const one = known.get(streamId) ?? first(row, ids[index]!);
    known.set(streamId, one);
    one.observations += 1;
    if (isLater(one.phenomenonStart, phenomenonStart)) one.phenomenonStart = phenomenonStart;
    if (isLater(phenomenonEnd, one.phenomenonEnd)) one.phenomenonEnd = phenomenonEnd;
    if (!isLater(one.latestStart, phenomenonStart)) [one.latestStart, one.latestId] = [phenomenonStart, ids[index]!];
    if (resultTime !== undefined) {
      if (one.resultStart === undefined || isLater(one.resultStart, resultTime)) one.resultStart = resultTime;
      if (one.resultEnd === undefined || isLater(resultTime, one.resultEnd)) one.resultEnd = resultTime;
    }
    if (featureId !== undefined) one.features.add(featureId);
  }
  return [...known.values()].map(({ features, ...one }) => ({ ...one, featureIds: [...features] })).toSorted((a, b) => a.streamId - b.streamId);
}

const first = ({ streamId, phenomenonStart, phenomenonEnd = phenomenonStart }: NewObservation, id: number): Known => ({
  streamId,
  observations: 0,
  phenomenonStart,
  phenomenonEnd,
  resultStart: undefined,
  resultEnd: undefined,
  featureIds: [],
  latestId: id,
  latestStart: phenomenonStart,
  features: new Set(),
});

/** Two times written alike stand in the order of their letters; others are reckoned. */
function isLater(one: string, other: string): boolean {
  if (one === other) return false;
  if (one.length === other.length && one.endsWith('Z') && other.endsWith('Z')) return one > other;
  return Temporal.Instant.compare(one, other) > 0;
}
