import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { invalidFields } from '../../../kernel/problem.ts';
import { legalDay } from '../../../kernel/time.ts';
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
import { dataTable } from '../../../platform/ui/components.ts';
import { errorSummary } from '../../../platform/ui/form-frame.ts';
import { formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import { readAdministration } from '../application/administration.ts';
import type { Frame } from '../application/context.ts';
import { define, definitionVersions, keepsStrategy } from '../application/define.ts';
import { fetchNow } from '../application/fetch-sources.ts';
import { setSource } from '../application/sources.ts';
import { allCounters } from '../application/choices.ts';
import { definitionOf, indicatorNames, type Known } from '../application/desk.ts';
import { ADMIN, adminPage } from './admin-page.ts';
import { adminTexts } from './admin-texts.ts';
import { LIST } from './list-page.ts';
import { indicatorTexts } from './texts.ts';
import { definitionForm, sourceForm, typedSource } from './definition-form.ts';
import type { Reading } from './pages.ts';
import { KEEPERS, WATCHERS } from './schemas.ts';
import { readDefinition, readSource, typedFrom, typedIn, type Typed } from './typed-definition.ts';

interface Sent {
  readonly problem?: Problem;
  readonly typed?: Typed;
  readonly typedSource?: Typed;
}

/** Where indicators are defined and fetched from. */
export function adminPages(reading: Reading, frame: Frame): AnyRoute[] {
  const { ctx, desk } = reading;
  return [
    getPage(ADMIN, WATCHERS, async (visit) => answerHtml(adminPage(frame(visit), await readAdministration(ctx, desk)))),
    getPage(`${ADMIN}/neu`, KEEPERS, (visit) => newPage(reading, frame, visit)),
    getPage(`${ADMIN}/:key`, WATCHERS, (visit) => editPage(reading, frame, visit, visit.params['key']!)),
    postPage(ADMIN, KEEPERS, (visit) => save(reading, frame, visit)),
    postPage(`${ADMIN}/:key/quelle`, KEEPERS, (visit) => saveSource(reading, frame, visit)),
    postPage(`${ADMIN}/:key/holen`, KEEPERS, async (visit) => {
      const key = visit.params['key']!;
      const done = await fetchNow(ctx, visit.actor, key);
      // a source that does not answer is told at its row
      return done.ok || done.problem.kind === 'unavailable' ? redirect(ADMIN) : problemPage(done.problem);
    }),
  ];
}

async function save(reading: Reading, frame: Frame, visit: FormVisit): Promise<Answer> {
  const { input, problems } = readDefinition(visit.fields);
  const done = problems.length > 0 ? { ok: false as const, problem: invalidFields(problems) } : await define(reading.ctx, visit.actor, input);
  if (done.ok) return redirect(`${ADMIN}/${done.value.key}`);
  if (done.problem.fields === undefined && done.problem.kind !== 'conflict') return problemPage(done.problem);
  const sent: Sent = { problem: done.problem, typed: typedIn(visit.fields) };
  const known = definitionOf(await reading.desk.known(), input.key);
  return known !== undefined && (input.version > 0 || input.kind === 'journal')
    ? editPage(reading, frame, visit, input.key, sent)
    : newPage(reading, frame, visit, sent);
}

async function saveSource(reading: Reading, frame: Frame, visit: FormVisit): Promise<Answer> {
  const key = visit.params['key']!;
  const done = await setSource(reading.ctx, visit.actor, readSource(key, visit.fields));
  if (done.ok) return redirect(ADMIN);
  if (done.problem.fields === undefined) return problemPage(done.problem);
  const fields = done.problem.fields.map(({ field, message }) => ({ field: `source.${field}`, message }));
  const typed = Object.fromEntries([...visit.fields].map(([name, value]) => [name.replace('source.', ''), value]));
  return editPage(reading, frame, visit, key, { problem: { ...done.problem, fields }, typedSource: typed });
}

const problemsOf = ({ problem }: Sent): readonly FieldProblem[] => problem?.fields ?? [];

function shell(frame: Frame, visit: Visit, title: string, sent: Sent, body: Html): Answer {
  const view = frame(visit);
  const t = adminTexts(view.lang);
  const { problem } = sent;
  const summary = problem === undefined ? '' : errorSummary(problemsOf(sent), view.lang, problem.fields === undefined ? problem.detail : undefined);
  // who keeps the strategy may not open the administration of the city
  const breadcrumb = [{ label: indicatorTexts(view.lang).title, href: LIST }, { label: t.title, href: ADMIN }, { label: title }];
  const main = html`${summary}${pageTitle(title)}${body}`;
  return answerHtml(page(view, { title, main, breadcrumb, hasErrors: problem !== undefined }), problem === undefined ? 200 : problemStatus(problem));
}

async function newPage(reading: Reading, frame: Frame, visit: Visit, sent: Sent = {}): Promise<Answer> {
  const { lang } = visit;
  const t = adminTexts(lang);
  const kind = (sent.typed?.['kind'] ?? visit.query.get('art')) === 'imported' ? 'imported' : 'defined';
  const typed = sent.typed ?? { kind, version: '0' };
  const known = await reading.desk.known();
  const body = html`${definitionForm({ typed, problems: problemsOf(sent), lang })}${kind === 'defined' ? namesPart(known, lang) : ''}`;
  return shell(frame, visit, kind === 'imported' ? t.addImported : t.add, sent, body);
}

/** Every name that a formula may use. */
function namesPart(known: Known, lang: Lang): Html {
  const t = adminTexts(lang);
  const counters = allCounters().map(({ name, meaning }) => [name, meaning] as const);
  const taken = new Set(counters.map(([name]) => name));
  const indicators = indicatorNames(known).flatMap(([name, { name: words }]) => (taken.has(name) ? [] : [[name, words[lang]] as const]));
  const table = dataTable<readonly [string, string]>(
    [
      { label: t.nameOf, rowHeader: true, cell: ([name]) => html`<code>${name}</code>` },
      { label: t.meaning, cell: ([, meaning]) => html`<span lang="de">${meaning}</span>` },
    ],
    [...counters, ...indicators],
    { caption: t.names, captionHidden: true, lang, dense: true },
  );
  return accordion(t.names, table);
}

async function editPage(reading: Reading, frame: Frame, visit: Visit, key: string, sent: Sent = {}): Promise<Answer> {
  const { lang } = visit;
  const t = adminTexts(lang);
  const known = await reading.desk.known();
  const definition = definitionOf(known, key);
  if (definition === undefined || definition.key !== key)
    return problemPage({ kind: 'not-found', detail: 'Diese Kennzahl gibt es nicht. Die Übersicht nennt alle.' });
  const keeps = keepsStrategy(visit.actor);
  const { sources } = await readAdministration(reading.ctx, reading.desk);
  const source = sources.find((one) => one.key === key);
  const typed = sent.typed ?? typedFrom(definition);
  const problems = problemsOf(sent);
  const parts = [
    html`<p class="kern-body">${definition.definition[lang]}</p><p><a class="kern-link" href="/strategie/kennzahlen/${key}">${definition.name[lang]}</a></p>`,
    keeps ? section(t.definition, definitionForm({ typed, problems, lang })) : html``,
    keeps && definition.kind === 'defined' ? namesPart(known, lang) : html``,
    keeps && definition.kind === 'imported' ? section(t.sourceOf, sourceForm(key, { typed: sent.typedSource ?? typedSource(source), problems, lang })) : html``,
    section(t.versions, await versionTable(reading, key, lang)),
  ];
  return shell(frame, visit, definition.name[lang], sent, html`${parts}`);
}

async function versionTable({ ctx }: Reading, key: string, lang: Lang): Promise<Html> {
  const t = adminTexts(lang);
  const versions = await definitionVersions(ctx, key);
  return dataTable<(typeof versions)[number]>(
    [
      { label: t.version, rowHeader: true, cell: ({ version }) => version },
      { label: t.by, cell: ({ changedAt }) => formatShortDate(lang, legalDay(changedAt)) },
      { label: t.formula, cell: ({ formula }) => html`<code>${formula}</code>` },
      { label: t.reason, cell: ({ reason }) => html`<span lang="de">${reason}</span>` },
    ],
    versions,
    { caption: t.versions, captionHidden: true, lang, dense: true },
  );
}
