import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import { csv } from '../../../platform/http/csv.ts';
import {
  getPage,
  html as answerHtml,
  LAGE_ACCESS,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type Visit,
} from '../../../platform/http/route.ts';
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { checkboxGroup } from '../../../platform/ui/form-choices.ts';
import { numberField, textArea } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { pagination, factList } from '../../../platform/ui/parts.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import type { LageFrame, LageView } from './frame.ts';
import type { SurgeContext } from '../application/context.ts';
import { reportZone } from '../application/gates.ts';
import { confirmMeasure, mayConfirm, orderMeasure } from '../application/measures.ts';
import { decideOnProposal } from '../application/proposals.ts';
import { forecastsOf, openFor, showMeasure, showProposal, showSurge, showZone, type SurgeView } from '../application/read-surge.ts';
import { renewRules } from '../application/rules.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { ZoneState } from '../domain/gates.ts';
import type { DatedRule } from '../domain/rules.ts';
import { actionPage, type Typed } from './action-page.ts';
import { formTexts } from './form-texts.ts';
import { level, until } from './shown.ts';
import { surgePage } from './surge-page.ts';
import { MEASURE_NAMES, surgeTexts, ZONE_STATE_NAMES } from './texts.ts';
import { ZONE_STATES } from './vocabulary.ts';

const NOTHING: Typed = { fields: new URLSearchParams() };
const base = (key: string): string => `/lagen/${key}/sturmflut`;

/** The page of the storm surge, and one page for each thing that is reported or decided there. */
export function surgePages(ctx: SurgeContext, frame: LageFrame): AnyRoute[] {
  return [
    getPage('/lagen/:key/sturmflut', LAGE_ACCESS, async (visit) => {
      const shown = await showSurge(ctx, visit.actor, visit.params['key']!);
      return shown.ok ? answerHtml(surgePage(frame, visit, shown.value)) : problemPage(shown.problem);
    }),
    ...measurePages(ctx, frame),
    ...proposalPages(ctx, frame),
    ...zonePages(ctx, frame),
    ...listPages(ctx, frame),
  ];
}

interface Asked<One> {
  readonly shown: SurgeView;
  readonly one: One;
}

/** The page of one thing; what is not there is said as such. */
async function about<One>(asked: Promise<Result<Asked<One>, Problem>>, show: (one: One, shown: SurgeView) => Answer): Promise<Answer> {
  const found = await asked;
  return found.ok ? show(found.value.one, found.value.shown) : problemPage(found.problem);
}

function measurePages(ctx: SurgeContext, frame: LageFrame): AnyRoute[] {
  const path = '/lagen/:key/sturmflut/massnahme/:measure';
  const show = (visit: Visit, typed: Typed): Promise<Answer> =>
    about(showMeasure(ctx, visit.actor, visit.params['key']!, visit.params['measure']!), (item, { view, state }) =>
      actionPage(frame, visit, view, typed, {
        title: (lang) => formTexts(lang).confirmTitle(lang === 'en' ? (MEASURE_NAMES[item.measure.key] ?? item.measure.title) : item.measure.title),
        back: base(view.lage.key),
        body: (lang, field) => {
          const t = formTexts(lang);
          const facts = factList([
            { label: t.responsible, value: item.measure.responsible },
            { label: t.deadlineIs, value: until(item.deadline, item.minutesLeft, state.now, lang) },
            { label: t.source, value: item.measure.source },
          ]);
          if (item.state === 'done') return html`${facts}<p class="kern-body">${t.confirmed} ${item.kept!.confirmation!.by}</p>`;
          if (!mayConfirm(view, item.measure) || !view.rights.has('report')) return facts;
          const count = item.measure.count === undefined ? '' : numberField({ ...field('count'), label: t.count });
          return html`${facts}${form({ action: `${base(view.lage.key)}/massnahme/${item.measure.key}` }, html`${count}${textArea({ ...field('remark'), label: t.remark, hint: t.remarkHint, required: false, maxLength: 300 })}${buttonRow(button({ label: surgeTexts(lang).confirm }))}`)}`;
        },
      }),
    );
  return [
    getPage(path, LAGE_ACCESS, (visit) => show(visit, NOTHING)),
    postPage(path, LAGE_ACCESS, async (visit) => {
      const [key, measure] = [visit.params['key']!, visit.params['measure']!];
      const count = visit.fields.get('count') ?? '';
      const done = await confirmMeasure(ctx, visit.actor, key, measure, {
        remark: visit.fields.get('remark') ?? '',
        ...(/^\d{1,6}$/.test(count) ? { count: Number(count) } : {}),
      });
      return done.ok ? redirect(`${base(key)}#massnahmen`) : show(visit, { fields: visit.fields, problem: done.problem });
    }),
    postPage(`${path}/auftrag`, LAGE_ACCESS, async (visit) => {
      const [key, measure] = [visit.params['key']!, visit.params['measure']!];
      const made = await orderMeasure(ctx, visit.actor, key, measure);
      return made.ok ? redirect(`${base(key)}#massnahmen`) : show(visit, { fields: visit.fields, problem: made.problem });
    }),
  ];
}

function proposalPages(ctx: SurgeContext, frame: LageFrame): AnyRoute[] {
  const path = '/lagen/:key/sturmflut/vorschlag/:id';
  const show = (visit: Visit, typed: Typed): Promise<Answer> =>
    about(showProposal(ctx, visit.actor, visit.params['key']!, visit.params['id']!), (one, { view, connected }) =>
      actionPage(frame, visit, view, typed, {
        title: (lang) => formTexts(lang).decideTitle,
        back: base(view.lage.key),
        body: (lang, field) => {
          const t = formTexts(lang);
          const words = html`<div lang="de"><p class="kern-body"><strong>${one.title}</strong></p><ul class="kern-list">${one.reasons.map((reason) => html`<li>${reason}</li>`)}</ul></div>`;
          const options = [
            { value: 'accept', label: t.accept },
            { value: 'refuse', label: t.refuse },
          ];
          const task = connected.tasks
            ? checkboxGroup({
                name: 'asTask',
                lang,
                label: surgeTexts(lang).makeTask,
                required: false,
                values: typed.fields.getAll('asTask'),
                options: [{ value: 'yes', label: t.asTask }],
              })
            : '';
          return html`${words}${form({ action: `${base(view.lage.key)}/vorschlag/${one.id}` }, html`${radioGroup({ ...field('decision'), label: t.decision, options })}${task}${textArea({ ...field('because'), label: t.because, hint: t.becauseHint, required: false, maxLength: 300 })}${buttonRow(button({ label: surgeTexts(lang).decide }))}`)}`;
        },
      }),
    );
  return [
    getPage(path, LAGE_ACCESS, (visit) => show(visit, NOTHING)),
    postPage(path, LAGE_ACCESS, async (visit) => {
      const [key, id] = [visit.params['key']!, visit.params['id']!];
      const choice = visit.fields.get('decision');
      if (choice !== 'accept' && choice !== 'refuse') {
        const message = 'Wählen Sie, ob der Vorschlag angenommen oder abgelehnt wird.';
        return show(visit, { fields: visit.fields, problem: { kind: 'invalid-input', detail: message, fields: [{ field: 'decision', message }] } });
      }
      const input = { accept: choice === 'accept', because: visit.fields.get('because') ?? '', asTask: visit.fields.has('asTask') };
      const done = await decideOnProposal(ctx, visit.actor, key, id, input);
      return done.ok ? redirect(`${base(key)}#vorschlaege`) : show(visit, { fields: visit.fields, problem: done.problem });
    }),
  ];
}

function zonePages(ctx: SurgeContext, frame: LageFrame): AnyRoute[] {
  const path = '/lagen/:key/sturmflut/zone/:id';
  const show = (visit: Visit, typed?: Typed): Promise<Answer> =>
    about(showZone(ctx, visit.actor, visit.params['key']!, visit.params['id']!), (zone, { view }) =>
      actionPage(frame, visit, view, typed ?? { fields: new URLSearchParams({ state: zone.state, left: String(zone.left) }) }, {
        title: (lang) => formTexts(lang).zoneTitle(zone.name),
        back: base(view.lage.key),
        body: (lang, field) => {
          const t = formTexts(lang);
          const options = ZONE_STATES.map((value) => ({ value, label: ZONE_STATE_NAMES[lang][value] }));
          return form(
            { action: `${base(view.lage.key)}/zone/${zone.id}` },
            html`${radioGroup({ ...field('state'), label: t.zoneState, options })}${numberField({ ...field('left'), label: t.left })}${textArea({ ...field('remark'), label: t.remark, hint: t.remarkHint, required: false, maxLength: 300 })}${buttonRow(button({ label: t.save }))}`,
          );
        },
      }),
    );
  return [
    getPage(path, LAGE_ACCESS, (visit) => show(visit)),
    postPage(path, LAGE_ACCESS, async (visit) => {
      const [key, id] = [visit.params['key']!, visit.params['id']!];
      const left = visit.fields.get('left') ?? '';
      const input = {
        state: (visit.fields.get('state') ?? '') as ZoneState,
        left: /^\d{1,7}$/.test(left) ? Number(left) : Number.NaN,
        remark: visit.fields.get('remark') ?? '',
      };
      const done = await reportZone(ctx, visit.actor, key, id, input);
      return done.ok ? redirect(`${base(key)}#zonen`) : show(visit, { fields: visit.fields, problem: done.problem });
    }),
  ];
}

function listPages(ctx: SurgeContext, frame: LageFrame): AnyRoute[] {
  return [
    getPage('/lagen/:key/sturmflut/vorhersagen', LAGE_ACCESS, async (visit) => {
      const key = visit.params['key']!;
      const opened = await openFor(ctx, visit.actor, key, 'read');
      if (!opened.ok) return problemPage(opened.problem);
      const after = /^\d{1,9}$/.test(visit.query.get('nach') ?? '') ? Number(visit.query.get('nach')) : undefined;
      const found = await forecastsOf(ctx, visit.actor, key, { limit: 51, after });
      return found.ok ? versionsPage(frame, visit, opened.value, found.value) : problemPage(found.problem);
    }),
    getPage('/lagen/:key/sturmflut/verlauf.csv', LAGE_ACCESS, async (visit) => {
      const shown = await showSurge(ctx, visit.actor, visit.params['key']!);
      if (!shown.ok) return problemPage(shown.problem);
      const { readings, expected, forecast } = shown.value.state;
      const rows = [
        ...readings.map(({ at, metres, source }) => [at.toString(), 'gemessen', metres.toFixed(3), source]),
        ...(expected?.metres ?? []).map((metres, index) => [
          expected!.from.add({ minutes: index * expected!.stepMinutes }).toString(),
          'erwartet',
          metres.toFixed(3),
          forecast!.issuer,
        ]),
      ];
      return {
        kind: 'file',
        bytes: csv([['zeit', 'art', 'm_nhn', 'quelle'], ...rows]),
        mediaType: 'text/csv; charset=utf-8',
        fileName: `sturmflut-${visit.params['key']!}.csv`,
      };
    }),
    getPage('/lagen/:key/sturmflut/werte', LAGE_ACCESS, (visit) => valuesPage(ctx, frame, visit, NOTHING)),
    postPage('/lagen/:key/sturmflut/werte/erneuern', LAGE_ACCESS, async (visit) => {
      const done = await renewRules(ctx, visit.actor, visit.params['key']!);
      return done.ok ? redirect(`${base(visit.params['key']!)}/werte`) : valuesPage(ctx, frame, visit, { fields: visit.fields, problem: done.problem });
    }),
  ];
}

const MOST = 50;

function versionsPage(frame: LageFrame, visit: Visit, view: LageView, found: readonly Forecast[]): Answer {
  const rows = found.slice(0, MOST);
  return actionPage(frame, visit, view, NOTHING, {
    title: (lang) => surgeTexts(lang).versions,
    back: base(view.lage.key),
    body: (lang) => {
      const t = surgeTexts(lang);
      const table = dataTable<Forecast>(
        [
          { label: t.number, rowHeader: true, cell: ({ number, synthetic }) => html`${number} ${synthetic ? badge('info', t.synthetic) : ''}` },
          { label: t.issuer, cell: ({ issuer }) => issuer },
          { label: t.issued, cell: ({ issuedAt }) => formatInstant(lang, issuedAt) },
          { label: t.received, cell: ({ receivedAt, enteredBy }) => html`${formatInstant(lang, receivedAt)}, ${enteredBy}` },
          { label: t.peaks, cell: ({ peaks }) => peaksCell(peaks, lang) },
        ],
        rows,
        { caption: t.versions, captionHidden: true, lang, dense: true, empty: t.noForecast },
      );
      return html`${table}${found.length > MOST ? pagination({ next: `${base(view.lage.key)}/vorhersagen?nach=${rows.at(-1)!.number}` }, lang) : ''}`;
    },
  });
}

const peaksCell = (peaks: Forecast['peaks'], lang: Lang): Html =>
  html`${peaks.map(({ kind, at, metres, plusMinus }) => html`<div>${kind} ${level(lang, metres)} ± ${level(lang, plusMinus)}, ${formatInstant(lang, at)}</div>`)}`;

async function valuesPage(ctx: SurgeContext, frame: LageFrame, visit: Visit, typed: Typed): Promise<Answer> {
  const shown = await showSurge(ctx, visit.actor, visit.params['key']!);
  if (!shown.ok) return problemPage(shown.problem);
  const { view, state } = shown.value;
  const { day, values, others } = state.surge.rules;
  const rows = [...Object.values(values), ...others];
  return actionPage(frame, visit, view, typed, {
    title: (lang) => formTexts(lang).valuesTitle,
    lead: (lang) => formTexts(lang).valuesLead(day),
    back: base(view.lage.key),
    body: (lang) => {
      const t = formTexts(lang);
      const doubts = { yes: '', 'first-day-unknown': t.unchecked, 'contradicts-newer': t.contradicts, 'by-administration': t.byAdministration } as const;
      const table = dataTable<DatedRule>(
        [
          { label: t.name, rowHeader: true, cell: ({ name }) => name },
          { label: t.value, numeric: true, cell: ({ value, unit }) => `${lang === 'en' ? value : String(value).replace('.', ',')} ${unit}` },
          { label: t.validFrom, cell: ({ validFrom }) => validFrom },
          { label: t.inForce, cell: (one) => (values[one.name] === one ? badge('success', t.inForce) : badge('neutral', t.notInForce)) },
          {
            label: t.source,
            cell: ({ source, checked }) => html`<span lang="de">${source}</span>${doubts[checked] === '' ? '' : html` (${doubts[checked]})`}`,
          },
        ],
        rows,
        { caption: t.valuesTitle, captionHidden: true, lang, dense: true },
      );
      return html`${table}${view.rights.has('lead') ? buttonForm(`${base(view.lage.key)}/werte/erneuern`, { label: t.renew, kind: 'secondary' }) : ''}`;
    },
  });
}
