import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
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
import { alert, badge, type Kind } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, confirmBox, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant, formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import {
  addConnector,
  changeConnector,
  connector,
  connectors,
  pause,
  remove,
  resume,
  runNow,
  type ConnectorOffice,
  type ShownConnector,
} from '../application/connectors.ts';
import { EXAMPLES } from './connector-examples.ts';
import { connectorTexts } from './connector-texts.ts';

type Frame = (visit: Visit) => PageView;
const PATH = '/verwaltung/anschluesse';
const WATCHERS = ['administration', 'revision'] as const;
const KEEPERS = ['administration'] as const;
const KINDS: Readonly<Record<ShownConnector['state'], Kind | 'neutral'>> = { paused: 'neutral', new: 'neutral', well: 'success', failing: 'danger' };

interface Typed {
  readonly name: string;
  readonly declaration: string;
  readonly problems: readonly FieldProblem[];
}

/** Where measurements come from, and whether they do. */
export function connectorPages(office: ConnectorOffice, frame: Frame): AnyRoute[] {
  const step = (name: string, act: typeof pause): AnyRoute =>
    postPage(`${PATH}/:id/${name}`, KEEPERS, async ({ actor, params }) => {
      const done = await act(office, actor, params['id'] ?? '');
      return done.ok ? redirect(`${PATH}/${done.value.id}`) : problemPage(done.problem);
    });
  return [
    getPage(PATH, WATCHERS, (visit) => list(office, frame, visit)),
    postPage(PATH, KEEPERS, (visit) =>
      written(
        visit,
        (input) => addConnector(office, visit.actor, input),
        (typed) => list(office, frame, visit, typed),
      ),
    ),
    getPage(`${PATH}/:id`, WATCHERS, (visit) => one(office, frame, visit)),
    postPage(`${PATH}/:id`, KEEPERS, (visit) =>
      written(
        visit,
        (input) => changeConnector(office, visit.actor, visit.params['id'] ?? '', input),
        (typed) => one(office, frame, visit, typed),
      ),
    ),
    step('anhalten', pause),
    step('weiter', resume),
    step('jetzt', runNow),
    getPage(`${PATH}/:id/entfernen`, KEEPERS, (visit) => removal(office, frame, visit)),
    postPage(`${PATH}/:id/entfernen`, KEEPERS, async ({ actor, params }) => {
      const done = await remove(office, actor, params['id'] ?? '');
      return done.ok ? redirect(PATH) : problemPage(done.problem);
    }),
  ];
}

type Done = { readonly ok: true; readonly value: { readonly id: string } } | { readonly ok: false; readonly problem: Problem };

async function written(
  visit: FormVisit,
  act: (input: { name: string; declaration: unknown }) => Promise<Done>,
  again: (typed: Typed) => Promise<Answer>,
): Promise<Answer> {
  const [name, declaration] = [visit.fields.get('name') ?? '', visit.fields.get('declaration') ?? ''];
  let parsed: unknown;
  try {
    parsed = JSON.parse(declaration);
  } catch {
    return again({ name, declaration, problems: [{ field: 'declaration', message: connectorTexts(visit.lang).notJson }] });
  }
  const done = await act({ name, declaration: parsed });
  if (done.ok) return redirect(`${PATH}/${done.value.id}`);
  return done.problem.fields === undefined ? problemPage(done.problem) : again({ name, declaration, problems: done.problem.fields });
}

const administers = ({ actor }: PageView): boolean => actor.kind === 'staff' && actor.roles.includes('administration');
const when = (lang: Lang, at: Temporal.Instant | null): string => (at === null ? connectorTexts(lang).never : formatInstant(lang, at));

/** With how old it is: minutes, hours, then days. */
function aged(lang: Lang, at: Temporal.Instant | null, now: Temporal.Instant): string {
  if (at === null) return when(lang, at);
  const minutes = Math.max(0, Math.floor((now.epochMilliseconds - at.epochMilliseconds) / 60_000));
  const age = minutes < 120 ? `${minutes} min` : minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${formatNumber(lang, Math.floor(minutes / 1440))} d`;
  return `${when(lang, at)} (${connectorTexts(lang).ago(age)})`;
}

async function list(office: ConnectorOffice, frame: Frame, visit: Visit, typed?: Typed): Promise<Answer> {
  const view = frame(visit);
  const { lang } = view;
  const t = connectorTexts(lang);
  const table = dataTable<ShownConnector>(
    [
      { label: t.name, rowHeader: true, cell: ({ name }) => html`<span lang="de">${name}</span>` },
      { label: t.kind, cell: ({ declaration }) => t[declaration.kind] },
      { label: t.from, cell: ({ declaration }) => new URL(declaration.url).host },
      { label: t.state, cell: ({ state }) => badge(KINDS[state], t[state]) },
      { label: t.lastSuccess, cell: ({ lastSuccessAt }) => when(lang, lastSuccessAt) },
      { label: t.latest, cell: ({ latestAt }) => aged(lang, latestAt, visit.now) },
      { label: t.kept, numeric: true, cell: ({ kept }) => formatNumber(lang, kept) },
      { label: t.error, cell: ({ state, lastError }) => (state === 'failing' ? html`<span lang="de">${lastError ?? ''}</span>` : t.nothing) },
    ],
    await connectors(office),
    { caption: t.title, captionHidden: true, lang, empty: t.none, dense: true, href: ({ id }) => `${PATH}/${id}` },
  );
  const known = typed ?? { name: '', declaration: '', problems: [] };
  const neu = administers(view) ? section(t.add, html`${declarationForm(lang, PATH, t.declare, known)}${examples(lang)}`, { id: 'neu' }) : '';
  const body = page(view, {
    title: t.title,
    main: html`${errorSummary(known.problems, lang)}${pageTitle(t.title, { lead: t.lead })}${table}${neu}`,
    wide: true,
    hasErrors: typed !== undefined,
    breadcrumb: [{ label: t.administration, href: '/verwaltung' }, { label: t.title }],
  });
  return answerHtml(body, typed === undefined ? 200 : 422);
}

function declarationForm(lang: Lang, action: string, label: string, { name, declaration, problems }: Typed): Html {
  const t = connectorTexts(lang);
  return form({ action }, [
    textField({ name: 'name', lang, label: t.name, hint: t.nameHint, value: name, maxLength: 200, ...errorOf(problems, 'name') }),
    textArea({ name: 'declaration', lang, label: t.declaration, hint: t.declarationHint, rows: 14, value: declaration, ...errorOf(problems, 'declaration') }),
    buttonRow(button({ label })),
  ]);
}

const asJson = (value: object): string => JSON.stringify(value, null, 2);

function examples(lang: Lang): Html {
  const t = connectorTexts(lang);
  return accordion(
    t.examples,
    html`${EXAMPLES.map(([kind, value]) => html`<h3 class="kern-title">${t[kind]}</h3><pre class="k-code k-listing" tabindex="0" role="group" aria-label="${t[kind]}">${asJson(value)}</pre>`)}`,
  );
}

async function one(office: ConnectorOffice, frame: Frame, visit: Visit, typed?: Typed): Promise<Answer> {
  const found = await connector(office, visit.params['id'] ?? '');
  if (!found.ok) return problemPage(found.problem);
  const view = frame(visit);
  const { lang } = view;
  const t = connectorTexts(lang);
  const { id, name, declaration, lastRejects } = found.value;
  const keeps = administers(view);
  const known = typed ?? { name, declaration: asJson(declaration), problems: [] };
  const below = keeps
    ? section(t.change, declarationForm(lang, `${PATH}/${id}`, t.save, known))
    : html`<pre class="k-code k-listing" tabindex="0" role="group" aria-label="${t.declaration}">${asJson(declaration)}</pre>`;
  const rejects =
    lastRejects.length === 0 ? '' : section(t.rejects, html`<ul class="kern-list" lang="de">${lastRejects.map((reason) => html`<li>${reason}</li>`)}</ul>`);
  const body = page(view, {
    title: name,
    main: html`${errorSummary(known.problems, lang)}${pageTitle(name)}${health(found.value, lang, visit.now)}${keeps ? actions(found.value, lang) : ''}${rejects}${below}`,
    hasErrors: typed !== undefined,
    breadcrumb: [{ label: t.administration, href: '/verwaltung' }, { label: t.title, href: PATH }, { label: name }],
  });
  return answerHtml(body, typed === undefined ? 200 : 422);
}

function health(one: ShownConnector, lang: Lang, now: Temporal.Instant): Html {
  const t = connectorTexts(lang);
  const facts = factList([
    { label: t.state, value: badge(KINDS[one.state], t[one.state]) },
    { label: t.kind, value: t[one.declaration.kind] },
    { label: t.lastSuccess, value: when(lang, one.lastSuccessAt) },
    { label: t.latest, value: aged(lang, one.latestAt, now) },
    { label: t.kept, value: formatNumber(lang, one.kept) },
    { label: t.rejected, value: formatNumber(lang, one.rejected) },
    ...(one.failures === 0 ? [] : [{ label: t.failures, value: formatNumber(lang, one.failures) }]),
    ...(one.state === 'paused' ? [] : [{ label: t.nextRun, value: when(lang, one.nextRunAt) }]),
  ]);
  const error =
    one.lastError === null ? '' : alert(one.state === 'failing' ? 'danger' : 'info', t.error, html`<p class="kern-body" lang="de">${one.lastError}</p>`);
  return html`${facts}${error}`;
}

function actions({ id, name, paused }: ShownConnector, lang: Lang): Html {
  const t = connectorTexts(lang);
  const step = (path: string, label: string): Html => buttonForm(`${PATH}/${id}/${path}`, { label, kind: 'secondary', context: name });
  return buttonRow(
    ...(paused ? [step('weiter', t.resume)] : [step('jetzt', t.run), step('anhalten', t.pause)]),
    linkButton({ label: t.remove, href: `${PATH}/${id}/entfernen`, kind: 'tertiary' }),
  );
}

async function removal(office: ConnectorOffice, frame: Frame, visit: Visit): Promise<Answer> {
  const found = await connector(office, visit.params['id'] ?? '');
  if (!found.ok) return problemPage(found.problem);
  const view = frame(visit);
  const t = connectorTexts(view.lang);
  const { id, name } = found.value;
  const box = confirmBox({
    title: name,
    body: t.removeBody,
    action: `${PATH}/${id}/entfernen`,
    confirm: t.remove,
    danger: true,
    cancel: { label: t.keep, href: `${PATH}/${id}` },
  });
  return answerHtml(
    page(view, {
      title: t.remove,
      main: html`${pageTitle(t.remove)}${box}`,
      breadcrumb: [{ label: t.title, href: PATH }, { label: name, href: `${PATH}/${id}` }, { label: t.remove }],
    }),
  );
}
