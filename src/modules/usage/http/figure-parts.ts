import type { Origin } from '../../../kernel/indicator.ts';
import type { Figures } from '../application/figures.ts';
import type { Dimension } from '../domain/cell.ts';
import type { Share } from '../../../kernel/usage.ts';
import type { Rate } from '../domain/rates.ts';
import { legalDay } from '../../../kernel/time.ts';
import { barChart } from '../../../platform/ui/chart.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatNumber, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { stepTexts } from './step-texts.ts';
import { texts } from './texts.ts';
import { surveyInterval } from '../application/surveys.ts';
import type { Sum, Survey } from '../domain/kept.ts';

/** The source of a figure in one line. */
export const sourceOf = ({ days, asOf }: Pick<Figures, 'days' | 'asOf'>, lang: Lang): string =>
  `Kontor, ${texts(lang).period(formatShortDate(lang, days.from), formatShortDate(lang, days.until))}; ${labelOf({ origin: 'live', asOf }, lang)}`;

/** A share in words: a percentage, or why there is none. */
export function shareText(share: Share, lang: Lang): string {
  const t = texts(lang);
  if (share.kind === 'unknown') return t.unknown;
  return share.kind === 'suppressed' ? t.suppressed : percent(share.value, lang);
}

export const percent = (value: number, lang: Lang): string => `${formatNumber(lang, value * 100)} %`;

/** The same question has another answer at the indicators. */
export const onlineShareNote = (lang: Lang): Html =>
  html`<p class="kern-body"><a class="kern-link" href="/strategie/kennzahlen/online-share">${texts(lang).onlineShare}</a>: ${texts(lang).usageDiffers}</p>`;

/** How far a survey can be off. */
export function intervalText(survey: Pick<Survey, 'share' | 'sampleSize'>, lang: Lang): string {
  const { low, high } = surveyInterval(survey);
  const tenth = (share: number): string => `${formatNumber(lang, share * 100, 1)} %`;
  return texts(lang).interval(tenth(low), tenth(high));
}

/** A count in tens; 0 tens are fewer than ten. */
export const tensText = (count: number | undefined, lang: Lang): string => {
  const t = texts(lang);
  if (count === undefined) return t.unknown;
  return count === 0 ? t.suppressed : formatNumber(lang, count);
};

export function originText(origin: Origin, lang: Lang): string {
  const t = texts(lang);
  return { live: t.live, imported: t.imported, survey: t.surveyOrigin, 'self-report': t.selfReport }[origin];
}

/** Where a rate comes from and how old it is. */
export const labelOf = ({ origin, asOf }: Pick<Rate, 'origin' | 'asOf'>, lang: Lang): string =>
  `${originText(origin, lang)}, ${texts(lang).asOf(formatShortDate(lang, legalDay(asOf)))}`;

export const stepName = (step: string, lang: Lang): string => (stepTexts(lang) as Readonly<Record<string, string>>)[step] ?? step;

export function valueName(dimension: Dimension, value: string, lang: Lang): string {
  const t = texts(lang);
  if (dimension === 'device' && value === 'unknown') return t.unknownDevice;
  const known: Readonly<Record<string, string>> = {
    phone: t.phone,
    tablet: t.tablet,
    computer: t.computer,
    de: t.de,
    en: t.en,
    leicht: t.leicht,
    dark: t.dark,
    night: t.night,
    robot: t.robot,
    flood: t.flood,
  };
  return known[value] ?? value;
}

/** Sums of a dimension over all steps given, the most first. */
export function byValue(sums: readonly Sum[], dimension: Dimension, steps?: readonly string[]): { readonly value: string; readonly count: number }[] {
  const found = sums.filter((one) => one.dimension === dimension && (steps?.includes(one.step) ?? true));
  const values = [...new Set(found.map(({ value }) => value))];
  return values
    .map((value) => ({ value, count: found.filter((one) => one.value === value).reduce((total, { count }) => total + count, 0) }))
    .toSorted((a, b) => b.count - a.count);
}

/** Bars with their table, or the sentence that there are no ten yet. */
export function bars(title: string, head: string, source: string, rows: readonly { readonly label: string; readonly count: number }[], lang: Lang): Html {
  if (rows.length === 0) return html`<p class="kern-body">${title}: ${texts(lang).nothing}</p>`;
  return barChart({
    title,
    source,
    labels: rows.map(({ label }) => label),
    head,
    series: [{ name: texts(lang).count, values: rows.map(({ count }) => count) }],
    format: (value) => formatNumber(lang, value),
    lang,
  });
}

/** Counts by name as a table alone: where names are too long for bars. */
export function countTable(
  title: string,
  head: string,
  countHead: string,
  rows: readonly { readonly label: string; readonly count: number }[],
  lang: Lang,
): Html {
  return dataTable(
    [
      { label: head, rowHeader: true, cell: (row: (typeof rows)[number]) => row.label },
      { label: countHead, numeric: true, cell: (row: (typeof rows)[number]) => tensText(row.count, lang) },
    ],
    rows,
    { caption: title, captionHidden: true, lang, empty: texts(lang).nothing },
  );
}
