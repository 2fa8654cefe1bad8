import { getPage, html as answerHtml, LAGE_ACCESS, problemPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable, tabs } from '../../../platform/ui/components.ts';
import { checkboxGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, pagination } from '../../../platform/ui/parts.ts';
import { STALE_AFTER } from '../../../kernel/picture.ts';
import type { LageFrame, ReportsContext } from '../application/context.ts';
import { eventList, type EventList } from '../application/read-reports.ts';
import type { ReportedEvent } from '../domain/event.ts';
import { CATEGORIES, RELIABILITIES, STATES, type ReportState } from '../../../kernel/report.ts';
import { CATEGORY_NAMES, CREDIBILITY_NAMES, RELIABILITY_NAMES, STATE_NAMES } from './names.ts';
import { reportTexts } from './texts.ts';

const ROWS = 50;

export const reportsPath = (key: string): string => `/lagen/${key}/meldungen`;
export const eventPath = (key: string, id: string): string => `${reportsPath(key)}/ereignis/${id}`;

/** The list of what is reported. */
export const listPages = (ctx: ReportsContext, frame: LageFrame): AnyRoute[] => [
  getPage('/lagen/:key/meldungen', LAGE_ACCESS, async (visit) => {
    const listed = await eventList(ctx, visit.actor, visit.params['key']!, readQuery(visit));
    return listed.ok ? answerHtml(listPage(frame, visit, listed.value)) : problemPage(listed.problem);
  }),
];

type Query = Parameters<typeof eventList>[3];
const AGES = [1, 3, 6, 12, 24] as const;

/** What was filtered by; what nobody offers filters nothing. */
function readQuery({ query, now }: Visit): Query {
  const get = (name: string): string => query.get(name) ?? '';
  const hours = AGES.find((one) => String(one) === get('alter'));
  const after = /^\d{1,9}$/.test(get('nach')) ? Number(get('nach')) : undefined;
  return {
    limit: ROWS,
    after,
    state: STATES.find((one) => one === get('stand')),
    category: CATEGORIES.find((one) => one === get('art')),
    reliability: RELIABILITIES.find((one) => one === get('quelle')),
    credibility: /^[1-6]$/.test(get('inhalt')) ? Number(get('inhalt')) : undefined,
    since: hours === undefined ? undefined : now.subtract({ hours }),
    contradicted: get('widerspruch') === 'ja',
  };
}

function listPage(frame: LageFrame, visit: Visit, { view: entered, events, counts, next, turnedAway }: EventList): Html {
  const view = frame(visit, entered);
  const { lang } = view;
  const t = reportTexts(lang);
  const base = reportsPath(entered.lage.key);
  const link = (change: Readonly<Record<string, string>>): string => {
    const query = new URLSearchParams([...visit.query].filter(([name]) => name !== 'nach' && name !== 'lang'));
    for (const [name, value] of Object.entries(change))
      if (value === '') query.delete(name);
      else query.set(name, value);
    return query.size === 0 ? base : `${base}?${query}`;
  };
  const current = visit.query.get('stand') ?? '';
  const states = tabs(
    [
      { label: t.all, href: link({ stand: '' }), current: current === '', count: counts.new + counts.checked + counts.refused },
      ...STATES.map((state: ReportState) => ({
        label: STATE_NAMES[lang][state],
        href: link({ stand: state }),
        current: current === state,
        count: counts[state],
      })),
    ],
    lang,
  );
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${turnedAway === 0 ? '' : alert('warning', t.turnedAway(turnedAway))}
${buttonRow(
  entered.rights.has('report') ? linkButton({ label: t.enter, href: `${base}/neu`, icon: 'add' }) : undefined,
  linkButton({ label: t.contradictions, href: `${base}/widersprueche`, kind: 'secondary' }),
)}
${states}${filterPart(base, visit, lang)}${eventTable(events, entered.lage.key, visit.now, lang)}
${next === undefined ? '' : pagination({ next: link({ nach: String(next) }) }, lang)}`;
  return page(view, { title: t.title, main, wide: true });
}

function filterPart(base: string, { query }: Visit, lang: Lang): Html {
  const t = reportTexts(lang);
  const select = (name: string, label: string, options: readonly { readonly value: string; readonly label: string }[]): Html =>
    selectField({ name, label, lang, required: false, empty: t.any, value: query.get(name) ?? '', options });
  const stand = query.get('stand') ?? '';
  const filtered = ['art', 'quelle', 'inhalt', 'alter', 'widerspruch'].some((name) => (query.get(name) ?? '') !== '');
  return accordion(
    t.filter,
    form(
      { action: base, method: 'get', ...(stand === '' ? {} : { hidden: { stand } }) },
      html`${select(
        'art',
        t.category,
        CATEGORIES.map((value) => ({ value, label: CATEGORY_NAMES[lang][value] })),
      )}
${select(
  'quelle',
  t.gradeFrom,
  RELIABILITIES.slice(0, 5).map((value) => ({ value, label: RELIABILITY_NAMES[lang][value] })),
)}
${select(
  'inhalt',
  t.credibleFrom,
  ([1, 2, 3, 4, 5] as const).map((value) => ({ value: String(value), label: CREDIBILITY_NAMES[lang][value] })),
)}
${select(
  'alter',
  t.age,
  AGES.map((hours) => ({ value: String(hours), label: t.hours(hours) })),
)}
${checkboxGroup({ name: 'widerspruch', label: t.contradictions, lang, required: false, values: query.getAll('widerspruch'), options: [{ value: 'ja', label: t.onlyContradictory }] })}
${buttonRow(button({ label: t.filter, kind: 'secondary' }))}`,
    ),
    { open: filtered },
  );
}

function eventTable(events: readonly ReportedEvent[], key: string, now: Temporal.Instant, lang: Lang): Html {
  const t = reportTexts(lang);
  return dataTable<ReportedEvent>(
    [
      { label: t.number, numeric: true, cell: ({ number }) => number },
      { label: t.what, rowHeader: true, cell: ({ category }) => CATEGORY_NAMES[lang][category] },
      { label: t.state, cell: (event) => html`${stateBadge(event.state, lang)} ${eventMarks(event, lang)}` },
      { label: t.grade, cell: ({ reliability, credibility }) => `${reliability}${credibility}` },
      { label: t.reports, numeric: true, cell: ({ members, collapsed }) => (collapsed === 0 ? members : `${members} (+${collapsed})`) },
      { label: t.sources, numeric: true, cell: ({ sources }) => sources },
      { label: t.last, cell: ({ eventAt }) => ageMark(eventAt, now, lang) },
    ],
    events,
    { caption: t.title, captionHidden: true, lang, empty: t.none, dense: true, shortcuts: true, href: ({ id }) => eventPath(key, id) },
  );
}

export const stateBadge = (state: ReportState, lang: Lang): Html =>
  badge(state === 'checked' ? 'success' : state === 'new' ? 'info' : 'neutral', STATE_NAMES[lang][state]);

/** What is special about an event, each with its word. */
export const eventMarks = ({ contradicted, hidden }: ReportedEvent, lang: Lang): Html =>
  html`${contradicted ? badge('warning', reportTexts(lang).contradictory) : ''} ${hidden ? badge('neutral', reportTexts(lang).onlyYou) : ''}`;

/** A time; what is old looks old. */
export function ageMark(at: Temporal.Instant, now: Temporal.Instant, lang: Lang): Html {
  const old = (now.epochMilliseconds - at.epochMilliseconds) / 1000 > STALE_AFTER.report;
  return html`<time datetime="${at.toString()}"${old ? html` class="k-muted"` : ''}>${formatInstant(lang, at)}</time>${old ? html` ${badge('neutral', reportTexts(lang).old)}` : ''}`;
}
