import { attributes } from '../../../platform/ui/attributes.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { pointsOfMm } from '../application/sheet-places.ts';
import type { OpenSheet, ShownMark } from '../application/open-sheet.ts';
import { tileScales, type ShownPage } from '../application/pictures.ts';
import { sheetTexts } from './texts.ts';

/** Id of the form that enters something; the picture belongs to it wherever it stands. */
export const MARK_FORM = 'eintrag-form';

/**
 * The page as a picture with its entries upon it. With JavaScript it becomes a drawing that moves; without,
 * a click on the picture of somebody who may enter something sends the place.
 * @param base address of the sheet
 */
export function sheetPicture({ document, marks, changeable }: OpenSheet, shown: ShownPage, base: string, lang: Lang): Html {
  const t = sheetTexts(lang);
  const { page, count, level, width, height, box } = shown;
  const here = marks.filter((one) => one.page === page);
  const src = `${base}/bild/${page}/${level}`;
  const common = { class: 'k-sheet__picture', src, width, height };
  const picture = changeable
    ? html`<button class="k-default-submit" type="submit" tabindex="-1" aria-hidden="true" form="${MARK_FORM}"></button><input${attributes({
        ...common,
        type: 'image',
        name: 'ort',
        form: MARK_FORM,
        formaction: `${base}/eintrag?stufe=${level}`,
        alt: t.pick(page, document.fileName),
      })}>`
    : html`<img${attributes({ ...common, alt: t.pictureOf(page, count, document.fileName) })}>`;
  return html`<kontor-sheet${attributes({
    class: 'k-sheet',
    'data-tiles': `${base}/kachel/${page}`,
    'data-width': box.width,
    'data-height': box.height,
    'data-scales': JSON.stringify(tileScales(box)),
    'data-label': t.pictureOf(page, count, document.fileName),
    'data-marks': JSON.stringify(here.map((one) => ({ number: one.number, kind: one.kind, x: pointsOfMm(one.xMm), y: pointsOfMm(one.yMm) }))),
    'data-pick': changeable,
  })}><div class="k-sheet__scroll" tabindex="0" role="region" aria-label="${t.scroll}"><div class="k-sheet__page">${picture}${overlay(here, shown)}</div></div></kontor-sheet>`;
}

/** The numbers of the entries at their places; the list beside says the same in words. */
function overlay(marks: readonly ShownMark[], { width, height, scale }: ShownPage): Html {
  if (marks.length === 0) return html``;
  return html`<svg class="k-sheet__marks" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${marks.map(
    ({ number, kind, xMm, yMm }) =>
      html`<g class="k-sheet__mark k-sheet__mark--${kind}" transform="translate(${pointsOfMm(xMm) * scale} ${pointsOfMm(yMm) * scale})"><circle r="13"/><text text-anchor="middle" y="5">${number}</text></g>`,
  )}</svg>`;
}
