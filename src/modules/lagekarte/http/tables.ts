import type { Layer } from '../../../kernel/lage.ts';
import { printMgrs } from '../../../kernel/mgrs.ts';
import { boxOf, type Geometry, type KeptObject } from '../../../kernel/picture.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { pagination, section } from '../../../platform/ui/parts.ts';
import { kindName, layerName } from '../application/names.ts';
import type { MapPicture } from '../application/show-map.ts';
import { gradeOf, lookOf } from '../../../kernel/lage-look.ts';
import type { MapView } from '../domain/view.ts';
import { link } from './address.ts';
import { karteTexts } from './texts.ts';

/** First rows of each layer, and rows of a page when one layer is read on. */
const FIRST_ROWS = 15;
export const ROWS = 200;
const NAMES = new Intl.Collator('de', { numeric: true });

/** `vor 42 min` */
export function agoText(seconds: number, lang: Lang): string {
  const t = karteTexts(lang);
  if (seconds < 60) return t.agoSeconds(seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return t.agoMinutes(minutes);
  return minutes < 2880 ? t.agoHours(Math.floor(minutes / 60)) : t.agoDays(Math.floor(minutes / 1440));
}

/** The middle of a thing as MGRS, the reference that staffs give over the radio. */
export function placeText(geometry: Geometry | null, lang: Lang): string {
  const box = boxOf(geometry);
  return box === undefined ? karteTexts(lang).noPlace : (printMgrs({ lon: (box.west + box.east) / 2, lat: (box.south + box.north) / 2 }) ?? '–');
}

/** What stands out about a thing, in words: on the map it is drawn. */
export function marksText(object: KeptObject, now: Temporal.Instant, lang: Lang): Html {
  const t = karteTexts(lang);
  const { old, contradicted, jumped } = lookOf(object, now);
  const words = [...(old ? [t.old] : []), ...(contradicted ? [t.contradicted] : []), ...(jumped ? [t.jumped] : [])];
  return words.length === 0 ? html`` : html` <span class="k-karte__warning">⚠ ${words.join(', ')}</span>`;
}

/** Everything that the map shows, and what has no place, layer by layer. */
export function objectTables(key: string, view: MapView, picture: MapPicture, lang: Lang): Html {
  const t = karteTexts(lang);
  const layers = picture.layers.flatMap((layer) => {
    const objects = picture.objects.filter((object) => object.layer === layer).toSorted((a, b) => NAMES.compare(a.title, b.title));
    return objects.length === 0 || (view.table !== undefined && view.table.layer !== layer) ? [] : [{ layer, objects }];
  });
  const some = picture.some ? html`<p class="kern-body">${t.some(formatNumber(lang, picture.objects.length))}</p>` : '';
  const tables = layers.map(({ layer, objects }) => layerTable(key, view, { layer, objects, now: picture.asOf }, lang));
  const all = view.table === undefined ? '' : html`<p><a class="kern-link" href="${link(key, view, { table: undefined })}#tabellen">${t.back}</a></p>`;
  return section(
    t.tables,
    html`${some}<p class="k-muted">${t.gradeHint}</p>${all}${tables.length === 0 ? html`<p class="kern-body">${t.nothing}</p>` : tables}`,
    { id: 'tabellen' },
  );
}

function layerTable(
  key: string,
  view: MapView,
  { layer, objects, now }: { readonly layer: Layer; readonly objects: readonly KeptObject[]; readonly now: Temporal.Instant },
  lang: Lang,
): Html {
  const t = karteTexts(lang);
  const from = view.table?.from ?? 0;
  const rows = objects.slice(from, from + (view.table === undefined ? FIRST_ROWS : ROWS));
  const count = formatNumber(lang, objects.length);
  const table = dataTable<KeptObject>(
    [
      { label: t.object, rowHeader: true, cell: ({ title }) => title },
      { label: t.kind, cell: (object) => html`${kindName(lang, object.kind)}${marksText(object, now, lang)}` },
      { label: t.state, cell: (object) => agoText(lookOf(object, now).ageSeconds, lang) },
      { label: t.source, cell: ({ source }) => source.name },
      { label: t.grade, minor: true, cell: gradeOf },
      { label: t.place, minor: true, cell: ({ geometry }) => placeText(geometry, lang) },
    ],
    rows,
    { caption: layerName(lang, layer), captionHidden: true, lang, dense: true, href: ({ id }) => `${link(key, view, { object: id })}#objekt` },
  );
  const to = (start: number): string => `${link(key, view, { table: { layer, from: start } })}#tabellen`;
  const onwards =
    view.table === undefined
      ? rows.length < objects.length &&
        html`<p><a class="kern-link" href="${to(0)}">${t.all(count)}<span class="kern-sr-only">: ${layerName(lang, layer)}</span></a></p>`
      : pagination(
          {
            ...(from > 0 ? { previous: to(Math.max(0, from - ROWS)) } : {}),
            ...(from + rows.length < objects.length ? { next: to(from + ROWS) } : {}),
            note: t.rows(formatNumber(lang, from + 1), formatNumber(lang, from + rows.length), count),
          },
          lang,
        );
  return html`<h3 class="kern-heading-small">${layerName(lang, layer)} (${count})</h3>${table}${onwards === false ? '' : (onwards ?? '')}`;
}

/** The one thing that was chosen: all its facts, and what was known of it when. */
export function objectPart(key: string, view: MapView, { object, asOf, entered }: MapPicture, lang: Lang): Html {
  if (view.object === undefined) return html``;
  const t = karteTexts(lang);
  if (object === undefined) return section(t.object, html`<p class="kern-body">${t.notThere}</p>`, { id: 'objekt' });
  const { now, history } = object;
  const { ageSeconds } = lookOf(now, asOf);
  const facts: readonly (readonly [string, string | Html])[] = [
    [t.kind, html`${kindName(lang, now.kind)}, ${layerName(lang, now.layer)}${marksText(now, asOf, lang)}`],
    [t.state, `${agoText(ageSeconds, lang)} (${formatInstant(lang, now.eventAt)})`],
    [t.received, formatInstant(lang, now.receivedAt)],
    [t.source, [now.source.name, now.source.organisation].filter((one) => one !== undefined && one !== '').join(', ')],
    [t.grade, gradeOf(now)],
    [t.place, placeText(now.geometry, lang)],
    ...(now.uncertaintyMetres === undefined ? [] : [[t.uncertainty, `± ${formatNumber(lang, now.uncertaintyMetres)} m`] as const]),
    ...Object.entries(now.facts).map(([name, value]) => [name, factText(value, lang)] as const),
  ];
  const table = dataTable<(typeof facts)[number]>(
    [
      { label: t.facts, rowHeader: true, cell: ([name]) => name },
      { label: now.title, cell: ([, value]) => value },
    ],
    facts,
    { caption: now.title, captionHidden: true, lang, dense: true },
  );
  const versions = dataTable<KeptObject>(
    [
      { label: t.version, numeric: true, rowHeader: true, cell: ({ seq }) => seq },
      { label: t.received, cell: ({ changedAt, ended }) => html`${formatInstant(lang, changedAt)}${ended ? ` (${t.ended})` : ''}` },
      { label: t.state, cell: ({ eventAt }) => formatInstant(lang, eventAt) },
      { label: t.source, cell: ({ source }) => source.name },
      { label: t.grade, cell: gradeOf },
      { label: t.place, minor: true, cell: ({ geometry }) => placeText(geometry, lang) },
    ],
    history,
    { caption: t.history, lang, dense: true },
  );
  const page = now.facts['page'];
  const own = typeof page === 'string' && page.startsWith(`/lagen/${entered.lage.key}/`) ? html` · <a class="kern-link" href="${page}">${now.title}</a>` : '';
  return section(now.title, html`${table}${versions}<p><a class="kern-link" href="${link(key, view, { object: undefined })}">${t.back}</a>${own}</p>`, {
    id: 'objekt',
  });
}

/** A fact as text; longer things are data and stand in the API. */
function factText(value: unknown, lang: Lang): string {
  if (typeof value === 'number') return formatNumber(lang, value, Number.isInteger(value) ? 0 : 2);
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '–' : JSON.stringify(value).slice(0, 300);
}
