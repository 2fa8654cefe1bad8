import type { Indicator } from '../../../kernel/indicator.ts';
import { getPage, html as answerHtml, problemPage, type AnyRoute } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { CockpitContext, KnownService, LastEvent } from '../application/context.ts';
import { findGaps, standing, type Standing } from '../application/read-strategy.ts';
import { model } from '../application/model.ts';
import type { Kind } from '../domain/items.ts';
import type { Gaps, Trace } from '../domain/trace.ts';
import { eventHref, fieldHref, HOME, measureHref, serviceHref, type Frame } from './frame.ts';
import { measureTable, plainWords, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';
import { indicatorLink, lastSeen, serviceName, tracePart } from './trace-parts.ts';
import { traceTexts } from './trace-texts.ts';

const { belonging, eventKindsOf, fieldsInOrder, measuresOfEvent, measuresOfService, noItem, traceOf } = model;

/** The trace from a vision to the journal, both ways, and where it is torn. */
export function tracePages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${HOME}/spur`, 'public', async (visit) => answerHtml(tracePage(frame(visit), await findGaps(ctx), ctx.services()))),
    getPage(`${HOME}/spur/leistung/:key`, 'public', async (visit) => {
      const service = ctx.services().find(({ key }) => key === visit.params['key']);
      if (service === undefined) return problemPage({ ...noItem, detail: 'Diese Leistung kennt die Stadt nicht. Sehen Sie unter /strategie/spur nach.' });
      const stands = await standing(ctx);
      const kinds = [
        ...new Set(measuresOfService(stands.strategy, service.key).flatMap((one) => traceOf(stands.strategy, one, stands.indicators).events)),
      ].toSorted();
      return answerHtml(servicePage(frame(visit), stands, service, await ctx.lastEvents(kinds), kinds));
    }),
    getPage(`${HOME}/spur/ereignis/:kind`, 'public', async (visit) => {
      const kind = visit.params['kind']!;
      const stands = await standing(ctx);
      const measures = measuresOfEvent(stands.strategy, stands.indicators, kind);
      // of what no indicator of a measure is made is not looked for in the journal: which kinds there are is nobody's business here
      if (measures.length === 0)
        return problemPage({
          ...noItem,
          detail: 'Aus diesem Ereignis ist keine Kennzahl einer Maßnahme gerechnet. Welche es sind, steht unter /strategie/spur.',
        });
      return answerHtml(eventPage(frame(visit), stands, kind, (await ctx.lastEvents([kind])).get(kind), measures));
    }),
  ];
}

const crumbs = (lang: Lang, last: string) => [
  { label: cockpitTexts(lang).title, href: HOME },
  { label: cockpitTexts(lang).trace, href: `${HOME}/spur` },
  { label: last },
];

function tracePage(view: PageView, { gaps, seen, stands }: Awaited<ReturnType<typeof findGaps>>, services: readonly KnownService[]): Html {
  const { lang } = view;
  const [t, tt, { strategy, indicators }] = [cockpitTexts(lang), traceTexts(lang), stands];
  const visions = fieldsInOrder(strategy).flatMap((field) =>
    belonging(strategy, 'vision', (one) => one.field === field.key).map((vision) => visionPart(stands, { field, vision }, services, lang)),
  );
  const main = html`${pageTitle(t.trace, { lead: tt.lead })}${section(tt.chain, visions.length === 0 ? html`<p class="kern-body">${t.none}</p>` : html`${visions}`)}
${section(t.events, eventTable(eventKindsOf(strategy, indicators), seen, lang))}${section(tt.gaps, gapsPart(gaps, stands, services, lang), { id: 'luecken' })}`;
  return page(view, { title: t.trace, main, wide: true, breadcrumb: [{ label: t.title, href: HOME }, { label: t.trace }] });
}

/** From a vision by way of priority, measure, service and indicator to the events. */
function visionPart(
  stands: Standing,
  { field, vision }: { field: Kind<'field'>; vision: Kind<'vision'> },
  services: readonly KnownService[],
  lang: Lang,
): Html {
  const [t, tt, { strategy, indicators }] = [cockpitTexts(lang), traceTexts(lang), stands];
  const rows = belonging(strategy, 'priority', (one) => one.vision === vision.key).flatMap((priority) =>
    belonging(strategy, 'measure', (one) => one.priority === priority.key).map((measure) => ({ priority, measure })),
  );
  const at = `${fieldHref(field.key)}#`;
  const name = plainWords(field.title, lang);
  const table = dataTable<(typeof rows)[number]>(
    [
      { label: t.priority, cell: ({ priority }) => html`<a class="kern-link" href="${at}${priority.key}">${words(priority.title, lang)}</a>` },
      {
        label: t.measure,
        rowHeader: true,
        cell: ({ measure }) => html`<a class="kern-link" href="${measureHref(measure.key)}">${words(measure.title, lang)}</a>`,
      },
      {
        label: t.services,
        cell: ({ measure }) =>
          listOf(measure.services.map((key) => html`<a class="kern-link" href="${serviceHref(key)}">${serviceName(services, key, lang)}</a>`)),
      },
      {
        label: tt.anchored,
        cell: ({ measure }) => listOf(traceOf(strategy, measure, indicators).indicators.map((one) => indicatorTrace(one, indicators?.get(one.key), lang))),
      },
    ],
    rows,
    { caption: name, captionHidden: true, lang, empty: t.noMeasures },
  );
  return html`<h3 class="kern-title">${words(field.title, lang)}</h3><p class="kern-body"><span class="k-muted">${t.vision}:</span> <a class="kern-link" href="${at}${vision.key}">${words(vision.text, lang)}</a></p>${table}`;
}

/** An indicator with its events, or with the source at which the trace ends. */
function indicatorTrace({ key, events }: Trace['indicators'][number], indicator: Indicator | undefined, lang: Lang): Html {
  const tt = traceTexts(lang);
  const from =
    events.length > 0
      ? html`${events.map((kind) => html`<br><a class="kern-link" href="${eventHref(kind)}"><code>${kind}</code></a>`)}`
      : indicator === undefined
        ? ''
        : html`<br><span class="k-muted" lang="de">${tt.outside(indicator.source)}</span>`;
  return html`${indicatorLink(key, indicator, lang)}${from}`;
}

const listOf = (items: readonly Html[]): Html | string =>
  items.length === 0 ? '–' : html`${items.map((one, index) => html`${index === 0 ? '' : html`<br>`}${one}`)}`;

function eventTable(kinds: readonly string[], seen: ReadonlyMap<string, LastEvent>, lang: Lang): Html {
  const t = cockpitTexts(lang);
  return dataTable<string>(
    [
      { label: t.event, rowHeader: true, cell: (kind) => html`<code>${kind}</code>` },
      { label: t.lastSeen, cell: (kind) => lastSeen(seen.get(kind), lang) },
    ],
    kinds,
    { caption: t.events, captionHidden: true, lang, empty: t.none, href: eventHref },
  );
}

function gapsPart(gaps: Gaps, { strategy, indicators }: Standing, services: readonly KnownService[], lang: Lang): Html {
  const tt = traceTexts(lang);
  const measure = (key: string): Html =>
    html`<a class="kern-link" href="${measureHref(key)}">${words(strategy.measure.get(key)?.title ?? { de: key }, lang)}</a>`;
  const pair = (key: string, other: string): Html => html`${measure(key)}: ${indicatorLink(other, indicators?.get(other), lang)}`;
  const groups: readonly (readonly [string, readonly Html[]])[] = [
    [tt.measuresWithoutIndicator, gaps.measuresWithoutIndicator.map(measure)],
    [tt.measuresWithoutMilestone, gaps.measuresWithoutMilestone.map(measure)],
    [tt.indicatorsWithoutEvent, gaps.indicatorsWithoutEvent.map((one) => pair(one.measure, one.indicator))],
    [tt.indicatorsUnknown, gaps.indicatorsUnknown.map((one) => pair(one.measure, one.indicator))],
    [tt.servicesWithoutMeasure, gaps.servicesWithoutMeasure.map((key) => html`${serviceName(services, key, lang)}`)],
    [tt.servicesUnknown, gaps.servicesUnknown.map((one) => html`${measure(one.measure)}: <code>${one.service}</code>`)],
    [tt.indicatorsNeverSeen, gaps.indicatorsNeverSeen.map((one) => pair(one.measure, one.indicator))],
  ];
  const torn = groups.filter(([, items]) => items.length > 0);
  if (torn.length === 0) return html`<p class="kern-body">${tt.noGaps}</p>`;
  return html`${torn.map(([title, items]) => html`<h3 class="kern-title">${title} (${items.length})</h3><ul class="kern-list">${items.map((one) => html`<li>${one}</li>`)}</ul>`)}`;
}

function servicePage(view: PageView, stands: Standing, { key, name }: KnownService, seen: ReadonlyMap<string, LastEvent>, kinds: readonly string[]): Html {
  const { lang } = view;
  const [t, tt] = [cockpitTexts(lang), traceTexts(lang)];
  const measures = measuresOfService(stands.strategy, key);
  const body = measures.length === 0 ? html`<p class="kern-body">${tt.servesNone}</p>` : upward(stands, measures, lang);
  const main = html`${pageTitle(name[lang], { preline: t.service })}${section(tt.serves, body)}${section(t.events, eventTable(kinds, seen, lang))}`;
  return page(view, { title: name[lang], main, breadcrumb: crumbs(lang, name[lang]) });
}

/** Measures with their lights, and the way from each up to its vision. */
function upward(stands: Standing, measures: readonly Kind<'measure'>[], lang: Lang): Html {
  const t = cockpitTexts(lang);
  return html`${measureTable(stands, measures, lang, { caption: t.measures })}${measures.map((one) => html`<h3 class="kern-title">${plainWords(one.title, lang)}</h3>${tracePart(traceOf(stands.strategy, one, stands.indicators), lang)}`)}`;
}

function eventPage(view: PageView, stands: Standing, kind: string, last: LastEvent | undefined, measures: readonly Kind<'measure'>[]): Html {
  const { lang } = view;
  const [t, tt] = [cockpitTexts(lang), traceTexts(lang)];
  const indicators = [...(stands.indicators ?? new Map<string, Indicator>())].filter(
    ([key, { events }]) => events.includes(kind) && measures.some((one) => one.indicators.includes(key)),
  );
  const named = html`<ul class="kern-list">${indicators.map(([key, one]) => html`<li>${indicatorLink(key, one, lang)}</li>`)}</ul>`;
  const main = html`${pageTitle(kind, { preline: t.event, lead: `${tt.journal}: ${lastSeen(last, lang)}.` })}${section(tt.serves, upward(stands, measures, lang))}${section(t.indicators, named)}`;
  return page(view, { title: kind, main, breadcrumb: crumbs(lang, kind) });
}
