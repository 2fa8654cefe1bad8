import type { Problem } from '../../../kernel/problem.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { icon } from '../../../platform/ui/icons.ts';
import { section } from '../../../platform/ui/parts.ts';
import { figureKinds, measureFigure } from '../application/figures.ts';
import type { Figure } from '../domain/figure.ts';
import type { TwinView } from '../domain/view.ts';
import { link, PATH } from './frame.ts';
import { hiddenView } from './map-part.ts';
import { mapTexts } from './map-texts.ts';

/** What somebody has typed and why it could not be drawn. */
export interface Typed {
  readonly kind: string;
  readonly places: string;
  readonly problem: Problem;
}

export const FIGURES_FILE = `${PATH}/zeichnung.geojson`;

/** Metres up to a kilometre, then kilometres. */
export const formatLength = (lang: Lang, metres: number): string =>
  metres < 1000 ? `${formatNumber(lang, metres, 1)} m` : `${formatNumber(lang, metres / 1000, 3)} km`;

/** Square metres up to a hectare, then hectares, then square kilometres. */
export function formatArea(lang: Lang, squareMetres: number): string {
  if (squareMetres < 10_000) return `${formatNumber(lang, squareMetres, 1)} m²`;
  return squareMetres < 1_000_000 ? `${formatNumber(lang, squareMetres / 10_000, 2)} ha` : `${formatNumber(lang, squareMetres / 1_000_000, 3)} km²`;
}

/** What a figure measures, in words. */
export function measured(figure: Figure, lang: Lang): string {
  const t = mapTexts(lang);
  const { lengthMetres, areaSquareMetres } = measureFigure(figure);
  const parts = [
    ...(areaSquareMetres === undefined ? [] : [`${t.area} ${formatArea(lang, areaSquareMetres)}`]),
    ...(lengthMetres === undefined ? [] : [`${figure.kind === 'flaeche' ? t.circumference : t.length} ${formatLength(lang, lengthMetres)}`]),
  ];
  return parts.length === 0 ? placeText(figure, lang) : parts.join(', ');
}

const placeText = ({ places: [place] }: Figure, lang: Lang): string =>
  place === undefined ? '–' : `${formatNumber(lang, place.lon, 5)} / ${formatNumber(lang, place.lat, 5)}`;

/** The list of what was drawn, and the way to draw by typing. */
export function figuresPart(view: TwinView, typed: Typed | undefined, lang: Lang): Html {
  const t = mapTexts(lang);
  const rows = view.figures.map((figure, index) => ({ figure, number: index + 1 }));
  const without = (number: number): string => `${link(view, { figures: view.figures.filter((_, index) => index + 1 !== number) })}#zeichnung`;
  const table = dataTable<(typeof rows)[number]>(
    [
      { label: t.figure, rowHeader: true, cell: ({ number, figure: { kind } }) => `${number} ${t[kind]}` },
      { label: t.value, cell: ({ figure }) => measured(figure, lang) },
      { label: t.places(2).replace(/^\d+ /, ''), minor: true, cell: ({ figure: { places } }) => t.places(places.length) },
      {
        label: t.remove,
        cell: ({ number, figure: { kind } }) =>
          linkButton({ label: t.remove, href: without(number), kind: 'tertiary', small: true, context: `${number} ${t[kind]}` }),
      },
    ],
    rows,
    { caption: t.drawing, captionHidden: true, lang, dense: true },
  );
  const tools = html`<p class="k-twin-moves">${linkButton({ label: t.download, href: link(view, {}, FIGURES_FILE), kind: 'secondary', small: true })}${linkButton({ label: t.removeAll, href: `${link(view, { figures: [] })}#zeichnung`, kind: 'tertiary', small: true })}</p>`;
  return section(
    t.drawing,
    html`<p class="kern-body">${t.drawingLead} ${t.drawingHow}</p>${rows.length === 0 ? '' : html`${table}${tools}`}${typedForm(view, typed, lang)}`,
    { id: 'zeichnung' },
  );
}

function typedForm(view: TwinView, typed: Typed | undefined, lang: Lang): Html {
  const t = mapTexts(lang);
  const problem = typed === undefined ? undefined : typed.problem.detail;
  const kinds = figureKinds.map((kind) => html`<option${attributes({ value: kind, selected: kind === (typed?.kind ?? 'linie') })}>${t[kind]}</option>`);
  const describedBy = problem === undefined ? 'f-orte-hint' : 'f-orte-hint f-orte-problem';
  return html`${problem === undefined ? '' : alert('danger', t.wrong)}<form class="k-twin-form" method="get" action="${PATH}#zeichnung" aria-label="${t.typed}">
${hiddenView(view, [])}
<div class="kern-form-input"><label class="kern-label" for="f-art">${t.kind}</label><div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="f-art" name="art">${kinds}</select></div></div>
<div class="kern-form-input"><label class="kern-label" for="f-orte">${t.typed}</label><div class="kern-hint" id="f-orte-hint">${t.typedHint}</div><textarea${attributes({ class: 'kern-form-input__input', id: 'f-orte', name: 'orte', rows: 3, maxlength: 8000, 'aria-describedby': describedBy, 'aria-invalid': problem === undefined ? undefined : 'true' })}>${typed?.places ?? ''}</textarea>${problem === undefined ? '' : html`<p class="kern-error" id="f-orte-problem">${icon('danger')}<span class="kern-body">${problem}</span></p>`}</div>
${button({ label: t.add, kind: 'secondary' })}</form>`;
}
