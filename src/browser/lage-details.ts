import { html, nothing, svg, type TemplateResult } from 'lit';
import { isContradicted } from '../kernel/lage-signs.ts';
import { printMgrs, printUtm } from '../kernel/mgrs.ts';
import { ageMs, isOld, middle } from './lage-picture.ts';
import { fill, word, type LageConfig, type SeenObject } from './lage-types.ts';

const CURVE = { width: 240, height: 70 } as const;
/** Facts that are shown in a way of their own. */
const APART = ['series', 'forecast', 'contradicts', 'contradiction', 'jump', 'page'] as const;
const MOST_FACTS = 12;
const language = (): string => document.documentElement.lang;

/** `vor 42 min` */
export function ageText(object: Pick<SeenObject, 'eventAt'>, config: LageConfig, now: number): string {
  const minutes = Math.floor(ageMs(object, now) / 60_000);
  if (minutes < 1) return fill(word(config, 'agoSeconds'), Math.floor(ageMs(object, now) / 1000));
  if (minutes < 120) return fill(word(config, 'agoMinutes'), minutes);
  return minutes < 2880 ? fill(word(config, 'agoHours'), Math.floor(minutes / 60)) : fill(word(config, 'agoDays'), Math.floor(minutes / 1440));
}

/** Source's and content's grades, each alone: `B2`. */
export const grade = ({ reliability, credibility }: SeenObject): string => `${reliability ?? '–'}${credibility ?? '–'}`;

export const clockTime = (at: number): string =>
  new Date(at).toLocaleString(language(), {
    day: '2-digit',
    month: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: 'Europe/Berlin',
  });

/** What a popup tells of an object. */
export function details(object: SeenObject, config: LageConfig, { now, jumped }: { readonly now: number; readonly jumped: boolean }): TemplateResult {
  const place = middle(object.geometry);
  const w = (name: string): string => word(config, name);
  const position = place === undefined ? undefined : { lon: place[0], lat: place[1] };
  const source = [object.source.name, object.source.organisation].filter((one) => one !== undefined && one !== '').join(', ');
  const warnings = [
    ...(isOld(object, config.kinds, now) ? [w('isOld')] : []),
    ...(isContradicted(object.facts) ? [w('isContradicted')] : []),
    ...(jumped || object.facts['jump'] === true ? [w('isJump')] : []),
  ];
  const rows: readonly (readonly [string, string])[] = [
    ...factRows(object),
    [w('source'), source],
    [w('state'), `${ageText(object, config, now)} (${clockTime(Date.parse(object.eventAt))})`],
    [w('received'), clockTime(Date.parse(object.receivedAt))],
    [w('grade'), grade(object)],
    ...(object.uncertaintyMetres == null ? [] : [[w('uncertainty'), `± ${Math.round(object.uncertaintyMetres).toLocaleString(language())} m`] as const]),
    ...(position === undefined ? [] : [[w('position'), `${printMgrs(position) ?? '–'} · ${printUtm(position)}`] as const]),
  ];
  return html`<strong class="k-karte__title">${object.title}</strong>
<p class="k-karte__kind">${config.kinds[object.kind]?.title ?? object.kind}</p>
${warnings.map((warning) => html`<p class="k-karte__warning">⚠ ${warning}</p>`)}
${curve(object, config)}
<dl class="k-twin__facts">${rows.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
<a class="kern-link" href=${pageOf(object, config)}>${w('all')}</a>`;
}

/** The object's own page, where its module has one. */
export function pageOf(object: SeenObject, { key }: LageConfig): string {
  const { page } = object.facts;
  if (typeof page === 'string' && page.startsWith('/lagen/')) return page;
  return `/lagen/${encodeURIComponent(key)}/karte?objekt=${encodeURIComponent(object.id)}#objekt`;
}

function factRows({ facts }: SeenObject): (readonly [string, string])[] {
  return Object.entries(facts)
    .filter(([name, value]) => !APART.some((one) => one === name) && value !== null && value !== '')
    .slice(0, MOST_FACTS)
    .map(([name, value]) => [name, shown(value)] as const);
}

function shown(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString(language(), { maximumFractionDigits: 2 });
  if (typeof value === 'boolean') return value ? '✓' : '–';
  return typeof value === 'string' ? value : JSON.stringify(value).slice(0, 200);
}

type Point = readonly [at: number, value: number];

/** `[['2026-11-28T12:00Z', 2.1], …]` as modules write it; anything else is no curve. */
export function pointsOf(series: unknown): readonly Point[] {
  if (!Array.isArray(series)) return [];
  return series.flatMap((pair): Point[] => {
    const [at, value] = Array.isArray(pair) ? [Date.parse(String(pair[0])), Number(pair[1])] : [Number.NaN, Number.NaN];
    return Number.isFinite(at) && Number.isFinite(value) ? [[at, value]] : [];
  });
}

/** What was measured as a line, what is forecast as a dashed one; the numbers stand on the object's page. */
function curve({ facts, title }: SeenObject, config: LageConfig): TemplateResult | typeof nothing {
  const [measured, forecast] = [pointsOf(facts['series']), pointsOf(facts['forecast'])];
  const all = [...measured, ...forecast];
  if (all.length < 2) return nothing;
  const [times, values] = [all.map(([at]) => at), all.map(([, value]) => value)];
  const [from, to, low, high] = [Math.min(...times), Math.max(...times), Math.min(...values), Math.max(...values)];
  const x = (at: number): string => (2 + ((at - from) / (to - from || 1)) * (CURVE.width - 4)).toFixed(1);
  const y = (value: number): string => (CURVE.height - 14 - ((value - low) / (high - low || 1)) * (CURVE.height - 26)).toFixed(1);
  const path = (points: readonly Point[]): string => (points.length < 2 ? '' : `M${points.map(([at, value]) => `${x(at)} ${y(value)}`).join('L')}`);
  const number = (value: number): string => value.toLocaleString(language(), { maximumFractionDigits: 2 });
  const label = fill(word(config, 'curve'), title, number(low), number(high));
  return html`<svg class="k-spark k-karte__curve" viewBox="0 0 ${CURVE.width} ${CURVE.height}" role="img" aria-label=${label}>${svg`<path class="k-curve__line" d=${path(measured)} /><path class="k-curve__line k-karte__forecast" d=${path(forecast)} /><text class="k-curve__label" x="2" y="10">${number(high)}</text><text class="k-curve__label" x="2" y=${CURVE.height - 2}>${number(low)}</text>`}</svg>`;
}
