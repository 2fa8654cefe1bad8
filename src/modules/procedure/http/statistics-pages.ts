import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import { csv } from '../../../platform/http/csv.ts';
import { apiRoute, getPage, html as answerHtml, problemPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import type { LiveHub } from '../../../platform/live/hub.ts';
import { liveAnswer } from '../../../platform/live/live.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { button, buttonRow, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { live, progressBar, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { readDayText } from '../../catalogue/public.ts';
import type { ProcedureContext } from '../application/context.ts';
import { readStatistics, WAITING_FOR, type ServiceStatistics, type Statistics } from '../application/statistics.ts';
import type { CaseProblem } from '../domain/problems.ts';
import { asStaff, OFFICERS } from './api.ts';
import { officerStatus } from './officer-texts.ts';
import type { Frame } from './officer-view.ts';
import { statisticsTexts, waitingTexts } from './statistics-texts.ts';

interface Days {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
}

/** Days as people type them; without them the last twelve months. */
function daysOf(now: Temporal.Instant, lang: Lang, typed: { von?: string | undefined; bis?: string | undefined }): Result<Days, CaseProblem> {
  const t = statisticsTexts(lang);
  const today = legalDay(now);
  const read = (text: string | undefined, otherwise: Temporal.PlainDate): Temporal.PlainDate | undefined =>
    text === undefined || text.trim() === '' ? otherwise : readDayText(text.trim());
  const until = read(typed.bis, today);
  if (until === undefined) return refuse(invalidField('bis', t.badDay));
  const from = read(typed.von, until.subtract({ years: 1 }));
  if (from === undefined) return refuse(invalidField('von', t.badDay));
  return Temporal.PlainDate.compare(from, until) > 0 ? refuse(invalidField('bis', t.badOrder)) : ok({ from, until });
}

/** Statistics for officers: page, stream, CSV, API. */
export function statisticsPages(ctx: ProcedureContext, frame: Frame, hub: LiveHub): AnyRoute[] {
  const asked = (visit: Visit) => ({ von: visit.query.get('von') ?? undefined, bis: visit.query.get('bis') ?? undefined });
  return [
    getPage('/statistik', OFFICERS, async (visit) => {
      const typed = asked(visit);
      const days = daysOf(visit.now, visit.lang, typed);
      const view = frame(visit);
      if (!days.ok) return answerHtml(statisticsPage(view, { typed, problem: days.problem }), 422);
      const found = await readStatistics(ctx, asStaff(visit.actor), days.value);
      return answerHtml(statisticsPage(view, { typed, found, nameOf: (key) => ctx.desk.current(key)?.name[visit.lang] ?? key }));
    }),
    // only that something happened: the page asks again for what it may show
    getPage('/statistik/live', OFFICERS, async () => liveAnswer({ hub, allowed: (entry) => COUNTED.has(entry.kind), shown: () => ({}) })),
    getPage('/statistik.csv', OFFICERS, async (visit) => {
      const days = daysOf(visit.now, visit.lang, asked(visit));
      if (!days.ok) return problemPage(days.problem);
      const found = await readStatistics(ctx, asStaff(visit.actor), days.value);
      return {
        kind: 'file',
        bytes: csv(tableOf(found)),
        mediaType: 'text/csv; charset=utf-8',
        fileName: `statistik-${found.from.toString()}-${found.until.toString()}.csv`,
      };
    }),
    statisticsApi(ctx),
  ];
}

const COUNTED = new Set(
  ['antrag-eingereicht', 'bescheid-erlassen', 'genehmigung-fingiert', 'vollstaendig', 'zurueckgenommen'].map((kind) => `procedure.${kind}`),
);

function statisticsApi(ctx: ProcedureContext): AnyRoute {
  const share = z.number().min(0).max(1).nullable();
  const days = z.number().nullable();
  const day = z.iso.date().optional();
  return apiRoute({
    method: 'get',
    path: '/api/statistics',
    access: OFFICERS,
    tag: 'Statistik',
    summary: 'Dauer, Schritte, Fristtreue und Automatisierung je Leistung, ohne Daten von Personen',
    query: z.object({ from: day, until: day }),
    output: z.object({
      from: z.string(),
      until: z.string(),
      measuredAt: z.string(),
      services: z.array(
        z.object({
          service: z.string(),
          submitted: z.number().int(),
          fromElsewhere: z.number().int(),
          decided: z.number().int(),
          open: z.number().int(),
          medianDays: days,
          p90Days: days,
          onTimeShare: share,
          automatedShare: share,
          steps: z.array(z.object({ status: z.string(), waitingFor: z.string(), stays: z.number().int(), medianDays: days })),
          waiting: z.object({ authority: share, applicant: share, nobody: share }).nullable(),
        }),
      ),
    }),
    handle: async ({ actor, queryInput, now, lang }) => {
      const asked = daysOf(now, lang, { von: queryInput.from, bis: queryInput.until });
      if (!asked.ok) return asked;
      const { from, until, measuredAt, services } = await readStatistics(ctx, asStaff(actor), asked.value);
      return ok({ from: from.toString(), until: until.toString(), measuredAt: measuredAt.toString(), services: services.map(present) });
    },
  });
}

const present = ({ medianDays, p90Days, onTimeShare, automatedShare, steps, waiting, ...counts }: ServiceStatistics) => ({
  ...counts,
  medianDays: medianDays ?? null,
  p90Days: p90Days ?? null,
  onTimeShare: onTimeShare ?? null,
  automatedShare: automatedShare ?? null,
  steps: steps.map((step) => ({ ...step, medianDays: step.medianDays ?? null })),
  waiting: waiting ?? null,
});

const decimal = (value: number | undefined): string => (value === undefined ? '' : value.toLocaleString('de-DE', { maximumFractionDigits: 1 }));

/** One row for each service, then one for each step: what a spreadsheet wants. */
function tableOf({ services }: Statistics): string[][] {
  const head = [
    'Leistung',
    'Schritt',
    'Wartet auf',
    'Eingegangen',
    'Davon aus anderen Systemen',
    'Entschieden',
    'Offen',
    'Median Tage',
    'P90 Tage',
    'In der Frist',
    'Vollautomatisch',
    'Aufenthalte',
  ];
  const rows = services.flatMap((one) => [
    [
      one.service,
      '',
      '',
      String(one.submitted),
      String(one.fromElsewhere),
      String(one.decided),
      String(one.open),
      decimal(one.medianDays),
      decimal(one.p90Days),
      decimal(one.onTimeShare),
      decimal(one.automatedShare),
      '',
    ],
    ...one.steps.map((step) => [one.service, step.status, WAITING_FOR[step.status], '', '', '', '', decimal(step.medianDays), '', '', '', String(step.stays)]),
  ]);
  return [head, ...rows];
}

interface Shown {
  readonly typed: { readonly von?: string | undefined; readonly bis?: string | undefined };
  readonly problem?: CaseProblem;
  readonly found?: Statistics;
  readonly nameOf?: (service: string) => string;
}

function statisticsPage(view: PageView, { typed, problem, found, nameOf = (key) => key }: Shown): Html {
  const { lang } = view;
  const t = statisticsTexts(lang);
  const error = (field: string): { error?: string } => {
    const message = problem?.fields?.find((one) => one.field === field)?.message;
    return message === undefined ? {} : { error: message };
  };
  const day = (name: 'von' | 'bis', label: string, shown: Temporal.PlainDate | undefined): Html =>
    dateField({ name, label, lang, required: false, value: typed[name] ?? (shown === undefined ? '' : formatGermanDate(shown)), ...error(name) });
  const form = html`<form method="get" action="/statistik" class="k-form">${day('von', t.from, found?.from)}${day('bis', t.until, found?.until)}${buttonRow(button({ label: t.show }))}</form>`;
  const main = html`${pageTitle(t.title, { lead: t.lead })}${problem === undefined ? '' : alert('danger', problem.detail)}${form}
${found === undefined ? '' : live('/statistik/live', 'zahlen', figures(lang, found, nameOf))}`;
  return page(view, { title: t.title, main, wide: true, hasErrors: problem !== undefined });
}

function figures(lang: Lang, found: Statistics, nameOf: (service: string) => string): Html {
  const t = statisticsTexts(lang);
  const locale = lang === 'en' ? 'en-GB' : 'de-DE';
  const few = html`<span class="k-muted">${t.tooFew}</span>`;
  const days = (value: number | undefined): string | Html => (value === undefined ? few : t.days(value.toLocaleString(locale, { maximumFractionDigits: 1 })));
  const share = (value: number | undefined): string | Html =>
    value === undefined ? few : value.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 0 });
  const query = new URLSearchParams({ von: found.from.toString(), bis: found.until.toString() }).toString();
  return html`<p class="kern-body k-muted">${t.measured(formatInstant(lang, found.measuredAt))}</p>
${dataTable<ServiceStatistics>(
  [
    { label: t.service, rowHeader: true, cell: (row) => nameOf(row.service) },
    { label: t.submitted, numeric: true, cell: (row) => row.submitted },
    { label: t.fromElsewhere, numeric: true, cell: (row) => row.fromElsewhere },
    { label: t.decided, numeric: true, cell: (row) => row.decided },
    { label: t.open, numeric: true, cell: (row) => row.open },
    { label: t.median, numeric: true, cell: (row) => days(row.medianDays) },
    { label: t.p90, numeric: true, cell: (row) => days(row.p90Days) },
    { label: t.onTime, numeric: true, cell: (row) => share(row.onTimeShare) },
    { label: t.automated, numeric: true, cell: (row) => share(row.automatedShare) },
  ],
  found.services,
  { caption: t.services, lang, dense: true, empty: t.none },
)}
<p class="kern-body">${t.tooFewNote}</p>
<p>${linkButton({ label: t.csv, href: `/statistik.csv?${query}`, kind: 'secondary', icon: 'download' })}</p>
${found.services.map((one) => serviceSteps(lang, one, nameOf(one.service), days))}`;
}

function serviceSteps(lang: Lang, one: ServiceStatistics, name: string, days: (value: number | undefined) => string | Html): Html {
  const t = statisticsTexts(lang);
  const status = officerStatus(lang);
  const { waiting } = one;
  if (one.steps.length === 0) return html``;
  return section(
    t.steps(name),
    html`${waiting === undefined ? '' : html`<h3 class="kern-heading-small">${t.waiting}</h3>${(['authority', 'applicant', 'nobody'] as const).map((who) => progressBar(waitingTexts(lang)[who], waiting[who], 1))}`}
${dataTable(
  [
    { label: t.status, rowHeader: true, cell: (step) => status[step.status] },
    { label: t.waitingFor, cell: (step) => waitingTexts(lang)[step.waitingFor] },
    { label: t.stays, numeric: true, cell: (step) => step.stays },
    { label: t.median, numeric: true, cell: (step) => days(step.medianDays) },
  ],
  one.steps,
  { caption: t.steps(name), captionHidden: true, lang, dense: true },
)}`,
  );
}
