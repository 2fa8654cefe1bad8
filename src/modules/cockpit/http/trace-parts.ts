import type { Indicator } from '../../../kernel/indicator.ts';
import { figureWords } from '../../../kernel/indicator-figure.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatInstant, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import type { KnownService, LastEvent } from '../application/context.ts';
import type { OpenedMeasure } from '../application/read-strategy.ts';
import type { Trace } from '../domain/trace.ts';
import { eventHref, fieldHref, HOME, measureHref, serviceHref } from './frame.ts';
import { valueWords } from '../application/value-words.ts';
import { words } from './parts.ts';
import { cockpitTexts } from './texts.ts';
import { traceTexts } from './trace-texts.ts';

/** The way up: field, vision, priority, measure. */
export function tracePart({ field, vision, priority, measure }: Trace, lang: Lang): Html {
  const t = cockpitTexts(lang);
  const at = field === undefined ? HOME : fieldHref(field.key);
  const steps = [
    ...(field === undefined ? [] : [[t.field, html`<a class="kern-link" href="${at}">${words(field.title, lang)}</a>`] as const]),
    ...(vision === undefined ? [] : [[t.vision, html`<a class="kern-link" href="${at}#${vision.key}">${words(vision.text, lang)}</a>`] as const]),
    ...(priority === undefined ? [] : [[t.priority, html`<a class="kern-link" href="${at}#${priority.key}">${words(priority.title, lang)}</a>`] as const]),
    [t.measure, html`<a class="kern-link" href="${measureHref(measure.key)}">${words(measure.title, lang)}</a>`] as const,
  ];
  return html`<ol class="kern-list">${steps.map(([label, body]) => html`<li><span class="k-muted">${label}:</span> ${body}</li>`)}</ol>`;
}

export const serviceName = (services: readonly KnownService[], key: string, lang: Lang): string => services.find((one) => one.key === key)?.name[lang] ?? key;

/** The services of a measure, each with its own page of the trace. */
export function servicePart({ trace }: Pick<OpenedMeasure, 'trace'>, services: readonly KnownService[], lang: Lang): Html {
  const t = cockpitTexts(lang);
  const list = trace.services.map((key) => html`<li><a class="kern-link" href="${serviceHref(key)}">${serviceName(services, key, lang)}</a></li>`);
  return html`<h3 class="kern-title">${t.services}</h3>${list.length === 0 ? html`<p class="kern-body">${t.none}</p>` : html`<ul class="kern-list">${list}</ul>`}`;
}

export const lastSeen = (last: LastEvent | undefined, lang: Lang): string =>
  last === undefined ? cockpitTexts(lang).neverSeen : traceTexts(lang).journalNote(last.seq, formatInstant(lang, last.at));

const LIGHT_KINDS = { green: 'success', yellow: 'warning', red: 'danger' } as const;

/** The indicators of a measure for the whole city, with the events that they are made of; its services are folded away. */
export function indicatorTable(opened: OpenedMeasure, services: readonly KnownService[], lang: Lang): Html {
  const t = cockpitTexts(lang);
  const [tt, { trace, indicators, lastEvents }] = [traceTexts(lang), opened];
  const table = dataTable<Trace['indicators'][number]>(
    [
      { label: tt.indicator, rowHeader: true, cell: ({ key }) => indicatorLink(key, indicators?.get(key), lang) },
      { label: t.value, cell: ({ key }) => valueCell(indicators?.get(key), lang) },
      { label: t.target, cell: ({ key }) => targetWords(indicators?.get(key), lang) },
      {
        label: tt.proves,
        cell: ({ events }) =>
          html`${events.map((kind) => html`<a class="kern-link" href="${eventHref(kind)}"><code>${kind}</code></a><br><span class="k-muted">${lastSeen(lastEvents.get(kind), lang)}</span><br>`)}`,
      },
    ],
    trace.indicators,
    { caption: t.indicators, lang, empty: t.none },
  );
  if (indicators === undefined) return html`${table}${opened.past ? '' : html`<p class="kern-hint">${t.notConnected}</p>`}`;
  return html`${table}${opened.perService.size === 0 ? '' : accordion(tt.perService, serviceTable(opened.perService, services, lang))}`;
}

export const indicatorLink = (key: string, indicator: Indicator | undefined, lang: Lang): Html =>
  indicator === undefined ? html`<code>${key}</code>` : html`<a class="kern-link" href="${HOME}/kennzahlen/${key}">${indicator.name[lang]}</a>`;

/** Services in rows, indicators in columns; one that nobody knows of any of them is left out. A target is the city's, so here there is none. */
export function serviceTable(perService: ReadonlyMap<string, readonly Indicator[]>, services: readonly KnownService[], lang: Lang): Html {
  const [t, tt] = [cockpitTexts(lang), traceTexts(lang)];
  const told = new Map([...perService.values()].flat().flatMap((one) => (one.state.kind === 'unknown' ? [] : [[one.key, one] as const])));
  if (told.size === 0) return html`<p class="kern-body">${tt.perServiceUnknown}</p>`;
  const value = (of: readonly Indicator[], key: string): string => {
    const found = of.find((one) => one.key === key);
    return found === undefined || found.state.kind === 'unknown' ? tt.unknown : valueWords(found, lang);
  };
  const table = dataTable<readonly [string, readonly Indicator[]]>(
    [
      {
        label: t.service,
        rowHeader: true,
        cell: ([service]) => html`<a class="kern-link" href="${serviceHref(service)}">${serviceName(services, service, lang)}</a>`,
      },
      ...[...told].map(([key, { name }]) => ({ label: name[lang], cell: ([, of]: readonly [string, readonly Indicator[]]) => value(of, key) })),
    ],
    [...perService],
    { caption: tt.perService, captionHidden: true, lang },
  );
  return html`<p class="kern-hint">${tt.perServiceNote}</p>${table}`;
}

/** A figure with its day and its light, and never a light without its rule. */
export function valueCell(indicator: Indicator | undefined, lang: Lang): Html {
  if (indicator === undefined) return html`${cockpitTexts(lang).unknownIndicator}`;
  const { asOf, light } = indicator;
  const day =
    asOf === undefined
      ? ''
      : html`<br><span class="k-muted">${cockpitTexts(lang).asOfDay}: ${formatShortDate(lang, asOf.toZonedDateTimeISO('Europe/Berlin').toPlainDate())}</span>`;
  return html`${valueWords(indicator, lang)}${day}${light === undefined ? '' : html`<br>${badge(LIGHT_KINDS[light.light], traceTexts(lang)[light.light])}<br><span class="k-muted">${light.rule[lang]}</span>`}`;
}

function targetWords(indicator: Indicator | undefined, lang: Lang): string {
  const t = cockpitTexts(lang);
  const target = indicator?.target;
  return indicator === undefined || target === undefined
    ? t.noTarget
    : t.target_by(figureWords(lang, indicator.unit, target.value), formatShortDate(lang, target.by));
}
