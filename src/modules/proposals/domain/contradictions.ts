import { unreadNote } from './missing.ts';
import type { AssistedCase, CaseDocument, CaseFact, CasePage } from './assisted-case.ts';
import type { Item, Made } from './proposal.ts';
import { bareMark, daysIn, marksIn, numbersIn, type FoundValue } from './values.ts';

interface Line {
  readonly text: string;
  readonly start: number;
}

/**
 * Where a document names the same thing as the form and says another value. A line speaks of an answer when it holds
 * all the words of the answer's label; it contradicts when it has values of the answer's kind and none is the same.
 * What a document does not name is no contradiction.
 */
export function contradictionsIn({ facts, documents, unread }: Pick<AssistedCase, 'facts' | 'documents' | 'unread'>): Made {
  const items = facts.flatMap((fact) => documents.flatMap((document) => contradictionOf(fact, document)));
  return { items, notes: unread.map(unreadNote) };
}

function contradictionOf(fact: CaseFact, document: CaseDocument): Item[] {
  const words = labelWords(fact.label);
  const expected = expectedOf(fact);
  if (words.length === 0 || expected === undefined) return [];
  const spoken = document.pages.flatMap((page) =>
    linesOf(page).flatMap((line) => {
      if (!speaksOf(line.text, words)) return [];
      return valuesIn(line.text, fact).map((found) => ({ page, line, found }));
    }),
  );
  // A document that says it right once may say other things of the kind beside it.
  if (spoken.length === 0 || spoken.some(({ found }) => found.value === expected)) return [];
  const { page, line, found } = spoken[0]!;
  const quote = line.text.trim();
  const start = line.start + line.text.indexOf(quote);
  const said = line.text.slice(found.start, found.end);
  return [
    {
      text: `${fact.label}: Im Antrag steht „${fact.shown}“, in „${document.title}“ (Seite ${page.number}) steht „${said}“.`,
      sources: [
        { kind: 'answer', label: fact.label, quote: fact.shown },
        { kind: 'document', title: document.title, sha256: document.sha256, page: page.number, start, end: start + quote.length, quote },
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

function linesOf({ text }: CasePage): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    lines.push({ text: line, start });
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

function speaksOf(line: string, words: readonly string[]): boolean {
  const text = shortened(line);
  return words.every((word) => text.includes(word));
}
