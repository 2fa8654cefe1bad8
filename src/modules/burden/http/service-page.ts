import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type Answer, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatAmount, formatDate, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { BurdenContext } from '../application/context.ts';
import { declareMeasure, takeBackMeasure } from '../application/declare-measure.ts';
import { measureTargets, reckonService, type ReckonedService } from '../application/reckon.ts';
import type { Change, Measure } from '../domain/history.ts';
import type { StandardValues } from '../domain/standard-values.ts';
import { BURDEN_PATH, casesText, difference, methodPart, othersText, otherWayText, type Frame } from './city-page.ts';
import { itemName, minutes } from './shown.ts';
import { burdenTexts } from './texts.ts';

/** Who declares what has changed. */
export const STRATEGY = ['strategie'] as const;
const KINDS = ['once-only', 'prefilled', 'visit-ended'] as const;
const LONGEST_REASON = 2000;
/** Each form of the page has a field of its own name, since ids follow from names. */
const reasonFor = (measureId: string): string => `reason-${measureId}`;

/** The calculation of a service, item by item, and what has changed it. */
export function servicePages(ctx: BurdenContext, frame: Frame): AnyRoute[] {
  const shown = async (visit: Visit, typed = new URLSearchParams(), problem?: Problem): Promise<Answer> => {
    const found = await reckonService(ctx, visit.params['service']!);
    if (!found.ok) return problemPage(found.problem);
    const { service, values } = found.value;
    return answerHtml(servicePage(frame(visit), service, values, typed, problem), problem === undefined ? 200 : problemStatus(problem));
  };
  return [
    getPage(`${BURDEN_PATH}/:service`, 'public', (visit) => shown(visit)),
    postPage(`${BURDEN_PATH}/:service`, STRATEGY, async (visit) => {
      const { fields, params } = visit;
      const get = (name: string): string => fields.get(name) ?? '';
      const input = { kind: get('kind'), target: get('target'), effectiveOn: get('effectiveOn'), reason: get('reason') };
      const done = await declareMeasure(ctx, visit.actor, params['service']!, input);
      return done.ok ? redirect(`${BURDEN_PATH}/${done.value.service}#aenderungen`) : shown(visit, fields, done.problem);
    }),
    postPage(`${BURDEN_PATH}/:service/aenderungen/:id/zurueck`, STRATEGY, async (visit) => {
      const { id = '' } = visit.params;
      const done = await takeBackMeasure(ctx, visit.actor, id, visit.fields.get(reasonFor(id)) ?? '');
      if (done.ok) return redirect(`${BURDEN_PATH}/${done.value.service}#aenderungen`);
      const { kind, detail, fields } = done.problem;
      return shown(visit, new URLSearchParams(), { kind, detail, ...(fields && { fields: fields.map(({ message }) => ({ field: reasonFor(id), message })) }) });
    }),
  ];
}

function servicePage(view: PageView, service: ReckonedService, values: StandardValues, typed: URLSearchParams, problem?: Problem): Html {
  const { lang, actor } = view;
  const t = burdenTexts(lang);
  const { history, ways, businessCents, facts } = service;
  const may = actor.kind === 'staff' && actor.roles.includes('strategie');
  const short = [
    { label: t.minutes, value: minutes(lang, history.now.seconds) },
    { label: t.difference, value: difference(history.now.seconds - history.first.seconds, lang) },
    { label: t.onlineCases, value: casesText(ways[0]?.cases, t.tooFew, lang) },
    { label: t.otherCases, value: othersText(service, lang) },
    ...(service.businessShare === 0 ? [] : [{ label: t.businessCase, value: formatAmount(lang, businessCents.now) }]),
  ];
  const main = html`${errorSummary(problem?.fields ?? [], lang, problem !== undefined && problem.fields === undefined ? problem.detail : undefined)}
${pageTitle(service.name[lang], { preline: t.title, lead: t.serviceLead(facts.version) })}${factList(short)}
${section(t.items, itemsTable(service, lang))}${section(t.byWay, waysTable(service, lang))}${section(t.changes, changesPart(service, lang, may), { id: 'aenderungen' })}
${may ? declarePart(service, lang, typed, problem) : ''}${methodPart(values, lang)}<p><a class="kern-link" href="${BURDEN_PATH}">${t.back}</a></p>`;
  return page(view, { title: `${service.name[lang]}: ${t.title}`, main, hasErrors: problem !== undefined });
}

function itemsTable({ history: { now } }: ReckonedService, lang: Lang): Html {
  const t = burdenTexts(lang);
  const table = dataTable(
    [
      { label: t.item, rowHeader: true, cell: (item: (typeof now.items)[number]) => itemName(item, lang) },
      { label: t.count, numeric: true, cell: ({ activity, count }) => (activity === 'read' ? t.words(formatNumber(lang, count)) : formatNumber(lang, count)) },
      { label: t.time, numeric: true, cell: ({ seconds }) => minutes(lang, seconds) },
      { label: t.basis, cell: ({ basis }) => t[basis] },
    ],
    now.items,
    { caption: t.items, captionHidden: true, lang, dense: true },
  );
  return html`${table}<p class="kern-body"><strong>${t.total}: ${minutes(lang, now.seconds)}</strong></p>`;
}

/** The same service by every way: what a case costs there, and how many came. */
function waysTable({ ways, countedMonths }: ReckonedService, lang: Lang): Html {
  const t = burdenTexts(lang);
  return dataTable<(typeof ways)[number]>(
    [
      { label: t.way, rowHeader: true, cell: ({ way }) => t[way] },
      { label: t.minutes, numeric: true, cell: ({ history }) => minutes(lang, history.now.seconds) },
      { label: t.difference, numeric: true, cell: ({ history: { now, first } }) => difference(now.seconds - first.seconds, lang) },
      {
        label: t.cases,
        numeric: true,
        cell: ({ way, cases }) => (way === 'online' ? casesText(cases, t.tooFew, lang) : otherWayText(cases, countedMonths, lang)),
      },
    ],
    ways,
    { caption: t.byWay, captionHidden: true, lang },
  );
}

function changesPart(service: ReckonedService, lang: Lang, may: boolean): Html {
  const t = burdenTexts(lang);
  const { changes, coming } = service.history;
  if (changes.length === 0 && coming.length === 0) return html`<p class="kern-body">${t.noChanges}</p>`;
  const declared = (measure: Measure): Html =>
    html`<strong>${measureName(measure, service, lang)}</strong><br><span class="k-typed">${measure.reason}</span>${may ? takeBackPart(measure, lang) : ''}`;
  const causeWords = (cause: Change['cause']): Html | string =>
    'measure' in cause ? declared(cause.measure) : 'returned' in cause ? t.versionBack(cause.version) : t.version(cause.version);
  const table = dataTable<Change>(
    [
      { label: t.changedOn, rowHeader: true, cell: ({ on, cause }) => ('returned' in cause ? t.returned(formatDate(lang, on)) : formatDate(lang, on)) },
      { label: t.cause, cell: ({ cause }) => causeWords(cause) },
      {
        label: t.effect,
        numeric: true,
        cell: ({ before, after }) => (before.seconds === after.seconds ? t.noEffect : difference(after.seconds - before.seconds, lang)),
      },
    ],
    changes,
    { caption: t.changes, captionHidden: true, lang },
  );
  const later = html`<ul class="kern-list kern-list--bullet">${coming.map((one) => html`<li>${formatDate(lang, one.effectiveOn)}: ${declared(one)}</li>`)}</ul>`;
  return html`${changes.length === 0 ? html`<p class="kern-body">${t.noChanges}</p>` : table}${coming.length === 0 ? '' : html`<h3 class="kern-title">${t.coming}</h3>${later}`}`;
}

/** The name of what a measure is about is that of the version in force, or its id where that asks no more. */
function measureName({ kind, target }: Measure, { facts }: ReckonedService, lang: Lang): string {
  const t = burdenTexts(lang);
  if (target === null) return t[kind];
  const known = [...facts.documents, ...facts.fields].find(({ id }) => id === target);
  return `${t[kind]}: ${known?.label[lang] ?? target}`;
}

function takeBackPart({ id, service }: Measure, lang: Lang): Html {
  const t = burdenTexts(lang);
  const inner = form(
    { action: `${BURDEN_PATH}/${service}/aenderungen/${id}/zurueck`, id: `zurueck-${id}` },
    html`${textField({ name: reasonFor(id), label: t.takeBackReason, lang, maxLength: LONGEST_REASON })}${buttonRow(button({ label: t.takeBack, kind: 'secondary', small: true }))}`,
  );
  return accordion(t.takeBack, inner);
}

function declarePart(service: ReckonedService, lang: Lang, typed: URLSearchParams, problem?: Problem): Html {
  const t = burdenTexts(lang);
  const problems = problem?.fields ?? [];
  const field = (name: string) => ({ name, lang, value: typed.get(name) ?? '', ...errorOf(problems, name) });
  const may = measureTargets(service.facts);
  const options = [
    ...may['once-only'].map(({ id, label }) => ({ value: id, label: `${t.documents}: ${label[lang]}` })),
    ...may.prefilled.map(({ id, label }) => ({ value: id, label: `${t.fields}: ${label[lang]}` })),
  ];
  const inner = form(
    { action: `${BURDEN_PATH}/${service.service}` },
    html`${radioGroup({ ...field('kind'), label: t.kind, options: KINDS.map((value) => ({ value, label: t[value] })) })}
${selectField({ ...field('target'), label: t.target, hint: t.targetHint, required: false, empty: true, options })}
${dateField({ ...field('effectiveOn'), label: t.effectiveOn })}
${textArea({ ...field('reason'), label: t.reason, hint: t.reasonHint, rows: 3, maxLength: LONGEST_REASON })}${buttonRow(button({ label: t.send }))}`,
  );
  return section(t.declare, html`${alert('info', t.declareHint)}${inner}`, { id: 'melden' });
}
