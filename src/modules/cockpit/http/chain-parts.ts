import { dataTable, type Column } from '../../../platform/ui/components.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { Standing } from '../application/read-strategy.ts';
import { model } from '../application/model.ts';
import type { Kind } from '../domain/items.ts';
import { followTexts } from './follow-texts.ts';
import { measureHref } from './frame.ts';
import { lightBadge, plainWords, rulePart, whyParts, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';

const { belonging, downstreamOf, needsOf } = model;

type Lit = Pick<Standing, 'strategy' | 'statuses'>;

const measureLink = ({ strategy, statuses }: Lit, key: string, lang: Lang): Html =>
  html`<a class="kern-link" href="${measureHref(key)}">${words(strategy.measure.get(key)?.title ?? { de: key }, lang)}</a> ${lightBadge(statuses.get(key)?.light ?? 'none', lang)}`;

const listOf = (items: readonly Html[], lang: Lang): Html =>
  items.length === 0 ? html`<p class="kern-body">${cockpitTexts(lang).none}</p>` : html`<ul class="k-list">${items.map((one) => html`<li>${one}</li>`)}</ul>`;

/** What must be finished before a measure, and why. */
export function needsPart(stands: Lit, measure: string, lang: Lang): Html {
  const why = (needed: string): Html | undefined => {
    const [found] = belonging(stands.strategy, 'dependency', (one) => one.measure === measure && one.needs === needed);
    return found && html`<br>${words(found.why, lang)}`;
  };
  return listOf(
    needsOf(stands.strategy, measure).map((key) => html`${measureLink(stands, key, lang)}${why(key)}`),
    lang,
  );
}

/** What waits for a measure, the nearest first, and by way of what. */
export function waitingPart(stands: Lit, measure: string, lang: Lang): Html {
  const names = (path: readonly string[]): string =>
    path
      .slice(1, -1)
      .map((key) => plainWords(stands.strategy.measure.get(key)?.title ?? { de: key }, lang))
      .join(' → ');
  return listOf(
    downstreamOf(stands.strategy, measure).map(
      (one) =>
        html`${measureLink(stands, one.measure, lang)}${one.path.length > 2 ? html`<br><span class="k-muted">${cockpitTexts(lang).chain}: ${names(one.path)}</span>` : ''}`,
    ),
    lang,
  );
}

/** Measures that are not on track, the red ones first. A light set by hand hides nothing: what the rule says counts here too. */
export function offTrack({ strategy, statuses }: Lit): Kind<'measure'>[] {
  const lightsOf = ({ key }: Kind<'measure'>): readonly string[] => [statuses.get(key)!.light, statuses.get(key)!.byRule];
  const rank = (one: Kind<'measure'>): number => (statuses.get(one.key)!.light === 'red' ? 0 : 1);
  return [...strategy.measure.values()]
    .filter((one) => lightsOf(one).some((light) => light === 'red' || light === 'yellow'))
    .toSorted((a, b) => rank(a) - rank(b));
}

/** Measures with their lights and why, what each waits for, and what waits for it. The rule stands below. */
export function followTable(
  stands: Standing,
  measures: readonly Kind<'measure'>[],
  lang: Lang,
  options: { readonly caption: string; readonly empty: string; readonly unit?: false },
): Html {
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  const { strategy, statuses } = stands;
  const unit: Column<Kind<'measure'>> = {
    label: t.unit,
    minor: true,
    cell: (one) => words(strategy.unit.get(one.unit)?.title ?? { de: one.unit }, lang),
  };
  const table = dataTable<Kind<'measure'>>(
    [
      { label: t.measure, rowHeader: true, cell: ({ title }) => words(title, lang) },
      { label: t.light, cell: ({ key }) => lightBadge(statuses.get(key)!.light, lang) },
      { label: t.why, cell: ({ key }) => whyParts(statuses.get(key)!, stands, lang) },
      ...(options.unit === false ? [] : [unit]),
      { label: tf.waitsFor, cell: ({ key }) => needsPart(stands, key, lang) },
      { label: tf.waits, cell: ({ key }) => waitingPart(stands, key, lang) },
    ],
    measures,
    { caption: options.caption, captionHidden: true, lang, empty: options.empty, href: ({ key }) => measureHref(key) },
  );
  return html`${table}${rulePart(lang)}`;
}
