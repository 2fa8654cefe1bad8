import type { FieldProblem } from '../../../kernel/problem.ts';
import { getPage, html as answerHtml, problemPage, type Answer, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { errorSummary, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { COMMENTS_SHOWN, commentsOn } from '../application/comments.ts';
import { keepsStrategy, type CockpitContext } from '../application/context.ts';
import { openDecision, type OpenedDecision } from '../application/read-strategy.ts';
import { KIND_WORDS } from '../application/reason-words.ts';
import type { CommentPage } from '../domain/comment.ts';
import type { DecidedChange } from '../domain/diff.ts';
import type { Kind, Strategy, Version } from '../domain/items.ts';
import { pageAsked } from './comment-cursor.ts';
import { commentsPart, type SentComment } from './comments-part.ts';
import { factsPart } from './facts-part.ts';
import { decisionHref, editHref, historyHref, HOME, measureHref, type Frame } from './frame.ts';
import { nameOf } from './item-form.ts';
import { SPECS } from './item-specs.ts';
import { plainWords, provenanceWords, shortDay, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';

const HREF = `${HOME}/entscheidungen`;

/** "How we decided", for everybody. */
export function decisionPages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [
    getPage(HREF, 'public', async (visit) => answerHtml(decisionsPage(frame(visit), await ctx.history.now()))),
    getPage(`${HREF}/:id`, 'public', (visit) => showDecision(ctx, frame, visit, visit.params['id']!)),
  ];
}

/** @param sent a comment that was refused, as it was typed */
export async function showDecision(
  ctx: CockpitContext,
  frame: Frame,
  visit: Visit | FormVisit,
  key: string,
  sent?: SentComment,
  problems: readonly FieldProblem[] = [],
): Promise<Answer> {
  const opened = await openDecision(ctx, key);
  if (!opened.ok) return problemPage(opened.problem);
  const comments = await commentsOn(ctx, { kind: 'decision', key }, { limit: COMMENTS_SHOWN, after: pageAsked(visit.query) });
  return answerHtml(decisionPage(frame(visit), opened.value, { comments, sent, problems }), problems.length > 0 ? 422 : 200);
}

function decisionsPage(view: PageView, strategy: Strategy): Html {
  const { lang } = view;
  const t = cockpitTexts(lang);
  const all = [...strategy.decision.values()].toSorted((a, b) => (a.decidedOn > b.decidedOn ? -1 : 1));
  const main = html`${pageTitle(t.decisions, { lead: t.decisionsLead })}
${keepsStrategy(view.actor) ? html`<p>${linkButton({ label: t.newDecision, href: `${HOME}/bearbeiten/decision` })}</p>` : ''}
${all.length === 0 ? html`<p class="kern-body">${t.noDecisions}</p>` : decisionParts(strategy, all, lang)}`;
  return page(view, { title: t.decisions, main, breadcrumb: [{ label: t.title, href: HOME }, { label: t.decisions }] });
}

/** Each with its question, what was possible, and why one was chosen. */
export function decisionParts(strategy: Strategy, decisions: readonly Kind<'decision'>[], lang: Lang): Html {
  const t = cockpitTexts(lang);
  return html`<ol class="k-statements">${decisions.map(
    (one) =>
      html`<li class="k-statement" id="d-${one.key}"><p class="k-statement__head"><strong>${words(one.question, lang)}</strong> <span class="k-muted">${t.decidedBy(one.decidedBy, shortDay(lang, one.decidedOn))}</span></p>
${reasonsPart(strategy, one, lang)}
<p class="kern-body"><a class="kern-link" href="${decisionHref(one.key)}">${t.decided}<span class="kern-sr-only">: ${one.question.de}</span></a></p></li>`,
  )}</ol>`;
}

function reasonsPart(strategy: Strategy, one: Kind<'decision'>, lang: Lang): Html {
  const t = cockpitTexts(lang);
  const on = one.measure === undefined ? undefined : strategy.measure.get(one.measure);
  return html`<p class="kern-label">${t.options}</p><ol class="kern-list">${one.options.map((option, index) => html`<li>${words(option, lang)}${index + 1 === one.chosen ? html` <strong>(${t.chosen})</strong>` : ''}</li>`)}</ol>
<p class="kern-label">${t.reasons}</p><p class="kern-body k-typed">${words(one.reasons, lang)}</p>
<p class="kern-body">${on === undefined ? '' : html`${t.measure}: <a class="kern-link" href="${measureHref(on.key)}">${words(on.title, lang)}</a>. `}${provenanceWords(one.provenance, lang)}. <a class="kern-link" href="${historyHref('decision', one.key)}">${t.history}<span class="kern-sr-only">: ${one.question.de}</span></a></p>`;
}

interface Beside {
  readonly comments: CommentPage;
  readonly sent: SentComment | undefined;
  readonly problems: readonly FieldProblem[];
}

/** One decision: how it was taken, what it changed, and what people say on it. */
function decisionPage(view: PageView, opened: OpenedDecision, { comments, sent, problems }: Beside): Html {
  const { lang, actor } = view;
  const t = cockpitTexts(lang);
  const { strategy, decision, changes } = opened;
  const title = plainWords(decision.question, lang);
  const edit = keepsStrategy(actor)
    ? linkButton({ label: t.edit, href: editHref('decision', decision.key), kind: 'secondary', small: true, context: title })
    : '';
  const main = html`${errorSummary(problems, lang) ?? ''}${pageTitle(title, { preline: t.decision, lead: t.decidedBy(decision.decidedBy, shortDay(lang, decision.decidedOn)) })}
${reasonsPart(strategy, decision, lang)}${edit}
${section(t.decided, html`${changes.length === 0 ? html`<p class="kern-body">${t.decidedNothing}</p>` : changeTable(changes, lang)}${thenAndNow(opened, lang)}`, { id: 'geaendert' })}
${commentsPart(view, { kind: 'decision', key: decision.key }, comments, sent, problems)}`;
  const crumbs = [{ label: t.title, href: HOME }, { label: t.decisions, href: HREF }, { label: title }];
  return page(view, { title, main, frame: true, breadcrumb: crumbs, hasErrors: problems.length > 0 });
}

/** Every change that names the decision: what stood there, what stands there since, and why. */
function changeTable(changes: readonly DecidedChange[], lang: Lang): Html {
  const t = cockpitTexts(lang);
  const stood = ({ facts: changed }: DecidedChange, one: Version | undefined, otherwise: string): Html | string => {
    if (one?.facts == null) return otherwise;
    const specs = SPECS[one.kind].filter(({ name }) => changed.length === 0 || changed.includes(name));
    return html`${factsPart(one.kind, one.facts, lang, specs)}<span class="k-muted">${t.version(one.version, shortDay(lang, dayOf(one.at)))}</span>`;
  };
  return dataTable<DecidedChange>(
    [
      {
        label: t.what,
        rowHeader: true,
        cell: ({ before, after }) => `${KIND_WORDS[after.kind][lang]}: ${nameOf(after.facts ?? before?.facts ?? {}, after.key, lang)}`,
      },
      { label: t.before, cell: (one) => stood(one, one.before, t.notThere) },
      { label: t.after, cell: (one) => stood(one, one.after, t.removed) },
      { label: t.reason, cell: ({ after }) => html`<span lang="de">${after.reason}</span>` },
    ],
    changes,
    { caption: t.decided, captionHidden: true, lang, href: ({ after }) => historyHref(after.kind, after.key) },
  );
}

const dayOf = (at: Temporal.Instant): string => at.toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString();

/** The measure as it stood on the day before, and as it stands now. */
function thenAndNow({ strategy, decision, stoodBefore }: OpenedDecision, lang: Lang): Html | undefined {
  const t = cockpitTexts(lang);
  const measure = strategy.measure.get(decision.measure ?? '');
  if (measure === undefined || !stoodBefore) return undefined;
  const before = Temporal.PlainDate.from(decision.decidedOn).subtract({ days: 1 }).toString();
  const link = (href: string, label: string): Html => html`<li><a class="kern-link" href="${href}">${label}</a></li>`;
  return html`<ul class="kern-list">${link(`${measureHref(measure.key)}?stand=${before}`, t.measureThen(plainWords(measure.title, lang), shortDay(lang, before)))}${link(measureHref(measure.key), t.measureNow(plainWords(measure.title, lang)))}</ul>`;
}
