import { inTens } from '../../../kernel/few.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable, summaryList } from '../../../platform/ui/components.ts';
import { confirmBox, errorSummary } from '../../../platform/ui/form-frame.ts';
import { formatDate, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { OutreachContext } from '../application/context.ts';
import { experimentsOn, startExperiment, stopExperiment, type OpenedExperiments, type Told } from '../application/experiments.ts';
import { EXPERIMENTS } from '../application/offered.ts';
import type { Counts, Experiment, ToldComparison, ToldReading, Variant } from '../domain/experiment.ts';
import { PAGES } from './block-form.ts';
import { experimentForm, readPlan, readVariation } from './experiment-form.ts';
import { experimentTexts } from './experiment-texts.ts';
import { mayWrite, READERS, WRITERS, type Frame } from './frame.ts';
import { shownCount } from './link-part.ts';

const slugOf = (visit: Visit): string => visit.params['slug']!;
const pathOf = (slug: string): string => `${PAGES}/${slug}/vergleich`;

/** Where wordings of a page are compared: the plan before the start, what can be said after it. */
export function experimentPages(ctx: OutreachContext, frame: Frame): AnyRoute[] {
  const path = `${PAGES}/:slug/vergleich`;
  return [
    getPage(path, READERS, async (visit) => show(ctx, frame, visit, visit.query)),
    postPage(path, WRITERS, async (visit) => {
      const opened = await experimentsOn(ctx, slugOf(visit));
      if (!opened.ok) return problemPage(opened.problem);
      const block = opened.value.page.content.blocks.find(({ id }) => id === visit.fields.get('block'));
      const started = await startExperiment(ctx, visit.actor, {
        slug: slugOf(visit),
        plan: readPlan(visit.fields),
        variation: readVariation(visit.fields, block),
      });
      return started.ok ? redirect(pathOf(started.value.slug)) : show(ctx, frame, visit, visit.fields, started.problem);
    }),
    postPage(`${path}/ende`, WRITERS, async (visit) => {
      const ended = await stopExperiment(ctx, visit.actor, slugOf(visit));
      return ended.ok ? redirect(pathOf(ended.value.slug)) : problemPage(ended.problem);
    }),
  ];
}

async function show(ctx: OutreachContext, frame: Frame, visit: Visit, fields: URLSearchParams, problem?: Problem): Promise<Answer> {
  const opened = await experimentsOn(ctx, slugOf(visit));
  if (!opened.ok) return problemPage(opened.problem);
  return answerHtml(experimentPage(frame(visit), opened.value, fields, problem), problem === undefined ? 200 : problemStatus(problem));
}

function experimentPage(view: PageView, { page: landing, current, earlier }: OpenedExperiments, fields: URLSearchParams, problem?: Problem): Html {
  const { lang } = view;
  const t = experimentTexts(lang);
  const problems = problem?.fields ?? [];
  const writes = mayWrite(view.actor);
  const action = pathOf(landing.slug);
  const body =
    current === undefined ? (writes ? experimentForm(action, landing.content.blocks, fields, problems, lang) : '') : currentPart(current, action, writes, lang);
  const main = html`${problem === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? problem.detail : undefined)}
${pageTitle(t.title, { preline: `/d/${landing.slug}`, lead: t.lead })}${body}${section(t.earlier, earlierTable(earlier, lang))}`;
  const breadcrumb = [{ label: `/d/${landing.slug}`, href: `${PAGES}/${landing.slug}` }, { label: t.title }];
  return page(view, { title: t.title, main, wide: true, hasErrors: problem !== undefined, breadcrumb });
}

function currentPart({ experiment, told }: NonNullable<OpenedExperiments['current']>, action: string, writes: boolean, lang: Lang): Html {
  const t = experimentTexts(lang);
  const { plan, startedOn } = experiment;
  const percent = (value: number): string => `${formatNumber(lang, value, 3)} %`;
  const rows = [
    { label: t.since, value: formatDate(lang, startedOn) },
    { label: t.expected, value: percent(plan.expectedPercent) },
    { label: t.minimum, value: formatNumber(lang, plan.minimumPercent, 3) },
    { label: t.alpha, value: t.alphaOf(percent(plan.alpha * 100)) },
    { label: t.rule, value: t.ruleText(formatNumber(lang, 1 / plan.alpha), formatNumber(lang, plan.maximumShown)) },
  ];
  const stop = writes
    ? confirmBox({ title: t.stop, body: t.stopBody, action: `${action}/ende`, confirm: t.stop, cancel: { label: t.title, href: action }, danger: true })
    : '';
  return html`${section(t.now, toldPart(experiment, told, lang))}${section(t.locked, summaryList(rows, lang))}${stop}`;
}

function toldPart(experiment: Experiment, told: Told, lang: Lang): Html {
  const t = experimentTexts(lang);
  if (told.kind !== 'read') return alert('info', told.kind === 'unmeasured' ? t.unmeasured : t.noDay);
  const { reading, counts } = told;
  const kind = reading.kind === 'uneven' || reading.kind === 'impossible' ? 'danger' : reading.kind === 'shown' ? 'success' : 'info';
  // where assignment or counting is broken there is nothing to read
  const table = reading.kind === 'uneven' || reading.kind === 'impossible' ? '' : countTable(experiment, reading.comparisons, counts, lang);
  return html`${alert(kind, outcomeOf(reading, lang))}${table}`;
}

/** What a reading says, in one sentence. */
function outcomeOf(reading: ToldReading, lang: Lang): string {
  const t = experimentTexts(lang);
  switch (reading.kind) {
    case 'uneven':
      return t.uneven(formatNumber(lang, reading.chance, 6));
    case 'impossible':
      return t.impossible;
    case 'open':
      return t.open;
    case 'maximum':
      return t.nothing;
    case 'shown':
      return reading.comparisons.flatMap((one) => (one.shown ? [one.better ? t.better(one.variant) : t.worse(one.variant)] : [])).join(' ');
  }
}

function countTable({ variation }: Experiment, comparisons: readonly ToldComparison[], counts: Counts, lang: Lang): Html {
  const t = experimentTexts(lang);
  const of = (variant: Variant): ToldComparison | undefined => comparisons.find((one) => one.variant === variant);
  // from the evidence of few the few could be reckoned back
  const told = (variant: Variant, name: 'evidence' | 'pValue', digits: number): string => {
    const one = of(variant);
    if (one === undefined) return '';
    return one[name] === null ? t.notShown : formatNumber(lang, one[name], digits);
  };
  return dataTable<Variant>(
    [
      { label: t.letter, rowHeader: true, cell: (variant) => (variant === 'a' ? `a, ${t.isPage}` : variant) },
      { label: t.shown, numeric: true, cell: (variant) => shownCount(inTens(counts[variant]?.shown ?? 0), lang) },
      { label: t.begun, numeric: true, cell: (variant) => shownCount(inTens(counts[variant]?.reached ?? 0), lang) },
      { label: t.evidence, numeric: true, cell: (variant) => told(variant, 'evidence', 2) },
      { label: t.pValue, numeric: true, cell: (variant) => told(variant, 'pValue', 4) },
    ],
    EXPERIMENTS.variantsOf(variation),
    { caption: t.now, captionHidden: true, lang },
  );
}

function earlierTable(earlier: readonly Experiment[], lang: Lang): Html {
  const t = experimentTexts(lang);
  const outcome = ({ endedBecause, result }: Experiment): string =>
    endedBecause === 'stopped' && result?.kind !== 'uneven' && result?.kind !== 'impossible'
      ? t.stopped
      : result === null
        ? t.stopped
        : outcomeOf(result, lang);
  return dataTable<Experiment>(
    [
      { label: t.since, rowHeader: true, cell: ({ startedOn }) => formatDate(lang, startedOn) },
      { label: t.outcome, cell: outcome },
    ],
    earlier,
    { caption: t.earlier, captionHidden: true, lang, empty: t.none },
  );
}
