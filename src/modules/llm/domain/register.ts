import type { DataClass } from '../../../kernel/language-model.ts';

/** A text for people in the three languages of the city. */
export type Words = Readonly<Record<'de' | 'en' | 'leicht', string>>;

/** How a model is reached: an endpoint that speaks OpenAI's protocol, or a GGUF file in this process. */
export type ModelSource =
  /** `baseUrl` is a function where the server opens with the first question. */
  { readonly kind: 'openai'; readonly baseUrl: string | (() => Promise<string>); readonly apiKey?: string } | { readonly kind: 'gguf'; readonly file: string };

/** A language model as the operator entered it in the register. */
export interface ModelEntry {
  readonly key: string;
  readonly label: string;
  readonly source: ModelSource;
  /** Name of the model at its endpoint. */
  readonly model: string;
  /** Name of the model that makes vectors at the same endpoint; absent: it makes none. */
  readonly embeddingModel?: string;
  /** Length of its vectors, where the operator knows it; absent: that of the first answer. */
  readonly embeddingSize?: number;
  /** Uses it serves, by their keys; `*`: all. */
  readonly uses: readonly string[];
  /** The highest class of data that may reach it as it is. */
  readonly dataClass: DataClass;
  /** Whether texts leave the city's own machines. */
  readonly outside: boolean;
  readonly centsPer1000InputTokens: number;
  readonly centsPer1000OutputTokens: number;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** Silence after which it counts as hanging. */
  readonly idleSeconds: number;
  readonly contact: string;
  readonly legalBasis: string;
  /** ISO day. */
  readonly since: string;
  /** It is no language model and only shows the way; never in production. */
  readonly demo?: true;
}

/** Risk class of a use (AI Act): `high` is never entered, since the assistant decides nothing. */
export type RiskClass = 'minimal' | 'limited';

/** What models are used for. A use that is not entered here does not reach a model. */
export interface ModelUse {
  readonly key: string;
  readonly title: Words;
  readonly purpose: Words;
  readonly legalBasis: string;
  readonly riskClass: RiskClass;
  /** Who may order it: those who work for the city, or anybody. */
  readonly openTo: 'staff' | 'everybody';
  /** The highest class of data the use handles. */
  readonly dataClass: DataClass;
  readonly contact: string;
  /** ISO day. */
  readonly since: string;
}

const RANK: Readonly<Record<DataClass, number>> = { public: 0, internal: 1, personal: 2 };

/** Whether what is cleared for `cleared` may hold data of class `wanted`. */
export const covers = (cleared: DataClass, wanted: DataClass): boolean => RANK[cleared] >= RANK[wanted];

export const servesUse = (model: Pick<ModelEntry, 'uses'>, use: string): boolean => model.uses.includes('*') || model.uses.includes(use);

/** `masked`: cleared below the order's class, which personal data may reach under pseudonyms only. */
export type Clearance = 'clear' | 'masked' | 'refused';

/**
 * Whether a text of this class may reach the model. Pseudonyms make personal data internal, and nothing else
 * lower: what is internal stays away from a model for public texts.
 */
export function clearanceOf(model: Pick<ModelEntry, 'dataClass'>, dataClass: DataClass): Clearance {
  // texts that are called internal may name people by oversight
  if (dataClass === 'internal' && model.dataClass === 'internal') return 'masked';
  if (covers(model.dataClass, dataClass)) return 'clear';
  return dataClass === 'personal' && model.dataClass === 'internal' ? 'masked' : 'refused';
}
