import { dataTable } from '../../../platform/ui/components.ts';
import { formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { Facility } from '../domain/affected.ts';
import type { GridFrame } from '../domain/grid.ts';
import type { LayerId, Legend } from '../domain/legend.ts';
import type { Structure } from '../domain/structures.ts';
import { floodTexts } from './texts.ts';

/** A value of a legend for people. */
function valueText(value: number, unit: Legend['unit'], lang: Lang): string {
  if (unit === 'cm') return `${formatNumber(lang, value / 100, 1)} m`;
  return unit === 'min' ? `${formatNumber(lang, value / 60, 0)} h` : `${value} %`;
}

/** Colours with their meaning; a colour alone never says something. */
export function legendList(layer: LayerId, legend: Legend, lang: Lang): Html {
  const t = floodTexts(lang);
  return dataTable<Legend['classes'][number]>(
    [
      {
        label: t.colour,
        cell: ({ colour }) => html`<svg width="24" height="16" aria-hidden="true"><rect width="24" height="16" fill="${colour}" stroke="#333"></rect></svg>`,
      },
      {
        label: t[layer],
        rowHeader: true,
        cell: ({ from, to }) =>
          to === undefined ? t.from(valueText(from, legend.unit, lang)) : t.range(valueText(from, legend.unit, lang), valueText(to, legend.unit, lang)),
      },
    ],
    legend.classes,
    { caption: `${t.legend}: ${t[layer]}`, lang, dense: true },
  );
}

/** A count, or that nobody knows: a collection that is missing counts nothing, and not zero. */
export const countText = (count: number, collection: string, unknown: readonly string[], lang: Lang): string =>
  unknown.includes(collection) ? floodTexts(lang).notKnown : formatNumber(lang, count);

export interface Shown {
  readonly url: string;
  readonly what: string;
  readonly where: string;
  readonly frame: GridFrame;
  readonly structures: readonly Structure[];
  /** Ids of what does not hold. */
  readonly open: readonly string[];
}

const SIDE = 800;

/** The picture with dykes and gates over it; whole without JavaScript. */
export function floodPicture({ url, what, where, frame, structures, open }: Shown, lang: Lang): Html {
  const t = floodTexts(lang);
  const metres = { wide: frame.columns * frame.cellMetres, high: frame.rows * frame.cellMetres };
  const scale = SIDE / Math.max(metres.wide, metres.high);
  const [width, height] = [Math.round(metres.wide * scale), Math.round(metres.high * scale)];
  const lines = structures.map(({ id, kind, line }) => {
    const points = line.map(([x, y]) => `${((x - frame.westMetres) * scale).toFixed(1)},${(height - (y - frame.southMetres) * scale).toFixed(1)}`).join(' ');
    const broken = open.includes(id);
    const stroke = broken ? '#b00020' : kind === 'gate' ? '#7a4b00' : '#3d3d3d';
    return html`<polyline points="${points}" fill="none" stroke="${stroke}" stroke-width="${broken ? 7 : kind === 'gate' ? 5 : 2}"${broken ? html` stroke-dasharray="4 3"` : ''}></polyline>`;
  });
  const key = [
    { stroke: '#3d3d3d', width: 2, label: t.dykeLine },
    { stroke: '#7a4b00', width: 5, label: t.gateLine },
    { stroke: '#b00020', width: 7, label: t.openLine },
  ].map(
    (one) =>
      html`<li class="kern-body"><svg width="24" height="16" aria-hidden="true"><rect width="24" height="16" fill="#f4f1e8"></rect><line x1="0" y1="8" x2="24" y2="8" stroke="${one.stroke}" stroke-width="${one.width}"></line></svg> ${one.label}</li>`,
  );
  return html`<svg role="img" aria-label="${t.pictureOf(what, where)}" width="100%" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="#f4f1e8"></rect><image href="${url}" width="${width}" height="${height}" preserveAspectRatio="none"></image>${lines}</svg>
${structures.length === 0 ? '' : html`<ul class="kern-list">${key}</ul>`}`;
}

const hoursText = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')} h`;

/** Facilities in the water. @param timed whether the model knows times */
export function facilityTable(facilities: readonly Facility[], timed: boolean, lang: Lang): Html {
  const t = floodTexts(lang);
  return dataTable<Facility>(
    [
      { label: t.facility, rowHeader: true, cell: ({ name }) => html`<span lang="de">${name}</span>` },
      { label: t.what, cell: ({ what }) => html`<span lang="de">${what}</span>` },
      { label: t.depth, numeric: true, cell: ({ depthCentimetres }) => `${formatNumber(lang, depthCentimetres / 100, 2)} m` },
      ...(timed
        ? [
            { label: t.arrival, numeric: true, cell: ({ arrivalMinutes }: Facility) => (arrivalMinutes === null ? '–' : hoursText(arrivalMinutes)) },
            {
              label: t.probability,
              numeric: true,
              cell: ({ probabilityPercent }: Facility) => (probabilityPercent === null ? '–' : `${probabilityPercent} %`),
            },
          ]
        : []),
      { label: t.place, minor: true, cell: ({ lon, lat }) => `${lat.toFixed(5)}, ${lon.toFixed(5)}` },
    ],
    facilities,
    { caption: t.facilities, captionHidden: true, lang, dense: true, empty: t.noFacilities },
  );
}
