import type { DataAnswer, DataVisit } from '../../../platform/http/route.ts';
import { decodeCursor, encodeCursor } from '../../../platform/http/paging.ts';
import type { Context } from '../../../platform/context.ts';
import { readFlatGeobufFile } from '../application/read-file.ts';
import { readItem, readItems, type Items } from '../application/read-items.ts';
import { FLATGEOBUF, GEOJSON, OGC, refusal, type Link } from './ogc-answers.ts';

type Reading = Pick<Context, 'database' | 'clock' | 'settings'>;
const encoder = new TextEncoder();

/** The place in a cursor; `undefined` when somebody made it up. */
export function placeOf(query: URLSearchParams): number | undefined {
  const cursor = query.get('cursor');
  if (cursor === null) return 0;
  const [place] = decodeCursor(cursor) ?? [];
  return typeof place === 'number' && Number.isSafeInteger(place) && place >= 0 ? place : undefined;
}

/** The same question from another place on, with every option it had. */
export function nextQuery(query: URLSearchParams, place: number): string {
  const next = new URLSearchParams(query);
  next.set('cursor', encodeCursor([place]));
  return next.toString();
}

export const BAD_CURSOR = { kind: 'malformed-filter', detail: 'cursor: Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.' } as const;

/** A page of features as GeoJSON, sent while it is read. */
export async function itemsAnswer(ctx: Reading, visit: DataVisit): Promise<DataAnswer> {
  const { publicUrl } = ctx.settings;
  const after = placeOf(visit.query);
  if (after === undefined) return refusal(BAD_CURSOR, visit);
  const id = visit.params['id'] ?? '';
  const items = await readItems(ctx, visit.actor, id, visit.query, after);
  if (!items.ok) return refusal(items.problem, visit);
  const { crs } = items.value.query;
  const headers = { 'content-type': `${GEOJSON}; charset=utf-8`, 'content-crs': `<${crs.uri}>` };
  const at = `${publicUrl}${OGC}/collections/${id}/items`;
  return { status: 200, headers, body: streamed(written(items.value, { at, query: visit.query, now: ctx.clock() })) };
}

/** A page as a FlatGeobuf file, written while it is read; the next page is told in the head. */
export async function fileAnswer(ctx: Reading, visit: DataVisit): Promise<DataAnswer> {
  const { publicUrl } = ctx.settings;
  const after = placeOf(visit.query);
  if (after === undefined) return refusal(BAD_CURSOR, visit);
  const id = visit.params['id'] ?? '';
  const file = await readFlatGeobufFile(ctx, visit.actor, id, visit.query, after);
  if (!file.ok) return refusal(file.problem, visit);
  const { crs, next, pieces } = file.value;
  const at = `${publicUrl}${OGC}/collections/${id}/items`;
  const headers = {
    'content-type': FLATGEOBUF,
    'content-crs': `<${crs.uri}>`,
    'content-disposition': `attachment; filename="${id}.fgb"`,
    ...(next === undefined ? {} : { link: `<${at}?${nextQuery(visit.query, next)}>; rel="next"; type="${FLATGEOBUF}"` }),
  };
  return { status: 200, headers, body: streamed(pieces) };
}

interface Address {
  readonly at: string;
  readonly query: URLSearchParams;
  readonly now: Temporal.Instant;
}

/** Links and numbers come after the features: only then it is known whether there are more. */
async function* written(items: Items, { at, query, now }: Address): AsyncGenerator<string> {
  const { collection, query: asked } = items;
  let count = 0;
  yield '{"type":"FeatureCollection","features":[';
  for await (const chunk of items.chunks) {
    if (chunk.count > 0) yield count === 0 ? chunk.text : `,${chunk.text}`;
    count += chunk.count;
  }
  const next = await items.next();
  const self = query.toString();
  const html = new URLSearchParams(query);
  html.set('f', 'html');
  const links: Link[] = [
    { rel: 'self', href: self === '' ? at : `${at}?${self}`, type: GEOJSON },
    { rel: 'alternate', href: `${at}?${html.toString()}`, type: 'text/html' },
    { rel: 'collection', href: at.slice(0, -'/items'.length), type: 'application/json' },
    ...(next === undefined ? [] : [{ rel: 'next', href: `${at}?${nextQuery(query, next)}`, type: GEOJSON }]),
  ];
  const matched = asked.filtered ? {} : { numberMatched: collection.features };
  yield `],${JSON.stringify({ links, timeStamp: now.toString({ smallestUnit: 'second' }), ...matched, numberReturned: count }).slice(1)}`;
}

/** A slow reader holds back the reading of the next chunk. */
function streamed(parts: AsyncGenerator<string | Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done === true) controller.close();
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

export async function itemAnswer(ctx: Reading, visit: DataVisit): Promise<DataAnswer> {
  const { publicUrl } = ctx.settings;
  const { id = '', feature = '' } = visit.params;
  const item = await readItem(ctx, visit.actor, id, feature, visit.query);
  if (!item.ok) return refusal(item.problem, visit);
  const etag = `"${item.value.tag}"`;
  const headers = { etag, 'content-crs': `<${item.value.crs.uri}>` };
  if (visit.header('if-none-match') === etag) return { status: 304, headers };
  const at = `${publicUrl}${OGC}/collections/${id}`;
  const links: Link[] = [
    { rel: 'self', href: `${at}/items/${encodeURIComponent(feature)}`, type: GEOJSON },
    { rel: 'collection', href: at, type: 'application/json' },
  ];
  const body = `${item.value.text.trimEnd().slice(0, -1)},"links":${JSON.stringify(links)}}`;
  return { status: 200, headers: { ...headers, 'content-type': `${GEOJSON}; charset=utf-8` }, body };
}
