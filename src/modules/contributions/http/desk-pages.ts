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
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable, tabs } from '../../../platform/ui/components.ts';
import { buttonRow, errorSummary, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { ContributionsContext } from '../application/context.ts';
import { openDesk, type Desk, type QueueView } from '../application/desk.ts';
import { moderate, moderateComment } from '../application/moderate.ts';
import { participationsFor, type ParticipationRow } from '../application/participations.ts';
import type { HidingReason } from '../domain/contribution.ts';
import type { Command, CommentCommand } from '../domain/moderate.ts';
import { deskRow } from './desk-row.ts';
import { deskTexts } from './desk-texts.ts';
import { OFFICERS, WRITERS, type Frame } from './frame.ts';
import { phaseBadge } from './participation-page.ts';
import { HIDING_TEXTS } from './public-texts.ts';

export const DESK_PATH = '/amt/beteiligung';
const VIEWS: Readonly<Record<QueueView, string>> = { open: 'offen', published: 'veroeffentlicht', hidden: 'ausgeblendet', all: 'alle' };
const ROWS = 20;

/** The authority's desk: its participations, and the queue of each. */
export function deskPages(ctx: ContributionsContext, frame: Frame): AnyRoute[] {
  return [
    getPage(DESK_PATH, OFFICERS, async (visit) => answerHtml(listPage(frame(visit), await participationsFor(ctx, visit.actor)))),
    getPage(`${DESK_PATH}/:key`, OFFICERS, async (visit) => showDesk(ctx, frame, visit)),
    postPage(`${DESK_PATH}/:key/beitrag/:id`, WRITERS, async (visit) => {
      const command = readCommand(visit.fields);
      const done = await moderate(ctx, visit.actor, { contributionId: visit.params['id']!, command });
      return done.ok ? redirect(backTo(visit)) : showDesk(ctx, frame, visit, done.problem);
    }),
    postPage(`${DESK_PATH}/:key/kommentar/:id`, WRITERS, async (visit) => {
      const done = await moderateComment(ctx, visit.actor, { commentId: visit.params['id']!, command: readCommentCommand(visit.fields) });
      return done.ok ? redirect(backTo(visit)) : showDesk(ctx, frame, visit, done.problem);
    }),
  ];
}

const backTo = ({ params, fields }: FormVisit): string => `${DESK_PATH}/${params['key']!}?ansicht=${encodeURIComponent(fields.get('ansicht') ?? 'offen')}`;

const reasonOf = (fields: URLSearchParams): HidingReason =>
  (Object.keys(HIDING_TEXTS) as HidingReason[]).find((one) => one === fields.get('because')) ?? ('' as HidingReason);

/** What the pressed button means; an unknown one changes nothing that was not published. */
function readCommand(fields: URLSearchParams): Command {
  const get = (name: string): string => fields.get(name) ?? '';
  const hasPicture = get('bild') === 'ja';
  switch (get('action')) {
    case 'publish':
      return { action: 'publish', hasPicture };
    case 'hide':
      return { action: 'hide', because: reasonOf(fields), note: get('note') };
    case 'merge':
      return { action: 'merge', into: /^\d{1,9}$/.test(get('into').trim()) ? Number(get('into')) : 0 };
    case 'answer':
      return { action: 'answer', text: get('text'), hasPicture };
    default:
      return { action: 'keep', hasPicture };
  }
}

function readCommentCommand(fields: URLSearchParams): CommentCommand {
  const action = fields.get('action');
  if (action === 'hide') return { action, because: reasonOf(fields) };
  return { action: action === 'publish' ? 'publish' : 'keep' };
}

async function showDesk(ctx: ContributionsContext, frame: Frame, visit: Visit | FormVisit, problem?: Problem): Promise<Answer> {
  const wished = 'fields' in visit ? visit.fields.get('ansicht') : visit.query.get('ansicht');
  const view = (Object.keys(VIEWS) as QueueView[]).find((one) => VIEWS[one] === wished) ?? 'open';
  const after = /^\d{1,9}$/.exec(visit.query.get('nach') ?? '');
  const opened = await openDesk(ctx, visit.actor, visit.params['key']!, { view, limit: ROWS, after: after === null ? 0 : Number(after[0]) });
  if (!opened.ok) return problemPage(opened.problem);
  const typed = 'fields' in visit && problem !== undefined ? { id: visit.params['id']!, fields: visit.fields, problem } : undefined;
  return answerHtml(deskPage(frame(visit), opened.value, view, typed), problem === undefined ? 200 : problemStatus(problem));
}

/** What was refused, at the row it was meant for. */
export interface Refused {
  readonly id: string;
  readonly fields: URLSearchParams;
  readonly problem: Problem;
}

function deskPage(view: PageView, desk: Desk, shown: QueueView, refused: Refused | undefined): Html {
  const { lang } = view;
  const t = deskTexts(lang);
  const { participation, counts, rows, next } = desk;
  const base = `${DESK_PATH}/${participation.key}`;
  const switches = tabs(
    (Object.keys(VIEWS) as QueueView[]).map((one) => ({ label: t[one], href: `${base}?ansicht=${VIEWS[one]}`, current: one === shown, count: counts[one] })),
    lang,
  );
  const actions = buttonRow(
    linkButton({ label: t.evaluate, href: `${base}/auswertung`, kind: 'secondary' }),
    linkButton({ label: t.publicPage, href: `/beteiligung/${participation.key}`, kind: 'secondary' }),
    desk.mayAct ? linkButton({ label: t.edit, href: `${base}/bearbeiten`, kind: 'secondary', icon: 'edit' }) : undefined,
  );
  const main = html`${refused === undefined ? '' : errorSummary([], lang, refused.problem.detail)}
${pageTitle(participation.title, { badge: phaseBadge(desk.phase, lang) })}${actions}${switches}
${rows.length === 0 ? html`<p class="kern-body">${t.nothing}</p>` : html`<ol class="k-statements">${rows.map((row) => deskRow(desk, row, VIEWS[shown], lang, refused))}</ol>`}
${next === undefined ? '' : pagination({ next: `${base}?ansicht=${VIEWS[shown]}&nach=${next}` }, lang)}`;
  return page(view, {
    title: participation.title,
    main,
    wide: true,
    hasErrors: refused !== undefined,
    breadcrumb: [{ label: t.title, href: DESK_PATH }, { label: participation.title }],
  });
}

function listPage(view: PageView, rows: readonly ParticipationRow[]): Html {
  const { lang, actor } = view;
  const t = deskTexts(lang);
  const writes = actor.kind === 'staff' && actor.roles.some((role) => WRITERS.some((one) => one === role));
  const table = dataTable<ParticipationRow>(
    [
      { label: t.name, rowHeader: true, cell: ({ title }) => html`<span lang="de">${title}</span>` },
      {
        label: t.days,
        cell: (row) => html`${formatShortDate(lang, row.startsOn)} – ${formatShortDate(lang, row.endsOn)} ${phaseBadge(row.phase, lang)}`,
      },
      { label: t.published, numeric: true, cell: ({ published }) => published },
      { label: t.open, numeric: true, cell: ({ open }) => (open === 0 ? '0' : badge('warning', String(open))) },
    ],
    rows,
    { caption: t.title, captionHidden: true, lang, empty: t.none, href: ({ key }) => `${DESK_PATH}/${key}` },
  );
  const make = writes ? buttonRow(linkButton({ label: t.make, href: `${DESK_PATH}/neu`, icon: 'add' })) : '';
  return page(view, { title: t.title, main: html`${pageTitle(t.title, { lead: t.lead })}${make}${table}`, wide: true });
}
