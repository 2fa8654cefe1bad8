/** A page of a set: what is searched and cited. */
export interface SetPage {
  readonly id: string;
  readonly document: string;
  readonly title: string;
  /** From 1, once in its document. */
  readonly page: number;
  readonly text: string;
}

export interface SetQuestion {
  readonly id: string;
  readonly question: string;
  /** Ids of the pages that answer it; empty: nothing in the set does. */
  readonly relevant: readonly string[];
}

export interface QuestionSet {
  readonly pages: readonly SetPage[];
  readonly questions: readonly SetQuestion[];
}

/** A mistake in a file of a set, in words for whoever wrote it. */
export interface SetMistake {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly wrong: string;
}

export const PAGES_FILE = 'passages.jsonl';
export const QUESTIONS_FILE = 'questions.jsonl';

/** Of each kind so many at most: a set is measured, not served. */
export const MOST_PAGES = 20_000;
export const MOST_QUESTIONS = 5_000;
const LONGEST_TEXT = 20_000;

type Line = Readonly<Record<string, unknown>>;

/** Reads a set out of its two files; every mistake is named by file and line. */
export function readSet(passages: string, questions: string): { readonly set: QuestionSet; readonly mistakes: readonly SetMistake[] } {
  const mistakes: SetMistake[] = [];
  const places = new Set<string>();
  const pages = read(PAGES_FILE, passages, MOST_PAGES, mistakes, (line) => placedOnce(pageOf(line), places));
  const known = new Set(pages.map(({ id }) => id));
  const asked = read(QUESTIONS_FILE, questions, MOST_QUESTIONS, mistakes, (line) => questionOf(line, known));
  return { set: { pages, questions: asked }, mistakes };
}

function read<T extends { readonly id: string }>(file: string, text: string, most: number, mistakes: SetMistake[], parse: (value: Line) => T | string): T[] {
  const found: T[] = [];
  const ids = new Set<string>();
  for (const [at, raw] of text.split(/\r?\n/u).entries()) {
    if (raw.trim() === '') continue;
    const wrong = (sentence: string): void => void mistakes.push({ file, line: at + 1, wrong: sentence });
    const value = objectOf(raw);
    const one = typeof value === 'string' ? value : parse(value);
    if (typeof one === 'string') wrong(one);
    else if (ids.has(one.id)) wrong(`Die id «${one.id}» gibt es schon. Geben Sie jeder Zeile eine eigene.`);
    else if (found.length === most) wrong(`Mehr als ${most} Zeilen misst das Programm nicht. Teilen Sie die Datei.`);
    else {
      ids.add(one.id);
      found.push(one);
    }
  }
  if (found.length === 0) mistakes.push({ file, line: 1, wrong: 'Die Datei hat keine gültige Zeile. Jede Zeile ist ein JSON-Objekt.' });
  return found;
}

function objectOf(raw: string): Line | string {
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Line;
    return 'Die Zeile ist kein JSON-Objekt. Schreiben Sie {"id": …}.';
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return 'Die Zeile ist kein JSON. Prüfen Sie Anführungszeichen, Kommas und Klammern; ein Umbruch im Text heißt \\n.';
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

function pageOf({ id, document, title, page, text }: Line): SetPage | string {
  if (!isText(id)) return 'Es fehlt «id»: ein Text, der die Passage nennt.';
  if (!isText(text)) return 'Es fehlt «text»: der Wortlaut der Passage.';
  if (text.length > LONGEST_TEXT) return `«text» hat mehr als ${LONGEST_TEXT} Zeichen. Teilen Sie die Passage.`;
  if (!isText(document)) return 'Es fehlt «document»: der Name des Dokuments.';
  if (page !== undefined && !(Number.isInteger(page) && Number(page) > 0)) return '«page» ist keine Seitenzahl. Schreiben Sie eine ganze Zahl ab 1.';
  return { id, document, title: isText(title) ? title : document, page: page === undefined ? 1 : Number(page), text };
}

/** Each page of a document stands once; a citation could not tell two of them apart. */
function placedOnce(page: SetPage | string, places: Set<string>): SetPage | string {
  if (typeof page === 'string') return page;
  const before = places.size;
  places.add(`${page.page} ${page.document}`);
  return places.size > before ? page : `«${page.document}», Seite ${page.page}, steht zweimal da. Jede Seite eines Dokuments hat eine eigene Nummer.`;
}

function questionOf({ id, question, relevant }: Line, known: ReadonlySet<string>): SetQuestion | string {
  if (!isText(id)) return 'Es fehlt «id»: ein Text, der die Frage nennt.';
  if (!isText(question)) return 'Es fehlt «question»: die Frage, wie Menschen sie stellen.';
  if (!Array.isArray(relevant) || !relevant.every(isText))
    return 'Es fehlt «relevant»: die ids der Passagen, die antworten. Antwortet keine, schreiben Sie [].';
  const missing = relevant.find((one) => !known.has(one));
  return missing === undefined ? { id, question, relevant } : `Die Passage «${missing}» gibt es in ${PAGES_FILE} nicht.`;
}
