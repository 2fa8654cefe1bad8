/** How slowly lower ranks lose weight; Cormack, Clarke, Büttcher, Reciprocal Rank Fusion, SIGIR 2009: 60. */
const SMOOTHING = 60;

/** Several rankings of the same things as one, by reciprocal ranks: no ranking's scores must mean anything to another. */
export function fused<T extends { readonly id: string }>(rankings: readonly (readonly T[])[]): (T & { readonly score: number })[] {
  const scores = new Map<string, { readonly item: T; score: number }>();
  for (const ranking of rankings) {
    // a ranking that names a thing twice has one voice for it
    const named = new Set<string>();
    for (const item of ranking) {
      if (named.has(item.id)) continue;
      named.add(item.id);
      const known = scores.get(item.id) ?? { item, score: 0 };
      known.score += 1 / (SMOOTHING + named.size);
      scores.set(item.id, known);
    }
  }
  return [...scores.values()].toSorted((a, b) => b.score - a.score).map(({ item, score }) => ({ ...item, score }));
}
