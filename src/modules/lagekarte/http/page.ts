import { CITY_ZONE } from '../../../kernel/time.ts';
import { gridStep } from '../../../kernel/utm-grid.ts';
import { utmZone } from '../../../kernel/mgrs.ts';
import { ok } from '../../../kernel/result.ts';
import { html as answerHtml, getPage, LAGE_ACCESS, problemPage, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { button, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { hiddenField, selectField } from '../../../platform/ui/form.ts';
import { MAX_ZOOM, metresPerPixel, MIN_ZOOM, pixelToPosition, type MapFrame } from '../../../platform/ui/map-projection.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { LageFrame } from './frame.ts';
import { drawnKinds, functionName, layerName } from '../application/names.ts';
import type { LagekarteContext } from '../application/context.ts';
import { findPlace } from '../application/find-place.ts';
import { showMap, type MapPicture } from '../application/show-map.ts';
import { signChoices } from '../application/sign-choices.ts';
import type { FoundPlace } from '../domain/address-book.ts';
import { PRESETS } from '../../../kernel/lage-presets.ts';
import type { MapView } from '../domain/view.ts';
import { link, pathOf, printView, readView } from './address.ts';
import { drawForm, type Refused } from './draw-form.ts';
import { mapPart } from './element.ts';
import { frameOf } from './frame.ts';
import { PRINTED } from './pictures.ts';
import { PAPERS, SCALES } from './print.ts';
import { objectPart, objectTables } from './tables.ts';
import { karteTexts } from './texts.ts';

/** The map of a Lage: one address says what is shown; map and tables say the same. */
export function mapPages(ctx: LagekarteContext, frame: LageFrame): AnyRoute[] {
  return [getPage('/lagen/:key/karte', LAGE_ACCESS, async (visit) => mapPage(ctx, frame, visit))];
}

/** @param refused what was typed to be drawn and was not */
export async function mapPage(ctx: LagekarteContext, frame: LageFrame, visit: Visit, refused?: Refused): Promise<Answer> {
  const key = visit.params['key']!;
  const read = readView(visit.query, visit.now);
  const view = refused === undefined || refused.typed.id === '' ? read : { ...read, object: refused.typed.id };
  const found = await showMap(ctx, visit.actor, key, withoutPlaceWords(view));
  if (!found.ok) return problemPage(found.problem);
  const [places, signs] = await Promise.all([view.text === undefined ? ok([]) : findPlace(ctx, visit.actor, key, view.text), signChoices()]);
  const body = content(view, found.value, { places: places.ok ? places.value : [], signs, refused, lang: visit.lang });
  return answerHtml(
    page(frame(visit, found.value.entered), pageParts(found.value, body, visit.lang)),
    refused === undefined ? 200 : refused.current === undefined ? 422 : 409,
  );
}

/** Coordinates are a place, not words to look for in titles. */
const withoutPlaceWords = (view: MapView): MapView => {
  const { text, ...rest } = view;
  return text === undefined || /^[\d\s.,°'"NSEOW-]+$|^\d{1,2}[A-Z]\s*[A-Z]{2}/i.test(text) ? rest : view;
};

const pageParts = ({ asOf }: MapPicture, main: Html, lang: Lang): Parameters<typeof page>[1] => ({
  title: karteTexts(lang).title,
  main,
  wide: true,
  scripts: ['lage'],
  asOf,
});

interface Content {
  readonly places: readonly FoundPlace[];
  readonly signs: readonly { readonly value: string; readonly label: string }[];
  readonly refused: Refused | undefined;
  readonly lang: Lang;
}

function content(view: MapView, picture: MapPicture, { places, signs, refused, lang }: Content): Html {
  const t = karteTexts(lang);
  const { lage, rights } = picture.entered;
  const frame = frameOf(view, picture);
  const change = picture.object?.now;
  const drawn = change !== undefined && !change.ended && drawnKinds.some((kind) => kind === change.kind) ? change : undefined;
  return html`${pageTitle(t.title, { lead: t.lead })}
${lookingBack(lage.key, view, lang)}
${searchPart(lage.key, view, places, lang)}
${chooser(lage.key, view, picture, lang)}
${mapPart(view, frame, picture, lang)}
${moves(lage.key, view, frame, lang)}
${gridNote(view, frame, lang)}
${overlayPart(view, picture, lang)}
${objectPart(lage.key, view, picture, lang)}
${rights.has('map') && view.at === undefined ? drawForm(lage.key, { change: drawn, refused, signs }, lang) : ''}
${printPart(lage.key, { ...view, centre: frame.centre, zoom: frame.zoom }, lang)}
<div class="k-karte__tables">${objectTables(lage.key, view, picture, lang)}</div>`;
}

/** Nobody may take an old picture for the new one. */
function lookingBack(key: string, view: MapView, lang: Lang): Html {
  if (view.at === undefined) return html``;
  const t = karteTexts(lang);
  const body = html`<p class="kern-body">${t.lookingBackText} <a class="kern-link" href="${link(key, view, { at: undefined })}">${t.toLive}</a></p>`;
  return alert('warning', t.lookingBack(formatInstant(lang, view.at)), body);
}

/** The rest of a view as fields nobody sees, for forms that change a part of it. */
const hidden = (view: MapView, changed: readonly string[]): Html[] =>
  [...new URLSearchParams(printView(view))].filter(([name]) => !changed.includes(name)).map(([name, value]) => hiddenField(name, value));

function searchPart(key: string, view: MapView, places: readonly FoundPlace[], lang: Lang): Html {
  const t = karteTexts(lang);
  const found =
    view.text === undefined
      ? ''
      : places.length === 0
        ? html`<p class="kern-body">${t.foundNone}</p>`
        : html`<ul class="kern-list k-karte__found">${places.map(({ title, lon, lat, objectId }) => {
            const to = { centre: { lon, lat }, zoom: Math.max(15, view.zoom), text: undefined, ...(objectId === undefined ? {} : { object: objectId }) };
            return html`<li><a class="kern-link" href="${link(key, view, to)}">${title}</a></li>`;
          })}</ul>`;
  return html`<form class="k-search k-karte__search" method="get" action="${pathOf(key)}" role="search">${hidden(view, ['q', 'objekt', 'c', 'z', 'tabelle', 'ab'])}<label class="kern-label" for="f-q">${t.search}</label><div class="kern-hint" id="f-q-hint">${t.searchHint}</div><div class="k-search__row"><input${attributes({ class: 'kern-form-input__input', id: 'f-q', name: 'q', type: 'search', value: view.text, 'aria-describedby': 'f-q-hint' })}>${button({ label: t.search, icon: 'search' })}</div></form>${found}`;
}

const localTime = (at: Temporal.Instant | undefined): string => at?.toZonedDateTimeISO(CITY_ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' }) ?? '';

function chooser(key: string, view: MapView, { layers, entered, overlays }: MapPicture, lang: Lang): Html {
  const t = karteTexts(lang);
  const box = (name: string, value: string, label: string, checked: boolean): Html =>
    html`<div class="kern-form-check"><input${attributes({ class: 'kern-form-check__checkbox', type: 'checkbox', id: `${name}-${value}`, name, value, checked })}><label class="kern-label" for="${name}-${value}">${label}</label></div>`;
  const presets = PRESETS.map((id) =>
    linkButton({
      label: t.presetOf(functionName(lang, id)),
      href: link(key, view, { preset: id, layers: undefined }),
      kind: view.preset === id ? 'secondary' : 'tertiary',
      small: true,
    }),
  );
  const all = linkButton({ label: t.presetAll, href: link(key, view, { preset: undefined, layers: undefined }), kind: 'tertiary', small: true });
  const body = html`<nav class="k-twin-moves k-karte__presets" aria-label="${t.preset}">${presets}${all}</nav><form class="k-twin-form" method="get" action="${pathOf(key)}" aria-label="${t.choose}">${hidden(view, ['ebene', 'sicht', 'zeit', 'gitter', 'bild', 'tabelle', 'ab'])}
<fieldset class="kern-fieldset k-karte__layers"><legend class="kern-label">${t.layers}</legend>${[...entered.layers].map((layer) => box('ebene', layer, layerName(lang, layer), layers.includes(layer)))}${overlays.map(({ id, title }) => box('bild', id, title[lang], view.overlays.includes(id)))}${box('gitter', '1', t.grid, view.grid)}</fieldset>
<div class="kern-form-input"><label class="kern-label" for="f-zeit">${t.time}</label><div class="kern-hint" id="f-zeit-hint">${t.timeHint}</div><input${attributes({ class: 'kern-form-input__input', type: 'datetime-local', id: 'f-zeit', name: 'zeit', value: localTime(view.at), 'aria-describedby': 'f-zeit-hint' })}></div>
${button({ label: t.show })}</form>`;
  return accordion(t.choose, body);
}

/** The part shown, moved by links: the same for keyboard and without JavaScript. */
function moves(key: string, view: MapView, frame: MapFrame, lang: Lang): Html {
  const t = karteTexts(lang);
  const zoom = (by: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, Math.round(frame.zoom) + by));
  const to = (x: number, y: number): string =>
    link(key, view, { centre: pixelToPosition(frame, frame.width * (0.5 + x), frame.height * (0.5 + y)), zoom: frame.zoom });
  const go = (label: string, href: string): Html => linkButton({ label, href, kind: 'tertiary', small: true });
  return html`<nav class="k-twin-moves" aria-label="${t.moves}">${go(t.zoomIn, link(key, view, { centre: frame.centre, zoom: zoom(1) }))}${go(t.zoomOut, link(key, view, { centre: frame.centre, zoom: zoom(-1) }))}${go(t.north, to(0, -0.5))}${go(t.south, to(0, 0.5))}${go(t.west, to(-0.5, 0))}${go(t.east, to(0.5, 0))}${go(t.whole, link(key, view, { centre: undefined }))}</nav>`;
}

function gridNote(view: MapView, frame: MapFrame, lang: Lang): Html {
  if (!view.grid) return html``;
  const step = formatNumber(lang, gridStep(metresPerPixel(frame) * frame.width));
  return html`<p class="k-muted">${karteTexts(lang).gridNote(String(utmZone(frame.centre)), step)}</p>`;
}

/** What lies over the map is no fact: it says what it comes from, and of which time it is. */
function overlayPart(view: MapView, { overlays }: MapPicture, lang: Lang): Html {
  const t = karteTexts(lang);
  const on = overlays.filter(({ id }) => view.overlays.includes(id));
  if (on.length === 0) return html``;
  const items = on.map(
    ({ title, source, at, legend }) =>
      html`<li><strong>${title[lang]}</strong>: ${source}, ${t.overlayAt(formatInstant(lang, at))}<ul class="k-karte__legend">${legend.map(({ colour, label }) => html`<li><svg class="k-swatch" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="2" fill="${colour}"/></svg>${label}</li>`)}</ul></li>`,
  );
  return section(t.overlays, html`<ul class="kern-list">${items}</ul>`, { id: 'bilder' });
}

function printPart(key: string, view: MapView, lang: Lang): Html {
  const t = karteTexts(lang);
  const papers = Object.keys(PAPERS).flatMap((paper) => [paper]);
  const form = html`<form class="k-twin-form" method="get" action="${pathOf(key)}${PRINTED}">${hidden(view, ['objekt', 'tabelle', 'ab'])}
${selectField({ name: 'papier', label: t.printPaper, lang, value: 'a4', options: papers.map((value) => ({ value, label: value.toUpperCase() })) })}
${selectField({ name: 'massstab', label: t.printScale, lang, required: false, empty: t.printFit, options: SCALES.map((scale) => ({ value: String(scale), label: `1 : ${formatNumber(lang, scale)}` })) })}
${button({ label: t.printDo, icon: 'download', kind: 'secondary' })}</form>`;
  return accordion(t.print, form);
}
