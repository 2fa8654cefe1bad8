import type { AbstentionFigures, RankingFigures, SetReadability, SetFigures } from '../modules/evaluation/public.ts';
import type { MaskingFigures, SpecialFigures } from '../modules/pseudonyms/public.ts';
import type { Output } from './command.ts';

/** How many characters a recognition got wrong, of scans of one kind. */
export interface RecognitionFigure {
  readonly engine: string;
  readonly scan: string;
  /** Told beside the others, held to no limit. */
  readonly dirty?: boolean;
  readonly pages: number;
  readonly characters: number;
  readonly errors: number;
  /** Errors to a character. */
  readonly rate: number;
}

export interface Evaluation extends SetFigures {
  readonly set: { readonly pages: number; readonly passages: number; readonly questions: number; readonly unanswerable: number };
  readonly postgres: RankingFigures;
  readonly pseudonyms: MaskingFigures;
  readonly special: { readonly tuned: SpecialFigures; readonly heldOut: SpecialFigures };
  readonly readability: SetReadability | undefined;
  readonly recognition: readonly RecognitionFigure[] | undefined;
}

interface Limit {
  readonly name: string;
  readonly value: number;
  readonly least: number;
  readonly met: boolean;
}

const limit = (name: string, value: number, least: number): Limit => ({ name, value, least, met: value >= least });

/** What must hold, whatever set is measured. */
export function limitsOf({ citations, retrieval, postgres, pseudonyms, recognition }: Evaluation): Limit[] {
  const numbers = Object.entries(pseudonyms.byClass).filter(([name]) => name.startsWith('number '));
  return [
    limit('Zitate stehen wörtlich auf ihrer Seite', citations.precision, 1),
    limit('Suche findet nicht schlechter als PostgreSQL (MRR@10)', retrieval.mrr10, postgres.mrr10),
    limit('Beteiligte des Vorgangs maskiert', pseudonyms.groups.party.recall, 1),
    limit('Nummern mit Prüfziffer maskiert, in der schlechtesten Klasse', Math.min(...numbers.map(([, { recall }]) => recall)), 0.99),
    limit('Weg zurück ohne Verlust', pseudonyms.lossless / pseudonyms.letters, 1),
    ...(recognition ?? []).flatMap(({ engine, scan, rate, dirty = false }) =>
      dirty ? [] : limit(`Zeichen richtig erkannt (${engine}, ${scan})`, 1 - rate, 0.99),
    ),
  ];
}

const share = (value: number): string => value.toFixed(3);
const ranking = ({ mrr10, recall5, ndcg10 }: RankingFigures): string => `MRR@10 ${share(mrr10)}  Recall@5 ${share(recall5)}  nDCG@10 ${share(ndcg10)}`;
const abstaining = ({ threshold, precision, recall, lost, questions }: AbstentionFigures): string =>
  `Schwelle ${threshold.toFixed(2)}: Genauigkeit ${share(precision)}, Vollständigkeit ${share(recall)}, zu Unrecht geschwiegen ${share(lost)} (${questions} Fragen)`;

export function printEvaluation(evaluation: Evaluation, out: Output): void {
  const { set, retrieval, postgres, citations, abstention, shipped } = evaluation;
  out.print(`Fragen: ${set.questions}, davon ${set.unanswerable} ohne Antwort; ${set.pages} Seiten, ${set.passages} Passagen`);
  out.print('Suche');
  out.print(`  Kontor      ${ranking(retrieval)}`);
  out.print(`  PostgreSQL  ${ranking(postgres)}  (german, ts_rank, OR)`);
  out.print(`Zitate: ${citations.right} von ${citations.shown} wörtlich auf ihrer Seite, Genauigkeit ${share(citations.precision)}`);
  out.print('«Steht nicht in den Quellen»');
  out.print(`  an der einen Hälfte eingestellt, an der anderen gemessen: ${abstaining(abstention)}`);
  out.print(`  wie ausgeliefert, an allen: ${abstaining(shipped)}`);
  printPseudonyms(evaluation, out);
  printReadability(evaluation.readability, out);
  printRecognition(evaluation.recognition, out);
  out.print('Grenzen');
  for (const { name, value, least, met } of limitsOf(evaluation))
    out.print(`  ${met ? 'gehalten' : 'VERFEHLT'}: ${name}: ${share(value)}, mindestens ${share(least)}`);
}

function printPseudonyms({ pseudonyms, special }: Evaluation, out: Output): void {
  out.print(
    `Pseudonyme in ${pseudonyms.letters} gemachten Schreiben (party: Beteiligte, number: mit Prüfziffer, rule: Regeln; damaged: vom Scanner beschädigt)`,
  );
  for (const [name, { masked, places, recall }] of Object.entries(pseudonyms.byClass))
    out.print(`  ${name.padEnd(42)} ${share(recall)}  ${masked} von ${places}`);
  out.print(`  ohne Not maskiert: ${(pseudonyms.needless * 100).toFixed(1)} % der Zeichen`);
  for (const missed of pseudonyms.missed) out.print(`  übersehen: ${missed}`);
  out.print(
    `Besondere Kategorien (Art. 9 DSGVO), zurückgehaltene Hälfte von ${special.heldOut.sentences} Sätzen: Genauigkeit ${share(special.heldOut.precision)}, Vollständigkeit ${share(special.heldOut.recall)}; an der anderen Hälfte ${share(special.tuned.precision)} und ${share(special.tuned.recall)}`,
  );
}

function printReadability(figures: SetReadability | undefined, out: Output): void {
  if (figures === undefined) {
    out.print('Lesbarkeit: zu wenig Text.');
    return;
  }
  const { meanSentence, lix, wiener4, fleschAmstad, sentences } = figures;
  out.print(
    `Lesbarkeit der Seiten (${sentences} Sätze): ${meanSentence.toFixed(1)} Wörter je Satz, LIX ${lix.toFixed(0)}, Wiener Sachtextformel 4 ${wiener4.toFixed(1)}, Flesch-Amstad ${fleschAmstad.toFixed(0)}. Kein Nachweis von Leichter Sprache.`,
  );
}

function printRecognition(figures: Evaluation['recognition'], out: Output): void {
  if (figures === undefined) {
    out.print('Zeichenfehler der Texterkennung: hier nicht gemessen.');
    return;
  }
  out.print('Zeichenfehler der Texterkennung an Schreiben, die die Stadt selbst druckt');
  for (const { engine, scan, pages, characters, errors, rate } of figures)
    out.print(`  ${engine}, ${scan}: ${(rate * 100).toFixed(2)} % (${errors} von ${characters} Zeichen, ${pages} Seiten)`);
}
