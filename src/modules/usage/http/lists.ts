import type { Channel } from '../domain/channel.ts';
import type { Format } from '../domain/history.ts';

/** What pages and programs choose from; a word that the domain does not know is refused by TypeScript. */
export const CHANNELS = ['counter', 'phone', 'post'] as const satisfies readonly Channel[];
export const FORMATS = ['csv', 'matomo-csv', 'matomo-json'] as const satisfies readonly Format[];
