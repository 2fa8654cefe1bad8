import type { Context } from '../../../platform/context.ts';
import { dataRoute, type AnyRoute, type DataAnswer, type DataVisit } from '../../../platform/http/route.ts';
import { collectionFor } from '../application/collections.ts';
import { RECORD_TYPE, recordsFor } from '../application/records.ts';
import { noOptions, SERVED } from '../application/served.ts';
import type { Collection } from '../domain/collection.ts';
import { FLATGEOBUF, formatProblem, GEOJSON, json, OGC, refusal, wantsHtml, type Link } from './ogc-answers.ts';

type Reading = Pick<Context, 'database' | 'clock' | 'settings'>;
/** With a capital letter: no collection of data can have this name. */
const CATALOGUE = 'Katalog';
const RECORD_CORE = 'http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core';

/** OGC API Records (20-004r1): the catalogue as a collection whose items are records. @param asPage the same for people */
export function recordRoutes(ctx: Reading, asPage: (visit: DataVisit) => Promise<DataAnswer>): AnyRoute[] {
  const { publicUrl } = ctx.settings;
  const at = `${OGC}/collections/${CATALOGUE}`;
  return [
    dataRoute('get', at, 'public', async (visit) => {
      const read = noOptions(visit.query);
      const odd = read.ok ? formatProblem(visit.query, ['json', 'html']) : read.problem;
      if (odd !== undefined) return refusal(odd, visit);
      return wantsHtml(visit) ? asPage(visit) : json(catalogue(publicUrl));
    }),
    dataRoute('get', `${at}/items`, 'public', async (visit) => {
      const odd = formatProblem(visit.query, ['json', 'geojson', 'html']);
      if (odd !== undefined) return refusal(odd, visit);
      return wantsHtml(visit) ? asPage(visit) : records(ctx, visit);
    }),
    dataRoute('get', `${at}/items/:id`, 'public', async (visit) => {
      const read = noOptions(visit.query);
      const odd = read.ok ? formatProblem(visit.query, ['json', 'geojson']) : read.problem;
      if (odd !== undefined) return refusal(odd, visit);
      const found = await collectionFor(ctx, visit.actor, visit.params['id'] ?? '');
      return found.ok ? json(recordOf(found.value, publicUrl), GEOJSON) : refusal(found.problem, visit);
    }),
  ];
}

/** What the catalogue says of itself, among the collections. */
export function catalogue(base: string): object {
  const at = `${base}${OGC}/collections/${CATALOGUE}`;
  const links: Link[] = [
    { rel: 'self', href: at, type: 'application/json', title: 'Katalog' },
    { rel: 'items', href: `${at}/items`, type: GEOJSON, title: 'Einträge des Katalogs' },
    { rel: 'alternate', href: `${at}?f=html`, type: 'text/html', title: 'Der Katalog zum Lesen' },
    { rel: 'alternate', href: `${base}${OGC}/dcat`, type: 'application/ld+json', title: 'Der Katalog als DCAT-AP.de' },
  ];
  const title = 'Katalog der Daten';
  return { id: CATALOGUE, title, description: 'Welche Daten es gibt.', type: 'Collection', itemType: 'record', crs: [SERVED.crs84], links };
}

const addressOf = ({ id }: Pick<Collection, 'id'>, base: string): string => `${base}${OGC}/collections/${id}`;

async function records(ctx: Reading, visit: DataVisit): Promise<DataAnswer> {
  const { publicUrl } = ctx.settings;
  const found = await recordsFor(ctx, visit.actor, visit.query, (collection) => addressOf(collection, publicUrl));
  if (!found.ok) return refusal(found.problem, visit);
  const { matched, shown, next } = found.value;
  const at = `${publicUrl}${OGC}/collections/${CATALOGUE}/items`;
  const self = visit.query.toString();
  const further = new URLSearchParams(visit.query);
  if (next !== undefined) further.set('cursor', String(next));
  const links: Link[] = [
    { rel: 'self', href: self === '' ? at : `${at}?${self}`, type: GEOJSON },
    { rel: 'collection', href: at.slice(0, -'/items'.length), type: 'application/json' },
    ...(next === undefined ? [] : [{ rel: 'next', href: `${at}?${further.toString()}`, type: GEOJSON }]),
  ];
  const counted = { timeStamp: ctx.clock().toString({ smallestUnit: 'second' }), numberMatched: matched, numberReturned: shown.length };
  return json({ type: 'FeatureCollection', features: shown.map((collection) => recordOf(collection, publicUrl)), links, ...counted }, GEOJSON);
}

/** Licences with a name of their own (spdx.org/licenses); every other is `other` and a link. */
const SPDX: Readonly<Record<string, string>> = {
  'https://www.govdata.de/dl-de/by-2-0': 'DL-DE-BY-2.0',
  'https://www.govdata.de/dl-de/zero-2-0': 'DL-DE-ZERO-2.0',
  'https://creativecommons.org/publicdomain/zero/1.0/': 'CC0-1.0',
  'https://creativecommons.org/licenses/by/4.0/': 'CC-BY-4.0',
};

/** A collection as a record: the same facts as in DCAT-AP.de, under the same address. */
function recordOf(collection: Collection, base: string): object {
  const { id, title, description, about, extent, createdAt, changedAt, dataAsOf } = collection;
  const here = addressOf(collection, base);
  const links: Link[] = [
    { rel: 'self', href: `${base}${OGC}/collections/${CATALOGUE}/items/${id}`, type: GEOJSON },
    { rel: 'collection', href: `${base}${OGC}/collections/${CATALOGUE}`, type: 'application/json' },
    { rel: 'item', href: here, type: 'application/json', title },
    { rel: 'item', href: `${here}/items?f=json`, type: GEOJSON, title: 'GeoJSON' },
    { rel: 'item', href: `${here}/items?f=fgb`, type: FLATGEOBUF, title: 'FlatGeobuf' },
    { rel: 'about', href: `${here}?f=html`, type: 'text/html', title },
    ...(about.licence === undefined ? [] : [{ rel: 'license', href: about.licence }]),
  ];
  const contact = { roles: ['owner'], ...(about.contact === undefined ? {} : { emails: [{ value: about.contact }] }) };
  return {
    ...{ id, type: 'Feature', conformsTo: [RECORD_CORE], time: dataAsOf === undefined ? null : { date: dataAsOf.toString() } },
    geometry: extent === undefined ? null : { type: 'Polygon', coordinates: [ringOf(extent)] },
    properties: {
      ...{ type: RECORD_TYPE, title, language: { code: 'de' }, externalIds: [{ value: here }] },
      ...(description === '' ? {} : { description }),
      created: createdAt.toString({ smallestUnit: 'second' }),
      updated: changedAt.toString({ smallestUnit: 'second' }),
      ...(about.keywords === undefined ? {} : { keywords: about.keywords }),
      ...(about.owner === undefined ? {} : { contacts: [{ organization: about.owner, ...contact }] }),
      ...(about.licence === undefined ? {} : { license: SPDX[about.licence] ?? 'other' }),
      ...(about.attribution === undefined ? {} : { rights: about.attribution }),
      formats: [
        { name: 'GeoJSON', mediaType: GEOJSON },
        { name: 'FlatGeobuf', mediaType: FLATGEOBUF },
      ],
    },
    links,
  };
}

/** Counter-clockwise (RFC 7946, 3.1.6). */
const ringOf = ([west, south, east, north]: NonNullable<Collection['extent']>): readonly (readonly [number, number])[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
