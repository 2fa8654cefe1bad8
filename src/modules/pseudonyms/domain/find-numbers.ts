import { isIban } from '../../../kernel/check-digits.ts';
import { isFileNumber } from '../../../kernel/id.ts';
import { isCard, isHealthInsuranceNumber, isIdCard, isPensionNumber, isTaxId } from './number-checks.ts';
import type { MaskedClass, Span } from './spans.ts';

/** Signs between groups of a number: spaces, hyphens, dots, also two of them, or a new line. */
const APART = String.raw`[ \t\u00a0\u2009\u202f.\-‐‑–/]{0,2}(?:\n[ \t]{0,4})?`;
/** A digit, or what a scanner makes of one. */
const D = '[0-9OoQDlI|iSsBZzGq]';
const A = '[A-Za-z0-9|]';
const EDGE = String.raw`(?<![\p{L}\p{N}])`;
const END = String.raw`(?![\p{L}\p{N}])`;

const AS_DIGIT: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  D: '0',
  l: '1',
  I: '1',
  i: '1',
  '|': '1',
  S: '5',
  s: '5',
  B: '8',
  Z: '2',
  z: '2',
  G: '6',
  q: '9',
};
const AS_LETTER: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '5': 'S', '8': 'B', '2': 'Z', '6': 'G', '|': 'I' };

const plain = (text: string): string => text.replaceAll(/[^\p{L}\p{N}|]/gu, '');
const digits = (text: string): string => [...plain(text)].map((sign) => AS_DIGIT[sign] ?? sign).join('');
const letter = (sign: string): string => AS_LETTER[sign] ?? sign.toUpperCase();
const isMostlyDigits = (text: string): boolean => (text.match(/\d/g)?.length ?? 0) * 2 >= plain(text).length;

/** A kind of number: what may be one, and when it is one. */
interface NumberKind {
  readonly what: MaskedClass;
  readonly shape: RegExp;
  readonly is: (found: string) => boolean;
}

const run = (sign: string, least: number, most: number): string => `${sign}(?:${APART}${sign}){${least - 1},${most - 1}}`;
const shape = (body: string): RegExp => new RegExp(`${EDGE}(?:${body})${END}`, 'gu');

/** Told by their check digit, or by a shape that nothing else has. The order decides what a number is called. */
const KINDS: readonly NumberKind[] = [
  // an IBAN with a wrong check digit is still somebody's account, misread
  {
    what: 'iban',
    shape: shape(`(?:DE|D E|0E|OE|DF|D3|de|De)${APART}${run(D, 19, 21)}`),
    is: isMostlyDigits,
  },
  { what: 'iban', shape: shape(`[A-Z]{2}${APART}\\d${APART}\\d(?:${APART}[A-Z0-9]){11,30}`), is: (found) => isIban(plain(found)) || isIbanWithMore(found) },
  { what: 'file-number', shape: shape(String.raw`[A-Z0-9]{2,4}\s?[-–‐]\s?${D}{4}\s?[-–‐]\s?${D}{6,9}\s?[-–‐]\s?[0-9A-Za-z|]`), is: isFileNumberLike },
  { what: 'pension-number', shape: shape(`${run(D, 8, 8)}${APART}${A}${APART}${run(D, 3, 3)}`), is: (found) => isPensionNumber(withLetterAt(found, 8)) },
  { what: 'health-insurance-number', shape: shape(`${A}${APART}${run(D, 9, 9)}`), is: (found) => isHealthInsuranceNumber(withLetterAt(found, 0)) },
  { what: 'card', shape: shape(run(D, 13, 16)), is: (found) => isMostlyDigits(found) && isCard(digits(found)) },
  { what: 'tax-id', shape: shape(run(D, 11, 11)), is: (found) => isMostlyDigits(found) && isTaxId(digits(found)) },
  { what: 'id-card', shape: shape(`[A-Z]${run('[A-Z0-9]', 9, 9)}`), is: (found) => isIdCard(plain(found)) },
];

function withLetterAt(found: string, at: number): string {
  const signs = [...plain(found)];
  return signs.map((sign, n) => (n === at ? letter(sign) : (AS_DIGIT[sign] ?? sign))).join('');
}

/** A run of groups may have swallowed the next word in capitals. */
function isIbanWithMore(found: string): boolean {
  const text = plain(found);
  for (let length = text.length - 1; length >= 15; length--) if (isIban(text.slice(0, length))) return true;
  return false;
}

/** Right by its check character, or by its shape with something misread in it. */
function isFileNumberLike(found: string): boolean {
  const parts = found.toUpperCase().split(/\s?[-–‐]\s?/u);
  const [prefix, year, serial] = [parts[0]!, digits(parts[1]!), digits(parts[2]!)];
  return isFileNumber(`${prefix}-${year}-${serial}-${parts[3]!}`) || /^(?:19|20)\d\d$/.test(year);
}

/** Numbers near the word that announces them: damaged ones have no right check digit any more. */
const ANNOUNCED: readonly { readonly what: MaskedClass; readonly word: RegExp; readonly body: string }[] = [
  { what: 'iban', word: /IBAN|1BAN|lBAN|Konto(?:nummer|nr\.?|verbindung)?|Bankverbindung/giu, body: `(?:[A-Za-z0]{2}${APART})?${run(A, 8, 34)}` },
  {
    what: 'tax-id',
    word: /(?:steuerliche\s+)?Ident(?:ifikations|itäts)?-?\s?(?:nummer|nr\.?)|Steuer-?\s?ID(?:entifikationsnummer)?|Steuer-?\s?(?:nummer|nr\.?)|IdNr\.?|St\.?-?Nr\.?|TIN/giu,
    body: run(`(?:${D})`, 9, 13),
  },
  {
    what: 'pension-number',
    word: /Renten\s?-?versicherungs?\s?-?(?:nummer|nr\.?)|Sozial\s?-?versicherungs?\s?-?(?:nummer|nr\.?)|RVNR|SV-?(?:Nummer|Nr\.?)|Versicherungs(?:nummer|nr\.?)/giu,
    body: `${run(D, 6, 9)}${APART}${A}${APART}${run(D, 2, 4)}`,
  },
  {
    what: 'health-insurance-number',
    word: /Kranken\s?-?versich(?:erten|erungs)\s?-?(?:nummer|nr\.?)|Versicherten\s?-?(?:nummer|nr\.?)|KVNR|Versicherungs(?:nummer|nr\.?)/giu,
    body: `${A}${APART}${run(D, 8, 10)}`,
  },
  { what: 'card', word: /Kredit\s?-?karten?\s?-?(?:nummer|nr\.?)?|Karten\s?-?(?:nummer|nr\.?)|VISA|Mastercard/giu, body: run(D, 12, 19) },
  {
    what: 'id-card',
    word: /(?:Personal)?ausweis\s?-?(?:nummer|nr\.?)?|Reisepass\s?-?(?:nummer|nr\.?)?|Pass\s?-?(?:nummer|nr\.?)|Seriennummer|Dokumenten\s?-?nummer/giu,
    body: run(A, 8, 11),
  },
  {
    what: 'file-number',
    word: /Aktenzeichen|Az\.|Vorgangsnummer|Geschäftszeichen|Zeichen/giu,
    body: String.raw`[A-Z0-9][A-Za-z0-9]*(?:\s?[-–/.]\s?[A-Za-z0-9|]{1,9}){2,5}`,
  },
];

/** Between the announcing word and the number. */
const BRIDGE = String.raw`(?:[\s:.,()=–-]|Nr\.?|Nummer|lautet|ist|die|der|von|vom|des|Kontos?|mit|Ihre?|meine?|bei|(?:[\p{Lu}][\p{L}]{2,15}bank|Sparkasse)){0,8}`;

/** Every run that is one, also those that begin inside a run that is none. */
function* allOf(text: string, wanted: RegExp, is: (found: string) => boolean): Generator<{ index: number; found: string }> {
  const search = new RegExp(wanted);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    if (is(match[0])) yield { index: match.index, found: match[0] };
    else search.lastIndex = match.index + 1;
  }
}

/** Numbers that name a person or a case, told by their check digits or by the word before them. */
export function findNumbers(text: string): Span[] {
  const spans: Span[] = [];
  const add = (what: MaskedClass, start: number, found: string): void => {
    spans.push({ start, end: start + found.length, what, entity: `${what} ${digits(found).toUpperCase()}` });
  };
  for (const { what, shape: wanted, is } of KINDS) for (const { index, found } of allOf(text, wanted, is)) add(what, index, found);
  for (const { what, word, body } of ANNOUNCED) {
    for (const match of text.matchAll(word)) {
      const from = match.index + match[0].length;
      const near = new RegExp(`^${BRIDGE}(?<![\\p{L}\\p{N}])(?<number>${body})${END}`, 'u').exec(text.slice(from, from + 120));
      const number = near?.groups?.['number'];
      if (near === null || number === undefined || (number.match(/\d/g)?.length ?? 0) < 4) continue;
      add(what, from + near[0].length - number.length, number);
    }
  }
  return spans;
}
