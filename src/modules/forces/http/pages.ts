import { invalidField, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { newId, idOrNobody, parseId } from '../../../kernel/id.ts';
import { csv } from '../../../platform/http/csv.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  LAGE_ACCESS,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { button, buttonRow, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { hiddenField } from '../../../platform/ui/form.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination } from '../../../platform/ui/parts.ts';
import type { DeskContext } from '../application/context.ts';
import { placeOne } from '../application/positions.ts';
import { editOne, listOf, makeOne, openOne, stepOne } from '../application/records.ts';
import { forcesSummary } from '../application/summary.ts';
import { RECORD_KINDS } from '../../../kernel/forces.ts';
import type { Bodies, RecordKind } from '../domain/records.ts';
import { choicesFor } from '../application/choices.ts';
import { formFields, labelOf, FIELDS, placeTyped, readTyped } from './form-fields.ts';
import type { LageFrame } from './frame.ts';
import { onePage } from './one-page.ts';
import { BEGIN, INPUTS, PATHS, presentBody, STEP_INPUTS } from './schemas.ts';
import { recordTable, summaryParts } from './tables.ts';
import { forcesTexts } from './texts.ts';

const ROWS = 50;
const MOST_ROWS = 10_000;

/** Where a staff keeps its forces: a list, a form and a page for each thing of every kind. */
export function forcesPages(ctx: DeskContext, frame: LageFrame): AnyRoute[] {
  const position = postPage('/lagen/:key/kraefte/:id/position', LAGE_ACCESS, async (visit) => move(ctx, frame, visit));
  return RECORD_KINDS.flatMap((kind): AnyRoute[] => {
    const path = `/lagen/:key/${PATHS[kind]}`;
    return [
      getPage(path, LAGE_ACCESS, async (visit) => listPage(ctx, frame, kind, visit)),
      getPage(`${path}/csv`, LAGE_ACCESS, async (visit) => csvFile(ctx, kind, visit)),
      getPage(`${path}/neu`, LAGE_ACCESS, async (visit) => newPage(ctx, frame, kind, visit, begun(visit))),
      postPage(`${path}/neu`, LAGE_ACCESS, async (visit) => make(ctx, frame, kind, visit)),
      getPage(`${path}/:id`, LAGE_ACCESS, async (visit) => show(ctx, frame, kind, visit)),
      postPage(`${path}/:id`, LAGE_ACCESS, async (visit) => edit(ctx, frame, kind, visit)),
      postPage(`${path}/:id/schritte`, LAGE_ACCESS, async (visit) => step(ctx, frame, kind, visit)),
    ];
  }).concat(position);
}

/** A new form: with what the page it was opened from already knows, and an id, so that sent twice it makes one thing. */
function begun({ query, now }: Visit): URLSearchParams {
  const typed = new URLSearchParams({ id: newId(now.epochMilliseconds) });
  for (const name of ['title', 'text']) if (query.has(name)) typed.set(name, query.get(name)!.slice(0, 500));
  return typed;
}

async function move(ctx: DeskContext, frame: LageFrame, visit: FormVisit): Promise<Answer> {
  const key = visit.params['key']!;
  // on the page for the road several units have such a form, and each field needs a name of its own
  const [, typed = ''] = [...visit.fields].find(([name]) => name === 'position' || name.endsWith('.position')) ?? [];
  const place = placeTyped(typed.trim());
  const again = (problem: Problem): Promise<Answer> => show(ctx, frame, 'unit', visit, { typed: new URLSearchParams({ position: typed }), problem });
  if (place === undefined) return again(invalidField('position', forcesTexts(visit.lang).badPlace));
  const done = await placeOne(ctx, visit.actor, key, { unitId: idOf(visit), place, at: visit.now });
  return done.ok ? redirect(`/lagen/${key}/kraefte/${idOf(visit)}`) : again(done.problem);
}

async function listPage(ctx: DeskContext, frame: LageFrame, kind: RecordKind, visit: Visit): Promise<Answer> {
  const key = visit.params['key']!;
  const after = /^\d{1,9}$/.test(visit.query.get('nach') ?? '') ? Number(visit.query.get('nach')) : undefined;
  const found = await listOf(ctx, visit.actor, key, kind, { limit: ROWS, after });
  if (!found.ok) return problemPage(found.problem);
  const view = frame(visit, found.value.view);
  const t = forcesTexts(view.lang);
  const base = `/lagen/${key}/${PATHS[kind]}`;
  const { records } = found.value;
  const sums = kind === 'unit' && after === undefined ? summaryParts(await forcesSummary(ctx.database.read, found.value.view, visit.now), key, view.lang) : '';
  const links = html`${buttonRow(linkButton({ label: t.add, href: `${base}/neu`, icon: 'add' }), linkButton({ label: t.csv, href: `${base}/csv`, kind: 'secondary' }))}`;
  const more = records.length < ROWS ? '' : pagination({ next: `${base}?nach=${records.at(-1)!.number}` }, view.lang);
  const main = html`${pageTitle(t[kind])}${links}${recordTable(kind, records, key, found.value.view.member.id, visit.now, view.lang)}${more}${sums}`;
  return answerHtml(page(view, { title: t[kind], main, wide: true }));
}

async function csvFile(ctx: DeskContext, kind: RecordKind, visit: Visit): Promise<Answer> {
  const key = visit.params['key']!;
  const found = await listOf(ctx, visit.actor, key, kind, { limit: MOST_ROWS });
  if (!found.ok) return problemPage(found.problem);
  const names = [...new Set(['status', 'state', ...Object.keys(FIELDS[kind]), 'stock', 'occupancy', 'fulfilled'])];
  const rows = found.value.records.map(({ number, body }) => {
    const shown = presentBody(body);
    return [String(number), ...names.map((name) => cell(shown[name]))];
  });
  const bytes = csv([[forcesTexts(visit.lang).number, ...names.map((name) => labelOf(visit.lang, name))], ...rows]);
  return { kind: 'file', bytes, mediaType: 'text/csv; charset=utf-8', fileName: `${key}-${PATHS[kind]}.csv` };
}

const cell = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));

async function newPage(ctx: DeskContext, frame: LageFrame, kind: RecordKind, visit: Visit, typed: URLSearchParams, problem?: Problem): Promise<Answer> {
  const found = await listOf(ctx, visit.actor, visit.params['key']!, kind, { limit: 1 });
  if (!found.ok) return problemPage(found.problem);
  const view = frame(visit, found.value.view);
  const t = forcesTexts(view.lang);
  const problems = problem?.fields ?? [];
  const fields = formFields(kind, typed, problems, await choicesFor(ctx, visit.actor, visit.params['key']!), view.lang);
  const head: Html | string = problem === undefined ? '' : html`${errorSummary(problems, view.lang, problems.length === 0 ? problem.detail : undefined)}`;
  const main = html`${head}${pageTitle(`${t[kind]}: ${t.add}`)}${form({ action: visit.url }, html`${hiddenField('id', typed.get('id') ?? '')}${fields}${buttonRow(button({ label: t.save }))}`)}`;
  return answerHtml(page(view, { title: t.add, main, hasErrors: problem !== undefined }), problem === undefined ? 200 : problemStatus(problem));
}

/** What was typed as a body, over what the form does not show. */
function bodyOf(kind: RecordKind, visit: FormVisit, before: Readonly<Record<string, unknown>>): Bodies[RecordKind] | Problem {
  const { body, problems } = readTyped(kind, visit.fields, visit.lang);
  const parsed = INPUTS[kind].safeParse({ ...before, ...body });
  const others = parsed.success ? [] : parsed.error.issues.map(({ path, message }): FieldProblem => ({ field: String(path[0]), message }));
  const all = [...problems, ...others.filter(({ field }) => !problems.some((one) => one.field === field))];
  if (all.length > 0 || !parsed.success) return { kind: 'invalid-input', detail: 'Bitte prüfen Sie die markierten Angaben.', fields: all };
  return (BEGIN[kind] as (typed: unknown) => Bodies[RecordKind])(parsed.data);
}

const isProblem = (one: Bodies[RecordKind] | Problem): one is Problem => 'detail' in one;

async function make(ctx: DeskContext, frame: LageFrame, kind: RecordKind, visit: FormVisit): Promise<Answer> {
  const key = visit.params['key']!;
  const about = visit.query.get('bezug');
  const body = bodyOf(kind, visit, kind === 'task' && about !== null ? { refs: [about.slice(0, 100)] } : {});
  if (isProblem(body)) return newPage(ctx, frame, kind, visit, visit.fields, body);
  const made = await makeOne(ctx, visit.actor, key, kind, body, parseId(visit.fields.get('id') ?? ''));
  return made.ok ? redirect(`/lagen/${key}/${PATHS[kind]}/${made.value.id}`) : newPage(ctx, frame, kind, visit, visit.fields, made.problem);
}

const idOf = (visit: Visit): string => idOrNobody(visit.params['id']!);
const basisOf = ({ fields }: FormVisit): number => (/^\d{1,9}$/.test(fields.get('basis') ?? '') ? Number(fields.get('basis')) : 0);

async function show(
  ctx: DeskContext,
  frame: LageFrame,
  kind: RecordKind,
  visit: Visit,
  sent?: { readonly typed: URLSearchParams; readonly problem: Problem },
): Promise<Answer> {
  const key = visit.params['key']!;
  const opened = await openOne(ctx, visit.actor, key, kind, idOf(visit));
  if (!opened.ok) return problemPage(opened.problem);
  const tasks = kind === 'unit' ? await listOf(ctx, visit.actor, key, 'task', { limit: MOST_ROWS, open: true }) : undefined;
  const own = tasks?.ok === true ? tasks.value.records.filter(({ body }) => body.unitId === opened.value.record.id) : [];
  const shown = { kind, opened: opened.value, tasks: own, choices: await choicesFor(ctx, visit.actor, key), now: visit.now, sent };
  return answerHtml(onePage(frame(visit, opened.value.view), shown), sent === undefined ? 200 : problemStatus(sent.problem));
}

async function edit(ctx: DeskContext, frame: LageFrame, kind: RecordKind, visit: FormVisit): Promise<Answer> {
  const key = visit.params['key']!;
  const again = (problem: Problem): Promise<Answer> => show(ctx, frame, kind, visit, { typed: visit.fields, problem });
  const opened = await openOne(ctx, visit.actor, key, kind, idOf(visit));
  if (!opened.ok) return problemPage(opened.problem);
  const body = bodyOf(kind, visit, presentBody(opened.value.record.body));
  if (isProblem(body)) return again(body);
  const done = await editOne(ctx, visit.actor, key, kind, { id: idOf(visit), basis: basisOf(visit), body });
  return done.ok ? redirect(`/lagen/${key}/${PATHS[kind]}/${done.value.id}`) : again(done.problem);
}

async function step(ctx: DeskContext, frame: LageFrame, kind: RecordKind, visit: FormVisit): Promise<Answer> {
  const key = visit.params['key']!;
  const again = (problem: Problem): Promise<Answer> => show(ctx, frame, kind, visit, { typed: visit.fields, problem });
  const numbers = Object.fromEntries(
    ['quantity', 'count', 'change', 'fms'].flatMap((name) => ((visit.fields.get(name) ?? '').trim() === '' ? [] : [[name, Number(visit.fields.get(name))]])),
  );
  const texts = Object.fromEntries(['step', 'status', 'state', 'reason'].flatMap((name) => (visit.fields.has(name) ? [[name, visit.fields.get(name)]] : [])));
  const parsed = STEP_INPUTS[kind].safeParse({ ...texts, ...numbers, unitIds: visit.fields.getAll('unitIds').filter((one) => one !== '') });
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }): FieldProblem => ({ field: String(path[0]), message }));
    return again({ kind: 'invalid-input', detail: 'Bitte prüfen Sie die markierten Angaben.', fields });
  }
  const done = await stepOne(ctx, visit.actor, key, kind, { id: idOf(visit), basis: basisOf(visit), step: parsed.data });
  return done.ok ? redirect(`/lagen/${key}/${PATHS[kind]}/${done.value.id}`) : again(done.problem);
}
