import { foldedText } from './folded.ts';
import type { Pattern } from './likeness.ts';
import { ordinalDay, yearInWords } from './number-words.ts';

const MONTHS = [
  ['januar', 'jan', 'january', 'jänner'],
  ['februar', 'feb', 'february'],
  ['märz', 'maerz', 'mrz', 'march', 'mar'],
  ['april', 'apr'],
  ['mai', 'may'],
  ['juni', 'jun', 'june'],
  ['juli', 'jul', 'july'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['oktober', 'okt', 'october', 'oct'],
  ['november', 'nov'],
  ['dezember', 'dez', 'december', 'dec'],
];
const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

/** Two misread symbols, never a missing one: that would be another day. */
const DATE_BUDGET = 0.8;

const two = (n: number): string => String(n).padStart(2, '0');
const unique = (list: readonly string[]): string[] => [...new Set(list)];

/** A day in every form that people write it in. */
export function datePatterns(day: Temporal.PlainDate): Pattern[] {
  const [days, months] = [unique([two(day.day), String(day.day)]), unique([two(day.month), String(day.month)])];
  const [year, short] = [String(day.year), two(day.year % 100)];
  const solid = [`${days[0]}${months[0]}${year}`, `${year}${months[0]}${days[0]}`];
  const apart = days.flatMap((d) => months.flatMap((m) => [`${d}${m}${year}`, `${d}${m}${short}`, `${year}${m}${d}`]));
  const roman = days.flatMap((d) => [year, short].map((y) => `${d}${ROMAN[day.month - 1]!}${y}`));
  return [
    ...solid.map((symbols) => pattern(symbols)),
    ...unique([...apart, ...roman]).map((symbols) => pattern(symbols, 2)),
    ...unique(namedMonths(day, days, [year, short])).map((symbols) => pattern(foldedText(symbols), 1)),
  ];
}

function namedMonths(day: Temporal.PlainDate, days: readonly string[], years: readonly string[]): string[] {
  const words = yearInWords(day.year);
  const allYears = [...years, ...(words === undefined ? [] : [words])];
  return MONTHS[day.month - 1]!.flatMap((month) =>
    allYears.flatMap((year) => [
      ...days.flatMap((d) => [`${d}${month}${year}`, `${month}${d}${year}`]),
      ...['st', 'nd', 'rd', 'th'].map((ending) => `${day.day}${ending}${month}${year}`),
      ...['', 'n', 'r', 's'].map((ending) => `${ordinalDay(day.day)}${ending}${month}${year}`),
    ]),
  );
}

const pattern = (symbols: string, fewestGaps = 0): Pattern => ({
  symbols,
  joints: new Set(),
  looseGaps: true,
  inflected: false,
  budget: DATE_BUDGET,
  ...(fewestGaps > 0 && { fewestGaps }),
});
