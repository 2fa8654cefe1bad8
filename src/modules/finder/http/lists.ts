import type { Channel, Outcome, QuestionState } from '../domain/question.ts';
import type { Field, Lang } from '../domain/service.ts';

/** What pages and programs choose from; a word that the domain does not know is refused by TypeScript. */
export const CHANNELS = ['mail', 'phone'] as const satisfies readonly Channel[];
export const STATES = ['open', 'taken', 'closed'] as const satisfies readonly QuestionState[];
export const OUTCOMES = ['mail', 'call', 'none'] as const satisfies readonly Outcome[];
export const FIELDS = ['name', 'summary', 'description', 'needs', 'situations'] as const satisfies readonly Field[];
export const LANGS = ['de', 'en', 'leicht'] as const satisfies readonly Lang[];

/** What the counters under the fields say; the use cases refuse. */
export const LONGEST = { question: 2000, contact: 254, answer: 4000 } as const;
