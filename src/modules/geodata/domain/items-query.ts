import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Collection } from './collection.ts';
import { fromDraft } from './cql-draft.ts';
import { checkCql2, type Queryables } from './cql2-check.ts';
import { boxNode } from './cql2-geometry.ts';
import { parseCql2Json } from './cql2-json.ts';
import { planCql2, type FilterPlan } from './cql2-plan.ts';
import { parseCql2Text } from './cql2-text.ts';
import { boundNode, filterMistake, joined, timeNode, understoodFilter, type Cql2, type FilterProblem } from './cql2-tree.ts';
import { CRS84, CRS_LIST, crsNamed, type Crs } from './crs.ts';

/** What a client asks of `/items`, understood. */
export interface ItemsQuery {
  readonly plans: readonly FilterPlan[];
  readonly crs: Crs;
  readonly limit: number;
  /** Something is left out, so the collection's own number is not the answer's. */
  readonly filtered: boolean;
}

export const DEFAULT_LIMIT = 10;
/** At once; a file that is streamed into another program may be as large as a collection. */
export const MAX_LIMIT = 10_000;
const MAX_FILE_LIMIT = 1_000_000;
const KNOWN = ['f', 'limit', 'cursor', 'bbox', 'bbox-crs', 'crs', 'datetime', 'filter', 'filter-lang', 'filter-crs', 'lang'];

/** What filters may name: the kept properties of the collection. */
export const queryablesOf = ({ properties }: Pick<Collection, 'properties'>): Queryables => properties;

/** The property that tells when: the first instant, else the first day. */
export function timeProperty(properties: Queryables): string | undefined {
  const names = Object.keys(properties).toSorted();
  return names.find((name) => properties[name] === 'instant') ?? names.find((name) => properties[name] === 'date');
}

/** Reads all options; whatever is unknown is refused (OGC 17-069r4, /req/core/query-param-unknown). */
export function readItemsQuery(query: URLSearchParams, collection: Pick<Collection, 'properties'>): Result<ItemsQuery, FilterProblem> {
  return understoodFilter(() => {
    const queryables = queryablesOf(collection);
    for (const name of query.keys())
      if (!KNOWN.includes(name) && !Object.hasOwn(queryables, name))
        filterMistake(name.slice(0, 60), 'Diesen Parameter gibt es hier nicht. Welche Eigenschaften es gibt, steht unter /queryables.');
    const plans = [bboxPlan(query, queryables), datetimePlan(query, queryables), propertiesPlan(query, queryables), filterPlan(query, queryables)].filter(
      (plan) => plan !== undefined,
    );
    return { plans, crs: crsOf(query, 'crs'), limit: limitOf(query), filtered: plans.length > 0 };
  });
}

/** The coordinate system a parameter names; without it CRS84. */
export function crsOf(query: URLSearchParams, name: string): Crs {
  const asked = query.get(name);
  if (asked === null) return CRS84;
  return crsNamed(asked) ?? filterMistake(name, `Dieses Koordinatensystem gibt es hier nicht. Es gibt ${CRS_LIST.map(({ uri }) => uri).join(', ')}.`);
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit');
  if (text === null) return DEFAULT_LIMIT;
  const most = query.get('f') === 'fgb' ? MAX_FILE_LIMIT : MAX_LIMIT;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) return filterMistake('limit', `Geben Sie eine ganze Zahl von 1 bis ${most} an.`);
  return Math.min(most, Number(text));
}

const op = (name: Extract<Cql2, { kind: 'op' }>['op'], args: readonly Cql2[], at: string): Cql2 => ({ kind: 'op', op: name, args, at });

function bboxPlan(query: URLSearchParams, queryables: Queryables): FilterPlan | undefined {
  const crs = crsOf(query, 'bbox-crs');
  const text = query.get('bbox');
  if (text === null) return undefined;
  const parts = text.split(',').map((part) => (/^\s*[-+]?[\d.]+(?:[eE][-+]?\d+)?\s*$/.test(part) ? Number(part) : Number.NaN));
  return planCql2(op('s_intersects', [{ kind: 'property', name: 'geometry', at: 'bbox' }, boxNode(parts, 'bbox')], 'bbox'), queryables, crs);
}

/** What has no time is always meant (/req/core/fc-time-response). */
function datetimePlan(query: URLSearchParams, queryables: Queryables): FilterPlan | undefined {
  const text = query.get('datetime');
  if (text === null) return undefined;
  const [from = '', to, ...more] = text.split('/');
  if (more.length > 0) return filterMistake('datetime', 'Ein Zeitraum hat einen Anfang und ein Ende, etwa 2026-01-01/2026-12-31.');
  const asked = to === undefined ? instantOrDay(from) : period(from, to);
  const name = timeProperty(queryables);
  if (name === undefined) return undefined;
  const property: Cql2 = { kind: 'property', name, at: 'datetime' };
  const within = op('t_intersects', [property, asked], 'datetime');
  const filter = joined('or', [op('isNull', [property], 'datetime'), within], 'datetime');
  return planCql2(checked(checkCql2(filter, queryables)), queryables, CRS84);
}

const instantOrDay = (text: string): Cql2 => {
  const at = timeNode(text.includes('T') ? 'timestamp' : 'date', text, 'datetime');
  return at.kind === 'date' ? { kind: 'interval', from: at, to: at, at: 'datetime' } : at;
};
const period = (from: string, to: string): Cql2 => ({ kind: 'interval', from: boundNode(from, 'datetime'), to: boundNode(to, 'datetime'), at: 'datetime' });

/** `?art=Linde`: each named property equals its value. */
function propertiesPlan(query: URLSearchParams, queryables: Queryables): FilterPlan | undefined {
  const terms = [...query]
    .filter(([name]) => !KNOWN.includes(name))
    .map(([name, text]) => op('=', [{ kind: 'property', name, at: name }, valueFor(name, text, queryables)], name));
  if (terms.length === 0) return undefined;
  return planCql2(checked(checkCql2(terms.length === 1 ? terms[0]! : joined('and', terms, 'Anfrage'), queryables)), queryables, CRS84);
}

function valueFor(name: string, text: string, queryables: Queryables): Cql2 {
  switch (queryables[name]) {
    case 'number':
    case 'integer': {
      const value = Number(text);
      return text.trim() === '' || !Number.isFinite(value) ? filterMistake(name, 'Erwartet wird eine Zahl.') : { kind: 'literal', value, at: name };
    }
    case 'boolean':
      return text === 'true' || text === 'false'
        ? { kind: 'literal', value: text === 'true', at: name }
        : filterMistake(name, 'Erwartet wird true oder false.');
    case 'date':
      return timeNode('date', text, name);
    case 'instant':
      return timeNode('timestamp', text, name);
    default:
      return { kind: 'literal', value: text, at: name };
  }
}

function filterPlan(query: URLSearchParams, queryables: Queryables): FilterPlan | undefined {
  const crs = crsOf(query, 'filter-crs');
  const language = query.get('filter-lang') ?? 'cql2-text';
  if (language !== 'cql2-text' && language !== 'cql2-json' && language !== 'cql-text') return filterMistake('filter-lang', 'Es gibt cql2-text und cql2-json.');
  const source = query.get('filter');
  if (source === null) return undefined;
  const filter = checked(language === 'cql2-json' ? parseCql2Json(source) : parseCql2Text(source));
  return planCql2(checked(checkCql2(language === 'cql-text' ? fromDraft(filter, queryables) : filter, queryables)), queryables, crs);
}

/** Inside `understoodFilter`: a refusal goes up with its own sentence. */
function checked(read: ReturnType<typeof checkCql2>): Cql2 {
  return read.ok ? read.value : filterMistake('filter', read.problem.detail);
}

/** For a single feature: only its system may be asked for. */
export function readItemQuery(query: URLSearchParams): Result<Crs, FilterProblem> {
  return understoodFilter(() => {
    for (const name of query.keys()) if (!['f', 'crs', 'lang'].includes(name)) filterMistake(name.slice(0, 60), 'Diesen Parameter gibt es hier nicht.');
    return crsOf(query, 'crs');
  });
}

/** For documents without options. */
export function readNoQuery(query: URLSearchParams): Result<true, FilterProblem> {
  const odd = [...query.keys()].find((name) => name !== 'f' && name !== 'lang');
  return odd === undefined ? ok(true) : refuse({ kind: 'malformed-filter', detail: `${odd.slice(0, 60)}: Diesen Parameter gibt es hier nicht.` });
}
