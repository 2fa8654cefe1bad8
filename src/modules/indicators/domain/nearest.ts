/** How many letters must be put in, left out, changed or swapped (Damerau-Levenshtein, optimal alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j += 1) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      rows[i]![j] = least;
    }
  return rows[a.length]![b.length]!;
}

/** The known name that was probably meant; `undefined`: none is near. */
export function nearest(text: string, known: readonly string[]): string | undefined {
  const far = Math.max(1, Math.floor(text.length / 3));
  const [best] = known.map((name) => ({ name, off: distance(text.toLowerCase(), name.toLowerCase()) })).toSorted((a, b) => a.off - b.off);
  return best !== undefined && best.off <= far ? best.name : undefined;
}
