import { unreadNote } from './missing.ts';
import type { AssistedCase, CaseDocument, CaseFact, CasePage } from './assisted-case.ts';
import type { Item, Made } from './proposal.ts';
import { bareMark, daysIn, marksIn, numbersIn, type FoundValue } from './values.ts';

interface Line {
  readonly page: number;
  readonly text: string;
  readonly start: number;
  /** As labels are compared with it. */
  readonly short: string;
}

/** Lines that people write are shorter; in longer ones nothing is looked for. */
const LONGEST_LINE = 500;

/**
 * Where a document names the same thing as the form and says another value. A line speaks of an answer when it holds
 * all the words of the answer's label; it contradicts when it has values of the answer's kind and none is the same.
 * What a document does not name is no contradiction.
 */
export function contradictionsIn({ facts, documents, unread }: Pick<AssistedCase, 'facts' | 'documents' | 'unread'>): Made {
  const comparable = facts.flatMap((fact) => {
    const [words, expected] = [labelWords(fact.label), expectedOf(fact)];
    return words.length === 0 || expected === undefined ? [] : [{ fact, words, expected }];
  });
  const notes = unread.map(unreadNote);
  const items = documents.flatMap((document) => {
    const lines = document.pages.flatMap(linesOf);
    const readable = lines.filter(({ text }) => text.length <= LONGEST_LINE);
    if (readable.length < lines.length) notes.push(`In „${document.title}“ sind ${lines.length - readable.length} sehr lange Zeilen nicht verglichen.`);
    return comparable.flatMap((one) => contradictionOf(one, document, readable));
  });
  return { items, notes };
}

function contradictionOf(
  { fact, words, expected }: { readonly fact: CaseFact; readonly words: readonly string[]; readonly expected: string },
  document: CaseDocument,
  lines: readonly Line[],
): Item[] {
  const spoken = lines
    .filter(({ short }) => words.every((word) => short.includes(word)))
    .flatMap((line) => valuesIn(line.text, fact).map((found) => ({ line, found })));
  // A document that says it right once may say other things of the kind beside it.
  if (spoken.length === 0 || spoken.some(({ found }) => found.value === expected)) return [];
  const { line, found } = spoken[0]!;
  const quote = line.text.trim();
  const start = line.start + line.text.indexOf(quote);
  const said = line.text.slice(found.start, found.end);
  return [
    {
      text: `${fact.label}: Im Antrag steht „${fact.shown}“, in „${document.title}“ (Seite ${line.page}) steht „${said}“.`,
      sources: [
        { kind: 'answer', label: fact.label, quote: fact.shown },
        { kind: 'document', title: document.title, sha256: document.sha256, page: line.page, start, end: start + quote.length, quote },
      ],
    },
  ];
}

/** The answer in the form that `valuesIn` gives; undefined where nothing can be compared. */
function expectedOf({ type, raw }: CaseFact): string | undefined {
  if (type === 'date') return typeof raw === 'string' ? raw : undefined;
  if (type === 'number') return typeof raw === 'number' ? String(raw) : undefined;
  if (!['text', 'plate', 'tel'].includes(type) || typeof raw !== 'string' || !/\d{3}/.test(raw)) return undefined;
  return bareMark(raw);
}

function valuesIn(line: string, { type, unit }: CaseFact): FoundValue[] {
  if (type === 'date') return daysIn(line);
  return type === 'number' ? numbersIn(line, unit) : marksIn(line);
}

function linesOf({ number: page, text }: CasePage): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ page, text: line, start, short: line.length > LONGEST_LINE ? '' : shortened(line) });
    start += line.length + 1;
  }
  return lines;
}

/** Words that labels share and that name nothing. */
const EMPTY = new Set([
  'ihre',
  'ihres',
  'ihrer',
  'ihren',
  'eine',
  'einer',
  'eines',
  'der',
  'die',
  'das',
  'des',
  'dem',
  'den',
  'von',
  'vom',
  'und',
  'oder',
  'mit',
  'für',
  'wann',
  'wie',
  'was',
  'welche',
  'welcher',
  'ist',
  'sind',
  'wird',
  'hat',
  'haben',
  'sie',
  'bis',
  'zum',
  'zur',
  'seit',
  'ungefähr',
  'etwa',
  'genau',
]);

/** What must stand in a line that speaks of the answer: beginnings of the label's words; `Nummer` also as `Nr`. */
export function labelWords(label: string): string[] {
  const bare = label.replace(/\([^)]*\)/g, ' ');
  const words = bare.toLowerCase().match(/[\p{L}]+/gu) ?? [];
  return words.filter((word) => word.length > 2 && !EMPTY.has(word)).map((word) => shortened(word).slice(0, 9));
}

const shortened = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('nummer', 'nr')
    .replace(/[^\p{L}]/gu, '');
