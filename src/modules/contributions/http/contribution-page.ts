import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { legalDay } from '../../../kernel/time.ts';
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
import { confirmField } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea } from '../../../platform/ui/form.ts';
import { formatDate, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { describePosition, mapFigure } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { comment } from '../application/comment.ts';
import type { ContributionsContext } from '../application/context.ts';
import { newReceipt } from '../application/contribute.ts';
import { boxAround, edgesOf, shapesOf } from '../application/drawn.ts';
import { openContribution, openPicture, type OpenedContribution } from '../application/read-contributions.ts';
import { reportAbuse } from '../application/report-abuse.ts';
import { support, SUPPORTER_COOKIE } from '../application/support.ts';
import type { Contribution } from '../domain/contribution.ts';
import { trapField } from './contribution-form.ts';
import { formTexts } from './form-texts.ts';
import { paragraphs, supporterFrom, type Frame } from './frame.ts';
import { choicesOf, publicTexts, REPORT_TEXTS } from './public-texts.ts';

/** What the counter under the field says; the use case refuses. */
const LONGEST_COMMENT = 2000;
const PATH = '/beteiligung/:key/beitrag/:number';
/** As long as the longest participation. */
const COOKIE_SECONDS = 366 * 24 * 3600;

/** One contribution for everybody: its words, the answer, support, comments, and a way to report it. */
export function contributionPages(ctx: ContributionsContext, frame: Frame): AnyRoute[] {
  const open = (visit: Visit) => openContribution(ctx, visit.params['key']!, visit.params['number']!, supporterFrom(visit));
  return [
    getPage(PATH, 'public', async (visit) => {
      const opened = await open(visit);
      if (!opened.ok) return problemPage(opened.problem);
      const { participation, contribution } = opened.value;
      // a merged one stands under the number of the other
      if (String(contribution.number) !== visit.params['number']) return redirect(addressOf(participation.key, contribution));
      return answerHtml(contributionPage(frame(visit), opened.value, { reported: visit.query.get('gemeldet') === 'ja' }));
    }),
    getPage(`${PATH}/bild`, 'public', async ({ actor, params }) => {
      const picture = await openPicture(ctx, actor, params['key']!, params['number']!);
      if (!picture.ok) return problemPage(picture.problem);
      const { bytes, mediaType } = picture.value;
      return { kind: 'file', bytes, mediaType, fileName: mediaType === 'image/png' ? 'bild.png' : 'bild.jpg', inline: true };
    }),
    postPage(`${PATH}/unterstuetzen`, 'public', async (visit) => takeSupport(ctx, visit), { limit: 'sign-in' }),
    postPage(`${PATH}/kommentar`, 'public', async (visit) => takeComment(ctx, frame, visit), { limit: 'sign-in' }),
    postPage(`${PATH}/melden`, 'public', async (visit) => takeReport(ctx, frame, visit), { limit: 'sign-in' }),
  ];
}

const addressOf = (key: string, { number }: Pick<Contribution, 'number'>): string => `/beteiligung/${key}/beitrag/${number}`;

async function takeSupport(ctx: ContributionsContext, visit: FormVisit): Promise<Answer> {
  const opened = await openContribution(ctx, visit.params['key']!, visit.params['number']!, supporterFrom(visit));
  if (!opened.ok) return problemPage(opened.problem);
  const { participation, contribution } = opened.value;
  const done = await support(ctx, supporterFrom(visit), { contributionId: contribution.id, withdraw: visit.fields.get('zurueck') === 'ja' });
  if (!done.ok) return problemPage(done.problem);
  const { cookie } = done.value;
  const cookies = cookie === undefined ? [] : [{ name: SUPPORTER_COOKIE, value: cookie, maxAgeSeconds: COOKIE_SECONDS }];
  return redirect(`${addressOf(participation.key, contribution)}#unterstuetzen`, cookies);
}

async function takeComment(ctx: ContributionsContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const opened = await openContribution(ctx, visit.params['key']!, visit.params['number']!, supporterFrom(visit));
  if (!opened.ok) return problemPage(opened.problem);
  const get = (name: string): string => visit.fields.get(name) ?? '';
  const receipt = get('receipt');
  const done = await comment(ctx, visit.actor, {
    contributionId: opened.value.contribution.id,
    text: get('text'),
    receipt,
    withAccount: get('account') === 'ja',
    trap: get('website'),
  });
  if (done.ok) return redirect(`/mein-beitrag/${receipt}`);
  return answerHtml(contributionPage(frame(visit), opened.value, { problem: done.problem, comment: visit.fields }), problemStatus(done.problem));
}

async function takeReport(ctx: ContributionsContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const opened = await openContribution(ctx, visit.params['key']!, visit.params['number']!, supporterFrom(visit));
  if (!opened.ok) return problemPage(opened.problem);
  const get = (name: string): string => visit.fields.get(name) ?? '';
  const what = get('what');
  const done = await reportAbuse(ctx, {
    contributionId: opened.value.contribution.id,
    ...(what === '' || what === 'beitrag' ? {} : { commentId: what }),
    reason: get('reason'),
    text: get('text'),
    trap: get('website'),
  });
  if (done.ok) return redirect(`${addressOf(opened.value.participation.key, opened.value.contribution)}?gemeldet=ja#melden`);
  return answerHtml(contributionPage(frame(visit), opened.value, { problem: done.problem, report: visit.fields }), problemStatus(done.problem));
}

/** What was just sent, right or wrong. */
interface Sent {
  readonly problem?: Problem;
  readonly comment?: URLSearchParams;
  readonly report?: URLSearchParams;
  readonly reported?: boolean;
}

function contributionPage(view: PageView, opened: OpenedContribution, sent: Sent): Html {
  const { lang } = view;
  const t = publicTexts(lang);
  const { participation, contribution } = opened;
  const { problem } = sent;
  const problems = problem?.fields ?? [];
  const main = html`${errorSummary(problems, lang, problem !== undefined && problems.length === 0 ? problem.detail : undefined)}
${pageTitle(contribution.title, { preline: t.number(contribution.number) })}
${factsPart(opened, lang)}
<div lang="de">${paragraphs(contribution.text)}</div>
${contribution.hasPicture ? html`<p><img class="k-contribution__picture" src="${addressOf(participation.key, contribution)}/bild" alt="${t.picture}: ${contribution.title}"></p>` : ''}
${placePart(opened, lang)}
${contribution.answer === null ? '' : section(t.answer, html`<div lang="de">${paragraphs(contribution.answer)}</div>${contribution.answeredAt === null ? '' : html`<p class="k-muted">${formatShortDate(lang, legalDay(contribution.answeredAt))}</p>`}`)}
${supportPart(opened, lang)}
${commentsPart(opened, sent, problems, view)}
${reportPart(opened, sent, problems, lang)}`;
  return page(view, {
    title: contribution.title,
    main,
    hasErrors: problem !== undefined,
    scripts: ['map'],
    breadcrumb: [
      { label: t.home, href: '/beteiligung' },
      { label: participation.title, href: `/beteiligung/${participation.key}` },
      { label: contribution.title },
    ],
  });
}

function factsPart({ participation, contribution }: OpenedContribution, lang: Lang): Html {
  const t = publicTexts(lang);
  const { category, district, submittedAt } = contribution;
  return factList([
    { label: t.category, value: participation.categories.find(({ id }) => id === category)?.name ?? category },
    { label: t.received, value: formatDate(lang, legalDay(submittedAt)) },
    ...(district === null ? [] : [{ label: t.district, value: district }]),
  ]);
}

function placePart({ participation, contribution }: OpenedContribution, lang: Lang): Html {
  const { lon, lat } = contribution;
  if (lon === null || lat === null) return html``;
  const position = { lon, lat };
  const shapes = shapesOf([contribution]);
  const map = mapFigure({
    lang,
    title: publicTexts(lang).mapTitle(contribution.title),
    markers: [{ position, label: '1', active: true }],
    fit: shapes.length === 0 ? [position] : boxAround(shapes),
    pictureUrl: `/beteiligung/${participation.key}/karte.svg?nur=${contribution.number}`,
    shapes: [...edgesOf(participation), ...shapes],
  });
  return section(publicTexts(lang).place, html`${map}<p class="k-muted">${describePosition(position, lang)}</p>`);
}

function supportPart({ participation, contribution, supported, phase }: OpenedContribution, lang: Lang): Html {
  const t = publicTexts(lang);
  const action = `${addressOf(participation.key, contribution)}/unterstuetzen`;
  const press = supported
    ? html`<p class="kern-body">${t.supported}</p>${buttonForm(action, { label: t.withdraw, kind: 'secondary', small: true }, { zurueck: 'ja' })}`
    : html`${buttonForm(action, { label: t.support, icon: 'check' })}<p class="kern-hint">${t.cookie}</p>`;
  return html`<section class="k-section" id="unterstuetzen"><h2 class="kern-heading-medium">${t.supportCount(contribution.support)}</h2>${phase === 'running' ? press : ''}</section>`;
}

function commentsPart(
  { participation, contribution, comments, phase }: OpenedContribution,
  sent: Sent,
  problems: readonly FieldProblem[],
  { lang, actor }: PageView,
): Html {
  const t = publicTexts(lang);
  const own = sent.comment === undefined ? [] : problems;
  const value = sent.comment?.get('text') ?? '';
  const list =
    comments.length === 0
      ? html`<p class="kern-body">${t.noComments}</p>`
      : html`<ol class="k-statements">${comments.map((one, index) => html`<li class="k-statement" id="k-${index + 1}"><p class="k-statement__head"><strong>${t.commentOf(index + 1)}</strong> <span class="k-muted">${formatShortDate(lang, legalDay(one.submittedAt))}</span></p><div lang="de">${paragraphs(one.text)}</div></li>`)}</ol>`;
  const receipt = sent.comment?.get('receipt') ?? '';
  const write =
    phase !== 'running' && sent.comment === undefined
      ? ''
      : form({ action: `${addressOf(participation.key, contribution)}/kommentar`, hidden: { receipt: receipt === '' ? newReceipt() : receipt } }, [
          textArea({ name: 'text', label: t.comment, hint: t.commentHint, lang, rows: 4, maxLength: LONGEST_COMMENT, value, ...errorOf(own, 'text') }),
          actor.kind === 'citizen'
            ? confirmField({ name: 'account', label: formTexts(lang).account, lang, required: false, checked: sent.comment?.get('account') === 'ja' })
            : html``,
          trapField(lang, sent.comment?.get('website') ?? ''),
          buttonRow(button({ label: t.sendComment, kind: 'secondary' })),
        ]);
  return section(t.comments, html`${list}${write}`, { id: 'kommentare' });
}

function reportPart({ participation, contribution, comments }: OpenedContribution, sent: Sent, problems: readonly FieldProblem[], lang: Lang): Html {
  const t = publicTexts(lang);
  if (sent.reported === true) return html`<div id="melden">${alert('success', t.reported, undefined, { live: true })}</div>`;
  const own = sent.report === undefined ? [] : problems;
  const typed = (name: string): string => sent.report?.get(name) ?? '';
  const targets = [{ value: 'beitrag', label: t.thisContribution }, ...comments.map(({ id }, index) => ({ value: id, label: t.commentOf(index + 1) }))];
  // the comment's text has the same name and, on this page, its id
  const explained = html`<div class="kern-form-input"><label class="kern-label" for="f-report-text">${t.reportText}</label><textarea class="kern-form-input__input" id="f-report-text" name="text" rows="3">
${typed('text')}</textarea></div>`;
  const inner = form({ action: `${addressOf(participation.key, contribution)}/melden` }, [
    html`<p class="kern-body">${t.reportLead}</p>`,
    selectField({ name: 'what', label: t.reportWhat, lang, options: targets, value: typed('what') }),
    selectField({
      name: 'reason',
      label: t.reportWhy,
      lang,
      empty: true,
      options: choicesOf(REPORT_TEXTS, lang),
      value: typed('reason'),
      ...errorOf(own, 'reason'),
    }),
    explained,
    buttonRow(button({ label: t.sendReport, kind: 'secondary' })),
  ]);
  return html`<div id="melden">${accordion(t.report, inner, { open: sent.report !== undefined })}</div>`;
}
