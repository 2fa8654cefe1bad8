import { figureWords } from '../../../kernel/indicator-figure.ts';
import type { IndicatorForecast, IndicatorPoint, Indicator } from '../../../kernel/indicator.ts';
import { getPage, html as answerHtml, type AnyRoute } from '../../../platform/http/route.ts';
import { lineChart } from '../../../platform/ui/chart.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { CockpitContext } from '../application/context.ts';
import { changesSince, type Changes } from '../application/changes-since.ts';
import { fieldLights, lightHistory, QUARTERS, type QuarterLights } from '../application/light-history.ts';
import { indicatorOutlooks } from '../application/indicator-outlooks.ts';
import { outlook, quarterStart, standing, type Outlook, type Standing } from '../application/read-strategy.ts';
import { model } from '../application/model.ts';
import type { EndForecast } from '../domain/forecast.ts';
import type { Kind, Light } from '../domain/items.ts';
import type { Status } from '../domain/status.ts';
import { differencePart } from './difference-part.ts';
import { lightBars } from './light-bars.ts';
import { HOME, measureHref, READERS, readDay, type Frame } from './frame.ts';
import { followTexts } from './follow-texts.ts';
import { lightBadge, plainWords, rulePart, shortDay, whyParts, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';

const { delayRange, downstreamOf, LEAST_MILESTONES } = model;

/** For the Senate: what is on track and why not, what changed, what comes, what depends on it. */
export function senatePages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${HOME}/senat`, READERS, async (visit) => {
      const stands = await standing(ctx);
      const asked = readDay(visit.query.get('seit') ?? '');
      const since = asked !== undefined && Temporal.PlainDate.compare(asked, stands.day) < 0 ? asked : quarterStart(stands.day);
      const difference = await changesSince(ctx, since);
      return answerHtml(
        senatePage(frame(visit), stands, {
          since,
          difference,
          ends: await outlook(ctx, stands),
          quarters: await lightHistory(ctx),
          figures: await indicatorOutlooks(ctx, stands),
        }),
      );
    }),
  ];
}

interface Beside {
  readonly since: Temporal.PlainDate;
  readonly difference: Changes;
  readonly ends: Outlook;
  readonly quarters: readonly QuarterLights[];
  readonly figures: readonly { readonly indicator: Indicator; readonly history: readonly IndicatorPoint[]; readonly forecast: IndicatorForecast }[];
}

function senatePage(view: PageView, stands: Standing, { since, difference, ends, quarters, figures }: Beside): Html {
  const { lang } = view;
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  const main = html`${pageTitle(tf.senate, { lead: tf.senateLead })}
${section(tf.offTrack, html`${offTrackTable(stands, lang)}${rulePart(stands, lang)}`, { id: 'lage' })}
${section(tf.lightsNow, fieldChart(stands, lang))}
${section(tf.changes(formatDate(lang, since)), differencePart(stands.strategy, difference, lang), { id: 'aenderungen' })}
${section(tf.lightsHistory, historyChart(quarters, lang))}
${section(tf.forecast, forecastPart(stands, ends, lang), { id: 'vorhersage' })}
${stands.indicators === undefined ? html`<p class="kern-hint">${t.notConnected}</p>` : ''}
${figures.length === 0 ? '' : section(tf.indicatorForecast, html`${figures.map((one) => figureChart(one, lang))}`)}`;
  return page(view, { title: tf.senate, main, wide: true, breadcrumb: [{ label: t.title, href: HOME }, { label: t.senate }] });
}

interface OffTrack {
  readonly measure: Kind<'measure'>;
  readonly status: Status;
}

function offTrackTable(stands: Standing, lang: Lang): Html {
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  const { strategy, statuses } = stands;
  const rank = (light: Light | 'none'): number => (light === 'red' ? 0 : 1);
  const rows = [...strategy.measure.values()]
    .map((measure): OffTrack => ({ measure, status: statuses.get(measure.key)! }))
    // a light set by hand hides nothing: what the rule says counts here too
    .filter(({ status }) => [status.light, status.byRule].some((light) => light === 'red' || light === 'yellow'))
    .toSorted((a, b) => rank(a.status.light) - rank(b.status.light));
  const waiting = ({ measure }: OffTrack): Html | string => {
    const all = downstreamOf(strategy, measure.key);
    return all.length === 0
      ? t.none
      : html`<ul class="k-list">${all.map(
          (one) =>
            html`<li><a class="kern-link" href="${measureHref(one.measure)}">${words(strategy.measure.get(one.measure)!.title, lang)}</a>${
              one.path.length > 2
                ? html` <span class="k-muted">(${t.chain} ${one.path
                    .slice(1, -1)
                    .map((key) => plainWords(strategy.measure.get(key)!.title, lang))
                    .join(' → ')})</span>`
                : ''
            }</li>`,
        )}</ul>`;
  };
  return dataTable<OffTrack>(
    [
      { label: t.measure, rowHeader: true, cell: ({ measure }) => words(measure.title, lang) },
      { label: t.light, cell: ({ status }) => lightBadge(status.light, lang) },
      { label: t.why, cell: ({ status }) => whyParts(status, stands, lang) },
      { label: t.unit, cell: ({ measure }) => words(strategy.unit.get(measure.unit)?.title ?? { de: measure.unit }, lang) },
      { label: tf.waits, cell: waiting },
    ],
    rows,
    { caption: tf.offTrack, captionHidden: true, lang, empty: tf.allOnTrack, href: ({ measure }) => measureHref(measure.key) },
  );
}

const fieldChart = (stands: Standing, lang: Lang): Html =>
  lightBars({
    title: followTexts(lang).lightsNow,
    source: followTexts(lang).chartSource(formatDate(lang, stands.day)),
    rows: fieldLights(stands).map(({ field, counts }) => ({ label: plainWords(field.title, lang), counts })),
    lang,
  });

function historyChart(quarters: readonly QuarterLights[], lang: Lang): Html {
  const tf = followTexts(lang);
  const rows = quarters.map(({ quarter: { number, year }, counts }, index) => {
    const name = tf.quarter(String(number), String(year));
    return { label: index === quarters.length - 1 ? tf.nowRunning(name) : name, counts };
  });
  const source = quarters.length < QUARTERS ? `${tf.historySource} ${tf.noneBefore}` : tf.historySource;
  return lightBars({ title: tf.lightsHistory, source, rows, lang });
}

function forecastPart({ strategy }: Standing, { ends, delays }: Outlook, lang: Lang): Html {
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  const range = delayRange(delays);
  if (range === undefined) return html`<p class="kern-body">${tf.forecastNone(LEAST_MILESTONES)}</p>`;
  const table = dataTable<readonly [string, EndForecast]>(
    [
      { label: t.measure, rowHeader: true, cell: ([key]) => words(strategy.measure.get(key)!.title, lang) },
      { label: tf.promised, cell: ([, { promised }]) => shortDay(lang, promised) },
      { label: tf.likely, cell: ([, { mid }]) => shortDay(lang, mid) },
      { label: tf.range, cell: ([, { low, high }]) => `${shortDay(lang, low)} – ${shortDay(lang, high)}` },
    ],
    [...ends].toSorted(([, a], [, b]) => (a.mid < b.mid ? -1 : 1)),
    { caption: tf.forecast, captionHidden: true, lang, empty: t.none, href: ([key]) => measureHref(key) },
  );
  return html`<p class="kern-body">${tf.forecastMethod(delays.days.length, delays.open)} ${tf.forecastRange(range)}</p>${table}`;
}

function figureChart({ indicator, history, forecast }: Beside['figures'][number], lang: Lang): Html {
  const tf = followTexts(lang);
  const [past, coming] = [history.map(({ month }) => month), forecast.points.map(({ month }) => month)];
  const none = (months: readonly string[]): undefined[] => months.map(() => undefined);
  return lineChart({
    title: indicator.name[lang],
    source: `${indicator.source}. ${forecast.method[lang]}`,
    labels: [...past, ...coming],
    series: [
      { name: tf.measured, values: [...history.map(({ value }) => value), ...none(coming)] },
      { name: tf.expected, values: [...none(past), ...forecast.points.map(({ mid }) => mid)], expected: true },
    ],
    band: [...none(past), ...forecast.points.map(({ low, high }) => ({ low, high }))],
    ...(indicator.target === undefined ? {} : { mark: { value: indicator.target.value, label: cockpitTexts(lang).target } }),
    format: (value) => figureWords(lang, indicator.unit, value),
    lang,
  });
}
