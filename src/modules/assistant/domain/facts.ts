import { NUMERAL, numeralValue } from './numerals.ts';

/** What can be checked in a text by its form. */
export type FactKind = 'amount' | 'percentage' | 'date' | 'time' | 'duration' | 'paragraph' | 'reference' | 'number';

/** A checkable statement of a text. */
export interface Fact {
  readonly kind: FactKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** One spelling for all spellings of the same. */
  readonly value: string;
}

// every repetition has a bound, and a number begins where none goes on: hostile texts take no more time than others
const BEGINS = String.raw`(?<![\p{L}\d])(?<!\d[.,])`;
const NUMBER = String.raw`\d{1,3}(?:[.\u00a0\u202f ]\d{3}){1,5}(?!\d)(?:,\d{1,9})?|\d{1,15}(?:,\d{1,9})?`;
const COUNT = `${NUMBER}|${NUMERAL}`;
const SCALE = String.raw`Mio\.?|Millionen?|Mrd\.?|Milliarden?|Tsd\.?|Tausend`;
const ONE_LARGE = String.raw`eine[nr]?(?=\s{1,2}(?:Million|Milliarde)(?!\p{L}))`;
const MONTHS = ['januar', 'februar', 'maerz', 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'dezember'];
const MONTH = String.raw`(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan\.?|Feb\.?|Apr\.?|Aug\.?|Sept?\.?|Okt\.?|Nov\.?|Dez\.?)`;
const PLACE = String.raw`\s{0,3},?\s{0,3}(?:Abs(?:\.|atz)|S(?:\.|atz)|Nr\.?|Nummer|Buchst(?:\.|abe))\s{0,3}\d{0,3}[a-z]?\b`;
const LAW = String.raw`(?:[A-ZÄÖÜ][a-zäöüß]{0,30}){2,8}(?:\s[IVX]{1,4}\b)?`;

type Reader = readonly [FactKind, RegExp, (match: RegExpExecArray) => string | undefined];

/** The order matters: what one has read, the next does not read again. */
const READERS: readonly Reader[] = [
  ['date', /\b(\d{4})-(\d{2})-(\d{2})\b/g, ([, year, month, day]) => dayValue(day!, Number(month), year)],
  ['date', /\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})\b)?(?!\d)/g, ([, day, month, year]) => dayValue(day!, Number(month), year)],
  [
    'date',
    new RegExp(String.raw`\b(\d{1,2})\.\s{0,3}(${MONTH})(?:\s{1,3}(\d{4}))?(?![\p{L}])`, 'gu'),
    ([, day, month, year]) => dayValue(day!, monthNumber(month!), year),
  ],
  ['date', new RegExp(String.raw`(?<![\p{L}.])(${MONTH})\s{1,3}(\d{4})\b`, 'gu'), ([, month, year]) => `${year}-${pad(monthNumber(month!))}`],
  ['time', /\b(\d{1,2})(?:[:.](\d{2}))?\s{0,3}Uhr(?:\s{1,3}(\d{2})\b)?/g, ([, hour, minute, after]) => `${Number(hour)}:${minute ?? after ?? '00'}`],
  ['time', /\b([01]?\d|2[0-3]):([0-5]\d)\b/g, ([, hour, minute]) => `${Number(hour)}:${minute}`],
  [
    'paragraph',
    new RegExp(String.raw`(?:§{1,2}|\bArt(?:\.|ikel))\s{0,3}(\d{1,4}[a-z]?)((?:${PLACE}){0,8})(?:\s{1,3}(${LAW}))?`, 'g'),
    ([, section, places, law]) => paragraphValue(section!, places ?? '', law),
  ],
  [
    'amount',
    new RegExp(String.raw`(?:(?:€|EUR|Euro)\s?(${NUMBER})|${BEGINS}(${COUNT}|${ONE_LARGE})(?:,[-–—]{1,3})?\s{0,3}(${SCALE})?\s{0,2}(?:€|EUR\b|Euro\b))`, 'giu'),
    ([, before, after, unit]) => String(Math.round(numberOf(before ?? after!) * scaleOf(unit) * 100)),
  ],
  ['percentage', new RegExp(String.raw`${BEGINS}(${COUNT})\s?(?:%|Prozent\b|v\.\s?H\.)`, 'giu'), ([, number]) => String(numberOf(number!))],
  [
    'duration',
    new RegExp(
      String.raw`${BEGINS}(${COUNT}|ein(?:e[mnrs]?)?)\s{1,3}((?:Kalender|Werk|Arbeits)?tag|woche|monat|jahr|stunde|minute)(?:en|es|e|s|n)?(?!\p{L})`,
      'giu',
    ),
    ([, number, unit]) => `${numberOf(number!)} ${unit!.toLowerCase()}`,
  ],
  [
    'reference',
    /(?<![\p{L}\p{N}\-/._])[\p{L}\p{N}]{1,40}(?:[-/._][\p{L}\p{N}]{1,40}){1,10}(?![\p{L}\p{N}])/gu,
    ([all]) => (/\p{L}/u.test(all) && /\d/.test(all) ? all.toLowerCase().replaceAll(/[/._]/g, '-') : undefined),
  ],
  ['reference', /(?<!\d)\d{16,80}(?!\d)/g, ([all]) => all],
  [
    'number',
    new RegExp(String.raw`${BEGINS}(${COUNT}|${ONE_LARGE})(?:\s{1,2}(${SCALE}))?(?![\p{L}\d])`, 'giu'),
    ([, number, unit]) => String(numberOf(number!) * scaleOf(unit)),
  ],
];

const pad = (value: number | string): string => String(value).padStart(2, '0');

function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number(text.replaceAll(/[.\u00a0\u202f ]/g, '').replace(',', '.'));
  return /^ein(?:e[mnrs]?)?$/i.test(text) ? 1 : numeralValue(text);
}

function scaleOf(unit: string | undefined): number {
  if (unit === undefined) return 1;
  return /^mi(?:o|lli(?:on))/i.test(unit) ? 1e6 : /^(?:mrd|milliarde)/i.test(unit) ? 1e9 : 1e3;
}

function monthNumber(name: string): number {
  const plain = name.toLowerCase().replace('ä', 'ae').replace('.', '').replace('jaenner', 'januar');
  return MONTHS.findIndex((month) => month.startsWith(plain.slice(0, 3))) + 1;
}

/** A day without its year is any year's; `3.14.` is a section and not a day. */
function dayValue(day: string, month: number, year: string | undefined): string | undefined {
  if (month < 1 || month > 12 || Number(day) < 1 || Number(day) > 31) return undefined;
  const full = year === undefined ? '*' : year.length === 2 ? `20${year}` : year;
  return `${full}-${pad(month)}-${pad(Number(day))}`;
}

/** `24|abs2|satz1|vwvfg`; parts that are not named are absent. */
function paragraphValue(section: string, places: string, law: string | undefined): string {
  const parts = [...places.matchAll(/(Abs|S|Nr|Nummer|Buchst)\w{0,6}\.?\s{0,3}(\d{0,3}[a-z]?)/g)].map(([, name, number]) => {
    const short = name === 'Nummer' ? 'nr' : name!.toLowerCase();
    return `${short}${number}`;
  });
  return [section, ...parts, ...(law === undefined ? [] : [`law:${law.toLowerCase()}`])].join('|');
}

/** Every fact of a text, in reading order. */
export function factsOf(text: string): readonly Fact[] {
  const found: Fact[] = [];
  // what was read becomes blank, so that offsets stay
  let left = text;
  for (const [kind, pattern, valueOf] of READERS) {
    const pieces: string[] = [];
    let at = 0;
    for (const match of left.matchAll(pattern)) {
      const value = valueOf(match);
      if (value === undefined) continue;
      const start = match.index;
      const end = start + match[0].trimEnd().length;
      found.push({ kind, start, end, text: text.slice(start, end), value });
      pieces.push(left.slice(at, start), ' '.repeat(end - start));
      at = end;
    }
    if (at > 0) left = pieces.join('') + left.slice(at);
  }
  return found.toSorted((one, two) => one.start - two.start);
}

/** The numbers that stand in a fact, each with its text. */
export const numbersIn = (text: string): readonly string[] => (text.match(new RegExp(NUMBER, 'g')) ?? []).map((one) => String(numberOf(one)));
