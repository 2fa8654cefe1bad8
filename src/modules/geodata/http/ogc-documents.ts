import type { Collection, PropertyKind } from '../domain/collection.ts';
import { hasTime, SERVED } from '../application/served.ts';
import { FLATGEOBUF, GEOJSON, OGC, type Link } from './ogc-answers.ts';

const spec = (part: string, version: string, ...classes: string[]): string[] =>
  classes.map((name) => `http://www.opengis.net/spec/${part}/${version}/conf/${name}`);

/** Only what is really there. */
export const CONFORMANCE: readonly string[] = [
  ...spec('ogcapi-common-1', '1.0', 'core', 'json'),
  ...spec('ogcapi-common-2', '1.0', 'collections', 'json'),
  ...spec('ogcapi-features-1', '1.0', 'core', 'geojson', 'html', 'oas30'),
  ...spec('ogcapi-features-2', '1.0', 'crs'),
  ...spec('ogcapi-tiles-1', '1.0', 'core', 'mvt'),
  ...spec('ogcapi-records-1', '1.0', 'record-core', 'record-collection', 'record-core-query-parameters', 'json'),
  ...spec('ogcapi-features-3', '1.0', 'queryables', 'queryables-query-parameters', 'filter', 'features-filter'),
  ...spec('ogcapi-features-4', '1.0', 'create-replace-delete', 'update', 'optimistic-locking-etags'),
  ...spec(
    'cql2',
    '1.0',
    ...['cql2-text', 'cql2-json', 'basic-cql2', 'advanced-comparison-operators', 'case-insensitive-comparison', 'accent-insensitive-comparison'],
    ...[
      'basic-spatial-functions',
      'basic-spatial-functions-plus',
      'spatial-functions',
      'temporal-functions',
      'array-functions',
      'property-property',
      'arithmetic',
    ],
  ),
];

/** @param besides what others offer */
export function landing(base: string, besides: readonly Link[]): object {
  const links: Link[] = [
    { rel: 'self', href: `${base}${OGC}`, type: 'application/json', title: 'Diese Seite' },
    { rel: 'service-desc', href: `${base}${OGC}/api`, type: 'application/vnd.oai.openapi+json;version=3.0', title: 'Beschreibung der Schnittstelle' },
    { rel: 'service-doc', href: `${base}/api`, type: 'text/html', title: 'Beschreibung für Menschen' },
    { rel: 'conformance', href: `${base}${OGC}/conformance`, type: 'application/json', title: 'Was diese Schnittstelle kann' },
    { rel: 'describedby', href: `${base}${OGC}/dcat`, type: 'application/ld+json', title: 'Der Katalog als DCAT-AP.de' },
    { rel: 'http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog', href: `${base}${OGC}/collections/Katalog`, type: 'application/json', title: 'Der Katalog' },
    { rel: 'data', href: `${base}${OGC}/collections`, type: 'application/json', title: 'Sammlungen' },
    ...besides,
  ];
  return { title: 'Daten der Stadt', description: 'Geodaten der Stadt nach OGC API.', links };
}

export function describe(collection: Collection, base: string): object {
  const { id, title, description, extent, about } = collection;
  const at = `${base}${OGC}/collections/${id}`;
  const links: Link[] = [
    { rel: 'self', href: at, type: 'application/json', title },
    { rel: 'items', href: `${at}/items`, type: GEOJSON, title: `${title} als GeoJSON` },
    { rel: 'items', href: `${at}/items?f=fgb`, type: FLATGEOBUF, title: `${title} als FlatGeobuf` },
    { rel: 'items', href: `${at}/items?f=html`, type: 'text/html', title: `${title} zum Lesen` },
    { rel: 'http://www.opengis.net/def/rel/ogc/1.0/queryables', href: `${at}/queryables`, type: 'application/schema+json', title: 'Wonach sich filtern lässt' },
    { rel: 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector', href: `${at}/tiles`, type: 'application/json', title: 'Als Vektorkacheln' },
    ...(about.licence === undefined ? [] : [{ rel: 'license', href: about.licence, title: 'Lizenz' }]),
  ];
  const spatial = extent === undefined ? {} : { spatial: { bbox: [extent], crs: SERVED.crs84 } };
  const temporal = hasTime(collection) ? { temporal: { interval: [[null, null]] } } : {};
  return {
    ...{ id, title, description, links, itemType: 'feature' },
    ...(about.attribution === undefined ? {} : { attribution: about.attribution }),
    ...(about.keywords === undefined ? {} : { keywords: about.keywords }),
    extent: { ...spatial, ...temporal },
    crs: SERVED.crs,
    storageCrs: SERVED.storageCrs,
  };
}

export const SCHEMAS: Readonly<Record<PropertyKind, object>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  instant: { type: 'string', format: 'date-time' },
  object: {},
  mixed: {},
};

/** What filters may name, as JSON Schema (OGC 19-079r2, /req/queryables/schema). */
export function queryables({ id, title, properties }: Collection, base: string): object {
  const own = Object.fromEntries(Object.entries(properties).map(([name, kind]) => [name, { title: name, ...SCHEMAS[kind] }]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${base}${OGC}/collections/${id}/queryables`,
    type: 'object',
    title,
    properties: { geometry: { title: 'geometry', 'x-ogc-role': 'primary-geometry', format: 'geometry-any' }, ...own },
    additionalProperties: false,
  };
}
