import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  redirect,
  type Answer,
  type AnyRoute,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable, summaryList } from '../../../platform/ui/components.ts';
import { selectField, textArea } from '../../../platform/ui/form.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, pagination } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { commentDesk, commentOn, COMMENTS_SHOWN, deleteOwnComment, moderateComment, openOwnComment, ownComments } from '../application/comments.ts';
import type { CockpitContext } from '../application/context.ts';
import { model } from '../application/model.ts';
import { KIND_WORDS } from '../application/reason-words.ts';
import type { Comment, CommentCommand, CommentEnd, CommentPage, HidingReason, Subject } from '../domain/comment.ts';
import type { Strategy } from '../domain/items.ts';
import { pageAsked, writeEnd } from './comment-cursor.ts';
import { commentTexts } from './comment-texts.ts';
import { showDecision } from './decision-pages.ts';
import { EDITORS, HOME, subjectHref, type Frame } from './frame.ts';
import { showMeasure } from './measure-page.ts';
import { plainWords } from './parts.ts';
import { cockpitTexts } from './texts.ts';

const { HIDING_REASONS, LONGEST, OFFERED } = model;

/** Comments of the public: written, followed and taken back by their authors, looked at and answered by the unit. */
export function commentPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [...authorPages(ctx, frame), ...deskPages(ctx, frame)];
}

function authorPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    writePage(ctx, frame, 'measure'),
    writePage(ctx, frame, 'decision'),
    getPage(`${HOME}/meine-kommentare`, 'person', async (visit) => {
      const comments = await ownComments(ctx, visit.actor, rangeOf(visit));
      return answerHtml(minePage(frame(visit), comments, await ctx.history.now()));
    }),
    getPage(`${HOME}/kommentar/geloescht`, 'public', async (visit) => answerHtml(erasedPage(frame(visit)))),
    getPage(`${HOME}/kommentar/:token`, 'public', async (visit) => {
      const found = await openOwnComment(ctx, visit.actor, visit.params['token']!);
      return found.ok ? answerHtml(ownPage(frame(visit), found.value, visit.params['token']!, await ctx.history.now())) : problemPage(found.problem);
    }),
    postPage(
      `${HOME}/kommentar/:token/loeschen`,
      'public',
      async (visit) => {
        const done = await deleteOwnComment(ctx, visit.actor, visit.params['token']!);
        return done.ok ? redirect(`${HOME}/kommentar/geloescht`) : problemPage(done.problem);
      },
      { limit: 'sign-in' },
    ),
  ];
}

/** Takes a comment; one that is refused stands in the form of its page as it was typed. */
function writePage(ctx: CockpitContext, frame: Frame, kind: Subject['kind']): AnyRoute {
  const show = { measure: showMeasure, decision: showDecision }[kind];
  return postPage(
    `${subjectHref({ kind, key: ':id' })}/kommentar`,
    'public',
    async (visit) => {
      const { fields, params, actor } = visit;
      const get = (name: string): string => fields.get(name) ?? '';
      const about = { kind, key: params['id']! };
      const typed = { text: get('text'), name: get('name'), receipt: get('receipt'), withAccount: get('account') === 'ja', trap: get('website') };
      const sent = await commentOn(ctx, actor, { about, ...typed });
      if (sent.ok) return redirect(`${HOME}/kommentar/${sent.value.receipt}`);
      return sent.problem.kind === 'invalid-input' ? show(ctx, frame, visit, about.key, fields, sent.problem.fields ?? []) : problemPage(sent.problem);
    },
    { limit: 'sign-in' },
  );
}

const rangeOf = ({ query }: Pick<Visit, 'query'>) => ({ limit: COMMENTS_SHOWN, after: pageAsked(query) });

/** What was refused, with what somebody typed into its form. */
interface Refused {
  readonly id: string;
  readonly problem: Problem;
  readonly fields: URLSearchParams;
}

function deskPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  const shown = async (visit: Visit, refused?: Refused): Promise<Answer> => {
    const comments = await commentDesk(ctx, visit.actor, rangeOf(visit));
    const body = deskPage(frame(visit), { comments, at: visit.query.get('nach'), refused }, await ctx.history.now());
    return answerHtml(body, refused === undefined ? 200 : problemStatus(refused.problem));
  };
  return [
    getPage(DESK, EDITORS, (visit) => shown(visit)),
    postPage(`${DESK}/:id`, EDITORS, async (visit) => {
      const id = visit.params['id']!;
      const done = await moderateComment(ctx, visit.actor, id, commandFrom(visit));
      if (done.ok) return redirect(`${DESK}${onPage(visit.query.get('nach'))}#k-${done.value.id}`);
      const { kind } = done.problem;
      return kind === 'not-found' || kind === 'not-allowed' ? problemPage(done.problem) : shown(visit, { id, problem: done.problem, fields: visit.fields });
    }),
  ];
}

const DESK = `${HOME}/kommentare`;
/** The page of the desk that somebody is on, so that they come back to it. */
const onPage = (at: string | null): string => (at === null ? '' : `?nach=${encodeURIComponent(at)}`);

/** Fields carry the comment's id: many forms stand on one page, and each id in it is there once. */
function commandFrom({ fields, params }: FormVisit): CommentCommand {
  const [action, id] = [fields.get('action'), params['id']!];
  if (action === 'answer') return { action, text: fields.get(`text-${id}`) ?? '', seen: fields.get('seen') ?? '' };
  return action === 'publish' ? { action } : { action: 'hide', because: (fields.get(`because-${id}`) ?? '') as HidingReason };
}

const titleOf = (strategy: Strategy, { kind, key }: Subject, lang: Lang): string =>
  plainWords((kind === 'measure' ? strategy.measure.get(key)?.title : strategy.decision.get(key)?.question) ?? { de: key }, lang);

const kindOf = ({ kind }: Subject, lang: Lang): string => KIND_WORDS[kind][lang];

function ownPage(view: PageView, one: Comment, token: string, strategy: Strategy): Html {
  const { lang } = view;
  const t = commentTexts(lang);
  const rows = [
    { label: kindOf(one, lang), value: html`<a class="kern-link" href="${subjectHref(one)}#kommentare">${titleOf(strategy, one, lang)}</a>` },
    { label: t.state, value: t[one.state] },
    { label: t.received, value: formatInstant(lang, one.submittedAt) },
    ...(one.hiddenBecause === null ? [] : [{ label: t.because, value: t[one.hiddenBecause] }]),
    ...(one.answer === null ? [] : [{ label: t.answer, value: one.answer }]),
  ];
  const words =
    one.state === 'deleted'
      ? ''
      : html`<p class="kern-body k-typed">${one.text}</p>${accordion(t.erase, html`<p class="kern-body">${t.eraseLead}</p>${buttonForm(`${HOME}/kommentar/${token}/loeschen`, { label: t.erase, kind: 'danger' })}`)}`;
  return page(view, { title: t.own, main: html`${pageTitle(t.own, { lead: t.ownLead })}${summaryList(rows, lang)}${words}` });
}

function erasedPage(view: PageView): Html {
  const t = commentTexts(view.lang);
  return page(view, {
    title: t.own,
    main: html`${pageTitle(t.own)}${alert('success', t.erased)}<p><a class="kern-link" href="${HOME}">${cockpitTexts(view.lang).title}</a></p>`,
  });
}

function minePage(view: PageView, { items, next }: CommentPage, strategy: Strategy): Html {
  const { lang } = view;
  const t = commentTexts(lang);
  const table = dataTable<Comment>(
    [
      { label: t.about, rowHeader: true, cell: (one) => html`${kindOf(one, lang)}: ${titleOf(strategy, one, lang)}` },
      { label: t.text, cell: ({ text }) => html`<span class="k-typed">${text}</span>` },
      { label: t.state, cell: ({ state }) => t[state] },
      { label: t.received, cell: ({ submittedAt }) => formatInstant(lang, submittedAt) },
    ],
    items,
    { caption: t.mine, captionHidden: true, lang, empty: t.none, href: ({ id }) => `${HOME}/kommentar/${id}` },
  );
  return page(view, { title: t.mine, main: html`${pageTitle(t.mine)}${table}${nextPage(`${HOME}/meine-kommentare`, next, lang)}` });
}

const nextPage = (path: string, next: CommentEnd | undefined, lang: Lang): Html | undefined =>
  next === undefined ? undefined : pagination({ next: `${path}?nach=${writeEnd(next)}` }, lang);

interface Desk {
  readonly comments: CommentPage;
  /** Cursor of the page that is shown. */
  readonly at: string | null;
  readonly refused: Refused | undefined;
}

function deskPage(view: PageView, { comments: { items, next }, at, refused }: Desk, strategy: Strategy): Html {
  const { lang } = view;
  const t = commentTexts(lang);
  const item = (one: Comment): Html => deskItem(one, { strategy, lang, at, refused: refused?.id === one.id ? refused : undefined });
  const list = items.length === 0 ? html`<p class="kern-body">${t.none}</p>` : html`<ol class="k-statements">${items.map(item)}</ol>`;
  const crumbs = [{ label: cockpitTexts(lang).title, href: HOME }, { label: t.desk }];
  const problem =
    refused === undefined ? undefined : errorSummary(fieldsOf(refused), lang, refused.problem.fields === undefined ? refused.problem.detail : undefined);
  const main = html`${problem}${pageTitle(t.desk, { lead: t.deskLead })}${list}${nextPage(DESK, next, lang)}`;
  return page(view, { title: t.desk, main, breadcrumb: crumbs, hasErrors: refused !== undefined });
}

/** The problems under the names that the fields have on this page. */
const fieldsOf = ({ id, problem }: Refused) => (problem.fields ?? []).map(({ field, message }) => ({ field: `${field}-${id}`, message }));

interface Shown {
  readonly strategy: Strategy;
  readonly lang: Lang;
  readonly at: string | null;
  readonly refused: Refused | undefined;
}

function deskItem(one: Comment, { strategy, lang, at, refused }: Shown): Html {
  const t = commentTexts(lang);
  const action = `${DESK}/${one.id}${onPage(at)}`;
  const offered = OFFERED[one.state];
  const context = one.name ?? t.anonymous;
  return html`<li class="k-statement" id="k-${one.id}"><p class="k-statement__head"><strong>${context}</strong> <span class="k-muted">${t[one.state]}, ${formatInstant(lang, one.submittedAt)}, <a class="kern-link" href="${subjectHref(one)}">${kindOf(one, lang)}: ${titleOf(strategy, one, lang)}</a></span></p>
<p class="kern-body k-typed" lang="de">${one.text}</p>
${one.answer === null ? '' : html`<p class="kern-label">${t.answer}</p><p class="kern-body k-typed" lang="de">${one.answer}</p>`}
${offered.includes('publish') ? buttonForm(action, { label: t.publish, small: true, context }, { action: 'publish' }) : ''}
${offered.includes('answer') || refused?.fields.get('action') === 'answer' ? answerPart(one, action, lang, refused) : ''}${offered.includes('hide') ? hidePart(one, action, lang, refused) : ''}</li>`;
}

/** What somebody typed stays, also where another officer was faster; sent again, it knows of the other answer. */
function answerPart(one: Comment, action: string, lang: Lang, refused: Refused | undefined): Html {
  const t = commentTexts(lang);
  const name = `text-${one.id}`;
  const value = refused?.fields.get(name) ?? one.answer ?? '';
  const inner = form({ action, hidden: { seen: one.answeredAt?.toString() ?? '' } }, [
    textArea({ name, label: t.answer, lang, rows: 3, maxLength: LONGEST.answer, value, ...errorOf(refused === undefined ? [] : fieldsOf(refused), name) }),
    buttonRow(button({ label: t.sendAnswer, name: 'action', value: 'answer', small: true, context: one.name ?? t.anonymous })),
  ]);
  return accordion(t.answer, inner, { open: refused?.fields.get('action') === 'answer' });
}

function hidePart(one: Comment, action: string, lang: Lang, refused: Refused | undefined): Html {
  const t = commentTexts(lang);
  const name = `because-${one.id}`;
  const options = HIDING_REASONS.map((value) => ({ value, label: t[value] }));
  const inner = form({ action }, [
    selectField({ name, label: t.reason, lang, empty: true, options, ...errorOf(refused === undefined ? [] : fieldsOf(refused), name) }),
    buttonRow(button({ label: t.hide, name: 'action', value: 'hide', kind: 'secondary', small: true, context: one.name ?? t.anonymous })),
  ]);
  return accordion(t.hide, inner, { open: refused?.fields.get('action') === 'hide' });
}
