import { dataTable } from '../../../platform/ui/components.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import { describePlan, type PlanRow } from '../application/describe-plan.ts';
import type { ReadPlan } from '../application/read-plan.ts';
import { planTexts } from './texts.ts';

const decimal = (lang: Lang, text: string | undefined): string => (text === undefined ? '–' : lang === 'en' ? text : text.replace('.', ','));
const metres = (lang: Lang, value: number): string => `${Math.round(value).toLocaleString(lang === 'en' ? 'en-GB' : 'de-DE')} m²`;

/** The drawing with its equal table. @param picture address of the drawing */
export function planPart({ plan, arcs }: ReadPlan, picture: string, lang: Lang): Html {
  const t = planTexts(lang);
  const { head, extentSquareMetres, rows, unknown } = describePlan(plan);
  const facts = [
    { label: t.plan, value: head.name },
    ...(head.number === undefined ? [] : [{ label: t.number, value: head.number }]),
    ...(head.kind === undefined ? [] : [{ label: t.kind, value: head.kind }]),
    ...(head.status === undefined ? [] : [{ label: t.status, value: head.status }]),
    { label: t.extent, value: metres(lang, extentSquareMetres) },
    ...head.days.map(({ label, on }) => ({ label, value: on.split('-').toReversed().join('.') })),
  ];
  return html`${factList(facts)}
<p><img class="k-plan" src="${picture}" alt="${t.pictureOf(head.name)}" width="960" height="760"></p>
<p class="k-muted">${t.colours}. ${t.notValidated}${arcs === 0 ? '' : ` ${t.arcs(arcs)}`}</p>
${section(t.areas, areaTable(rows, lang))}
${unknown.length === 0 ? '' : html`<p class="kern-body">${t.unknown} ${unknown.join(', ')}</p>`}`;
}

const swatch = (colour: string): Html =>
  html`<svg class="k-swatch" width="18" height="14" aria-hidden="true"><rect width="18" height="14" fill="${colour}"/></svg>`;

function areaTable(rows: readonly PlanRow[], lang: Lang): Html {
  const t = planTexts(lang);
  return dataTable<PlanRow>(
    [
      {
        label: t.use,
        rowHeader: true,
        cell: ({ short, label, colour, count }) =>
          html`${swatch(colour)} <span lang="de">${short === '' ? label : `${short} – ${label}`}${count === 1 ? '' : ` (${count})`}</span>`,
      },
      { label: t.area, numeric: true, cell: ({ squareMetres, lines }) => (squareMetres > 0 ? metres(lang, squareMetres) : lines > 0 ? t.lines(lines) : '–') },
      { label: 'GRZ', numeric: true, cell: ({ grz }) => decimal(lang, grz) },
      { label: 'GFZ', numeric: true, cell: ({ gfz }) => decimal(lang, gfz) },
      { label: t.storeys, numeric: true, cell: ({ storeys }) => storeys ?? '–' },
      { label: t.sign, cell: ({ sign }) => html`<span lang="de">${sign}</span>` },
    ],
    rows,
    { caption: t.areas, captionHidden: true, lang },
  );
}
