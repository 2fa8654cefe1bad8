import type { DataClass, ModelOrigin } from '../../../kernel/language-model.ts';
import type { FactKind } from './facts.ts';
import type { Made } from './label.ts';
import type { Excerpt, NamedSource } from './source.ts';
import type { Entrance, Order } from './wish.ts';

/** `broken`: the model or its line failed; `stopped`: the person ended it; `length`: the model reached its bound. */
export type ResultState = 'running' | 'done' | 'stopped' | 'broken' | 'length' | 'refused';

/** A sentence with the places it rests on. */
export interface ResultSentence {
  readonly text: string;
  readonly excerpts: readonly Excerpt[];
}

/** Something in figures that the sources do not have. */
export interface MissingFact {
  readonly kind: FactKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What was made, beside its text. */
export interface ResultBody {
  /** Of an extract, and of an answer from sources. */
  readonly sentences?: readonly ResultSentence[];
  /** Sentences that the documents have altogether. */
  readonly sentencesOf?: number;
  /** Figures that were compared with the sources, and those that are not there. */
  readonly checked?: number;
  readonly missing?: readonly MissingFact[];
  /** Statements of a model that were left out, because their quotation stands nowhere. */
  readonly dropped?: number;
  /** The sources do not say it. */
  readonly notFound?: true;
  /** A model spoke, and nothing of it stands in the sources. */
  readonly nothingQuoted?: true;
  /** What is left to be filled in. */
  readonly open?: readonly string[];
  /** Why there is no answer, in plain words. */
  readonly refusal?: string;
}

/** A result of the assistant. It belongs to one person; nobody else reads it. */
export interface AssistantResult {
  readonly id: string;
  readonly entrance: Entrance;
  readonly conversationId: string | null;
  readonly state: ResultState;
  readonly title: string;
  readonly order: Order;
  readonly text: string;
  readonly body: ResultBody;
  readonly made: Made;
  readonly origin: ModelOrigin | null;
  readonly sources: readonly NamedSource[];
  readonly dataClass: DataClass;
  readonly edited: boolean;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Temporal.Instant | null;
  readonly createdAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
}

/** Whether the text ended before it was whole. */
export const isBrokenOff = ({ state }: Pick<AssistantResult, 'state'>): boolean => state === 'stopped' || state === 'broken' || state === 'length';
