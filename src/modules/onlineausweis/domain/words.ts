import type { AnswersOf, BringId, EndId, StepId, WordedQuestion } from './tree.ts';

/** What stands around questions and ends. In braces: what is put in. */
export interface FrameWords {
  readonly title: string;
  readonly lead: string;
  readonly privacy: string;
  readonly languages: string;
  /** {number}, {most} */
  readonly progress: string;
  readonly answered: string;
  readonly back: string;
  /** A path that leads to nothing. */
  readonly lost: string;
  readonly restart: string;
  readonly steps: string;
  readonly bring: string;
  /** Above places that can do what is needed; `places`: above those that only help. */
  readonly doneAt: string;
  readonly book: string;
  readonly places: string;
  readonly cost: string;
  readonly time: string;
  readonly sheet: string;
  /** To where the reader came from. */
  readonly goOn: string;
  readonly practice: string;
  /** Who has not read this translation yet; empty in German. */
  readonly unchecked: string;
  /** {day} */
  readonly asOf: string;
  readonly free: string;
  /** {full}, {young} */
  readonly newCard: string;
  /** {number} */
  readonly minutes: string;
  /** {number} */
  readonly weeks: string;
  readonly help: string;
  readonly scan: string;
}

/** Everything that the helper says, in one language: TypeScript refuses a language with a gap. */
export interface HelperWords {
  readonly frame: FrameWords;
  readonly questions: { readonly [Q in WordedQuestion]: QuestionWords<AnswersOf<Q>> };
  readonly ends: { readonly [E in EndId]: { readonly title: string; readonly lead: string } };
  readonly steps: { readonly [S in StepId]: string };
  readonly bring: { readonly [B in BringId]: string };
}

interface QuestionWords<Letter extends string> {
  readonly title: string;
  readonly hint: string;
  readonly answers: { readonly [L in Letter]: string };
}
