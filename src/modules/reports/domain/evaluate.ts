/** What is true of a report and what was found. */
export interface Labelled {
  readonly event: string;
  readonly found: string;
}

export interface PairFigures {
  readonly reports: number;
  /** True events, and events found. */
  readonly events: number;
  readonly foundEvents: number;
  /** Pairs of reports that are one event in truth, as found, and both. */
  readonly truePairs: number;
  readonly foundPairs: number;
  readonly rightPairs: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Events found that hold reports of more than one true event: the mistake that hides something. */
  readonly falseMerges: number;
  /** True events found in more than one piece. */
  readonly split: number;
}

const pairs = (n: number): number => (n * (n - 1)) / 2;

/** Pairwise figures of a clustering, counted by groups: no pair is looked at by itself. */
export function pairFigures(reports: readonly Labelled[]): PairFigures {
  const [byEvent, byFound, both] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const [eventsIn, piecesOf] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  for (const { event, found } of reports) {
    const key = JSON.stringify([event, found]);
    byEvent.set(event, (byEvent.get(event) ?? 0) + 1);
    byFound.set(found, (byFound.get(found) ?? 0) + 1);
    both.set(key, (both.get(key) ?? 0) + 1);
    eventsIn.set(found, (eventsIn.get(found) ?? new Set()).add(event));
    piecesOf.set(event, (piecesOf.get(event) ?? new Set()).add(found));
  }
  const count = (groups: ReadonlyMap<string, number>): number => [...groups.values()].reduce((sum, n) => sum + pairs(n), 0);
  const [truePairs, foundPairs, rightPairs] = [count(byEvent), count(byFound), count(both)];
  const precision = foundPairs === 0 ? 1 : rightPairs / foundPairs;
  const recall = truePairs === 0 ? 1 : rightPairs / truePairs;
  return {
    reports: reports.length,
    events: byEvent.size,
    foundEvents: byFound.size,
    truePairs,
    foundPairs,
    rightPairs,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    falseMerges: [...eventsIn.values()].filter(({ size }) => size > 1).length,
    split: [...piecesOf.values()].filter(({ size }) => size > 1).length,
  };
}
