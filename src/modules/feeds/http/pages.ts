import type { Problem } from '../../../kernel/problem.ts';
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
import { badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { numberField, selectField, textField } from '../../../platform/ui/form.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { FeedsContext } from '../application/context.ts';
import type { FeedsDesk } from '../application/feeds-desk.ts';
import { undoImport } from '../application/import-file.ts';
import { declaredKinds, declareSource, sourceDetails, sourcesOf, switchSource, type SourceDetails } from '../application/sources.ts';
import { declarationOf, DECLARED_FIELDS, type DeclaredKind } from './declared-fields.ts';
import { feedTexts } from './texts.ts';

type Frame = (visit: Visit, view: SourceDetails['view']) => PageView;
const PAGE = 200;

/** The page of the sources, of each of them, and the forms by which they are declared. */
export function feedsPages(ctx: FeedsContext, desk: FeedsDesk, frame: Frame): AnyRoute[] {
  const key = (visit: Visit): string => visit.params['key'] ?? '';
  return [
    getPage('/lagen/:key/quellen', LAGE_ACCESS, async (visit) => listPage(ctx, frame, visit)),
    getPage('/lagen/:key/quellen/neu/:kind', LAGE_ACCESS, async (visit) => declarePage(ctx, frame, visit)),
    postPage('/lagen/:key/quellen/neu/:kind', LAGE_ACCESS, async (visit) => {
      const kind = kindOf(visit);
      const done = await declareSource(ctx, visit.actor, key(visit), declarationOf(kind, visit.fields));
      if (!done.ok) return declarePage(ctx, frame, visit, { fields: visit.fields, problem: done.problem });
      if (kind === 'sensor') await desk.follower.sweep();
      return redirect(`/lagen/${key(visit)}/quellen/${done.value.id}`);
    }),
    getPage('/lagen/:key/quellen/:id', LAGE_ACCESS, async (visit) => sourcePage(ctx, frame, visit)),
    postPage('/lagen/:key/quellen/:id/schalten', LAGE_ACCESS, async (visit: FormVisit) => {
      const id = visit.params['id'] ?? '';
      const done = await switchSource(ctx, visit.actor, key(visit), id, visit.fields.get('active') === 'ja');
      return done.ok ? redirect(`/lagen/${key(visit)}/quellen/${id}`) : problemPage(done.problem);
    }),
    postPage('/lagen/:key/quellen/:id/zuruecknehmen', LAGE_ACCESS, async (visit) => {
      const id = visit.params['id'] ?? '';
      const done = await undoImport(ctx, visit.actor, key(visit), id);
      return done.ok ? redirect(`/lagen/${key(visit)}/quellen/${id}`) : problemPage(done.problem);
    }),
  ];
}

/** Minutes, hours, then days. */
function aged(lang: Lang, at: Temporal.Instant | null, now: Temporal.Instant): string {
  const t = feedTexts(lang);
  if (at === null) return t.never;
  const seconds = Math.max(0, Math.floor((now.epochMilliseconds - at.epochMilliseconds) / 1000));
  const age =
    seconds < 120
      ? `${seconds} s`
      : seconds < 7200
        ? `${Math.floor(seconds / 60)} min`
        : seconds < 172_800
          ? `${Math.floor(seconds / 3600)} h`
          : `${Math.floor(seconds / 86_400)} d`;
  return `${formatInstant(lang, at)} (${t.ago(age)})`;
}

const crumbs = (t: ReturnType<typeof feedTexts>, view: SourceDetails['view'], title?: string) => [
  { label: view.lage.title, href: `/lagen/${view.lage.key}` },
  ...(title === undefined ? [{ label: t.sources }] : [{ label: t.sources, href: `/lagen/${view.lage.key}/quellen` }, { label: title }]),
];

async function listPage(ctx: FeedsContext, frame: Frame, visit: Visit): Promise<Answer> {
  const found = await sourcesOf(ctx, visit.actor, visit.params['key'] ?? '', { limit: PAGE });
  if (!found.ok) return problemPage(found.problem);
  const { view: entered, sources } = found.value;
  const view = frame(visit, entered);
  const { lang } = view;
  const t = feedTexts(lang);
  const base = `/lagen/${entered.lage.key}/quellen`;
  type Counted = (typeof sources)[number];
  const count = (of: (one: Counted) => number) => (one: Counted) => formatNumber(lang, of(one));
  const table = dataTable<Counted>(
    [
      { label: t.name, rowHeader: true, cell: ({ name }) => name },
      { label: t.kind, cell: ({ kind }) => t[kind] },
      { label: t.state, cell: (one) => stateBadge(one, t) },
      { label: t.lastHeard, cell: ({ lastHeardAt }) => aged(lang, lastHeardAt, visit.now) },
      { label: t.lastHour, numeric: true, cell: count(({ lastHour }) => lastHour) },
      { label: t.taken, numeric: true, cell: count(({ taken }) => taken) },
      { label: t.repeated, numeric: true, cell: count(({ repeated }) => repeated) },
      { label: t.refused, numeric: true, cell: count(({ refused }) => refused) },
      { label: t.quarantined, numeric: true, cell: count(({ quarantined }) => quarantined) },
    ],
    sources,
    { caption: t.sources, captionHidden: true, lang, empty: t.none, dense: true, href: ({ id }) => `${base}/${id}` },
  );
  const add = entered.rights.has('feeds')
    ? section(
        t.declare,
        buttonRow(
          ...declaredKinds.map((kind) => linkButton({ label: t[kind], href: `${base}/neu/${kind}`, kind: 'secondary' })),
          linkButton({ label: t.importFile, href: `${base}/datei`, kind: 'secondary' }),
        ),
      )
    : '';
  return answerHtml(
    page(view, { title: t.sources, main: html`${pageTitle(t.sources, { lead: t.lead })}${table}${add}`, wide: true, breadcrumb: crumbs(t, entered) }),
  );
}

function stateBadge({ active, kind, problem }: SourceDetails['source'], t: ReturnType<typeof feedTexts>): Html {
  if (!active) return badge('neutral', kind === 'import' ? t.undone : t.off);
  return problem === null ? badge('success', t.on) : badge('warning', t.problem);
}

async function sourcePage(ctx: FeedsContext, frame: Frame, visit: Visit): Promise<Answer> {
  const found = await sourceDetails(ctx, visit.actor, visit.params['key'] ?? '', visit.params['id'] ?? '');
  if (!found.ok) return problemPage(found.problem);
  const { view: entered, source } = found.value;
  const view = frame(visit, entered);
  const { lang } = view;
  const t = feedTexts(lang);
  const facts = factList([
    { label: t.kind, value: t[source.kind] },
    { label: t.state, value: stateBadge(source, t) },
    { label: t.lastHeard, value: aged(lang, source.lastHeardAt, visit.now) },
    { label: t.declaredBy, value: source.declaredBy },
    { label: t.since, value: formatInstant(lang, source.declaredAt) },
    ...(source.problem === null ? [] : [{ label: t.problem, value: source.problem }]),
  ]);
  const main = html`${pageTitle(source.name)}${facts}${entered.rights.has('feeds') ? actions(found.value, t) : ''}${rejectedPart(found.value, lang)}${hoursPart(found.value, lang)}${
    Object.keys(source.config).length === 0 ? '' : section(t.settings, html`<pre class="k-code">${JSON.stringify(source.config, null, 2)}</pre>`)
  }`;
  return answerHtml(page(view, { title: source.name, main, wide: true, breadcrumb: crumbs(t, entered, source.name) }));
}

function actions({ view, source }: SourceDetails, t: ReturnType<typeof feedTexts>): Html {
  const base = `/lagen/${view.lage.key}/quellen/${source.id}`;
  if (source.kind === 'import') return source.active ? buttonForm(`${base}/zuruecknehmen`, { label: t.undo, kind: 'secondary' }) : html``;
  return buttonForm(`${base}/schalten`, { label: source.active ? t.switchOff : t.switchOn, kind: 'secondary' }, { active: source.active ? 'nein' : 'ja' });
}

function rejectedPart({ rejected }: SourceDetails, lang: Lang): Html {
  const t = feedTexts(lang);
  const table = dataTable<SourceDetails['rejected'][number]>(
    [
      { label: t.at, rowHeader: true, cell: ({ at }) => formatInstant(lang, at) },
      { label: t.state, cell: ({ outcome }) => badge(outcome === 'refused' ? 'danger' : 'warning', t[outcome]) },
      { label: t.reason, cell: ({ reason }) => html`<span lang="de">${reason}</span>` },
      {
        label: t.raw,
        cell: ({ raw }) => (raw === '' ? '' : html`<details class="k-more"><summary>${t.showRaw}</summary><pre class="k-code">${raw}</pre></details>`),
      },
    ],
    rejected,
    { caption: t.rejected, captionHidden: true, lang, empty: t.noneRejected, dense: true },
  );
  return section(t.rejected, html`${rejected.length === 0 ? '' : html`<p class="kern-body">${t.rejectedLead}</p>`}${table}`);
}

function hoursPart({ hours }: SourceDetails, lang: Lang): Html {
  const t = feedTexts(lang);
  type Hour = SourceDetails['hours'][number];
  const count = (label: string, of: (one: Hour) => number) => ({ label, numeric: true, cell: (one: Hour) => formatNumber(lang, of(one)) });
  const table = dataTable<Hour>(
    [
      { label: t.hour, rowHeader: true, cell: ({ hour }) => formatInstant(lang, hour) },
      count(t.taken, ({ taken }) => taken),
      count(t.repeated, ({ repeated }) => repeated),
      count(t.refused, ({ refused }) => refused),
      count(t.quarantined, ({ quarantined }) => quarantined),
    ],
    hours,
    { caption: t.hours, captionHidden: true, lang, empty: t.nothingCame, dense: true },
  );
  return section(t.hours, table);
}

const kindOf = (visit: Visit): DeclaredKind => declaredKinds.find((kind) => kind === visit.params['kind']) ?? 'cot';

async function declarePage(
  ctx: FeedsContext,
  frame: Frame,
  visit: Visit,
  typed?: { readonly fields: URLSearchParams; readonly problem: Problem },
): Promise<Answer> {
  const found = await sourcesOf(ctx, visit.actor, visit.params['key'] ?? '', { limit: 1 });
  if (!found.ok) return problemPage(found.problem);
  const { view: entered } = found.value;
  if (!entered.rights.has('feeds')) return problemPage({ kind: 'not-allowed', detail: 'Quellen melden S2, S6 und die Leitung an.' });
  const view = frame(visit, entered);
  const { lang } = view;
  const t = feedTexts(lang);
  const kind = kindOf(visit);
  const problems = typed?.problem.fields ?? [];
  const fields = DECLARED_FIELDS[kind].map(({ name, label, hint, optional, options, number, standard }) => {
    const common = {
      name,
      lang,
      label: t[label],
      value: typed?.fields.get(name) ?? standard ?? '',
      required: optional !== true,
      ...(hint === undefined ? {} : { hint: t[hint] }),
      ...errorOf(problems, name),
    };
    if (options !== undefined) return selectField({ ...common, options: options.map((value) => ({ value, label: t[value] })) });
    return number === true ? numberField(common) : textField({ ...common, maxLength: 2000 });
  });
  const title = `${t.declare}: ${t[kind]}`;
  const summary = typed === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? typed.problem.detail : undefined);
  const main = html`${summary}${pageTitle(title)}${form({ action: `/lagen/${entered.lage.key}/quellen/neu/${kind}` }, html`${fields}${buttonRow(button({ label: t.declare }))}`)}`;
  return answerHtml(
    page(view, { title, main, hasErrors: typed !== undefined, breadcrumb: crumbs(t, entered, title) }),
    typed === undefined ? 200 : problemStatus(typed.problem),
  );
}
