import type { Problem } from '../../../kernel/problem.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
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
import { alert } from '../../../platform/ui/alert.ts';
import { attributes } from '../../../platform/ui/attributes.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { numberField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { KeptObject } from '../../../kernel/picture.ts';
import type { SituationContext } from '../application/context.ts';
import { draw, type DrawInput, type DrawnKind } from '../application/draw.ts';
import { changedOnTheRoad, ON_THE_ROAD, onTheRoad, type RoadPorts, type RoadSteps } from '../application/on-the-road.ts';
import type { LageProblem } from '../domain/problems.ts';
import { APP_MANIFEST } from './app-routes.ts';
import type { LageFrame } from './frame.ts';
import { messageForm, positionForm, takeRoadMessage, type EntryForm, type FieldOf } from './road-forms.ts';
import { roadTexts } from './road-texts.ts';
import { KIND_NAMES } from './texts.ts';

/** The page for on the road: whole without scripts; with them it works without a network. */
export function roadPages(ctx: SituationContext, frame: LageFrame, ports: RoadPorts = {}): AnyRoute[] {
  return [
    getPage('/lagen/:key/unterwegs', LAGE_ACCESS, (visit) => show(ctx, frame, ports, visit)),
    postPage('/lagen/:key/unterwegs', LAGE_ACCESS, async (visit) => {
      const done = await take(ctx, ports, visit);
      return done.ok
        ? redirect(`/lagen/${visit.params['key']}/unterwegs?eingetragen`)
        : show(ctx, frame, ports, visit, { problem: done.problem, fields: visit.fields });
    }),
  ];
}

async function take(ctx: SituationContext, ports: RoadPorts, { actor, params, fields, now }: FormVisit): Promise<Result<unknown, LageProblem>> {
  const key = params['key']!;
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  // the form carries it, so that what is sent twice is one
  const entryId = parseId(get('id')) ?? newId(now.epochMilliseconds);
  if (get('form') === 'note' && ports.note !== undefined) {
    const noted = await ports.note(actor, key, { id: entryId, text: get('note') });
    return noted.ok || noted.problem.fields === undefined
      ? noted
      : refuse({ ...noted.problem, fields: noted.problem.fields.map((one) => ({ ...one, field: 'note' })) });
  }
  if (get('form') === 'message' && ports.message !== undefined) return takeRoadMessage(ctx, ports.message, get, { actor, key, id: entryId });
  if (get('form') === 'report' && ports.report !== undefined) return takeReport(ports.report, get, { actor, key, now, id: entryId });
  const place = pointOf(get('lon'), get('lat'));
  if (place === undefined) return refuse(invalidFields([{ field: 'lon', message: roadTexts('de').wrongPlace }]));
  const [id, basis] = get('object').split('@');
  const found = await changedOnTheRoad(ctx, actor, key, id ?? '');
  if (!found.ok) return found;
  const before = found.value;
  return draw(ctx, actor, key, {
    ...drawnOf(get, before),
    ...(before === undefined ? { id: entryId } : { basis: Number(basis) }),
    ...(place === null && before !== undefined ? {} : { geometry: place }),
  });
}

async function takeReport(
  report: NonNullable<RoadPorts['report']>,
  get: (name: string) => string,
  { actor, key, now, id }: Pick<FormVisit, 'actor' | 'now'> & { readonly key: string; readonly id: string },
): Promise<Result<unknown, LageProblem>> {
  const point = pointOf(get('report.lon'), get('report.lat'));
  if (point === undefined) return refuse(invalidFields([{ field: 'report.lon', message: roadTexts('de').wrongPlace }]));
  const place = point === null ? null : { lon: point.coordinates[0], lat: point.coordinates[1] };
  const done = await report(actor, key, { id, text: get('report.text'), place, eventAt: now });
  return done.ok || done.problem.fields === undefined
    ? done
    : refuse({ ...done.problem, fields: done.problem.fields.map((one) => ({ ...one, field: one.field === 'text' ? 'report.text' : 'report.lon' })) });
}

function drawnOf(get: (name: string) => string, before: KeptObject | undefined): DrawInput {
  const facts = { ...before?.facts, ...(get('text') === '' ? {} : { text: get('text') }) };
  if (before === undefined) return { kind: get('kind') as DrawnKind, title: get('title'), geometry: null, facts };
  const { kind, title, geometry, symbol, uncertaintyMetres, reliability, credibility, sectionId, needToKnow } = before;
  const kept = { symbol, uncertaintyMetres, reliability, credibility, sectionId, needToKnow };
  return { ...kept, id: before.id.slice(kind.length + 1), kind: kind as DrawnKind, title: get('title') || title, geometry, facts };
}

/** `null`: none was typed; `undefined`: what was typed is none. */
function pointOf(lon: string, lat: string): { readonly type: 'Point'; readonly coordinates: readonly [number, number] } | null | undefined {
  if (lon === '' && lat === '') return null;
  const [x, y] = [lon, lat].map((text) => (text === '' ? Number.NaN : Number(text.replace(',', '.')))) as [number, number];
  return Number.isFinite(x) && Number.isFinite(y) ? { type: 'Point', coordinates: [x, y] } : undefined;
}

interface Sent {
  readonly problem: Problem;
  readonly fields: URLSearchParams;
}

async function show(ctx: SituationContext, frame: LageFrame, ports: RoadPorts, visit: Visit, sent?: Sent): Promise<Answer> {
  const road = await onTheRoad(ctx, visit.actor, visit.params['key']!);
  if (!road.ok) return problemPage(road.problem);
  const { view: entered, until, tasks, changeable } = road.value;
  const { lage, member, rights } = entered;
  const view = frame(visit, entered);
  const { lang } = view;
  const t = roadTexts(lang);
  const problems = sent?.problem.fields ?? [];
  const typed = sent?.fields ?? new URLSearchParams();
  const field = (name: string) => ({ name, lang, value: typed.get(name) ?? '', ...errorOf(problems, name) });
  const entry = { lang, id: parseId(typed.get('id') ?? '') ?? newId(visit.now.epochMilliseconds) };
  const forms = [
    ports.report !== undefined && rights.has('report') ? section(t.report, reportForm(lage.key, field, entry)) : '',
    ports.note !== undefined && rights.has('log') ? section(t.note, noteForm(lage.key, field, entry)) : '',
    ports.message !== undefined && rights.has('report') ? section(t.message, messageForm(lage.key, field, entry, member)) : '',
    rights.has('map') ? section(t.mark, markForm(lage.key, changeable, field, entry)) : '',
  ];
  const head = html`${sent === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? sent.problem.detail : undefined)}${pageTitle(t.title, { lead: t.lead })}${visit.query.has('eingetragen') ? alert('success', t.done) : ''}${currentOf(sent?.problem)}`;
  const steps = (await ports.steps?.(visit.actor, lage.key, lang)) ?? [];
  const parts = html`<div data-show="contact"><p class="kern-body">${t.asOf(formatInstant(lang, visit.now))}</p></div>
${section(t.queue, html`<div data-show="queue"><p class="kern-body">${t.sentAtOnce}</p></div>`)}
${steps.length === 0 ? '' : section(t.steps, html`${steps.map((one, i) => stepForms(lage.key, one, i, lang))}`)}
${forms.every((one) => one === '') ? html`<p class="kern-body">${t.onlyReads}</p>` : forms}
${section(t.tasks, tasksTable(tasks, lang))}<div data-show="picture"></div>`;
  const data = { 'data-lage': lage.key, 'data-member': member.id, 'data-title': lage.title, 'data-until': until?.epochMilliseconds };
  const main = html`${head}<kontor-unterwegs${attributes(data)}>${parts}</kontor-unterwegs>`;
  const body = page(view, { title: t.title, main, scripts: ['unterwegs'], manifest: APP_MANIFEST, hasErrors: sent !== undefined });
  return answerHtml(body, sent === undefined ? 200 : problemStatus(sent.problem));
}

const noteForm = (key: string, field: FieldOf, { lang, id }: EntryForm): Html => {
  const t = roadTexts(lang);
  const inner = html`${textArea({ ...field('note'), label: t.noteText, rows: 3, maxLength: 4000 })}${buttonRow(button({ label: t.send }))}`;
  return form({ action: `/lagen/${key}/unterwegs`, id: 'entry-note', hidden: { form: 'note', id } }, inner);
};

/** One large button for each thing that can happen next. */
const stepForms = (key: string, steps: RoadSteps, place: number, lang: Lang): Html => {
  const { about, title, state, path, basis, choices, positionPath } = steps;
  return html`<h3 class="kern-heading-small">${title}</h3><p class="kern-body">${state}</p>${choices.map(({ label, fields }, i) =>
    form(
      { action: `/lagen/${key}${path}`, id: `entry-step-${place}-${i}`, hidden: { ...fields, about, title: `${title}: ${label}`, basis: String(basis) } },
      button({ label, kind: 'secondary', context: title }),
    ),
  )}${positionPath === undefined ? '' : positionForm({ action: `/lagen/${key}${positionPath}`, id: `entry-position-${place}`, title, lang })}`;
};

function reportForm(key: string, field: FieldOf, { lang, id }: EntryForm): Html {
  const t = roadTexts(lang);
  const inner = html`${textArea({ ...field('report.text'), label: t.reportText, rows: 3, maxLength: 4000 })}
<div data-here></div>${placeFields('report.', field, lang)}${buttonRow(button({ label: t.send }))}`;
  return form({ action: `/lagen/${key}/unterwegs`, id: 'entry-report', hidden: { form: 'report', id } }, inner);
}

const placeFields = (prefix: string, field: FieldOf, lang: Lang): Html => {
  const t = roadTexts(lang);
  const one = (name: string, label: string): Html => numberField({ ...field(`${prefix}${name}`), label, decimal: true, required: false });
  return html`${one('lon', t.lon)}${one('lat', t.lat)}`;
};

function markForm(key: string, changeable: readonly KeptObject[], field: FieldOf, { lang, id: entryId }: EntryForm): Html {
  const t = roadTexts(lang);
  const offered = changeable.map(({ id, seq, title }) => ({ value: `${id}@${seq}`, label: t.change(title) }));
  const inner = html`${selectField({ ...field('object'), label: t.object, required: false, options: [{ value: '', label: t.fresh }, ...offered] })}
${selectField({ ...field('kind'), label: t.kind, options: ON_THE_ROAD.map((value) => ({ value, label: KIND_NAMES[lang][value] })) })}
${textField({ ...field('title'), label: t.markTitle, maxLength: 80 })}
${textArea({ ...field('text'), label: t.markText, required: false, rows: 2, maxLength: 1000 })}
<div data-here></div>${placeFields('', field, lang)}
${buttonRow(button({ label: t.send }))}`;
  return form({ action: `/lagen/${key}/unterwegs`, id: 'entry-mark', hidden: { form: 'mark', id: entryId } }, inner);
}

/** Of a conflict: how the others have it, above the form that still holds what was typed. */
function currentOf(problem: Problem | undefined): Html | '' {
  const current = problem?.current as KeptObject | undefined;
  if (current === undefined) return '';
  return alert('warning', current.title, Object.values(current.facts).map(String).join(' · '));
}

function tasksTable(tasks: readonly KeptObject[], lang: Lang): Html {
  const t = roadTexts(lang);
  return dataTable<KeptObject>(
    [
      { label: t.name, rowHeader: true, cell: ({ title }) => html`<span lang="de">${title}</span>` },
      { label: t.kind, cell: ({ kind }) => KIND_NAMES[lang][kind] },
      { label: t.age, cell: ({ eventAt }) => formatInstant(lang, eventAt) },
    ],
    tasks,
    { caption: t.tasks, captionHidden: true, lang, empty: t.noTasks },
  );
}
