import { dataTable } from '../../../platform/ui/components.ts';
import { linkButton } from '../../../platform/ui/form-frame.ts';
import { formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { TwinFeatures, TwinPicture } from '../application/show.ts';
import type { TwinView } from '../domain/view.ts';
import { link } from './frame.ts';
import { swatch } from './map-part.ts';
import { mapTexts } from './map-texts.ts';

type Feature = TwinFeatures['features'][number];

/** Zoom from which a single object can be seen. */
const CLOSE = 16;
const COLUMNS = 3;
/** What people call a thing, in the order looked for. */
const NAMES = ['name', 'bezeichnung', 'title', 'titel'] as const;

const nameOf = ({ id, properties }: Feature): string => {
  const name = NAMES.map((one) => properties[one]).find((one) => typeof one === 'string' && one !== '');
  return typeof name === 'string' ? name : id;
};

/** What readers of files note: in the row of a table it says nothing more. */
const DULL = ['class', 'height'] as const;

/** A property's value for people; objects as they are written. */
function shown(value: unknown, lang: Lang): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatNumber(lang, value, 2);
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '–' : JSON.stringify(value).slice(0, 300);
}

/** What is known of the one feature that was chosen. */
export function objectPart(view: TwinView, { object }: TwinPicture, lang: Lang): Html {
  const feature = object?.features[0];
  if (object === undefined || feature === undefined) return html``;
  const t = mapTexts(lang);
  const { id, title } = object.collection;
  const middle = middleOf(feature.geometry);
  const table = dataTable(
    [
      { label: t.property, rowHeader: true, cell: ([name]: [string, unknown]) => name },
      { label: t.value, cell: ([, value]: [string, unknown]) => shown(value, lang) },
    ],
    Object.entries(feature.properties),
    { caption: t.objectOf(title, nameOf(feature)), captionHidden: true, lang, dense: true },
  );
  const go = (label: string, href: string): Html => linkButton({ label, href, kind: 'tertiary', small: true });
  const links = [
    ...(middle === undefined ? [] : [go(t.showOnMap, link(view, { centre: middle, zoom: Math.max(CLOSE, view.zoom), after: undefined }))]),
    go(t.objectData, `/ogc/collections/${id}/items/${encodeURIComponent(feature.id)}`),
  ];
  return section(t.objectOf(title, nameOf(feature)), html`${table}<p class="k-twin-moves">${links}</p>`, { id: 'objekt' });
}

/** The middle of what a geometry covers. */
function middleOf(geometry: Feature['geometry']): TwinView['centre'] | undefined {
  const numbers = geometry?.coordinates.flat(3) ?? [];
  const [lons, lats] = [numbers.filter((_, at) => at % 2 === 0), numbers.filter((_, at) => at % 2 === 1)];
  if (lons.length === 0) return undefined;
  const half = (values: readonly number[]): number =>
    (values.reduce((a, b) => Math.min(a, b), Infinity) + values.reduce((a, b) => Math.max(a, b), -Infinity)) / 2;
  return { lon: half(lons), lat: half(lats) };
}

/** First rows of each collection on the map: what a click tells, for keyboard and screen reader. */
export function objectTables(view: TwinView, { features }: TwinPicture, bbox: readonly number[], lang: Lang): Html {
  if (features.length === 0) return html``;
  const t = mapTexts(lang);
  const tables = features.map((found, index) => {
    const { id, title, properties, features: count } = found.collection;
    const columns = Object.keys(properties)
      .filter((name) => properties[name] !== 'object' && ![...NAMES, ...DULL].some((one) => one === name))
      .slice(0, COLUMNS);
    const table = dataTable<Feature>(
      [
        { label: t.object, rowHeader: true, cell: nameOf },
        ...columns.map((name) => ({ label: name, cell: ({ properties: own }: Feature) => shown(own[name], lang) })),
      ],
      found.features,
      {
        ...{ caption: title, captionHidden: true, lang, dense: true, empty: t.objectsNone },
        href: (feature) => `${link(view, { object: { collection: id, id: feature.id } })}#objekt`,
      },
    );
    const all = `/ogc/collections/${id}/items?f=html&bbox=${bbox.map((one) => one.toFixed(5)).join(',')}`;
    return html`<h3 class="kern-heading-small">${swatch(index)}${title}</h3>${table}${found.next === undefined ? '' : html`<p class="kern-body"><a class="kern-link" href="${all}">${t.objectsAll(formatNumber(lang, count))}</a></p>`}`;
  });
  return section(t.objects, html`${tables}`, { id: 'objekte' });
}
