/** What scanners take for another, each way; costs from the errors that tesseract makes on letters of the city. */
const CONFUSED_PAIRS =
  'l1 li lt lj i1 ij it l| i| t1 o0 oc oe o6 oa q9 oq 0d od d0 s5 b8 b6 g9 gq g6 z2 ce hb hn nu un vy uv yv ft kx ae rt ec t7 17 i7 35 38 56 68 69 89 4a mn wv kh td 0c 0q es 83 b3 ni';
const CONFUSED = new Set(CONFUSED_PAIRS.split(' ').flatMap((pair) => [pair, `${pair[1]}${pair[0]}`]));

/** Two letters that look like one. */
const TWO_FOR_ONE: Readonly<Record<string, readonly string[]>> = {
  m: ['rn', 'nn', 'in', 'ni', 'iu', 'ru'],
  w: ['vv', 'uu', 'vu'],
  d: ['cl', 'ci', 'c1', 'ol'],
  u: ['ii', 'il', 'li', 'll', '11', 'ti'],
  n: ['ri', 'ii', 'il', 'r1'],
  h: ['li', 'ii', 'lt', 'l1'],
  k: ['lc', 'ic'],
  b: ['ss', 'lo'],
  a: ['ci', 'cl'],
  o: ['ii', 'oe', 'ue'],
  q: ['cj'],
  '8': ['ss'],
};

export const COST = { confused: 0.4, doubled: 0.5, split: 0.4, missing: 1, extra: 1, other: 1.2, swapped: 1 } as const;

/** Symbols of a folded text are mostly ASCII; others are only ever equal or not. */
const ASCII = 128;
const confused = new Uint8Array(ASCII * ASCII);
for (const pair of CONFUSED) confused[pair.charCodeAt(0) * ASCII + pair.charCodeAt(1)] = 1;
const twoForOne = new Set(
  Object.entries(TWO_FOR_ONE).flatMap(([single, pairs]) => pairs.map((two) => keyOf(single.charCodeAt(0), two.charCodeAt(0), two.charCodeAt(1)))),
);
const singles = new Uint8Array(ASCII);
for (const single of Object.keys(TWO_FOR_ONE)) singles[single.charCodeAt(0)] = 1;

function keyOf(single: number, first: number, second: number): number {
  return (single * ASCII + first) * ASCII + second;
}

/** What it costs to read one symbol for another; both as UTF-16 codes. */
export function costOf(wanted: number, found: number): number {
  if (wanted === found) return 0;
  return wanted < ASCII && found < ASCII && confused[wanted * ASCII + found] === 1 ? COST.confused : COST.other;
}

export const isTwoForOne = (single: number, first: number, second: number): boolean =>
  single < ASCII && singles[single] === 1 && first < ASCII && second < ASCII && twoForOne.has(keyOf(single, first, second));

/** Symbols that the word may begin with when the pattern does with `symbols`. */
export function beginnings(symbols: string): ReadonlySet<string> {
  const first = symbols[0]!;
  const found = new Set([first]);
  for (const pair of CONFUSED) if (pair[0] === first) found.add(pair[1]!);
  for (const two of TWO_FOR_ONE[first] ?? []) found.add(two[0]!);
  for (const [single, pairs] of Object.entries(TWO_FOR_ONE)) if (pairs.includes(symbols.slice(0, 2))) found.add(single);
  // a long name may have lost its first letter
  if (symbols.length >= 8) found.add(symbols[1]!);
  return found;
}
