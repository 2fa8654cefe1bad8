import type { Collection } from '../domain/collection.ts';
import { SERVED } from '../application/served.ts';
import { FLATGEOBUF, GEOJSON, OGC } from './ogc-answers.ts';
import { SCHEMAS } from './ogc-documents.ts';

type Json = Readonly<Record<string, unknown>>;

const query = (name: string, schema: Json, description: string, more: Json = {}): Json => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
  ...more,
});
const crs = (name: string, description: string): Json => query(name, { type: 'string', format: 'uri', enum: SERVED.crs, default: SERVED.crs84 }, description);
const LIST = { style: 'form', explode: false } as const;

/** The parameters of every collection, told once. */
const PARAMETERS: Readonly<Record<string, Json>> = {
  limit: query('limit', { type: 'integer', minimum: 1, maximum: 10_000, default: 10 }, 'Wie viele Objekte eine Seite höchstens hat.'),
  bbox: query('bbox', { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } }, 'Nur, was in diesem Rechteck liegt: West, Süd, Ost, Nord.', LIST),
  'bbox-crs': crs('bbox-crs', 'Koordinatensystem von bbox.'),
  crs: crs('crs', 'Koordinatensystem der Antwort.'),
  datetime: query('datetime', { type: 'string' }, 'Ein Zeitpunkt oder ein Zeitraum nach RFC 3339, etwa 2026-01-01/..'),
  filter: query('filter', { type: 'string' }, 'Ein Filter in CQL2.'),
  // GDAL before 3.8 knows only the draft's name; what it writes means the same in both
  'filter-lang': query('filter-lang', { type: 'string', enum: ['cql2-text', 'cql2-json', 'cql-text'], default: 'cql2-text' }, 'Sprache des Filters.'),
  'filter-crs': crs('filter-crs', 'Koordinatensystem der Geometrien im Filter.'),
  cursor: query('cursor', { type: 'string' }, 'Wo die Seite beginnt, wie „next“ es sagt.'),
  f: query('f', { type: 'string', enum: ['json', 'fgb', 'html'] }, 'Format der Antwort.'),
};
const reference = (name: string): Json => ({ $ref: `#/components/parameters/${name}` });

const answer = (description: string, ...types: readonly string[]): Json => ({
  description,
  content: Object.fromEntries(types.map((type) => [type, { schema: type.includes('json') ? { type: 'object' } : { type: 'string' } }])),
});
const DOCUMENT = ['application/json', 'text/html'];
const REFUSED = answer('Nicht zu verstehen oder nicht da.', 'application/problem+json');
const read = (operationId: string, summary: string, types: readonly string[], more: Json = {}): Json => ({
  get: { operationId, summary, tags: ['OGC API'], ...more, responses: { '200': answer(summary, ...types), default: REFUSED } },
});

/** What clients may ask of which collection, as OpenAPI 3.0 (OGC 17-069r4, /conf/oas30): GDAL and others look here which filters they may leave to us. */
export function openApi(collections: readonly Collection[], publicUrl: string): object {
  return {
    openapi: '3.0.3',
    info: { title: 'Daten der Stadt', version: '1.0.0', description: 'Geodaten der Stadt nach OGC API Features.' },
    servers: [{ url: `${publicUrl}${OGC}` }],
    tags: [{ name: 'OGC API' }],
    paths: {
      '/': read('landing', 'Was es hier gibt', DOCUMENT),
      '/conformance': read('conformance', 'Was diese Schnittstelle kann', ['application/json']),
      '/collections': read('collections', 'Alle Sammlungen', DOCUMENT),
      ...Object.assign({}, ...collections.map(pathsOf)),
    },
    components: { parameters: PARAMETERS },
  };
}

function pathsOf({ id, title, properties }: Collection): Json {
  const at = `/collections/${id}`;
  const own = Object.entries(properties)
    .filter(([name, kind]) => kind !== 'object' && !Object.hasOwn(PARAMETERS, name))
    .map(([name, kind]) => query(name, { ...SCHEMAS[kind] }, `Nur Objekte mit diesem Wert von „${name}“.`));
  const feature = { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } };
  return {
    [at]: read(`describe.${id}`, title, DOCUMENT),
    [`${at}/queryables`]: read(`queryables.${id}`, `Wonach sich ${title} filtern lassen`, ['application/schema+json']),
    [`${at}/items`]: read(`items.${id}`, `${title}: Objekte`, [GEOJSON, FLATGEOBUF, 'text/html'], {
      parameters: [...Object.keys(PARAMETERS).map(reference), ...own],
    }),
    [`${at}/items/{featureId}`]: read(`item.${id}`, `${title}: ein Objekt`, [GEOJSON, 'text/html'], { parameters: [feature, reference('crs')] }),
  };
}
