/** A sum of unknown counts that somebody has read or reckoned. */
export interface Equation {
  readonly terms: ReadonlyMap<string, number>;
  readonly equals: number;
}

export const equation = (terms: readonly (readonly [name: string, times: number])[], equals: number): Equation => {
  const sum = new Map<string, number>();
  for (const [name, times] of terms) sum.set(name, (sum.get(name) ?? 0) + times);
  return { terms: sum, equals };
};

const TINY = 1e-7;

/** Gauss and Jordan: every equation that follows from these in which as few unknowns stand as can be. */
function reduced(equations: readonly Equation[], names: readonly string[]): Equation[] {
  const rows = equations.map(({ terms, equals }) => [...names.map((name) => terms.get(name) ?? 0), equals]);
  let done = 0;
  for (let column = 0; column < names.length && done < rows.length; column += 1) {
    const found = rows.findIndex((row, index) => index >= done && Math.abs(row[column]!) > TINY);
    if (found < 0) continue;
    [rows[done], rows[found]] = [rows[found]!, rows[done]!];
    const pivot = rows[done]!;
    const by = pivot[column]!;
    for (let at = column; at < pivot.length; at += 1) pivot[at] = pivot[at]! / by;
    for (const row of rows) {
      const times = row[column]!;
      if (row === pivot || Math.abs(times) <= TINY) continue;
      for (let at = column; at < row.length; at += 1) row[at] = row[at]! - times * pivot[at]!;
    }
    done += 1;
  }
  return rows.slice(0, done).map((row) => ({
    terms: new Map(names.flatMap((name, index) => (Math.abs(row[index]!) > TINY ? [[name, row[index]!] as const] : []))),
    equals: row.at(-1)!,
  }));
}

export interface Range {
  low: number;
  high: number;
}

/**
 * What somebody can know who has these equations: the least and the most that each count can be. Counts are whole and not
 * negative; bounds are drawn tighter until nothing follows any more.
 */
export function boundsOf(equations: readonly Equation[], least: ReadonlyMap<string, number> = new Map()): ReadonlyMap<string, Range> {
  const names = [...new Set(equations.flatMap(({ terms }) => [...terms.keys()]))];
  const all = [...equations, ...reduced(equations, names), ...reduced(equations, names.toReversed())];
  const ranges = new Map(names.map((name) => [name, { low: least.get(name) ?? 0, high: Number.POSITIVE_INFINITY }]));
  for (let moved = true, turn = 0; moved && turn < 40; turn += 1) {
    moved = false;
    for (const one of all) if (tighten(one, ranges)) moved = true;
  }
  return ranges;
}

/** Each unknown is what is left when the others are as small, and as large, as they can be. */
function tighten({ terms, equals }: Equation, ranges: ReadonlyMap<string, Range>): boolean {
  let moved = false;
  for (const [name, times] of terms) {
    let [low, high] = [equals, equals];
    for (const [other, by] of terms) {
      if (other === name) continue;
      const range = ranges.get(other)!;
      low -= by > 0 ? by * range.high : by * range.low;
      high -= by > 0 ? by * range.low : by * range.high;
    }
    const [a, b] = times > 0 ? [low / times, high / times] : [high / times, low / times];
    const range = ranges.get(name)!;
    const [least, most] = [Math.ceil(a - 1e-4), Math.floor(b + 1e-4)];
    if (least > range.low) [range.low, moved] = [least, true];
    if (most < range.high) [range.high, moved] = [most, true];
  }
  return moved;
}

/** Sums of counts that are told although they are of 1 to 9: all with the same sign, so that nothing is taken off. */
export function smallSums(equations: readonly Equation[]): readonly Equation[] {
  const names = [...new Set(equations.flatMap(({ terms }) => [...terms.keys()]))];
  const plain = [...equations, ...reduced(equations, names), ...reduced(equations, names.toReversed())];
  return plain.filter(({ terms, equals }) => [...terms.values()].every((times) => Math.abs(times - 1) < TINY) && equals > 0.5 && equals < 9.5);
}
