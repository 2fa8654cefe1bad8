import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type FormVisit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable, summaryList } from '../../../platform/ui/components.ts';
import { selectField, textArea } from '../../../platform/ui/form.ts';
import { button, buttonForm, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { commentDesk, commentOn, deleteOwnComment, moderateComment, openOwnComment, ownComments } from '../application/comments.ts';
import type { CockpitContext } from '../application/context.ts';
import { model } from '../application/model.ts';
import type { Comment, CommentCommand, HidingReason } from '../domain/comment.ts';
import type { Strategy } from '../domain/items.ts';
import { commentTexts } from './comment-texts.ts';
import { EDITORS, HOME, measureHref, type Frame } from './frame.ts';
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
    postPage(
      `${HOME}/massnahmen/:id/kommentar`,
      'public',
      async (visit) => {
        const { fields, params, actor } = visit;
        const get = (name: string): string => fields.get(name) ?? '';
        const input = {
          measure: params['id']!,
          text: get('text'),
          name: get('name'),
          receipt: get('receipt'),
          withAccount: get('account') === 'ja',
          trap: get('website'),
        };
        const sent = await commentOn(ctx, actor, input);
        if (sent.ok) return redirect(`${HOME}/kommentar/${sent.value.receipt}`);
        return sent.problem.kind === 'invalid-input'
          ? showMeasure(ctx, frame, visit, input.measure, fields, sent.problem.fields ?? [])
          : problemPage(sent.problem);
      },
      { limit: 'sign-in' },
    ),
    getPage(`${HOME}/meine-kommentare`, 'person', async (visit) =>
      answerHtml(minePage(frame(visit), await ownComments(ctx, visit.actor), await ctx.history.now())),
    ),
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

function deskPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    getPage(`${HOME}/kommentare`, EDITORS, async (visit) => answerHtml(deskPage(frame(visit), await commentDesk(ctx, visit.actor), await ctx.history.now()))),
    postPage(`${HOME}/kommentare/:id`, EDITORS, async (visit) => {
      const done = await moderateComment(ctx, visit.actor, visit.params['id']!, commandFrom(visit));
      return done.ok ? redirect(`${HOME}/kommentare#k-${done.value.id}`) : problemPage(done.problem);
    }),
  ];
}

/** Fields carry the comment's id: many forms stand on one page, and each id in it is there once. */
function commandFrom({ fields, params }: FormVisit): CommentCommand {
  const [action, id] = [fields.get('action'), params['id']!];
  if (action === 'answer') return { action, text: fields.get(`text-${id}`) ?? '' };
  return action === 'publish' ? { action } : { action: 'hide', because: (fields.get(`because-${id}`) ?? '') as HidingReason };
}

const titleOf = (strategy: Strategy, measure: string, lang: Lang): string => plainWords(strategy.measure.get(measure)?.title ?? { de: measure }, lang);

function ownPage(view: PageView, one: Comment, token: string, strategy: Strategy): Html {
  const { lang } = view;
  const t = commentTexts(lang);
  const rows = [
    {
      label: cockpitTexts(lang).measure,
      value: html`<a class="kern-link" href="${measureHref(one.measure)}#kommentare">${titleOf(strategy, one.measure, lang)}</a>`,
    },
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

function minePage(view: PageView, all: readonly Comment[], strategy: Strategy): Html {
  const { lang } = view;
  const t = commentTexts(lang);
  const table = dataTable<Comment>(
    [
      { label: cockpitTexts(lang).measure, rowHeader: true, cell: ({ measure }) => titleOf(strategy, measure, lang) },
      { label: t.text, cell: ({ text }) => html`<span class="k-typed">${text}</span>` },
      { label: t.state, cell: ({ state }) => t[state] },
      { label: t.received, cell: ({ submittedAt }) => formatInstant(lang, submittedAt) },
    ],
    all,
    { caption: t.mine, captionHidden: true, lang, empty: t.none, href: ({ id }) => `${HOME}/kommentar/${id}` },
  );
  return page(view, { title: t.mine, main: html`${pageTitle(t.mine)}${table}` });
}

function deskPage(view: PageView, comments: readonly Comment[], strategy: Strategy): Html {
  const { lang } = view;
  const t = commentTexts(lang);
  const list =
    comments.length === 0
      ? html`<p class="kern-body">${t.none}</p>`
      : html`<ol class="k-statements">${comments.map((one) => deskItem(one, strategy, lang))}</ol>`;
  const crumbs = [{ label: cockpitTexts(lang).title, href: HOME }, { label: t.desk }];
  return page(view, { title: t.desk, main: html`${pageTitle(t.desk, { lead: t.deskLead })}${list}`, breadcrumb: crumbs });
}

function deskItem(one: Comment, strategy: Strategy, lang: Lang): Html {
  const t = commentTexts(lang);
  const [offered, action] = [OFFERED[one.state], `${HOME}/kommentare/${one.id}`];
  const context = one.name ?? t.anonymous;
  const answer = form({ action }, [
    textArea({ name: `text-${one.id}`, label: t.answer, lang, rows: 3, maxLength: LONGEST.answer, value: one.answer ?? '' }),
    buttonRow(button({ label: t.sendAnswer, name: 'action', value: 'answer', small: true, context })),
  ]);
  const hide = form({ action }, [
    selectField({ name: `because-${one.id}`, label: t.reason, lang, empty: true, options: HIDING_REASONS.map((value) => ({ value, label: t[value] })) }),
    buttonRow(button({ label: t.hide, name: 'action', value: 'hide', kind: 'secondary', small: true, context })),
  ]);
  return html`<li class="k-statement" id="k-${one.id}"><p class="k-statement__head"><strong>${context}</strong> <span class="k-muted">${t[one.state]}, ${formatInstant(lang, one.submittedAt)}, <a class="kern-link" href="${measureHref(one.measure)}">${titleOf(strategy, one.measure, lang)}</a></span></p>
<p class="kern-body k-typed" lang="de">${one.text}</p>
${one.answer === null ? '' : html`<p class="kern-label">${t.answer}</p><p class="kern-body k-typed" lang="de">${one.answer}</p>`}
${offered.includes('publish') ? buttonForm(action, { label: t.publish, small: true, context }, { action: 'publish' }) : ''}
${offered.includes('answer') ? accordion(t.answer, answer) : ''}${offered.includes('hide') ? accordion(t.hide, hide) : ''}</li>`;
}
