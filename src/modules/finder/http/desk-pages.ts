import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
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
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable, tabs } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { formatInstant, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, pagination } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { notFound, type FinderContext } from '../application/context.ts';
import { questionsAtDesk, readQuestion, workOnQuestion, type DeskCommand, type ReadQuestion } from '../application/desk.ts';
import type { Question, QuestionRow, QuestionState } from '../domain/question.ts';
import { deskTexts } from './desk-texts.ts';
import type { Frame } from './finder-page.ts';
import { LONGEST, STATES } from './lists.ts';

/** Beside the other desks of the authority: below `/eingang` every path is a case. */
export const DESK_PATH = '/amt/fragen';
export const DESK = ['sachbearbeitung', 'leitung'] as const;
const ROWS = 30;
const VIEWS: Readonly<Record<QuestionState, string>> = { open: 'offen', taken: 'in-arbeit', closed: 'abgeschlossen' };

/** The desk that answers what people have handed over. */
export function deskPages(ctx: FinderContext, frame: Frame): AnyRoute[] {
  return [
    getPage(DESK_PATH, DESK, async (visit) => {
      const state = STATES.find((one) => VIEWS[one] === visit.query.get('stand')) ?? 'open';
      const after = parseId(visit.query.get('nach') ?? '');
      const rows = await questionsAtDesk(ctx, visit.actor, { state, limit: ROWS, after });
      return rows.ok ? answerHtml(listPage(frame(visit), rows.value, state, visit.query.has('erledigt'))) : problemPage(rows.problem);
    }),
    getPage(`${DESK_PATH}/:id`, DESK, async (visit) => show(ctx, frame, visit)),
    postPage(`${DESK_PATH}/:id`, DESK, async (visit) => work(ctx, frame, visit)),
  ];
}

async function show(ctx: FinderContext, frame: Frame, visit: Visit, refused?: { readonly problem: Problem; readonly text: string }): Promise<Answer> {
  const id = parseId(visit.params['id'] ?? '');
  const found = id === undefined ? undefined : await readQuestion(ctx, visit.actor, id);
  if (found?.ok !== true) return problemPage(found?.problem ?? notFound);
  const { takenBy } = found.value;
  const own = visit.actor.kind === 'staff' && takenBy === visit.actor.staffId;
  const name = takenBy === null || own ? undefined : await ctx.staffName(takenBy);
  return answerHtml(questionPage(frame(visit), found.value, { own, name, refused }), refused === undefined ? 200 : problemStatus(refused.problem));
}

async function work(ctx: FinderContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const id = parseId(visit.params['id'] ?? '');
  const command = readCommand(visit.fields);
  if (id === undefined) return problemPage(notFound);
  if (command === undefined) return show(ctx, frame, visit);
  const done = await workOnQuestion(ctx, visit.actor, id, command);
  if (done.ok) return redirect(command.action === 'take' ? `${DESK_PATH}/${id}` : `${DESK_PATH}?erledigt`);
  return show(ctx, frame, visit, { problem: done.problem, text: 'text' in command ? command.text : '' });
}

function readCommand(fields: URLSearchParams): DeskCommand | undefined {
  const action = fields.get('action');
  const text = fields.get('text') ?? '';
  if (action === 'take') return { action };
  return action === 'answer' || action === 'call' || action === 'close' ? { action, text } : undefined;
}

function listPage(view: PageView, rows: readonly QuestionRow[], state: QuestionState, done: boolean): Html {
  const { lang } = view;
  const t = deskTexts(lang);
  const switches = tabs(
    STATES.map((one) => ({ label: t[one], href: `${DESK_PATH}?stand=${VIEWS[one]}`, current: one === state })),
    lang,
  );
  const table = dataTable<QuestionRow>(
    [
      { label: t.asked, rowHeader: true, cell: ({ askedAt }) => formatInstant(lang, askedAt) },
      { label: t.channel, cell: ({ channel }) => t[channel] },
      { label: t.language, cell: (row) => row.lang },
      ...(state === 'closed' ? [{ label: t.ended, cell: ({ outcome }: QuestionRow) => (outcome === null ? '' : t[`ended_${outcome}`]) }] : []),
    ],
    rows,
    { caption: t.title, captionHidden: true, lang, empty: t.nothing, href: ({ id }) => `${DESK_PATH}/${id}` },
  );
  const next = rows.length < ROWS ? '' : pagination({ next: `${DESK_PATH}?stand=${VIEWS[state]}&nach=${rows.at(-1)!.id}` }, lang);
  const main = html`${pageTitle(t.title, { lead: t.lead })}${done ? alert('success', t.done) : ''}${switches}${table}${next}`;
  return page(view, { title: t.title, main, wide: true });
}

interface Shown {
  readonly own: boolean;
  readonly name: string | undefined;
  readonly refused: { readonly problem: Problem; readonly text: string } | undefined;
}

function questionPage(view: PageView, one: ReadQuestion, { own, name, refused }: Shown): Html {
  const { lang } = view;
  const t = deskTexts(lang);
  const title = t.of(formatInstant(lang, one.askedAt));
  const problems = refused?.problem.fields ?? [];
  const facts = factList([
    { label: t.channel, value: t[one.channel] },
    { label: t.contact, value: one.contact },
    { label: t.language, value: one.lang },
    { label: t.takenBy, value: one.takenBy === null ? t.nobody : own ? t.you : (name ?? t.somebody) },
    ...(one.outcome === null ? [] : [{ label: t.ended, value: t[`ended_${one.outcome}`] }]),
  ]);
  const main = html`${errorSummary(problems, lang, refused !== undefined && problems.length === 0 ? refused.problem.detail : undefined)}
${pageTitle(title)}<p class="kern-body k-typed" lang="${one.lang === 'en' ? 'en' : 'de'}">${one.text}</p>${facts}
${one.closedAt === null ? workPart(one, own, view, refused) : closedPart(one, view)}
${buttonRow(linkButton({ label: t.back, href: DESK_PATH, kind: 'tertiary' }))}`;
  return page(view, { title, main, hasErrors: refused !== undefined, breadcrumb: [{ label: t.title, href: DESK_PATH }, { label: title }] });
}

function closedPart({ answer, keptUntil }: ReadQuestion, { lang }: PageView): Html {
  const t = deskTexts(lang);
  const said = answer === null || answer === '' ? '' : html`<p class="kern-body k-typed">${answer}</p>`;
  return html`${said}${keptUntil === undefined ? '' : html`<p class="kern-hint">${t.deleted(formatShortDate(lang, keptUntil))}</p>`}`;
}

function workPart({ id, channel, takenBy }: Question, own: boolean, { lang, actor }: PageView, refused: Shown['refused']): Html {
  const t = deskTexts(lang);
  const path = `${DESK_PATH}/${id}`;
  if (!own) {
    if (takenBy === null) return buttonForm(path, { label: t.take }, { action: 'take' });
    const leads = actor.kind === 'staff' && actor.roles.includes('leitung');
    return leads ? buttonForm(path, { label: t.takeOver, kind: 'secondary' }, { action: 'take' }) : html``;
  }
  const field = textArea({
    ...{ name: 'text', label: t.answerText, hint: t.answerHint, lang, rows: 8, required: false, maxLength: LONGEST.answer, value: refused?.text ?? '' },
    ...errorOf(refused?.problem.fields ?? [], 'text'),
  });
  return form(
    { action: path },
    html`${field}${buttonRow(
      channel === 'mail' ? button({ label: t.answer, name: 'action', value: 'answer' }) : undefined,
      button({ label: t.call, name: 'action', value: 'call', kind: channel === 'mail' ? 'secondary' : 'primary' }),
      button({ label: t.close, name: 'action', value: 'close', kind: 'tertiary' }),
    )}`,
  );
}
