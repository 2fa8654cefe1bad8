import type { KnownParty } from '../../../kernel/language-model.ts';
import { datePatterns } from './date-forms.ts';
import { foldedText } from './folded.ts';
import { budgetOf, type Pattern } from './likeness.ts';
import { FUNCTION_WORDS, GENERIC_FIRM_WORDS, LEGAL_FORM, ORDINARY, PARTICLES } from './name-words.ts';
import type { MaskedClass } from './spans.ts';

/** One way in which a party may stand in a text. */
export interface Wanted {
  readonly pattern: Pattern;
  readonly what: MaskedClass;
  /** Index of the party. */
  readonly party: number;
  /** `context`: only beside another part of the name, a salutation or a label. `capital`: only with a capital letter. */
  readonly needs: 'context' | 'capital' | 'nothing';
}

const pieces = (text: string): string[] => text.split(/[\s\-‐‑–.,'’()]+/u).filter((piece) => piece !== '');

/** How an umlaut may be written: without marks, as two letters, and as scanners read it. */
const UMLAUTS: Readonly<Record<string, readonly string[]>> = {
  ä: ['a', 'ae'],
  ö: ['o', 'oe'],
  ü: ['u', 'ue', 'ii'],
  ø: ['o', 'oe'],
  å: ['a', 'aa'],
};
/** Ways of writing one word taken at most. */
const MOST_WRITINGS = 12;

/** A word in all its writings, folded. */
export function writings(word: string): string[] {
  let found = [''];
  for (const letter of word.normalize('NFC').toLowerCase()) {
    const ways = UMLAUTS[letter] ?? [foldedText(letter)];
    const next = found.flatMap((start) => ways.map((way) => start + way));
    found = next.length <= MOST_WRITINGS ? next : found.map((start) => start + ways[0]!);
  }
  return [...new Set(found)].filter((one) => one !== '');
}

function namePattern(words: readonly string[]): Pattern {
  const joints = new Set<number>();
  let length = 0;
  for (const word of words) {
    if (length > 0) joints.add(length);
    length += word.length;
  }
  return { symbols: words.join(''), joints, looseGaps: false, inflected: true, budget: budgetOf(length) };
}

/** All writings of a row of words; words of many writings are written alike. */
function rowPatterns(words: readonly string[]): Pattern[] {
  const each = words.map(writings).filter((ways) => ways.length > 0);
  const most = Math.max(0, ...each.map((one) => one.length));
  return Array.from({ length: Math.min(most, 4) }, (_, n) => namePattern(each.map((ways) => ways[n % ways.length]!)));
}

function needsOf(symbols: string): Wanted['needs'] {
  if (FUNCTION_WORDS.has(symbols) || symbols.length === 1) return 'context';
  return symbols.length <= 3 || ORDINARY.has(symbols) ? 'capital' : 'nothing';
}

/** A name and its parts, however they are put together. */
export function personPatterns(givenNames: string | undefined, familyName: string | undefined, party: number): Wanted[] {
  const [given, family] = [pieces(givenNames ?? ''), pieces(familyName ?? '')];
  const [firstGiven] = given;
  const rows = [
    [...given, ...family],
    [...family, ...given],
    ...(firstGiven !== undefined && family.length > 0
      ? [
          [firstGiven, ...family],
          [...family, firstGiven],
        ]
      : []),
    given,
    family,
    given.toReversed(),
    family.toReversed(),
  ].filter((row) => row.length > 1);
  const parts = [...given, ...family].filter((part) => !PARTICLES.has(foldedText(part)));
  const singles = parts.length > 0 ? parts : [...given, ...family];
  return [
    ...rows.flatMap(rowPatterns).map((pattern): Wanted => ({ pattern, what: 'person', party, needs: pattern.symbols.length <= 3 ? 'capital' : 'nothing' })),
    ...singles
      .flatMap(writings)
      .map((symbols): Wanted => ({ pattern: namePattern([symbols]), what: 'person', party, needs: PARTICLES.has(symbols) ? 'context' : needsOf(symbols) })),
  ];
}

const loose = (symbols: string, budget: number): Pattern => ({ symbols, joints: new Set(), looseGaps: true, inflected: false, budget });

function organisationPatterns(organisation: string, party: number): Wanted[] {
  const bare = organisation.replace(LEGAL_FORM, '').trim() || organisation;
  const and = (text: string): string => text.replaceAll('&', ' und ').replaceAll('+', ' und ');
  const names = new Set([organisation, bare, and(organisation), and(bare)]);
  const first = pieces(bare)[0] ?? '';
  const whole = [...names].flatMap((name) => rowPatterns(pieces(name)));
  const distinctive = pieces(bare).length > 1 && first.length >= 4 && !GENERIC_FIRM_WORDS.has(foldedText(first)) && !ORDINARY.has(foldedText(first));
  return [...whole, ...(distinctive ? writings(first).map((one) => namePattern([one])) : [])]
    .filter(({ symbols }) => symbols.length > 0)
    .map((pattern) => ({ pattern: { ...pattern, looseGaps: pattern.joints.size > 0 }, what: 'organisation', party, needs: needsOf(pattern.symbols) }));
}

const STREET_WORD =
  /(?:stra(?:ss|ß)e|str\.?|weg|platz|allee|gasse|damm|chaussee|ring|ufer|stieg|twiete|kamp|koppel|redder|deich|markt|park|hof|berg|brücke|kai|stieg|wall|graben)$/iu;

function streetPatterns(street: string, party: number): Wanted[] {
  const match = /^(.*?)[\s,]*(\d+\s?[a-z]?(?:\s?[-–/]\s?\d+\s?[a-z]?)?)?$/iu.exec(street.trim());
  const [name, number] = [match?.[1]?.trim() ?? street, match?.[2] ?? ''];
  const short = (text: string): string => text.replace(/stra(?:ss|ß)e\b/iu, 'str');
  const names = [...new Set([name, short(name)])].flatMap(writings);
  const house = foldedText(number);
  // "Am Markt" alone stands in any text; "Beispielstraße" does not
  const alone = house === '' || (STREET_WORD.test(name) && !/\s/u.test(name)) || foldedText(name).length >= 10;
  return [...(house === '' ? [] : names.map((one) => `${one}${house}`)), ...(alone ? names : [])].map((symbols) => ({
    pattern: loose(symbols, budgetOf(symbols.length)),
    what: 'address',
    party,
    needs: 'nothing',
  }));
}

function postcodePatterns(postalCode: string, town: string | undefined, party: number): Wanted[] {
  const code = foldedText(postalCode);
  const towns = town === undefined ? [] : writings(town);
  return [...towns.map((one) => loose(`${code}${one}`, 1)), { symbols: code, joints: new Set<number>(), looseGaps: false, inflected: false, budget: 0.4 }].map(
    (pattern) => ({ pattern, what: 'address', party, needs: 'nothing' }),
  );
}

/** A number with and without its country, as people write it. */
function phonePatterns(phone: string, party: number): Wanted[] {
  const digits = phone.replaceAll(/\D/gu, '');
  const national = phone.trim().startsWith('+') || digits.startsWith('00') ? digits.replace(/^(?:00)?(?:49)?0?/u, '') : digits.replace(/^0/u, '');
  const groups = phone.split(/[\s/()-]+/u).filter((group) => /^\d+$/.test(group));
  const local = groups.length > 1 ? groups.slice(1).join('') : '';
  const forms = new Set([digits, `0${national}`, `49${national}`, `490${national}`, `0049${national}`, `00490${national}`]);
  if (national.length >= 7) forms.add(national);
  if (local.length >= 6) forms.add(local);
  return [...forms].filter((one) => one.length >= 6).map((one) => ({ pattern: loose(one, one.length >= 9 ? 1 : 0.8), what: 'phone', party, needs: 'nothing' }));
}

function identifierPatterns(identifier: string, party: number): Wanted[] {
  const symbols = foldedText(identifier);
  return symbols === ''
    ? []
    : [{ pattern: loose(symbols, symbols.length >= 6 ? 0.8 : 0), what: 'identifier', party, needs: symbols.length <= 3 ? 'capital' : 'nothing' }];
}

/** A day of birth as the case keeps it; `undefined` when it is none. */
function dayOf(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Every way in which what is known of a party may stand in a text. */
export function partyPatterns(party: KnownParty, index: number): Wanted[] {
  const birth = party.birthDate === undefined ? undefined : dayOf(party.birthDate);
  const mail = foldedText(party.email ?? '');
  return [
    ...personPatterns(party.givenNames, party.familyName, index),
    ...(party.organisation === undefined ? [] : organisationPatterns(party.organisation, index)),
    ...(party.street === undefined ? [] : streetPatterns(party.street, index)),
    ...(party.postalCode === undefined ? [] : postcodePatterns(party.postalCode, party.town, index)),
    ...(party.phone === undefined ? [] : phonePatterns(party.phone, index)),
    ...(mail === '' ? [] : [{ pattern: loose(mail, budgetOf(mail.length)), what: 'email', party: index, needs: 'nothing' } satisfies Wanted]),
    // a day that nobody can read is still a text that must not leave
    ...(birth === undefined
      ? identifierPatterns(party.birthDate ?? '', index)
      : datePatterns(birth).map((pattern): Wanted => ({ pattern, what: 'birth-date', party: index, needs: 'nothing' }))),
    ...(party.identifiers ?? []).flatMap((one) => identifierPatterns(one, index)),
  ].filter(({ pattern }) => pattern.symbols.length > 0);
}
