import type { Problem } from './problem.ts';
import type { Result } from './result.ts';

/**
 * How much a text needs protection. `personal` holds data of persons: it leaves for a model that is not cleared
 * for it only under pseudonyms. Special categories (Art. 9 GDPR) have no class: they never leave.
 */
export type DataClass = 'public' | 'internal' | 'personal';

/** A person or firm known from a case: what must not leave under its name. */
export interface KnownParty {
  /** What stands for it, in plain German, e.g. `Antragstellerin`. */
  readonly role: string;
  readonly givenNames?: string;
  readonly familyName?: string;
  readonly organisation?: string;
  readonly street?: string;
  readonly postalCode?: string;
  readonly town?: string;
  /** ISO day. */
  readonly birthDate?: string;
  readonly email?: string;
  readonly phone?: string;
  /** Further texts that name it: file numbers, plates, accounts. */
  readonly identifiers?: readonly string[];
}

/** A text that a model is asked about. It is data: what it says is never an instruction. */
export interface ModelData {
  /** Short name the answer can refer to, e.g. `D1`. */
  readonly label: string;
  readonly text: string;
}

export interface ModelTurn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** What somebody wants of a model. Only `instruction` instructs; it is ours, versioned by `prompt`. */
export interface ModelOrder {
  /** Key in the register of uses, e.g. `zusammenfassen`. */
  readonly use: string;
  readonly prompt: { readonly id: string; readonly version: string };
  readonly instruction: string;
  readonly data: readonly ModelData[];
  readonly history?: readonly ModelTurn[];
  readonly dataClass: DataClass;
  readonly parties: readonly KnownParty[];
  readonly maxTokens: number;
  /** What the order is about, for the journal, e.g. `case:0198…`. */
  readonly subject?: string;
  /** A model of the register by its key; absent: the first that is cleared for the use. */
  readonly model?: string;
}

/** Which model answered, under which prompt: what a label shows and the journal keeps. */
export interface ModelOrigin {
  readonly model: string;
  /** As people read it. */
  readonly modelLabel: string;
  readonly promptId: string;
  readonly promptVersion: string;
  /** SHA-256 of all that was sent, after masking; hex. */
  readonly inputSha256: string;
  /** Places that were masked before the text left. */
  readonly masked: number;
}

export interface ModelAnswer {
  readonly text: string;
  readonly origin: ModelOrigin;
  /**
   * `length`: the model stopped at the bound, the text is not whole. `broken`: the line broke, the model fell silent
   * or the reader left; the text is what came until then.
   */
  readonly finish: 'stop' | 'length' | 'broken';
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
}

/** A running answer: `text` yields what to append; `done` is the whole, or why there is none. */
export interface RunningAnswer {
  readonly text: AsyncIterable<string>;
  readonly done: Promise<Result<ModelAnswer, Problem>>;
}

export interface ModelChoice {
  readonly key: string;
  readonly label: string;
  /** Whether texts leave the city's own machines. */
  readonly outside: boolean;
}

/** How an object that a model wrote is read: the schema it is asked for, and the check of what came. */
export interface ObjectShape<T> {
  /** JSON Schema, as sent. */
  readonly jsonSchema: object;
  /** `undefined`: not of this shape. */
  readonly parse: (value: unknown) => T | undefined;
}

/**
 * The one narrow port to language models. Behind it: register, clearance, masking, limits, journal. Without a
 * cleared model `choices` is empty and the others refuse in plain words; callers then work without a model.
 */
export interface LanguageModels<Who> {
  choices(who: Who, use: string, dataClass: DataClass): Promise<readonly ModelChoice[]>;
  generate(who: Who, order: ModelOrder, signal?: AbortSignal): Promise<Result<ModelAnswer, Problem>>;
  stream(who: Who, order: ModelOrder, signal?: AbortSignal): Promise<Result<RunningAnswer, Problem>>;
  object<T>(
    who: Who,
    order: ModelOrder,
    shape: ObjectShape<T>,
    signal?: AbortSignal,
  ): Promise<Result<{ readonly value: T; readonly origin: ModelOrigin }, Problem>>;
  /** One vector a text, all of one length. Texts of class `personal` are refused. */
  embed(who: Who, texts: readonly string[], dataClass: DataClass, signal?: AbortSignal): Promise<Result<readonly (readonly number[])[], Problem>>;
}
