import { FEWEST } from '../../../kernel/few.ts';

/** More than nobody, and fewer than may be told. */
export const isFew = (n: number): boolean => n > 0 && n < FEWEST;

export interface Hiding<K> {
  readonly hidden: ReadonlySet<K>;
  /** Whether the sum of all rows may be told beside those that are shown. */
  readonly safe: boolean;
}

/**
 * Which rows may not be shown, so that neither a row nor the sum of all minus the others tells of fewer than ten cases:
 * those with a part below ten, and then the smallest others, until of each such part at least two rows are hidden and ten
 * cases are among them.
 * @param rows counts of each part by row; a row without cases hides nobody and is shown
 * @param before rows that are hidden anyway
 */
export function hiddenRows<K>(rows: ReadonlyMap<K, readonly number[]>, before: Iterable<K> = []): Hiding<K> {
  const hidden = new Set([...before].filter((key) => rows.has(key)));
  for (const [key, parts] of rows) if (parts.some(isFew)) hidden.add(key);
  for (;;) {
    const part = tellingPart([...hidden].map((key) => rows.get(key)!));
    if (part === undefined) return { hidden, safe: true };
    const [next] = [...rows].filter(([key, parts]) => !hidden.has(key) && parts[part]! > 0).toSorted(([, a], [, b]) => a[part]! - b[part]!);
    if (next === undefined) return { hidden, safe: false };
    hidden.add(next[0]);
  }
}

/** The part of which the sum of hidden rows tells too much: fewer than ten, or that each row has one. Ten cases are of two rows, where one of them is small. */
function tellingPart(hidden: readonly (readonly number[])[]): number | undefined {
  const parts = hidden[0]?.map((_, part) => hidden.map((row) => row[part]!)) ?? [];
  const telling = parts.findIndex((counts) => {
    const some = counts.filter((n) => n > 0);
    return some.some(isFew) && (some.reduce((sum, n) => sum + n, 0) < FEWEST || some.every((n) => n === 1));
  });
  return telling < 0 ? undefined : telling;
}
