import { dataTable, type Column } from '../../../platform/ui/components.ts';
import { alert, badge } from '../../../platform/ui/alert.ts';
import { linkButton } from '../../../platform/ui/form-frame.ts';
import { formatDate, formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { PICTURE_PATH } from '../../../platform/ui/map-input.ts';
import { frameFor } from '../../../platform/ui/map-projection.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, pagination, section } from '../../../platform/ui/parts.ts';
import { pictureQuery } from '../../../platform/ui/static-map.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { freshnessOf } from '../application/records.ts';
import type { Collection } from '../domain/collection.ts';
import { OGC } from './ogc-answers.ts';
import { ogcTexts } from './ogc-texts.ts';

const COLUMNS = 6;
const MARKERS = 25;
const SIZE = { width: 960, height: 480 };

/** A feature as its text says it. */
export interface ShownFeature {
  readonly id: string;
  readonly geometry: { readonly type: string; readonly coordinates?: unknown } | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** How new the data are, and whether they are as new as they promise. */
function freshness({ about, changedAt, dataAsOf }: Collection, { lang, now }: PageView): Html {
  const t = ogcTexts(lang);
  const known = freshnessOf(changedAt, about.renewedEvery, now);
  const said = known === 'unknown' ? '' : html` ${known === 'fresh' ? badge('success', t.fresh) : badge('warning', t.late)}`;
  return html`${dataAsOf === undefined ? formatInstant(lang, changedAt) : formatDate(lang, dataAsOf)}${said}`;
}

/** The catalogue, for people. */
export function collectionsPage(view: PageView, collections: readonly Collection[]): Html {
  const { lang } = view;
  const t = ogcTexts(lang);
  const table = dataTable<Collection>(
    [
      { label: t.collection, rowHeader: true, cell: ({ title }) => title },
      { label: t.features, numeric: true, cell: ({ features }) => formatNumber(lang, features) },
      { label: t.owner, cell: ({ about }) => about.owner ?? t.unknown },
      { label: t.licence, cell: ({ about }) => about.licence ?? t.unknown },
      { label: t.asOf, cell: (collection) => freshness(collection, view) },
      { label: t.quality, cell: ({ about }) => (about.demo === true ? t.demo : (about.quality ?? t.unknown)) },
    ],
    collections,
    { caption: t.collections, captionHidden: true, lang, empty: t.none, href: ({ id }) => `${OGC}/collections/${id}?f=html` },
  );
  const machines = section(
    t.machines,
    html`<p class="kern-body"><a class="kern-link" href="${OGC}/collections/Katalog/items?f=json">OGC API Records</a> · <a class="kern-link" href="${OGC}/dcat">DCAT-AP.de</a></p>`,
  );
  return page(view, { title: t.title, main: html`${pageTitle(t.title, { lead: t.lead })}${table}${machines}`, wide: true });
}

export function collectionPage(view: PageView, collection: Collection): Html {
  const { lang } = view;
  const t = ogcTexts(lang);
  const { id, title, description, about, features, changedAt, dataAsOf } = collection;
  const licence = about.licence === undefined ? t.unknown : html`<a class="kern-link" href="${about.licence}">${about.licence}</a>`;
  const facts = factList([
    { label: t.features, value: formatNumber(lang, features) },
    { label: t.owner, value: about.owner ?? t.unknown },
    { label: t.licence, value: licence },
    { label: t.changed, value: formatInstant(lang, changedAt) },
    ...(dataAsOf === undefined ? [] : [{ label: t.asOf, value: dataAsOf.toString() }]),
    { label: t.quality, value: about.quality ?? t.unknown },
  ]);
  const at = `${OGC}/collections/${id}`;
  const main = html`${pageTitle(title, { lead: description })}${about.demo === true ? alert('info', t.demo) : ''}${facts}
${linkButton({ label: t.show, href: `${at}/items?f=html` })}
${section(t.program, html`<p class="kern-body"><a class="kern-link" href="${at}/items?f=json">GeoJSON</a> · <a class="kern-link" href="${at}/items?f=fgb&amp;limit=${Math.max(1, features)}">FlatGeobuf</a> · <a class="kern-link" href="${at}/queryables?f=json">Queryables</a> · <a class="kern-link" href="${at}?f=json">JSON</a></p>`)}`;
  return page(view, { title, main, breadcrumb: crumbs(lang, title) });
}

const crumbs = (lang: Lang, ...labels: readonly string[]): readonly { readonly label: string; readonly href?: string }[] => [
  { label: ogcTexts(lang).title, href: `${OGC}/collections?f=html` },
  ...labels.map((label) => ({ label })),
];

/** A page of features: the picture and the table say the same. */
export function itemsPage(
  view: PageView,
  collection: Collection,
  features: readonly ShownFeature[],
  links: { readonly previous?: string; readonly next?: string },
): Html {
  const { lang } = view;
  const t = ogcTexts(lang);
  const { id, title } = collection;
  const names = Object.keys(collection.properties).slice(0, COLUMNS);
  const columns: readonly Column<ShownFeature>[] = [
    { label: t.name, rowHeader: true, cell: (feature) => feature.id },
    ...names.map((name): Column<ShownFeature> => ({ label: name, cell: ({ properties }) => shownValue(properties[name], lang) })),
  ];
  const table = dataTable(columns, features, {
    caption: title,
    captionHidden: true,
    lang,
    dense: true,
    empty: t.nothing,
    href: (feature) => `${OGC}/collections/${id}/items/${encodeURIComponent(feature.id)}?f=html`,
  });
  const main = html`${pageTitle(title)}${collection.about.demo === true ? alert('info', t.demo) : ''}${picture(title, features, lang)}${table}${pagination(links, lang) ?? ''}`;
  return page(view, { title, main, wide: true, breadcrumb: crumbs(lang, title) });
}

export function itemPage(view: PageView, collection: Collection, feature: ShownFeature): Html {
  const { lang } = view;
  const facts = factList(Object.entries(feature.properties).map(([label, value]) => ({ label, value: shownValue(value, lang) })));
  const title = `${collection.title}: ${feature.id}`;
  return page(view, {
    title,
    main: html`${pageTitle(title)}${picture(title, [feature], lang)}${facts}`,
    breadcrumb: crumbs(lang, collection.title, feature.id),
  });
}

function shownValue(value: unknown, lang: Lang): string {
  if (value === null || value === undefined) return '–';
  // nobody knows whether a whole number counts or names, like a year
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatNumber(lang, value, 2);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function picture(title: string, features: readonly ShownFeature[], lang: Lang): Html {
  const places = features.slice(0, MARKERS).flatMap(({ geometry }, index) => {
    const position = firstPosition(geometry?.coordinates);
    return position === undefined ? [] : [{ position, label: String(index + 1) }];
  });
  if (places.length === 0) return html``;
  const frame = frameFor(
    places.map(({ position }) => position),
    SIZE,
  );
  return html`<p><img class="k-twin__picture" src="${PICTURE_PATH}?${pictureQuery(frame, places)}" alt="${ogcTexts(lang).map(title)}" width="${SIZE.width}" height="${SIZE.height}"></p>`;
}

function firstPosition(coordinates: unknown): { readonly lon: number; readonly lat: number } | undefined {
  let value = coordinates;
  while (Array.isArray(value) && Array.isArray(value[0])) value = value[0];
  if (!Array.isArray(value)) return undefined;
  const [lon, lat] = value as unknown[];
  return typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : undefined;
}
