import { invalidFields, type Problem } from '../../../kernel/problem.ts';
import { parseId } from '../../../kernel/id.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { csv } from '../../../platform/http/csv.ts';
import { getPage, LAGE_ACCESS, postPage, problemPage, redirect, type AnyRoute, type Answer, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable, tabs, type Column } from '../../../platform/ui/components.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { factList, pagination, section } from '../../../platform/ui/parts.ts';
import type { LageFrame } from './frame.ts';
import type { SurgeContext } from '../application/context.ts';
import { importDemoPlan, importPlanCsv, planHeader, reportGate } from '../application/gates.ts';
import { whatIfOpen } from '../application/options.ts';
import { showGate, showGates, type GatesView } from '../application/read-surge.ts';
import type { KeptRow } from '../application/surge-state.ts';
import type { GateState } from '../domain/gates.ts';
import { readLocalTime, readMetres } from './local-time.ts';
import { actionPage, type Typed } from './action-page.ts';
import { formTexts } from './form-texts.ts';
import { gateTable } from './gate-parts.ts';
import { gateTexts } from './gate-texts.ts';
import { gateSource, gateState, level, until } from './shown.ts';
import { GATE_KIND_NAMES, GATE_STATE_NAMES } from './texts.ts';
import { GATE_STATES } from './vocabulary.ts';

const NOTHING: Typed = { fields: new URLSearchParams() };
const ROWS = 100;

/** Gates of a Lage: the list, one gate with all that was said of it, and what if it stays open. */
export function gatePages(ctx: SurgeContext, frame: LageFrame): AnyRoute[] {
  const list = async (visit: Visit, typed: Typed): Promise<Answer> => {
    const shown = await showGates(ctx, visit.actor, visit.params['key']!);
    return shown.ok ? listPage(frame, visit, shown.value, typed) : problemPage(shown.problem);
  };
  const taking = (path: string, run: (visit: FormVisit) => Promise<Result<unknown, Problem>>): AnyRoute =>
    postPage(`/lagen/:key/tore${path}`, LAGE_ACCESS, async (visit) => {
      const done = await run(visit);
      return done.ok ? redirect(`/lagen/${visit.params['key']!}/tore`) : list(visit, { fields: visit.fields, problem: done.problem });
    });
  return [
    getPage('/lagen/:key/tore', LAGE_ACCESS, (visit) => list(visit, NOTHING)),
    taking('', async ({ fields, actor, params }) => {
      const done = await importPlanCsv(ctx, actor, params['key']!, fields.get('csv') ?? '');
      return done.ok ? done : refuse({ ...done.problem, fields: [{ field: 'csv', message: done.problem.fields?.[0]?.message ?? done.problem.detail }] });
    }),
    taking('/demo', ({ actor, params }) => importDemoPlan(ctx, actor, params['key']!)),
    getPage('/lagen/:key/tore/tabelle.csv', LAGE_ACCESS, async (visit) => {
      const shown = await showGates(ctx, visit.actor, visit.params['key']!);
      return shown.ok ? csvAnswer(visit.params['key']!, shown.value.gates) : problemPage(shown.problem);
    }),
    ...onePages(ctx, frame),
  ];
}

const csvAnswer = (key: string, rows: readonly KeptRow[]): Answer => ({
  kind: 'file',
  fileName: `tore-${key}.csv`,
  mediaType: 'text/csv; charset=utf-8',
  bytes: csv([
    [
      'tor',
      'name',
      'polder',
      'art',
      'stand',
      'wer',
      'widerspruch',
      'sensor_stumm',
      'schliesshoehe_m_nhn',
      'wasser_um',
      'beginnen_bis',
      'minuten',
      'pilot',
      'lon',
      'lat',
    ],
    ...rows.map(({ gate, judged, due }) => [
      ...[
        gate.code,
        gate.name,
        gate.polder,
        gate.kind,
        judged.state,
        judged.source,
        String(judged.contradiction),
        String(judged.silent),
        gate.closingMetres.toFixed(2),
      ],
      ...[
        due.waterAt?.toString() ?? '',
        due.beginBy?.toString() ?? '',
        due.minutesLeft === null ? '' : String(due.minutesLeft),
        gate.pilot,
        String(gate.lon),
        String(gate.lat),
      ],
    ]),
  ]),
});

const ORDERS: Readonly<Record<string, (a: KeptRow, b: KeptRow) => number>> = {
  code: (a, b) => a.gate.code.localeCompare(b.gate.code),
  polder: (a, b) => a.gate.polder.localeCompare(b.gate.polder) || a.gate.code.localeCompare(b.gate.code),
  level: (a, b) => a.gate.closingMetres - b.gate.closingMetres,
  pilot: (a, b) => a.gate.pilot.localeCompare(b.gate.pilot) || a.gate.code.localeCompare(b.gate.code),
};

function listPage(frame: LageFrame, visit: Visit, shown: GatesView, typed: Typed): Answer {
  const { view, gates, now } = shown;
  const base = `/lagen/${view.lage.key}`;
  const onlyOpen = visit.query.get('offen') === '1';
  const order = visit.query.get('ordnung') ?? 'due';
  const from = /^\d{1,5}$/.test(visit.query.get('ab') ?? '') ? Number(visit.query.get('ab')) : 0;
  const open = gates.filter(({ shut }) => !shut);
  const rows = onlyOpen ? open : gates;
  const sorted = ORDERS[order] === undefined ? rows : rows.toSorted(ORDERS[order]);
  const link = (changes: Record<string, string>): string =>
    `${base}/tore?${new URLSearchParams({ ...(onlyOpen ? { offen: '1' } : {}), ordnung: order, ...changes }).toString()}`;
  const sort = Object.fromEntries(
    ['due', ...Object.keys(ORDERS)].map((name) => [name, { href: link({ ordnung: name }), ...(name === order ? { order: 'ascending' as const } : {}) }]),
  ) satisfies Record<string, Column<KeptRow>['sort']>;
  return actionPage(frame, visit, view, typed, {
    title: (lang) => gateTexts(lang).title,
    lead: (lang) => gateTexts(lang).lead,
    back: `${base}/sturmflut`,
    body: (lang, field) => {
      const t = gateTexts(lang);
      const choices = [
        { label: t.onlyOpen, href: `${base}/tore?offen=1`, current: onlyOpen, count: open.length },
        { label: t.all, href: `${base}/tore`, current: !onlyOpen, count: gates.length },
      ];
      const more = pagination(
        {
          ...(from > 0 ? { previous: link({ ab: String(Math.max(0, from - ROWS)) }) } : {}),
          ...(from + ROWS < sorted.length ? { next: link({ ab: String(from + ROWS) }) } : {}),
        },
        lang,
      );
      const table = html`${tabs(choices, lang, t.title)}${gateTable(sorted.slice(from, from + ROWS), now, base, lang, sort)}${more}<p class="kern-body"><a class="kern-link" href="${base}/tore/tabelle.csv">${t.csvDownload}</a></p>`;
      const made = shown.synthetic ? alert('info', t.synthetic) : '';
      const none = alert('info', t.none);
      const take = form(
        { action: `${base}/tore` },
        html`${textArea({ ...field('csv'), label: t.importCsv, hint: t.importHint(planHeader()), rows: 6 })}${buttonRow(button({ label: t.importButton, kind: 'secondary' }))}`,
      );
      const demo = view.lage.exercise ? buttonForm(`${base}/tore/demo`, { label: t.demoButton, kind: 'tertiary' }) : '';
      return html`${made}${gates.length === 0 ? none : table}${view.rights.has('gates') ? section(t.importTitle, html`${take}${demo}`) : ''}`;
    },
  });
}

function onePages(ctx: SurgeContext, frame: LageFrame): AnyRoute[] {
  const path = '/lagen/:key/tore/:id';
  return [
    getPage(path, LAGE_ACCESS, (visit) => gatePage(ctx, frame, visit, NOTHING)),
    postPage(path, LAGE_ACCESS, async (visit) => {
      const [key, id] = [visit.params['key']!, visit.params['id']!];
      const seen = (visit.fields.get('at') ?? '').trim();
      const at = seen === '' ? undefined : readLocalTime(seen, visit.now);
      const done =
        seen !== '' && at === undefined
          ? refuse(invalidFields([{ field: 'at', message: formTexts(visit.lang).badTime }]))
          : await reportGate(ctx, visit.actor, key, id, {
              state: (visit.fields.get('state') ?? '') as GateState,
              remark: visit.fields.get('remark') ?? '',
              at,
            });
      return done.ok ? redirect(`/lagen/${key}/tore/${id}`) : gatePage(ctx, frame, visit, { fields: visit.fields, problem: done.problem });
    }),
    getPage(
      `${path}/offen`,
      LAGE_ACCESS,
      async (visit) => {
        const typed = (visit.query.get('metres') ?? '').trim();
        const metres = typed === '' ? undefined : readMetres(typed);
        const answer =
          typed !== '' && metres === undefined
            ? refuse(invalidFields([{ field: 'metres', message: formTexts(visit.lang).badNumber }]))
            : await whatIfOpen(ctx, visit.actor, visit.params['key']!, visit.params['id']!, metres);
        const shown = { fields: new URLSearchParams({ metres: typed }) };
        return answer.ok ? gatePage(ctx, frame, visit, shown, answer.value) : gatePage(ctx, frame, visit, { ...shown, problem: answer.problem });
      },
      { limit: 'costly' },
    ),
  ];
}

type WhatIf = Extract<Awaited<ReturnType<typeof whatIfOpen>>, { ok: true }>['value'];

async function gatePage(ctx: SurgeContext, frame: LageFrame, visit: Visit, typed: Typed, answer?: WhatIf): Promise<Answer> {
  const [key, id] = [visit.params['key']!, visit.params['id']!];
  const after = parseId(visit.query.get('nach') ?? '');
  const shown = await showGate(ctx, visit.actor, key, id, { limit: ROWS + 1, after });
  if (!shown.ok) return problemPage(shown.problem);
  const { view, row, words } = shown.value;
  const base = `/lagen/${key}/tore/${id}`;
  const now = ctx.clock();
  return actionPage(frame, visit, view, typed, {
    title: () => `${row.gate.code} ${row.gate.name}`,
    back: `/lagen/${key}/tore`,
    body: (lang, field) => {
      const t = gateTexts(lang);
      const report = form(
        { action: base },
        html`${radioGroup({ ...field('state'), label: t.reportState, inline: true, options: GATE_STATES.map((value) => ({ value, label: GATE_STATE_NAMES[lang][value] })) })}${textField({ ...field('at'), label: t.at, hint: t.atHint, required: false, width: 'm' })}${textArea({ ...field('remark'), label: t.remark, required: false, maxLength: 300 })}${buttonRow(button({ label: t.reportTitle }))}`,
      );
      const ask = form(
        { action: `${base}/offen`, method: 'get' },
        html`${textField({ ...field('metres'), label: t.metres, hint: t.metresHint, required: false, inputmode: 'decimal', width: 's' })}${buttonRow(button({ label: t.whatIfButton, kind: 'secondary' }))}`,
      );
      const whatIf =
        ctx.whatIfOpen === undefined ? html`<p class="kern-body">${t.whatIfMissing}</p>` : html`${answer === undefined ? '' : answerPart(answer, lang)}${ask}`;
      const more = words.length > ROWS ? pagination({ next: `${base}?nach=${words[ROWS - 1]!.id}` }, lang) : '';
      return html`${gateFacts(row, now, lang)}${view.rights.has('report') ? section(t.reportTitle, report) : ''}${view.rights.has('assess') ? section(t.whatIf, whatIf) : ''}${section(t.words, html`${wordsTable(words.slice(0, ROWS), lang)}${more}`)}`;
    },
  });
}

const gateFacts = (row: KeptRow, now: Temporal.Instant, lang: Lang): Html => {
  const t = gateTexts(lang);
  const { gate, due, shut } = row;
  return factList([
    { label: t.state, value: gateState(row, lang) },
    { label: t.saidBy, value: gateSource(row, now, lang) },
    { label: t.closing, value: `${level(lang, gate.closingMetres)} NHN` },
    { label: t.begin, value: shut ? '–' : until(due.beginBy, due.minutesLeft, now, lang) },
    { label: t.polder, value: gate.polder },
    { label: t.kind, value: GATE_KIND_NAMES[lang][gate.kind] },
    { label: t.pilot, value: gate.pilot },
  ]);
};

function answerPart({ areaSquareMetres, deepestMetres, people, facilities, href, milliseconds, model, metres }: WhatIf, lang: Lang): Html {
  const t = gateTexts(lang);
  const reached = people === null || facilities === null ? '' : t.reached(formatNumber(lang, people), formatNumber(lang, facilities));
  return html`${alert('warning', t.answer(formatNumber(lang, areaSquareMetres / 10_000, 1), level(lang, deepestMetres), level(lang, metres)), `${reached} ${t.model(model, String(Math.round(milliseconds)))}`)}${
    href === null ? '' : html`<p class="kern-body"><a class="kern-link" href="${href}">${t.onMap}</a></p>`
  }`;
}

type Word = Extract<Awaited<ReturnType<typeof showGate>>, { ok: true }>['value']['words'][number];

function wordsTable(words: readonly Word[], lang: Lang): Html {
  const t = gateTexts(lang);
  return dataTable<Word>(
    [
      { label: t.when, rowHeader: true, cell: ({ at }) => formatInstant(lang, at) },
      { label: t.state, cell: ({ state }) => GATE_STATE_NAMES[lang][state] },
      { label: t.from, cell: ({ source, by }) => html`${source === 'sensor' ? t.sensor : t.person}: <span lang="de">${by}</span>` },
      { label: t.remark, cell: ({ remark }) => html`<span lang="de">${remark}</span>` },
    ],
    words,
    { caption: t.words, captionHidden: true, lang, dense: true, empty: t.noWords },
  );
}
