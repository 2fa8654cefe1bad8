import type { Ring } from '../../../kernel/geo.ts';
import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { dateField, readDateField } from '../../../platform/ui/form-date.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { ContributionsContext } from '../application/context.ts';
import { participationForStaff } from '../application/desk.ts';
import { changeParticipation, makeParticipation, suggestKey } from '../application/participations.ts';
import type { Participation, ParticipationFacts } from '../domain/participation.ts';
import { DESK_PATH } from './desk-pages.ts';
import { deskTexts } from './desk-texts.ts';
import { WRITERS, type Frame } from './frame.ts';

/** What the counters under the fields say; the use case refuses. */
const LONGEST = { title: 150, text: 10_000, key: 40 } as const;

/** The form by which staff makes a participation and changes it. */
export function deskFormPages(ctx: ContributionsContext, frame: Frame): AnyRoute[] {
  const asked = async (visit: Visit) => participationForStaff(ctx, visit.actor, visit.params['key']!);
  return [
    getPage(`${DESK_PATH}/neu`, WRITERS, async (visit) => answerHtml(formPage(ctx, frame, visit, { fields: new URLSearchParams({ moderation: 'before' }) }))),
    postPage(`${DESK_PATH}/neu`, WRITERS, async (visit) => {
      const read = readFacts(ctx, visit);
      if (!read.ok) return again(ctx, frame, visit, read.problem);
      const made = await makeParticipation(ctx, visit.actor, read.value);
      return made.ok ? redirect(`${DESK_PATH}/${made.value.key}`) : again(ctx, frame, visit, made.problem);
    }),
    getPage(`${DESK_PATH}/:key/bearbeiten`, WRITERS, async (visit) => {
      const found = await asked(visit);
      return found.ok ? answerHtml(formPage(ctx, frame, visit, { fields: fieldsOf(found.value), before: found.value })) : problemPage(found.problem);
    }),
    postPage(`${DESK_PATH}/:key/bearbeiten`, WRITERS, async (visit) => {
      const found = await asked(visit);
      if (!found.ok) return problemPage(found.problem);
      const read = readFacts(ctx, visit, found.value);
      if (!read.ok) return again(ctx, frame, visit, read.problem, found.value);
      const changed = await changeParticipation(ctx, visit.actor, found.value.key, read.value);
      return changed.ok ? redirect(`${DESK_PATH}/${found.value.key}`) : again(ctx, frame, visit, changed.problem, found.value);
    }),
  ];
}

const again = (ctx: ContributionsContext, frame: Frame, visit: FormVisit, problem: Problem, before?: Participation): Answer =>
  answerHtml(formPage(ctx, frame, visit, { fields: visit.fields, problem, ...(before === undefined ? {} : { before }) }), problemStatus(problem));

/** A participation as the form writes it. */
const fieldsOf = ({ title, text, categories, startsOn, endsOn, moderation, authority, displayId, area }: Participation): URLSearchParams =>
  new URLSearchParams({
    title,
    text,
    categories: categories.map(({ name }) => name).join('\n'),
    startsOn: startsOn.toString(),
    endsOn: endsOn.toString(),
    moderation,
    authority,
    displayId: displayId ?? '',
    // several rings are a district's, which no corner of a form can say
    corners: area.length === 1 ? area[0]!.map((corner) => corner.join(', ')).join('\n') : '',
  });

function readFacts(ctx: ContributionsContext, { fields, actor, lang }: FormVisit, before?: Participation): Result<ParticipationFacts, Problem> {
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const problems: FieldProblem[] = [];
  const day = (name: string): Temporal.PlainDate | undefined => {
    try {
      return Temporal.PlainDate.from(readDateField(fields, name), { overflow: 'reject' });
    } catch {
      problems.push({ field: name, message: deskTexts(lang).badDay });
      return undefined;
    }
  };
  const [startsOn, endsOn] = [day('startsOn'), day('endsOn')];
  const area = readArea(ctx, get('district'), get('corners')) ?? before?.area ?? [];
  const authorities = actor.kind === 'staff' ? actor.authorities : [];
  if (startsOn === undefined || endsOn === undefined) return refuse(invalidFields(problems));
  return ok({
    key: before?.key ?? (get('key') === '' ? suggestKey(get('title')) : get('key')),
    title: get('title'),
    text: get('text'),
    categories: get('categories')
      .split('\n')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => ({ id: before?.categories.find((one) => one.name === name)?.id ?? suggestKey(name), name })),
    startsOn,
    endsOn,
    moderation: get('moderation') === 'after' ? 'after' : 'before',
    authority: get('authority') === '' ? (before?.authority ?? authorities[0] ?? '') : get('authority'),
    area,
    ...(get('displayId') === '' ? {} : { displayId: get('displayId').toLowerCase() }),
  });
}

/** A district, or corners one a line; a line that is none makes the ring wrong as a whole. */
function readArea(ctx: ContributionsContext, district: string, corners: string): readonly Ring[] | undefined {
  if (corners === '') return ctx.districts().find(({ id }) => id === district)?.rings;
  const ring = corners
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): readonly [number, number] => {
      const match = /^\s*(-?\d{1,3}(?:\.\d{1,10})?)\s*[,; ]\s*(-?\d{1,2}(?:\.\d{1,10})?)\s*$/.exec(line);
      return match === null ? [Number.NaN, Number.NaN] : [Number(match[1]), Number(match[2])];
    });
  const [first, last] = [ring[0], ring.at(-1)];
  const closed = first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
  return [closed || first === undefined ? ring : [...ring, first]];
}

interface Typed {
  readonly fields: URLSearchParams;
  readonly problem?: Problem;
  /** Of a participation that is there. */
  readonly before?: Participation;
}

function formPage(ctx: ContributionsContext, frame: Frame, visit: Visit, typed: Typed): Html {
  const view = frame(visit);
  const { lang } = view;
  const t = deskTexts(lang);
  const { before, problem } = typed;
  const shown = new Set(['title', 'key', 'text', 'categories', 'startsOn', 'endsOn', 'area', 'displayId', 'authority']);
  const problems = (problem?.fields ?? []).filter(({ field }) => shown.has(field)).map((one) => (one.field === 'area' ? { ...one, field: 'corners' } : one));
  const title = before === undefined ? t.formMake : t.formEdit;
  const action = before === undefined ? `${DESK_PATH}/neu` : `${DESK_PATH}/${before.key}/bearbeiten`;
  const main = html`${errorSummary(problems, lang, problem !== undefined && problems.length === 0 ? problem.detail : undefined)}${pageTitle(title)}
${form({ action }, fieldsPart(ctx, visit, typed, problems, lang))}`;
  return page(view, { title, main, hasErrors: problem !== undefined, breadcrumb: [{ label: t.title, href: DESK_PATH }, { label: title }] });
}

function fieldsPart(ctx: ContributionsContext, { actor }: Visit, { fields, before }: Typed, problems: readonly FieldProblem[], lang: Lang): Html {
  const t = deskTexts(lang);
  const field = (name: string) => ({ name, lang, value: fields.get(name) ?? '', ...errorOf(problems, name) });
  const authorities = actor.kind === 'staff' ? actor.authorities : [];
  return html`
${textField({ ...field('title'), label: t.fieldTitle, maxLength: LONGEST.title })}
${before === undefined ? textField({ ...field('key'), label: t.key, hint: t.keyHint, required: false, maxLength: LONGEST.key, spellcheck: false }) : ''}
${textArea({ ...field('text'), label: t.text, hint: t.textHint, rows: 8, maxLength: LONGEST.text })}
${textArea({ ...field('categories'), label: t.categories, hint: t.categoriesHint, rows: 5 })}
${dateField({ ...field('startsOn'), label: t.startsOn })}
${dateField({ ...field('endsOn'), label: t.endsOn, hint: t.endsHint })}
${radioGroup({
  ...field('moderation'),
  label: t.moderation,
  options: [
    { value: 'before', label: t.before },
    { value: 'after', label: t.after },
  ],
})}
${selectField({ ...field('authority'), label: t.authority, options: authorities.map((id) => ({ value: id, label: ctx.authorityName(id) })) })}
${selectField({ ...field('district'), label: t.district, hint: t.districtHint, required: false, empty: true, options: ctx.districts().map(({ id, name }) => ({ value: id, label: name })) })}
${textArea({ ...field('corners'), label: t.corners, hint: t.cornersHint, required: false, rows: 6 })}
${textField({ ...field('displayId'), label: t.display, hint: t.displayHint, required: false, spellcheck: false })}
${buttonRow(button({ label: t.save }))}`;
}
