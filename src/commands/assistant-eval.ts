import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { codeOf } from '../kernel/error-code.ts';
import type { FoundPassage } from '../kernel/passage.ts';
import {
  askedWords,
  foundByFullText,
  measureSet,
  PAGES_FILE,
  QUESTIONS_FILE,
  rankingFigures,
  readabilityFigures,
  readSet,
  type QuestionSet,
  type SetMistake,
  type ShownQuote,
} from '../modules/evaluation/public.ts';
import { PassageIndex, passagesOf, sentencesOf } from '../modules/library/public.ts';
import { madeLetters, maskingFigures, SPECIAL_HELD_OUT, SPECIAL_TUNED, specialFigures } from '../modules/pseudonyms/public.ts';
import { openPglite } from '../platform/database/pglite.ts';
import type { Database } from '../platform/database/port.ts';
import { limitsOf, printEvaluation, type Evaluation, type RecognitionFigure } from './assistant-eval-words.ts';
import type { Output } from './command.ts';
import { ocrFigures } from './ocr-figures.ts';

export const ASSISTANT_EVAL_USAGE = {
  call: 'assistant eval [ORDNER] [--json]',
  does: 'Misst den Assistenten an Fragen mit Lösungen (ohne ORDNER an denen des Projekts): Suche neben PostgreSQL, Zitate, «steht nicht in den Quellen», Pseudonyme, Lesbarkeit. Endet mit 1, wenn eine Grenze verfehlt ist.',
} as const;

const OPTIONS = { json: { type: 'boolean', default: false } } as const;
const SHIPPED = join(import.meta.dirname, '../../bench/assistant-set');
/** Mistakes named at most; a wrong file is wrong in every line. */
const MISTAKES_SHOWN = 10;
/** Letters made for the pseudonyms: always the same ones; half of their places are damaged. */
const LETTERS = { seed: 20_261_129, count: 200, noise: 0.5 } as const;
const QUOTES = 3;

/** What measuring needs beside the set. */
export interface Measuring {
  /** A database for the peer: the embedded one, or in tests what is there already. */
  readonly open: () => Promise<Database>;
  /** Letters that the city prints, scanned and read again; absent: not measured, and said so. */
  readonly recognised?: () => Promise<readonly RecognitionFigure[]>;
}

const EMBEDDED: Measuring = { open: () => openPglite(), recognised: () => ocrFigures() };

/** @returns the exit status: 0 measured and good, 1 a limit is missed or the set is not right, 2 called wrongly */
export async function assistantEval(args: readonly string[], out: Output, measuring: Measuring = EMBEDDED): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  if (positionals.length > 1) return 2;
  const folder = positionals[0] ?? SHIPPED;
  const set = await readFolder(folder, out);
  if (set === undefined) return 1;
  const evaluation = await evaluated(set, measuring);
  if (values.json) out.print(JSON.stringify({ ...evaluation, limits: limitsOf(evaluation) }, null, 2));
  else printEvaluation(evaluation, out);
  return limitsOf(evaluation).every(({ met }) => met) ? 0 : 1;
}

async function readFolder(folder: string, out: Output): Promise<QuestionSet | undefined> {
  const files: string[] = [];
  for (const name of [PAGES_FILE, QUESTIONS_FILE]) {
    try {
      files.push(await readFile(join(folder, name), 'utf8'));
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES'].includes(codeOf(error) ?? '')) throw error;
      out.complain(
        `Die Datei «${join(folder, name)}» ist nicht zu lesen. Ein Ordner hat ${PAGES_FILE} und ${QUESTIONS_FILE}; wie sie aussehen, steht in docs/how-to/assistant-evaluation.md.`,
      );
      return undefined;
    }
  }
  const { set, mistakes } = readSet(files[0]!, files[1]!);
  for (const mistake of mistakes.slice(0, MISTAKES_SHOWN)) out.complain(said(mistake));
  if (mistakes.length > MISTAKES_SHOWN) out.complain(`… und ${mistakes.length - MISTAKES_SHOWN} weitere Fehler.`);
  return mistakes.length === 0 ? set : undefined;
}

const said = ({ file, line, wrong }: SetMistake): string => `${file}${line > 0 ? `, Zeile ${line}` : ''}: ${wrong}`;

async function evaluated(set: QuestionSet, { open, recognised }: Measuring): Promise<Evaluation> {
  const index = indexOf(set);
  const figures = measureSet(set, { search: (question, limit) => index.search(question, limit), quotes: quotesOf });
  return {
    set: {
      pages: set.pages.length,
      passages: index.size,
      questions: set.questions.length,
      unanswerable: set.questions.filter(({ relevant }) => relevant.length === 0).length,
    },
    ...figures,
    postgres: await peerOf(set, open),
    recognition: await recognised?.(),
    pseudonyms: maskingFigures(madeLetters(LETTERS.seed, LETTERS.count, LETTERS.noise)),
    special: { tuned: specialFigures(SPECIAL_TUNED), heldOut: specialFigures(SPECIAL_HELD_OUT) },
    readability: readabilityFigures(set.pages.flatMap(({ text }) => sentencesOf(text).map(({ start, end }) => text.slice(start, end)))),
  };
}

/** The library's own passages of the set's pages; the title stands above each page, as a service's name stands above its page. */
function indexOf({ pages }: QuestionSet): PassageIndex {
  const titles = new Map(pages.map(({ document, page, title }) => [`${page} ${document}`, title]));
  const passages = [...Map.groupBy(pages, ({ document }) => document)].flatMap(([documentId, own]) =>
    passagesOf(
      { documentId, title: own[0]!.title, sha256: '' },
      own.map(({ page, text }) => ({ number: page, text, headings: [] })),
    ),
  );
  return new PassageIndex(passages.map((one) => ({ ...one, heading: titles.get(`${one.page} ${one.documentId}`)! })));
}

/** The sentences of the first passages that share most words with the question, as an answer without a model shows them. */
function quotesOf(question: string, found: readonly FoundPassage[]): ShownQuote[] {
  const asked = askedWords(question).map((word) => word.toLowerCase());
  const sentences = found.slice(0, QUOTES).flatMap(({ documentId, page, start, text }) =>
    sentencesOf(text).map((span) => ({
      document: documentId,
      page,
      start: start + span.start,
      end: start + span.end,
      quote: text.slice(span.start, span.end),
    })),
  );
  const worth = ({ quote }: ShownQuote): number => asked.filter((word) => quote.toLowerCase().includes(word)).length;
  return sentences.toSorted((a, b) => worth(b) - worth(a)).slice(0, QUOTES);
}

async function peerOf(set: QuestionSet, open: () => Promise<Database>): Promise<Evaluation['postgres']> {
  const database = await open();
  try {
    const found = await foundByFullText(database, set);
    return rankingFigures(set.questions.map(({ relevant }, at) => ({ relevant, found: found[at]! })));
  } finally {
    await database.close();
  }
}
