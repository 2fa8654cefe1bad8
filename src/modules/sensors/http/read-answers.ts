import type { DataAnswer, Visit } from '../../../platform/http/route.ts';
import { dataJson, dataRefusal } from '../../../platform/http/data-route.ts';
import { isSingle, type ReadProblem, type Reading } from '../application/read-resource.ts';
import { pageOf, showEntity, showPage } from '../application/read-entity.ts';
import { csvTable, dataArray, geoJson, type Sheet } from './read-formats.ts';
import { nextLink, selfLink } from '../application/read-links.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** A refusal with its option and the character in it. */
export function refusalAnswer(problem: ReadProblem, visit: Pick<Visit, 'origin' | 'requestId'>): DataAnswer {
  const { option, position } = problem;
  const status = { 'malformed-query': 400, 'too-costly': 503, 'not-found': undefined }[problem.kind];
  return dataRefusal(problem, visit, { status, more: option === undefined ? {} : { option, position } });
}

type Format = (sheet: Sheet) => { readonly type: string; readonly body: string };

const FORMATS: Readonly<Record<string, Format>> = {
  dataarray: (sheet) => ({ type: JSON_TYPE, body: dataArray(sheet) }),
  csv: (sheet) => ({ type: 'text/csv; charset=utf-8', body: csvTable(sheet) }),
  geojson: (sheet) => ({ type: 'application/geo+json; charset=utf-8', body: geoJson(sheet) }),
};

const NO_FORMAT: ReadProblem = {
  kind: 'malformed-query',
  option: '$resultFormat',
  position: 0,
  detail: 'Dieses Format gibt es hier nicht. Möglich sind dataArray (nur für Observations), CSV und GeoJSON.',
};

/** Where the request came in, and the form it wants. */
export interface Request {
  readonly base: string;
  /** The address without its options. */
  readonly address: string;
  readonly query: URLSearchParams;
  readonly format: string | undefined;
}

/** Refused before anything is read: a format that does not exist or does not fit. */
export function formatProblem(format: string | undefined, path: string): ReadProblem | undefined {
  if (format === undefined) return undefined;
  const known = Object.hasOwn(FORMATS, format.toLowerCase());
  const fits = format.toLowerCase() !== 'dataarray' || /(?:^|\/)Observations$/.test(path);
  return known && fits ? undefined : NO_FORMAT;
}

/** What was read, in the form it was asked for. */
export function readingAnswer({ resource, plan, set }: Reading, request: Request): DataAnswer {
  const { base } = request;
  if (resource.form === 'count') return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: String(set.count ?? 0) };
  const { rows, last } = pageOf(plan, set.rows);
  const options = [...request.query].map(([name, text]) => ({ name, text }));
  const next = last === undefined || isSingle(resource) ? undefined : nextLink(request.address, options, last);
  if (resource.property.length > 0) return propertyAnswer(showEntity(base, plan, rows[0]!), resource.property, resource.form === 'value');
  if (request.format !== undefined) {
    const { type, body } = FORMATS[request.format.toLowerCase()]!({ base, plan, set, rows, next });
    return { status: 200, headers: { 'content-type': type, ...(next === undefined ? {} : { link: `<${next}>; rel="next"` }) }, body };
  }
  const show = (row: (typeof rows)[number]): object =>
    resource.form === 'ref' ? { '@iot.selfLink': selfLink(base, plan.entity, row['@id']) } : showEntity(base, plan, row);
  return dataJson(isSingle(resource) ? show(rows[0]!) : showPage(set, next, rows.map(show)));
}

/** `/name` is an object with one member, `/name/$value` the bare value; no value is no content. */
function propertyAnswer(shown: Record<string, unknown>, property: readonly string[], bare: boolean): DataAnswer {
  const [first, ...parts] = property.map((name) => (name === 'id' ? '@iot.id' : name));
  const value = parts.reduce<unknown>(
    (inner, part) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[part] : undefined),
    shown[first!],
  );
  if (value === undefined || value === null) return { status: 204, headers: {} };
  if (!bare) return dataJson({ [property.at(-1)!]: value });
  if (typeof value === 'object') return dataJson(value);
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: typeof value === 'string' ? value : JSON.stringify(value) };
}
