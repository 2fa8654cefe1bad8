import type { Result } from '../../../kernel/result.ts';
import type { Collection } from './collection.ts';
import { filterMistake, timeNode, understoodFilter, type FilterProblem } from './cql2-tree.ts';

/** What a client asks of the catalogue (OGC 20-004r1, record core query parameters), understood. */
export interface RecordsQuery {
  readonly limit: number;
  /** How many to leave out. */
  readonly after: number;
  readonly matches: (collection: Collection) => boolean;
}

const KNOWN = ['f', 'lang', 'limit', 'cursor', 'bbox', 'datetime', 'q', 'type', 'ids', 'externalIds'];
const MOST = 1_000;
/** Every collection is a set of data. */
export const RECORD_TYPE = 'dataset';

/** @param externalIdOf under which address other catalogues know a collection */
export function readRecordsQuery(query: URLSearchParams, externalIdOf: (collection: Collection) => string): Result<RecordsQuery, FilterProblem> {
  return understoodFilter(() => {
    for (const name of query.keys()) if (!KNOWN.includes(name)) filterMistake(name.slice(0, 60), 'Diesen Parameter gibt es im Katalog nicht.');
    const among = (name: string): ReadonlySet<string> | undefined => {
      const text = query.get(name);
      return text === null ? undefined : new Set(text.split(',').map((one) => one.trim()));
    };
    const [ids, types, external] = [among('ids'), among('type'), among('externalIds')];
    const [inBox, inTime, inWords] = [boxTest(query.get('bbox')), timeTest(query.get('datetime')), wordsTest(query.get('q'))];
    return {
      limit: Math.min(MOST, whole(query, 'limit', 10, 1)),
      after: whole(query, 'cursor', 0, 0),
      matches: (collection) =>
        (ids?.has(collection.id) ?? true) &&
        (types?.has(RECORD_TYPE) ?? true) &&
        (external?.has(externalIdOf(collection)) ?? true) &&
        inBox(collection) &&
        inTime(collection) &&
        inWords(collection),
    };
  });
}

function whole(query: URLSearchParams, name: string, otherwise: number, least: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  return /^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : filterMistake(name, `Geben Sie eine ganze Zahl ab ${least} an.`);
}

type Test = (collection: Collection) => boolean;

/** What has no place is in no box. */
function boxTest(text: string | null): Test {
  if (text === null) return () => true;
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [west, south, east, north] = parts.length === 6 ? [parts[0]!, parts[1]!, parts[3]!, parts[4]!] : (parts as [number, number, number, number]);
  if ((parts.length !== 4 && parts.length !== 6) || !parts.every(Number.isFinite) || south > north)
    return filterMistake('bbox', 'Ein Rechteck sind vier Zahlen: West, Süd, Ost, Nord.');
  // over the date line it is what lies east of the one or west of the other
  return ({ extent }) =>
    extent !== undefined &&
    extent[1] <= north &&
    extent[3] >= south &&
    (west <= east ? extent[0] <= east && extent[2] >= west : extent[2] >= west || extent[0] <= east);
}

/** By the day that the data describe; what names none is always meant. */
function timeTest(text: string | null): Test {
  if (text === null) return () => true;
  const [from = '', to = from, ...more] = text.split('/');
  if (more.length > 0) return filterMistake('datetime', 'Ein Zeitraum hat einen Anfang und ein Ende, etwa 2026-01-01/2026-12-31.');
  const [first, last] = [dayOf(from), dayOf(to)];
  return ({ dataAsOf }) => {
    const day = dataAsOf?.toString();
    return day === undefined || ((first === undefined || day >= first) && (last === undefined || day <= last));
  };
}

function dayOf(text: string): string | undefined {
  if (text === '' || text === '..') return undefined;
  timeNode(text.includes('T') ? 'timestamp' : 'date', text, 'datetime');
  return text.slice(0, 10);
}

/** Words one behind the other are looked for as they stand; of those with commas between, one is enough. */
function wordsTest(text: string | null): Test {
  if (text === null) return () => true;
  const wanted = text
    .split(',')
    .map((one) => folded(one))
    .filter((one) => one !== '');
  return ({ title, description, about }) => {
    const said = folded([title, description, ...(about.keywords ?? [])].join(' '));
    return wanted.length === 0 || wanted.some((one) => said.includes(one));
  };
}

const folded = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLocaleLowerCase('de');
