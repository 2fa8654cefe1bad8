import type { Author } from './events.ts';

/** A part of a text that may tell who wrote it. Positions in UTF-16 units, `to` excluded. */
export interface PersonalMark {
  readonly from: number;
  readonly to: number;
  readonly what: 'name' | 'address' | 'contact';
}

/** Words of addresses and titles that name nobody. */
const COMMON = new Set([
  'frau',
  'herr',
  'familie',
  'herrn',
  'der',
  'die',
  'das',
  'den',
  'dem',
  'von',
  'vom',
  'und',
  'zum',
  'zur',
  'straße',
  'strasse',
  'weg',
  'platz',
  'allee',
  'hamburg',
  'haus',
  'dr',
  'prof',
  'alte',
  'alter',
  'altes',
  'neue',
  'neuer',
  'große',
  'grosse',
  'kleine',
  'am',
  'an',
  'auf',
  'bei',
  'in',
  'im',
  'street',
  'road',
  'mrs',
  'the',
]);
const SHORTEST = 3;

const words = (text: string): string[] => (text.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length >= SHORTEST && !COMMON.has(word.toLowerCase()));

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `ä` and `ae`, `ß` and `ss` are the same sound to somebody who types a name. */
const loose = (word: string): string =>
  escape(word).replace(/ä|ae/giu, '(?:ä|ae)').replace(/ö|oe/giu, '(?:ö|oe)').replace(/ü|ue/giu, '(?:ü|ue)').replace(/ß|ss/giu, '(?:ß|ss)');

/** A whole word, also in the genitive or as `Muellers`. */
const wholeWord = (word: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])${loose(word)}(?:s|'s|’s|ens)?(?![\\p{L}\\p{N}])`, 'giu');

/** A street goes on in its house number, also one too short to be looked for alone. */
const streetWord = (word: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${loose(word)}(?![\\p{L}\\p{N}])(?:\\s{1,3}\\d{1,4}\\s?[a-z]?(?![\\p{L}\\p{N}]))?`, 'giu');

const CONTACTS: readonly RegExp[] = [
  /[^\s@<>"',;:()]{1,64}@[^\s@<>"',;:()]{1,190}\.[a-z]{2,63}/giu,
  /\bDE\d{2}(?: ?\d{4}){4} ?\d{2}\b/giu,
  /(?<![\d.,])(?:\+\d{2}|0)[\d /()-]{6,18}\d(?![\d.,])/gu,
];

/**
 * Where a text names its author: words of the name and address they typed, and what looks like an
 * e-mail address, a telephone number or an IBAN. For an officer to look at; nothing is taken out.
 * Marks are in order and do not overlap.
 */
export function findPersonalWords(text: string, author: Author): PersonalMark[] {
  const found: PersonalMark[] = [
    ...words(author.name ?? '').flatMap((word) => all(text, wholeWord(word), 'name')),
    ...words(author.address ?? '').flatMap((word) => all(text, streetWord(word), 'address')),
    ...CONTACTS.flatMap((pattern) => all(text, pattern, 'contact')),
  ];
  const marks: PersonalMark[] = [];
  for (const mark of found.sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (mark.from >= (marks.at(-1)?.to ?? 0)) marks.push(mark);
  }
  return marks;
}

const all = (text: string, pattern: RegExp, what: PersonalMark['what']): PersonalMark[] =>
  [...text.matchAll(pattern)].map((match) => ({ from: match.index, to: match.index + match[0].length, what }));

/** The text in pieces, marked and not, in order; joined they are the text again. */
export function markedPieces(text: string, marks: readonly PersonalMark[]): { readonly text: string; readonly what?: PersonalMark['what'] }[] {
  const pieces: { text: string; what?: PersonalMark['what'] }[] = [];
  let at = 0;
  for (const { from, to, what } of marks) {
    if (from > at) pieces.push({ text: text.slice(at, from) });
    pieces.push({ text: text.slice(from, to), what });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}
