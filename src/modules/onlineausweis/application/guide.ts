import { formatEuro } from '../../../kernel/money.ts';
import { expectOk, ok, type Result } from '../../../kernel/result.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { filled, WORDS } from '../domain/all-words.ts';
import { languageOf, LANGUAGES, type HelperLang, type HelperLanguage } from '../domain/languages.ts';
import { CARD_FEE, DURATIONS, letterSent, LOOKED_AT } from '../domain/parameters.ts';
import { END_OF, MOST_QUESTIONS, QUESTION_OF, type End, type EndId, type PlaceTask, type QuestionId } from '../domain/tree.ts';
import { cardOf, follow, type Given, type HelperProblem } from '../domain/walk.ts';
import type { FrameWords, HelperWords } from '../domain/words.ts';

export type { HelperLang, HelperProblem };

export const HELPER_PATH = '/online-ausweis';

/** What has been answered, and the path on which it can be answered again. */
export interface GivenAnswer {
  readonly question: string;
  readonly answer: string;
  readonly again: string;
}

export interface QuestionStep {
  readonly kind: 'question';
  readonly id: QuestionId;
  readonly number: number;
  readonly most: number;
  /** Number and most in words. */
  readonly progress: string;
  readonly title: string;
  readonly hint: string;
  /** `path`: where the answer leads. */
  readonly answers: readonly { readonly label: string; readonly path: string }[];
  readonly source: string;
}

export interface EndStep {
  readonly kind: 'end';
  readonly id: EndId;
  readonly way: End['way'];
  readonly title: string;
  readonly lead: string;
  readonly steps: readonly string[];
  /** What a place must be able to do; a residence permit is no matter for these. */
  readonly needs: PlaceTask | undefined;
  readonly bring: readonly string[];
  readonly cost: string;
  readonly duration: string | undefined;
  readonly practice: boolean;
  readonly asOf: string;
  readonly source: string;
}

/** A step of the helper in the words of one language. */
export interface HelperStep {
  readonly language: HelperLanguage & { readonly key: HelperLang };
  readonly frame: FrameWords;
  readonly path: string;
  readonly given: readonly GivenAnswer[];
  readonly at: QuestionStep | EndStep;
}

/** Where everybody begins. */
export function firstStep(language: HelperStep['language'], today: Temporal.PlainDate): HelperStep {
  return expectOk(guide('', language, today));
}

/** The first language among the wishes that the helper speaks, else the one of the page. @param wish said for the helper alone */
export function helperLanguage(wish: string | null, { wishes, lang }: { readonly wishes: readonly string[]; readonly lang: string }): HelperStep['language'] {
  for (const one of [wish, ...wishes, lang]) {
    const language = languageOf(one ?? '');
    if (language !== undefined) return language;
  }
  return LANGUAGES[0];
}

/** Where a path leads, and what is said there. */
export function guide(path: string, language: HelperStep['language'], today: Temporal.PlainDate): Result<HelperStep, HelperProblem> {
  const followed = follow(path);
  if (!followed.ok) return followed;
  const { given, at } = followed.value;
  const words = WORDS[language.key];
  return ok({
    language,
    frame: words.frame,
    path,
    given: given.map((one, index) => ({ ...wordsOf(one, words), again: path.slice(0, index) })),
    at: 'question' in at ? questionStep(at.question, path, words) : endStep(at.end, given, words, today),
  });
}

/** Letters of a question are checked against its words by a test, so the lookup cannot miss. */
const answerWords = (words: HelperWords, question: QuestionId): Readonly<Record<string, string>> => words.questions[QUESTION_OF[question].words].answers;

function wordsOf({ question, letter }: Given, words: HelperWords): { readonly question: string; readonly answer: string } {
  return { question: words.questions[QUESTION_OF[question].words].title, answer: answerWords(words, question)[letter]! };
}

function questionStep(id: QuestionId, path: string, words: HelperWords): QuestionStep {
  const { words: key, answers, source } = QUESTION_OF[id];
  const { title, hint } = words.questions[key];
  const labels = answerWords(words, id);
  return {
    kind: 'question',
    id,
    number: path.length + 1,
    most: MOST_QUESTIONS,
    progress: filled(words.frame.progress, { number: path.length + 1, most: MOST_QUESTIONS }),
    title,
    hint,
    answers: Object.keys(answers).map((letter) => ({ label: labels[letter]!, path: path + letter })),
    source,
  };
}

function endStep(id: EndId, given: readonly Given[], words: HelperWords, today: Temporal.PlainDate): EndStep {
  const { steps, needs, bring, cost, duration, way, practice, source } = END_OF[id];
  const card = cardOf(given);
  const byLetter = letterSent(today);
  const shown = steps.filter(
    // where no card was named, the way is the one that most have
    (step) => (step.cards === undefined || step.cards.includes(card ?? 'p')) && (step.when === undefined || byLetter),
  );
  return {
    kind: 'end',
    id,
    way,
    ...words.ends[id],
    steps: shown.map((step) => words.steps[step.id]),
    needs: card === 't' ? undefined : needs,
    bring: bring.map((one) => words.bring[one]),
    cost: costOf(cost, words.frame, today),
    duration: durationOf(duration, words.frame, today),
    practice,
    asOf: filled(words.frame.asOf, { day: formatGermanDate(LOOKED_AT) }),
    source,
  };
}

function costOf(cost: End['cost'], frame: FrameWords, today: Temporal.PlainDate): string {
  if (cost === 'free') return frame.free;
  const fee = CARD_FEE.inForceOn(today)?.value;
  return fee === undefined ? frame.help : filled(frame.newCard, { full: formatEuro(fee.full), young: formatEuro(fee.young) });
}

function durationOf(duration: End['duration'], frame: FrameWords, today: Temporal.PlainDate): string | undefined {
  const known = DURATIONS.inForceOn(today)?.value;
  if (known === undefined || duration === undefined) return undefined;
  return duration === 'new-card' ? filled(frame.weeks, { number: known.newCardWeeks }) : filled(frame.minutes, { number: known[duration] });
}

/** What stands around a page in one language. */
export const frameWords = ({ key }: HelperStep['language']): FrameWords => WORDS[key].frame;

/** Languages to choose from. */
export const helperLanguages = (): readonly HelperStep['language'][] => LANGUAGES;

/** What addresses carry from page to page. */
export interface Carried {
  /** Left out where it is what the page would speak anyway. */
  readonly language?: HelperLang;
  /** Path where the reader came from and goes on afterwards. */
  readonly goOn?: string;
}

/** Address of a step, so that a handout can lead into it. */
export function stepAddress(path: string, { language, goOn }: Carried = {}, page: string = HELPER_PATH): string {
  const said = {
    ...(path === '' ? {} : { weg: path }),
    ...(language === undefined ? {} : { sprache: language }),
    ...(goOn === undefined ? {} : { weiter: goOn }),
  };
  const query = new URLSearchParams(said);
  return query.size === 0 ? page : `${page}?${query}`;
}
