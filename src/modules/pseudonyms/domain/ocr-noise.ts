/** Pairs that a scanner mixes up; the noise is written apart from the costs that the search uses. */
const MISREAD: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['m', 'rn'],
  ['l', '1'],
  ['l', 'I'],
  ['I', 'l'],
  ['i', 'l'],
  ['O', '0'],
  ['o', '0'],
  ['ß', 'B'],
  ['ü', 'u'],
  ['ü', 'ii'],
  ['ö', 'o'],
  ['ä', 'a'],
  ['e', 'c'],
  ['c', 'e'],
  ['h', 'b'],
  ['S', '5'],
  ['B', '8'],
  ['g', '9'],
  ['cl', 'd'],
  ['d', 'cl'],
  ['w', 'vv'],
  ['u', 'v'],
  ['n', 'ri'],
  ['t', 'f'],
];

/** What a scanner does to digits. */
const MISREAD_DIGITS: readonly (readonly [string, string])[] = [
  ['0', 'O'],
  ['1', 'l'],
  ['1', 'I'],
  ['5', 'S'],
  ['8', 'B'],
  ['2', 'Z'],
];

const ends = (text: string, at: number): boolean => at === 0 || at === text.length - 1;

function exchanged(text: string, random: () => number, pairs: readonly (readonly [string, string])[]): string {
  const places = pairs.flatMap(([from, to]) => [...text.matchAll(new RegExp(from, 'gu'))].map(({ index }) => [index, from, to] as const));
  const place = places[Math.floor(random() * places.length)];
  if (place === undefined) return text;
  const [at, from, to] = place;
  return text.slice(0, at) + to + text.slice(at + from.length);
}

/** One letter misread; initials and titles stay. */
export function misread(text: string, random: () => number): string {
  const words = [...text.matchAll(/[\p{L}\p{M}\d]{2,}(?!\.)/gu)];
  const word = words[Math.floor(random() * words.length)];
  if (word === undefined) return text;
  return text.slice(0, word.index) + exchanged(word[0], random, MISREAD) + text.slice(word.index + word[0].length);
}

/** One digit misread as a letter. */
export const misreadDigit = (text: string, random: () => number): string => exchanged(text, random, MISREAD_DIGITS);

/** Places inside a word of at least `least` letters. */
const inside = (text: string, least: number): number[] =>
  [...text.matchAll(/\p{L}+/gu)].flatMap(({ index, 0: word }) => (word.length < least ? [] : Array.from({ length: word.length - 2 }, (_, n) => index + n + 1)));

/** One letter lost inside a word of five letters or more. */
export function lost(text: string, random: () => number): string {
  const places = inside(text, 5).filter((at) => !ends(text, at));
  const at = places[Math.floor(random() * places.length)];
  return at === undefined ? text : text.slice(0, at) + text.slice(at + 1);
}

/** One letter doubled inside a word of four letters or more. */
export function doubled(text: string, random: () => number): string {
  const places = inside(text, 4);
  const at = places[Math.floor(random() * places.length)];
  return at === undefined ? text : text.slice(0, at) + text[at]! + text.slice(at);
}

/** A word of four letters or more split: by a space, or by a hyphen at the end of a line. */
export function split(text: string, random: () => number): string {
  const places = inside(text, 4);
  const at = places[Math.floor(random() * places.length)];
  return at === undefined ? text : `${text.slice(0, at)}${random() < 0.5 ? ' ' : '-\n'}${text.slice(at)}`;
}
