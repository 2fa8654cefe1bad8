import { dataRoute, type AnyRoute, type DataAnswer, type DataVisit } from '../../../platform/http/route.ts';
import type { Context } from '../../../platform/context.ts';
import { OpenCollections } from '../application/open-collections.ts';
import { rememberedTile, tileFor } from '../application/read-tile.ts';
import { TileCache } from '../application/tile-cache.ts';
import type { Collection } from '../domain/collection.ts';
import { aboutCollection, documentProblem } from './ogc-about.ts';
import { json, OGC, refusal } from './ogc-answers.ts';
import { MVT, tileAnswer } from './tile-answer.ts';

type Reading = Pick<Context, 'database' | 'settings'>;
const SET = 'WebMercatorQuad';
const SET_URI = 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad';
const CACHE_BYTES = 64 * 1024 * 1024;

/** Vector tiles of every collection (OGC 20-057), and TileJSON for maps. */
export function tileRoutes(ctx: Reading): AnyRoute[] {
  const { publicUrl } = ctx.settings;
  const base = `${OGC}/collections/:id/tiles`;
  const about = (known: readonly string[], show: Parameters<typeof aboutCollection>[1]) => async (visit: DataVisit) => {
    const odd = documentProblem(visit.query, known);
    return odd === undefined ? aboutCollection(ctx, show)(visit) : refusal(odd, visit);
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
    tileRoute(ctx, `${base}/${SET}/:z/:y/:x`),
  ];
}

function tileRoute(ctx: Reading, path: string): AnyRoute {
  const cache = new TileCache(CACHE_BYTES);
  const open = new OpenCollections(ctx);
  const handle = async (visit: DataVisit): Promise<DataAnswer> => {
    const { id = '', z = '', y = '', x = '' } = visit.params;
    const tile = await tileFor(ctx, cache, visit.actor, { id, z, y, x });
    return tile.ok ? tileAnswer(tile.value, visit.header) : refusal(tile.problem, visit);
  };
  return dataRoute('get', path, 'public', handle, {
    remembered: ([id = '', z = '', y = '', x = ''], header) => rememberedTile(cache, open, { id, z, y, x })?.then((tile) => tile && tileAnswer(tile, header)),
  });
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
