import type { OpenDataset } from '../../../kernel/open-data.ts';
import { dataRoute, type AnyRoute, type DataAnswer, type DataVisit, type Visit } from '../../../platform/http/route.ts';
import type { Html } from '../../../platform/ui/html.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Context } from '../../../platform/context.ts';
import { collectionsFor } from '../application/collections.ts';
import { readItem, readItems } from '../application/read-items.ts';
import type { Collection } from '../domain/collection.ts';
import { aboutCollection, documentProblem } from './ogc-about.ts';
import { dcatCatalogue } from './dcat.ts';
import { formatProblem, json, OGC, refusal, wantsHtml, type Link } from './ogc-answers.ts';
import { CONFORMANCE, describe, landing, queryables } from './ogc-documents.ts';
import { BAD_CURSOR, fileAnswer, itemAnswer, itemsAnswer, nextQuery, placeOf } from './ogc-items.ts';
import { openApi } from './ogc-openapi.ts';
import { catalogue, recordRoutes } from './ogc-records.ts';
import { tileRoutes } from './ogc-tiles.ts';
import { transactionRoutes } from './ogc-transactions.ts';
import { collectionPage, collectionsPage, itemPage, itemsPage, type ShownFeature } from './ogc-pages.ts';

type Reading = Pick<Context, 'database' | 'journal' | 'clock' | 'settings'>;

type Frame = (visit: Visit) => PageView;

/** What others offer below `/ogc` besides: links of the landing page, and conformance classes. */
export interface OgcBesides {
  readonly links: readonly Link[];
  readonly conformance: readonly string[];
  /** Open data of others that the city's catalogue names beside the collections. */
  readonly datasets?: () => Promise<readonly OpenDataset[]>;
}

/** OGC API Features 1 to 4 at `/ogc`, for programs and for people. */
export function ogcRoutes(ctx: Reading, frame: Frame, besides: OgcBesides = { links: [], conformance: [] }): AnyRoute[] {
  const { publicUrl } = ctx.settings;
  /** A document without options, as JSON or as a page. */
  const document = (path: string, asJson: (visit: DataVisit) => Promise<DataAnswer>, asPage?: (visit: DataVisit) => Promise<DataAnswer>): AnyRoute =>
    dataRoute('get', path, 'public', async (visit) => {
      const known = asPage === undefined ? ['json'] : ['json', 'html'];
      const odd = documentProblem(visit.query, known);
      if (odd !== undefined) return refusal(odd, visit);
      return asPage !== undefined && wantsHtml(visit) ? asPage(visit) : asJson(visit);
    });
  const about = (show: Parameters<typeof aboutCollection>[1]) => aboutCollection(ctx, show);
  const collections = (visit: DataVisit): Promise<readonly Collection[]> => collectionsFor(ctx, visit.actor);
  const list = async (visit: DataVisit): Promise<DataAnswer> => pageAnswer(collectionsPage(frame(visit), await collections(visit)));
  const one = `${OGC}/collections/:id`;
  return [
    document(OGC, async () => json(landing(publicUrl, besides.links)), list),
    document(`${OGC}/conformance`, async () => json({ conformsTo: [...CONFORMANCE, ...besides.conformance] })),
    document(
      `${OGC}/collections`,
      async (visit) =>
        json({
          links: [{ rel: 'self', href: `${publicUrl}${OGC}/collections`, type: 'application/json' }],
          collections: [...(await collections(visit)).map((collection) => describe(collection, publicUrl)), catalogue(publicUrl)],
        }),
      list,
    ),
    document(`${OGC}/api`, async (visit) => json(openApi(await collections(visit), publicUrl), 'application/vnd.oai.openapi+json;version=3.0')),
    document(`${OGC}/dcat`, async (visit) =>
      json(dcatCatalogue(await collections(visit), ctx.settings, (await besides.datasets?.()) ?? []), 'application/ld+json'),
    ),
    // before the collections, whose addresses look the same
    ...recordRoutes(ctx, list),
    document(
      one,
      about((collection) => json(describe(collection, publicUrl))),
      about((collection, visit) => pageAnswer(collectionPage(frame(visit), collection))),
    ),
    document(
      `${one}/queryables`,
      about((collection) => json(queryables(collection, publicUrl), 'application/schema+json')),
    ),
    dataRoute('get', `${one}/items`, 'public', (visit) => features(ctx, visit, frame)),
    dataRoute('get', `${one}/items/:feature`, 'public', (visit) => feature(ctx, visit, frame)),
    ...transactionRoutes(ctx),
    ...tileRoutes(ctx),
  ];
}

async function pageAnswer(page: Html): Promise<DataAnswer> {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-cache' }, body: String(await page) };
}

async function features(ctx: Reading, visit: DataVisit, frame: Frame): Promise<DataAnswer> {
  const odd = formatProblem(visit.query, ['json', 'geojson', 'fgb', 'html']);
  if (odd !== undefined) return refusal(odd, visit);
  if (visit.query.get('f') === 'fgb') return fileAnswer(ctx, visit);
  if (!wantsHtml(visit)) return itemsAnswer(ctx, visit);
  const after = placeOf(visit.query);
  if (after === undefined) return refusal(BAD_CURSOR, visit);
  const id = visit.params['id'] ?? '';
  const options = new URLSearchParams(visit.query);
  // a page for people has a picture in degrees, and stays short
  options.delete('crs');
  if (Number(options.get('limit') ?? '25') >= 100) options.set('limit', '100');
  const items = await readItems(ctx, visit.actor, id, options, after);
  if (!items.ok) return refusal(items.problem, visit);
  const shown: ShownFeature[] = [];
  for await (const { text } of items.value.chunks) shown.push(...(JSON.parse(`[${text}]`) as ShownFeature[]));
  const next = await items.value.next();
  const at = `${OGC}/collections/${id}/items`;
  options.delete('cursor');
  options.set('f', 'html');
  const links = {
    ...(after === 0 ? {} : { previous: `${at}?${options.toString()}` }),
    ...(next === undefined ? {} : { next: `${at}?${nextQuery(options, next)}` }),
  };
  return pageAnswer(itemsPage(frame(visit), items.value.collection, shown, links));
}

async function feature(ctx: Reading, visit: DataVisit, frame: Frame): Promise<DataAnswer> {
  const odd = formatProblem(visit.query, ['json', 'geojson', 'html']);
  if (odd !== undefined) return refusal(odd, visit);
  if (!wantsHtml(visit)) return itemAnswer(ctx, visit);
  const options = new URLSearchParams(visit.query);
  options.delete('crs');
  const item = await readItem(ctx, visit.actor, visit.params['id'] ?? '', visit.params['feature'] ?? '', options);
  if (!item.ok) return refusal(item.problem, visit);
  return pageAnswer(itemPage(frame(visit), item.value.collection, JSON.parse(item.value.text) as ShownFeature));
}
