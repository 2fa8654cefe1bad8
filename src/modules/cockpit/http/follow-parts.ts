import { figureWords } from '../../../kernel/indicator-figure.ts';
import { lineChart } from '../../../platform/ui/chart.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { Followed } from '../application/follow-measures.ts';
import type { IndicatorOutlook } from '../application/indicator-outlooks.ts';
import { QUARTERS, type QuarterLights } from '../application/light-history.ts';
import { model } from '../application/model.ts';
import type { Outlook, Standing } from '../application/read-strategy.ts';
import type { EndForecast } from '../domain/forecast.ts';
import { followTexts } from './follow-texts.ts';
import { measureHref } from './frame.ts';
import { lightBars } from './light-bars.ts';
import { shortDay, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';

const { delayRange, LEAST_MILESTONES } = model;

/** What was and what is likely to come, alike for everybody, for a unit and for the Senate: lights of past quarters, ends with their range, history and forecast of indicators. */
export function followParts(stands: Standing, { ends, quarters, figures }: Followed, lang: Lang): Html {
  const tf = followTexts(lang);
  return html`${section(tf.lightsHistory, historyChart(quarters, lang))}
${section(tf.forecast, forecastPart(stands, ends, lang), { id: 'vorhersage' })}
${figuresPart(figures, lang)}`;
}

/** History and forecast of indicators, where there is enough to say. */
export function figuresPart(figures: Followed['figures'], lang: Lang): Html | undefined {
  if (figures.length === 0) return undefined;
  return section(followTexts(lang).indicatorForecast, html`${figures.map((one) => figureChart(one, lang))}`);
}

function historyChart(quarters: readonly QuarterLights[], lang: Lang): Html {
  const tf = followTexts(lang);
  const rows = quarters.map(({ quarter: { number, year }, counts }, index) => {
    const name = tf.quarter(String(number), String(year));
    return { label: index === quarters.length - 1 ? tf.nowRunning(name) : name, counts };
  });
  const source = quarters.length < QUARTERS ? `${tf.historySource} ${tf.noneBefore}` : tf.historySource;
  return lightBars({ title: tf.lightsHistory, source, rows, lang });
}

export function forecastPart({ strategy }: Standing, { ends, delays }: Outlook, lang: Lang): Html {
  const [t, tf] = [cockpitTexts(lang), followTexts(lang)];
  const range = delayRange(delays);
  if (range === undefined) return html`<p class="kern-body">${tf.forecastNone(LEAST_MILESTONES)}</p>`;
  const table = dataTable<readonly [string, EndForecast]>(
    [
      { label: t.measure, rowHeader: true, cell: ([key]) => words(strategy.measure.get(key)!.title, lang) },
      {
        label: tf.promised,
        cell: ([, { promised, first }]) =>
          html`${shortDay(lang, promised)}${promised === first ? '' : html`<br><span class="k-muted">${tf.firstPromised(shortDay(lang, first))}</span>`}`,
      },
      { label: tf.likely, cell: ([, { mid }]) => shortDay(lang, mid) },
      { label: tf.range, cell: ([, { low, high }]) => `${shortDay(lang, low)} – ${shortDay(lang, high)}` },
    ],
    [...ends].toSorted(([, a], [, b]) => (a.mid < b.mid ? -1 : 1)),
    { caption: tf.forecast, captionHidden: true, lang, empty: t.none, href: ([key]) => measureHref(key) },
  );
  return html`<p class="kern-body">${tf.forecastMethod({ reached: delays.reached.length, open: delays.open, within: range.within })} ${tf.forecastRange(range)}</p>${table}`;
}

function figureChart({ indicator, history, forecast }: IndicatorOutlook, lang: Lang): Html {
  const tf = followTexts(lang);
  const [measured, expected] = [new Map(history.map((one) => [one.month, one])), new Map(forecast.points.map((one) => [one.month, one]))];
  // the running month has a figure and is expected, too: one place for both
  const labels = [...new Set([...measured.keys(), ...expected.keys()])];
  return lineChart({
    title: indicator.name[lang],
    source: `${indicator.source}. ${forecast.method[lang]}`,
    labels,
    series: [
      { name: tf.measured, values: labels.map((month) => measured.get(month)?.value) },
      { name: tf.expected, values: labels.map((month) => expected.get(month)?.mid), expected: true },
    ],
    band: labels.map((month) => expected.get(month)),
    ...(indicator.target === undefined ? {} : { mark: { value: indicator.target.value, label: cockpitTexts(lang).target } }),
    format: (value) => figureWords(lang, indicator.unit, value),
    lang,
  });
}
