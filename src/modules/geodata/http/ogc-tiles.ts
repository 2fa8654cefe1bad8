import { dataRoute, type AnyRoute, type DataVisit } from '../../../platform/http/route.ts';
import type { Context } from '../../../platform/context.ts';
import { TileCache, tileFor } from '../application/read-tile.ts';
import type { Collection } from '../domain/collection.ts';
import { aboutCollection, documentProblem } from './ogc-about.ts';
import { json, OGC, refusal } from './ogc-answers.ts';

type Reading = Pick<Context, 'database' | 'settings'>;
const MVT = 'application/vnd.mapbox-vector-tile';
const SET = 'WebMercatorQuad';
const SET_URI = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad';
const CACHE_BYTES = 64 * 1024 * 1024;

/** Vector tiles of every collection (OGC 20-057), and TileJSON for maps. */
export function tileRoutes(ctx: Reading): AnyRoute[] {
  const cache = new TileCache(CACHE_BYTES);
  const { publicUrl } = ctx.settings;
  const base = `${OGC}/collections/:id/tiles`;
  const about = (known: readonly string[], show: Parameters<typeof aboutCollection>[1]) => async (visit: DataVisit) => {
    const odd = documentProblem(visit.query, known);
    return odd === undefined ? aboutCollection(ctx, show)(visit) : refusal(odd, publicUrl);
  };
  return [
    dataRoute(
      'get',
      base,
      'public',
      about(['json'], (collection) => json({ links: [], tilesets: [tileset(collection, publicUrl)] })),
    ),
    dataRoute(
      'get',
      `${base}/${SET}`,
      'public',
      about(['json', 'tilejson'], (collection, { query }) =>
        json(query.get('f') === 'tilejson' ? tileJson(collection, publicUrl) : tileset(collection, publicUrl)),
      ),
    ),
    dataRoute('get', `${base}/${SET}/:z/:y/:x`, 'public', async (visit) => {
      const { id = '', z = '', y = '', x = '' } = visit.params;
      const tile = await tileFor(ctx, cache, visit.actor, { id, z, y, x });
      if (!tile.ok) return refusal(tile.problem, publicUrl);
      const headers = { etag: `"${tile.value.tag}"`, 'cache-control': 'private, no-cache' };
      if (visit.header('if-none-match') === headers.etag) return { status: 304, headers };
      if (tile.value.bytes.length === 0) return { status: 204, headers };
      return { status: 200, headers: { ...headers, 'content-type': MVT }, body: tile.value.bytes };
    }),
  ];
}

const template = (id: string, base: string, names: readonly [string, string, string]): string =>
  `${base}${OGC}/collections/${id}/tiles/${SET}/${names.map((name) => `{${name}}`).join('/')}`;

function tileset({ id, title, properties, geometryTypes }: Collection, base: string): object {
  const at = `${base}${OGC}/collections/${id}/tiles/${SET}`;
  return {
    title,
    dataType: 'vector',
    crs: 'http://www.opengis.net/def/crs/EPSG/0/3857',
    tileMatrixSetURI: SET_URI,
    layers: [
      {
        id,
        title,
        dataType: 'vector',
        geometryTypes,
        propertiesSchema: { type: 'object', properties: Object.fromEntries(Object.keys(properties).map((name) => [name, {}])) },
      },
    ],
    links: [
      { rel: 'self', href: at, type: 'application/json' },
      { rel: 'describedby', href: `${at}?f=tilejson`, type: 'application/json', title: 'TileJSON' },
      { rel: 'http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme', href: SET_URI },
      { rel: 'item', href: template(id, base, ['tileMatrix', 'tileRow', 'tileCol']), type: MVT, templated: true },
    ],
  };
}

function tileJson({ id, title, description, properties, extent, about }: Collection, base: string): object {
  return {
    tilejson: '3.0.0',
    name: title,
    description,
    ...(about.attribution === undefined ? {} : { attribution: about.attribution }),
    tiles: [template(id, base, ['z', 'y', 'x'])],
    minzoom: 0,
    maxzoom: 18,
    ...(extent === undefined ? {} : { bounds: extent }),
    vector_layers: [{ id, fields: Object.fromEntries(Object.entries(properties).map(([name, kind]) => [name, kind])) }],
  };
}
