/** What can be checked in a text by its form. */
export type FactKind = 'amount' | 'percentage' | 'date' | 'time' | 'paragraph' | 'reference' | 'number';

/** A checkable statement of a text. */
export interface Fact {
  readonly kind: FactKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** One spelling for all spellings of the same. */
  readonly value: string;
}

export interface FactCheck {
  readonly checked: number;
  /** Facts of the summary that the source does not have. */
  readonly missing: readonly Fact[];
}

const NUMBER = String.raw`\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?`;
const MONTHS = ['januar', 'februar', 'maerz', 'april', 'mai', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'dezember'];
const MONTH = String.raw`(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan\.?|Feb\.?|Apr\.?|Aug\.?|Sept?\.?|Okt\.?|Nov\.?|Dez\.?)`;
/** Words up to twelve are written out in German; `ein` is an article too, and says nothing. */
const NUMERALS = ['null', '', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'];

type Reader = readonly [FactKind, RegExp, (match: RegExpExecArray) => string];

/** The order matters: what one has read, the next does not read again. */
const READERS: readonly Reader[] = [
  ['date', /\b(\d{4})-(\d{2})-(\d{2})\b/g, ([, year, month, day]) => dayValue(day!, Number(month), year)],
  ['date', /\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})\b)?(?!\d)/g, ([, day, month, year]) => dayValue(day!, Number(month), year)],
  [
    'date',
    new RegExp(String.raw`\b(\d{1,2})\.\s*(${MONTH})(?:\s+(\d{4}))?(?![\p{L}])`, 'gu'),
    ([, day, month, year]) => dayValue(day!, monthNumber(month!), year),
  ],
  ['date', new RegExp(String.raw`(?<![\p{L}.])(${MONTH})\s+(\d{4})\b`, 'gu'), ([, month, year]) => `${year}-${pad(monthNumber(month!))}`],
  ['time', /\b(\d{1,2})(?:[:.](\d{2}))?\s*Uhr(?:\s+(\d{2})\b)?/g, ([, hour, minute, after]) => `${Number(hour)}:${minute ?? after ?? '00'}`],
  ['time', /\b([01]?\d|2[0-3]):([0-5]\d)\b/g, ([, hour, minute]) => `${Number(hour)}:${minute}`],
  [
    'paragraph',
    /(?:§{1,2}|\bArt(?:\.|ikel))\s*(\d{1,4}[a-z]?)((?:\s*,?\s*(?:Abs(?:\.|atz)|S(?:\.|atz)|Nr\.?|Nummer|Buchst(?:\.|abe))\s*\d{0,3}[a-z]?\b)*)(?:\s+((?:[A-ZÄÖÜ][a-zäöüß]*){2,}(?:\s[IVX]{1,4}\b)?))?/g,
    ([, section, places, law]) => paragraphValue(section!, places ?? '', law),
  ],
  [
    'amount',
    new RegExp(
      String.raw`(?:(?:€|EUR|Euro)\s?(${NUMBER})|(${NUMBER})(?:,[-–—]+)?\s?(Mio\.?|Millionen|Mrd\.?|Milliarden|Tsd\.?|Tausend)?\s?(?:€|EUR\b|Euro\b))`,
      'g',
    ),
    ([, before, after, unit]) => String(Math.round(numberOf(before ?? after!) * scaleOf(unit) * 100)),
  ],
  ['percentage', new RegExp(String.raw`(${NUMBER})\s?(?:%|Prozent\b|v\.\s?H\.)`, 'g'), ([, number]) => String(numberOf(number!))],
  [
    'reference',
    /(?<![\p{L}\p{N}])(?=[^\s]*\p{L})(?=[^\s]*\d)[\p{L}\p{N}]+(?:[-/._][\p{L}\p{N}]+)+(?![\p{L}\p{N}])/gu,
    ([all]) => all.toLowerCase().replaceAll(/[/._]/g, '-'),
  ],
  ['number', new RegExp(String.raw`(?<![\p{L}\d])(${NUMBER})(?![\p{L}\d])`, 'gu'), ([, number]) => String(numberOf(number!))],
  [
    'number',
    new RegExp(String.raw`(?<!\p{L})(${NUMERALS.filter((word) => word !== '').join('|')})(?!\p{L})`, 'giu'),
    ([, word]) => String(NUMERALS.indexOf(word!.toLowerCase())),
  ],
];

const pad = (value: number | string): string => String(value).padStart(2, '0');
const numberOf = (text: string): number => Number(text.replaceAll(/[.\u00a0\u202f ]/g, '').replace(',', '.'));

function scaleOf(unit: string | undefined): number {
  if (unit === undefined) return 1;
  return /^(?:Mio|Mill)/.test(unit) ? (unit.startsWith('Milliarden') ? 1e9 : 1e6) : /^(?:Mrd|Milliarden)/.test(unit) ? 1e9 : 1e3;
}

function monthNumber(name: string): number {
  const plain = name.toLowerCase().replace('ä', 'ae').replace('.', '').replace('jaenner', 'januar');
  return MONTHS.findIndex((month) => month.startsWith(plain.slice(0, 3))) + 1;
}

/** A day without its year is any year's. */
function dayValue(day: string, month: number, year: string | undefined): string {
  const full = year === undefined ? '*' : year.length === 2 ? `20${year}` : year;
  return `${full}-${pad(month)}-${pad(Number(day))}`;
}

/** `24|abs2|satz1|vwvfg`; parts that are not named are absent. */
function paragraphValue(section: string, places: string, law: string | undefined): string {
  const parts = [...places.matchAll(/(Abs|S|Nr|Nummer|Buchst)\w*\.?\s*(\d{0,3}[a-z]?)/g)].map(([, name, number]) => {
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
  for (const [kind, pattern, value] of READERS) {
    for (const match of left.matchAll(pattern)) {
      const end = match.index + match[0].trimEnd().length;
      const start = match.index;
      if (kind === 'date' && !isDay(value(match))) continue;
      found.push({ kind, start, end, text: text.slice(start, end), value: value(match) });
    }
    for (const { start, end } of found) left = left.slice(0, start) + ' '.repeat(end - start) + left.slice(end);
  }
  return found.toSorted((one, two) => one.start - two.start);
}

/** `3.14.` is a section and not a day. */
const isDay = (value: string): boolean => {
  const [, month, day] = value.split('-').map(Number);
  return month! >= 1 && month! <= 12 && (day === undefined || (day >= 1 && day <= 31));
};

/**
 * Whether what a summary states in figures stands in its source: amounts, percentages, dates, times, paragraphs, file
 * numbers, numbers, each in any spelling. A unit counts: `500 Euro` is not `500 Meter`. It proves no meaning.
 */
export function checkFacts(summary: string, source: string): FactCheck {
  const facts = factsOf(summary);
  const known = factsOf(source);
  const values = new Map<FactKind, Set<string>>();
  for (const { kind, value } of known) values.set(kind, (values.get(kind) ?? new Set()).add(value));
  const bare = new Set(known.flatMap(bareNumbers));
  const sections = known.filter(({ kind }) => kind === 'paragraph').map(({ value }) => value.split('|'));
  const missing = facts.filter(({ kind, value }) => {
    if (kind === 'paragraph') return !sections.some((parts) => coversParagraph(parts, value.split('|')));
    if (kind === 'date') return !(values.get('date') ?? new Set()).has(value) && ![...(values.get('date') ?? [])].some((one) => sameDay(one, value));
    if (kind === 'number') return !bare.has(value);
    return values.get(kind)?.has(value) !== true;
  });
  return { checked: facts.length, missing };
}

/** A plain number is right where the source has it with whatever unit. */
function bareNumbers({ kind, value, text }: Fact): string[] {
  if (kind === 'number' || kind === 'percentage') return [value];
  if (kind === 'amount') return [String(Number(value) / 100), ...(text.match(new RegExp(NUMBER, 'g')) ?? []).map((one) => String(numberOf(one)))];
  if (kind === 'date' || kind === 'paragraph' || kind === 'time') return value.match(/\d+/g)?.map((one) => String(Number(one))) ?? [];
  return [];
}

/** What is named must be there; the source may be more exact. */
const coversParagraph = (source: readonly string[], named: readonly string[]): boolean =>
  source[0] === named[0] && named.slice(1).every((part) => source.includes(part));

/** `*-05-03` is `2026-05-03`, `2026-05` is every day in it. */
function sameDay(one: string, two: string): boolean {
  const [a, b] = [one.split('-'), two.split('-')];
  return a.slice(0, b.length).every((part, index) => b[index] === undefined || part === b[index] || part === '*' || b[index] === '*');
}
