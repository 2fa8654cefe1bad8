import { getPage, html as answerHtml, problemPage, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { dataTable, summaryList } from '../../../platform/ui/components.ts';
import { errorSummary, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatAmount, formatDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import { COMMENTS_SHOWN, commentsOn } from '../application/comments.ts';
import type { CommentPage } from '../domain/comment.ts';
import { actsFor, keepsStrategy, type CockpitContext, type KnownService } from '../application/context.ts';
import { followMeasures, type Followed } from '../application/follow-measures.ts';
import { openMeasure, type OpenedMeasure } from '../application/read-strategy.ts';
import { model } from '../application/model.ts';
import type { Kind } from '../domain/items.ts';
import { pageAsked } from './comment-cursor.ts';
import { needsPart, waitingPart } from './chain-parts.ts';
import { commentsPart, type SentComment } from './comments-part.ts';
import { decisionParts } from './decision-pages.ts';
import { figuresPart, forecastPart } from './follow-parts.ts';
import { followTexts } from './follow-texts.ts';
import { dayAsked, editHref, fieldHref, historyHref, HOME, measureHref, type Frame } from './frame.ts';
import { lightBadge, plainWords, provenanceWords, rulePart, shortDay, standsOnPart, unitLink, whyParts, words } from './parts.ts';
import { cockpitTexts } from './texts.ts';
import { indicatorTable, servicePart, tracePart } from './trace-parts.ts';

const { belonging, milestonesOf } = model;

/** A measure with everything that hangs on it. */
export function measurePages(ctx: CockpitContext, frame: Frame): AnyRoute[] {
  return [getPage(`${HOME}/massnahmen/:id`, 'public', (visit) => showMeasure(ctx, frame, visit, visit.params['id']!))];
}

/** @param sent a comment that was refused, as it was typed */
export async function showMeasure(
  ctx: CockpitContext,
  frame: Frame,
  visit: Visit | FormVisit,
  key: string,
  sent?: SentComment,
  problems: readonly FieldProblem[] = [],
) {
  const opened = await openMeasure(ctx, key, dayAsked(visit).day);
  if (!opened.ok) return problemPage(opened.problem);
  const followed = opened.value.past ? undefined : await followMeasures(ctx, opened.value, { only: new Set([key]) });
  const comments = opened.value.past ? NO_COMMENTS : await commentsOn(ctx, { kind: 'measure', key }, { limit: COMMENTS_SHOWN, after: pageAsked(visit.query) });
  return answerHtml(measurePage(frame(visit), opened.value, { comments, followed, services: ctx.services(), sent, problems }), problems.length > 0 ? 422 : 200);
}

const NO_COMMENTS: CommentPage = { items: [], next: undefined };

interface Beside {
  readonly comments: CommentPage;
  /** Of a day gone by there is none. */
  readonly followed: Followed | undefined;
  readonly services: readonly KnownService[];
  readonly sent: SentComment | undefined;
  readonly problems: readonly FieldProblem[];
}

function measurePage(view: PageView, opened: OpenedMeasure, { comments, followed, services, sent, problems }: Beside): Html {
  const { lang, actor } = view;
  const t = cockpitTexts(lang);
  const { strategy, measure, status, trace } = opened;
  const title = plainWords(measure.title, lang);
  const decisions = belonging(strategy, 'decision', (one) => one.measure === measure.key);
  const reads = actor.kind === 'staff' && (keepsStrategy(actor) || actsFor(actor, measure.unit));
  const main = html`${errorSummary(problems, lang) ?? ''}${pageTitle(title, { preline: t.measure, badge: lightBadge(status.light, lang), lead: words(measure.text, lang) })}
${standsOnPart(opened, lang, measureHref(measure.key))}
${section(t.why, html`${whyParts(status, opened, lang)}${rulePart(lang)}`, { id: 'ampel' })}
${factsPart(view, opened, reads)}
${section(t.milestones, milestoneTable(opened, lang, reads))}
${followed === undefined ? '' : endPart(opened, followed, lang)}
${section(t.trace, html`${tracePart(trace, lang)}${servicePart(opened, services, lang)}${indicatorTable(opened, services, lang)}`, { id: 'spur' })}
${followed && figuresPart(followed.figures, lang)}
${section(t.needs, needsPart(opened, measure.key, lang))}${section(t.downstream, waitingPart(opened, measure.key, lang), { id: 'danach' })}
${section(
  t.risks,
  riskTable(
    opened,
    belonging(strategy, 'risk', (one) => one.measure === measure.key),
    lang,
  ),
)}
${moneyPart(opened, lang)}
${decisions.length === 0 ? '' : section(t.decisions, decisionParts(strategy, decisions, lang))}
${opened.past ? '' : commentsPart(view, { kind: 'measure', key: measure.key }, comments, sent, problems)}`;
  const crumbs = [
    { label: t.title, href: HOME },
    ...(trace.field === undefined ? [] : [{ label: plainWords(trace.field.title, lang), href: fieldHref(trace.field.key) }]),
    { label: title },
  ];
  return page(view, { title, main, frame: true, breadcrumb: crumbs, hasErrors: problems.length > 0 });
}

/** When it is likely to be finished, where something is open, and its lights in the quarters gone by. */
function endPart(opened: OpenedMeasure, { ends, quarters }: Followed, lang: Lang): Html {
  const tf = followTexts(lang);
  const { strategy, measure } = opened;
  const open = milestonesOf(strategy, measure.key).some(({ doneOn }) => doneOn === undefined);
  const before = quarters.flatMap(({ quarter, statuses }) => {
    const status = statuses.get(measure.key);
    return status === undefined ? [] : [html`<li>${tf.quarter(String(quarter.number), String(quarter.year))}: ${lightBadge(status.byRule, lang)}</li>`];
  });
  return html`${open ? section(tf.forecastOne, forecastPart(opened, ends, lang), { id: 'vorhersage' }) : ''}
${section(tf.lightsBefore, html`<ul class="k-list">${before}</ul><p class="kern-hint">${tf.historySource}</p>`)}`;
}

function factsPart({ lang, actor }: PageView, opened: OpenedMeasure, reads: boolean): Html {
  const t = cockpitTexts(lang);
  const { measure, strategy } = opened;
  const rows = [
    { label: t.unit, value: unitLink(opened, measure.unit, lang, reads) },
    { label: t.term, value: `${shortDay(lang, measure.startsOn)} – ${shortDay(lang, measure.endsOn)}` },
    { label: t.origin, value: provenanceWords(measure.provenance, lang) },
    {
      label: t.history,
      value: html`<a class="kern-link" href="${historyHref('measure', measure.key)}">${t.version(measure.version, formatDate(lang, dayOf(measure.changedAt)))}</a>`,
    },
  ];
  const figures = belonging(strategy, 'figure', (one) => one.measure === measure.key);
  const table =
    figures.length === 0
      ? ''
      : dataTable<Kind<'figure'>>(
          [
            { label: t.counts, rowHeader: true, cell: ({ definition }) => words(definition, lang) },
            { label: t.figure, cell: ({ value }) => value },
            { label: t.asOfDay, cell: ({ asOf }) => asOf },
            { label: t.origin, cell: ({ provenance }) => provenanceWords(provenance, lang) },
          ],
          figures,
          { caption: t.figures, lang },
        );
  const edit = keepsStrategy(actor)
    ? linkButton({ label: t.edit, href: editHref('measure', measure.key), kind: 'secondary', small: true, context: plainWords(measure.title, lang) })
    : '';
  return html`${summaryList(rows, lang)}${edit}${table}`;
}

const dayOf = (instant: Temporal.Instant): Temporal.PlainDate => instant.toZonedDateTimeISO('Europe/Berlin').toPlainDate();

export function milestoneTable({ strategy, measure, day }: Pick<OpenedMeasure, 'strategy' | 'measure' | 'day'>, lang: Lang, edits: boolean): Html {
  const t = cockpitTexts(lang);
  return dataTable<Kind<'milestone'>>(
    [
      { label: t.milestone, rowHeader: true, cell: ({ title }) => words(title, lang) },
      { label: t.due, cell: ({ dueOn }) => shortDay(lang, dueOn) },
      { label: t.state, cell: (one) => milestoneState(one, day, lang) },
      {
        label: t.history,
        cell: ({ key, version, changedAt }) =>
          html`<a class="kern-link" href="${historyHref('milestone', key)}">${t.version(version, formatDate(lang, dayOf(changedAt)))}</a>`,
      },
      { label: t.origin, minor: true, cell: ({ provenance }) => provenanceWords(provenance, lang) },
      ...(edits ? [{ label: t.change, cell: ({ key, title }: Kind<'milestone'>) => editLink('milestone', key, title.de, lang) }] : []),
    ],
    milestonesOf(strategy, measure.key),
    { caption: t.milestones, captionHidden: true, lang, empty: t.none },
  );
}

export const editLink = (kind: string, key: string, name: string, lang: Lang): Html =>
  linkButton({ label: cockpitTexts(lang).change, href: editHref(kind, key), kind: 'tertiary', small: true, context: name });

export function milestoneState({ dueOn, doneOn }: Kind<'milestone'>, today: Temporal.PlainDate, lang: Lang): string {
  const t = cockpitTexts(lang);
  if (doneOn !== undefined) return `${t.reachedOn} ${shortDay(lang, doneOn)}`;
  const days = Temporal.PlainDate.from(dueOn).until(today, { largestUnit: 'days' }).days;
  return days > 0 ? t.late(days) : t.open;
}

/** @param risks those to show */
export function riskTable({ strategy }: Pick<OpenedMeasure, 'strategy'>, risks: readonly Kind<'risk'>[], lang: Lang, edits = false): Html {
  const t = cockpitTexts(lang);
  const table = dataTable<Kind<'risk'>>(
    [
      { label: t.risk, rowHeader: true, cell: ({ title }) => words(title, lang) },
      {
        label: t.level,
        cell: ({ likelihood, effect, closedOn }) => (closedOn === undefined ? `${likelihood} × ${effect}` : `${t.reachedOn} ${shortDay(lang, closedOn)}`),
      },
      { label: t.answer, cell: ({ answer }) => words(answer, lang) },
      { label: t.owner, cell: ({ owner }) => words(strategy.unit.get(owner)?.title ?? { de: owner }, lang) },
      { label: t.origin, minor: true, cell: ({ provenance }) => provenanceWords(provenance, lang) },
      ...(edits ? [{ label: t.change, cell: ({ key, title }: Kind<'risk'>) => editLink('risk', key, title.de, lang) }] : []),
    ],
    risks.toSorted((a, b) => b.likelihood * b.effect - a.likelihood * a.effect),
    { caption: t.risks, captionHidden: true, lang, empty: t.none },
  );
  return html`${table}${risks.length === 0 ? '' : html`<p class="kern-hint">${t.level}: ${t.likelihoodEffect}.</p>`}`;
}

function moneyPart({ strategy, measure }: OpenedMeasure, lang: Lang): Html | undefined {
  const t = cockpitTexts(lang);
  const budgets = belonging(strategy, 'budget', (one) => one.measure === measure.key).toSorted((a, b) => a.year - b.year);
  if (budgets.length === 0) return undefined;
  const table = dataTable<Kind<'budget'>>(
    [
      { label: t.year, rowHeader: true, cell: ({ year }) => String(year) },
      { label: t.planned, numeric: true, cell: ({ plannedCents }) => formatAmount(lang, plannedCents) },
      { label: t.spent, numeric: true, cell: ({ spentCents }) => formatAmount(lang, spentCents) },
      { label: t.asOfDay, cell: ({ asOf }) => shortDay(lang, asOf) },
      { label: t.counts, cell: ({ definition }) => words(definition, lang) },
      { label: t.origin, cell: ({ provenance }) => provenanceWords(provenance, lang) },
    ],
    budgets,
    { caption: t.budget, captionHidden: true, lang },
  );
  return section(t.budget, table);
}
