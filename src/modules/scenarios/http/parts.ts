import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { tabs } from '../../../platform/ui/components.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { BASEMAP_PATH } from '../../../platform/ui/map-input.ts';
import type { Crumb } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { drawn } from '../application/plan-io.ts';
import type { ScenarioPicture } from '../application/show.ts';
import type { Scenario, Variant } from '../domain/scenario.ts';
import { frameOf } from './picture.ts';
import { resultTexts } from './result-texts.ts';
import { scenarioTexts } from './texts.ts';

export type Frame = (visit: Visit) => PageView;

export const TWIN = '/zwilling';
export const LIST = `${TWIN}/szenarien`;
export const KITS = `${TWIN}/baukasten`;
export const pathOf = (id: string): string => `${LIST}/${id}`;

/** What was typed, right or wrong, with what is wrong about it. */
export interface Typed {
  readonly fields: URLSearchParams;
  readonly problems: readonly FieldProblem[];
}

/** A refusal that belongs to a form: the form is shown again with it. Others are pages of their own. */
export const isTyped = ({ fields, kind }: Problem): boolean => fields !== undefined && kind === 'invalid-input';

export const crumbsOf = (lang: Lang, ...more: readonly Crumb[]): readonly Crumb[] => {
  const t = scenarioTexts(lang);
  return [{ label: t.twin, href: TWIN }, { label: t.title, ...(more.length === 0 ? {} : { href: LIST }) }, ...more];
};

/** The pages of one scenario. */
export function sections(id: string, current: 'work' | 'compare' | 'people', changes: boolean, lang: Lang): Html {
  const [t, r] = [scenarioTexts(lang), resultTexts(lang)];
  const items = [
    { label: t.work, href: pathOf(id), current: current === 'work' },
    { label: r.compare, href: `${pathOf(id)}/vergleich`, current: current === 'compare' },
    ...(changes ? [{ label: t.people, href: `${pathOf(id)}/beteiligte`, current: current === 'people' }] : []),
  ];
  return tabs(items, lang);
}

export interface MapOptions {
  readonly title: string;
  readonly lang: Lang;
  /** Run whose map is shown, with the address of its GeoJSON. */
  readonly run?: { readonly id: string; readonly map: string };
  /** Key of the link that everything is seen through. */
  readonly key?: string;
  /** Collections under the plan that are open to whoever looks. */
  readonly ground?: readonly string[];
  /** Name of the text field that clicks write into. */
  readonly draws?: string;
}

/** A plan on a map: a picture, and with JavaScript a map that moves over the same data. */
export function planMap({ id, area }: Scenario, variant: Variant, { title, lang, run, key, ground, draws }: MapOptions): Html {
  const frame = frameOf(cornersOf(area.coordinates));
  const query = new URLSearchParams({ variante: variant.id, v: String(variant.version) });
  if (run !== undefined) query.set('lauf', run.id);
  if (key !== undefined) query.set('schluessel', key);
  return html`<kontor-plan${attributes({
    class: 'k-map k-plan',
    'data-lang': lang,
    'data-base': BASEMAP_PATH,
    'data-centre': `${frame.centre.lon},${frame.centre.lat}`,
    'data-zoom': frame.zoom,
    'data-title': title,
    'data-area': JSON.stringify(area),
    'data-plan': JSON.stringify(drawn(variant.plan)),
    'data-result': run?.map,
    'data-ground': ground?.join(' '),
    'data-draws': draws,
  })}><div class="k-map__stage"><img class="k-twin__picture" src="${pathOf(id)}/karte.svg?${query.toString()}" alt="${title}" width="${frame.width}" height="${frame.height}" loading="lazy"></div></kontor-plan>`;
}

function cornersOf(part: unknown): readonly (readonly [number, number])[] {
  const list = part as readonly unknown[];
  return typeof list[0] === 'number' ? [list as unknown as readonly [number, number]] : list.flatMap(cornersOf);
}

/** Houses and ways of the city that may be drawn under a plan. */
export const groundOf = ({ scenario: { data }, collections }: Pick<ScenarioPicture, 'scenario' | 'collections'>): readonly string[] =>
  [data.ways, data.buildings].filter((one) => collections.some(({ id, access }) => id === one && access === 'open'));
