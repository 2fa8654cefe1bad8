import type { Kind } from './entities.ts';

export interface Signature {
  /** For each argument the kinds it may have; `json` fits everywhere. */
  readonly args: readonly (readonly Kind[])[];
  /** How many arguments at the end may be left out. */
  readonly optional?: number;
  readonly gives: Kind;
}

const TEXT: readonly Kind[] = ['string'];
const NUMBER: readonly Kind[] = ['number'];
const MOMENT: readonly Kind[] = ['time', 'interval'];
const DAY: readonly Kind[] = ['time', 'interval', 'date'];
const CLOCK: readonly Kind[] = ['time', 'interval', 'timeOfDay'];
const SHAPE: readonly Kind[] = ['geometry'];

const test = (...args: readonly (readonly Kind[])[]): Signature => ({ args, gives: 'boolean' });
const number = (...args: readonly (readonly Kind[])[]): Signature => ({ args, gives: 'number' });
const string = (...args: readonly (readonly Kind[])[]): Signature => ({ args, gives: 'string' });
const all = (names: string, signature: Signature): Record<string, Signature> => Object.fromEntries(names.split(' ').map((name) => [name, signature]));

/** Every function of `$filter` (OGC 18-088, req/request-data/built-in-query-functions, table 23). */
export const FUNCTIONS: Readonly<Record<string, Signature>> = {
  ...all('substringof startswith endswith', test(TEXT, TEXT)),
  ...all('tolower toupper trim', string(TEXT)),
  concat: string(TEXT, TEXT),
  substring: { args: [TEXT, NUMBER, NUMBER], optional: 1, gives: 'string' },
  length: number(TEXT),
  indexof: number(TEXT, TEXT),
  ...all('round floor ceiling', number(NUMBER)),
  ...all('now mindatetime maxdatetime', { args: [], gives: 'time' }),
  date: { args: [MOMENT], gives: 'date' },
  time: { args: [MOMENT], gives: 'timeOfDay' },
  ...all('year month day', number(DAY)),
  ...all('hour minute second fractionalseconds', number(CLOCK)),
  totaloffsetminutes: number(MOMENT),
  ...all('before after meets during overlaps starts finishes', test(MOMENT, MOMENT)),
  ...all('geo.intersects st_equals st_disjoint st_touches st_within st_overlaps st_crosses st_intersects st_contains', test(SHAPE, SHAPE)),
  st_relate: test(SHAPE, SHAPE, TEXT),
  'geo.length': number(SHAPE),
  'geo.distance': number(SHAPE, SHAPE),
};
