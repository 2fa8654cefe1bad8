import { formatInstant, formatNumber, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { legalDay } from '../../../kernel/time.ts';
import { parametersOf } from '../application/models.ts';
import type { ShownRun } from '../application/show.ts';
import type { DataSeen } from '../domain/run.ts';
import type { Variant } from '../domain/scenario.ts';
import { resultTexts } from './result-texts.ts';

/** Where a result comes from: model, version, inputs, data with their dates, sources and uncertainty. */
export function originPart({ name }: Variant, run: ShownRun | undefined, lang: Lang): Html {
  const t = resultTexts(lang);
  if (run?.results === null || run === undefined) return html``;
  const { title, version, inputs, inputsHash, data, sources, uncertainty, calculatedAt } = run.results.origin;
  const rows = [
    { label: t.version, value: `${title[lang]} ${version}` },
    { label: t.calculated, value: formatInstant(lang, Temporal.Instant.from(calculatedAt)) },
    { label: t.parameters, value: html`<ul class="kern-list">${parameterLines(run.process, inputs, lang).map((line) => html`<li>${line}</li>`)}</ul>` },
    { label: t.dataUsed, value: html`<ul class="kern-list">${data.map((one) => html`<li>${dataLine(one, lang)}</li>`)}</ul>` },
    { label: t.sources, value: html`<ul class="kern-list">${sources.map((one) => html`<li>${one}</li>`)}</ul>` },
    { label: t.uncertainty, value: uncertainty[lang] },
    { label: t.hash, value: html`<code class="k-code k-plan-hash">${inputsHash}</code>` },
  ];
  return accordion(name, summaryList(rows, lang));
}

function parameterLines(process: string, inputs: Readonly<Record<string, unknown>>, lang: Lang): readonly string[] {
  return parametersOf(process).flatMap(({ name, title, unit }) => {
    const value = inputs[name];
    if (value === undefined) return [];
    const written = (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => (typeof one === 'number' ? formatNumber(lang, one, 2) : String(one)));
    return [`${title[lang]}: ${written.join('; ')} ${unit}`.trim()];
  });
}

function dataLine({ title, features, dataAsOf, changedAt, licence, demo }: DataSeen, lang: Lang): Html {
  const t = resultTexts(lang);
  const day = dataAsOf === null ? legalDay(Temporal.Instant.from(changedAt)) : Temporal.PlainDate.from(dataAsOf);
  const line = t.dataLine(title, formatNumber(lang, features), formatShortDate(lang, day));
  return html`${line}${demo ? ` (${t.demo})` : ''}${licence === null ? '' : html`<br><small class="k-plan-hash">${licence}</small>`}`;
}
