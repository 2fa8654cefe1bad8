import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
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
  type Visit,
} from '../../../platform/http/route.ts';
import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { hiddenField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { OrientationContext } from '../application/context.ts';
import {
  decide,
  firstOf,
  markSeen,
  orient,
  possibleOf,
  type Changed,
  type Decision,
  type DecisionInput,
  type Finding,
  type Orientation,
} from '../application/orient.ts';
import { findingName, kindName, orientationTexts } from './texts.ts';

/** Sets a page of a Lage into the frame of the Lage. */
export type LageFrame = (visit: Visit, view: Orientation['view']) => PageView;

const OPTIONS = 4;
const FIGURES = ['people', 'facilities', 'minutesNeeded', 'minutesLeft', 'forcesNeeded', 'forcesThere'] as const;

/** What one has to know who comes to a Lage. */
export function orientationPages(ctx: OrientationContext, frame: LageFrame): AnyRoute[] {
  const path = '/lagen/:key/ueberblick';
  return [
    getPage(path, LAGE_ACCESS, async (visit) => show(ctx, frame, visit)),
    postPage(`${path}/gesehen`, LAGE_ACCESS, async (visit) => {
      const number = (name: string): number => (/^\d{1,15}$/.test(visit.fields.get(name) ?? '') ? Number(visit.fields.get(name)) : 0);
      const key = visit.params['key']!;
      const done = await markSeen(ctx, visit.actor, key, { pictureSeq: number('picture'), logNumber: number('log') });
      return done.ok ? redirect(`/lagen/${key}/ueberblick`) : problemPage(done.problem);
    }),
    postPage(`${path}/entschluss`, LAGE_ACCESS, async (visit) => {
      const key = visit.params['key']!;
      const read = readDecision(visit.fields, visit.lang);
      const done = read.ok ? await decide(ctx, visit.actor, key, read.value, parseId(visit.fields.get('id') ?? '')) : read;
      return done.ok ? redirect(`/lagen/${key}/ueberblick`) : show(ctx, frame, visit, { fields: visit.fields, problem: done.problem });
    }),
  ];
}

function readDecision(fields: URLSearchParams, lang: Lang): Result<DecisionInput, Problem> {
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const problems: FieldProblem[] = [];
  const figure = (name: string): number | null => {
    if (get(name) === '') return null;
    if (/^\d{1,9}$/.test(get(name))) return Number(get(name));
    problems.push({ field: name, message: orientationTexts(lang).badNumber });
    return null;
  };
  const rows = Array.from({ length: OPTIONS }, (_, i) => i).filter((i) => ['name', ...FIGURES].some((name) => get(`${name}${i}`) !== ''));
  const options = rows.map((i) => ({
    name: get(`name${i}`),
    people: figure(`people${i}`),
    facilities: figure(`facilities${i}`),
    minutesNeeded: figure(`minutesNeeded${i}`),
    minutesLeft: figure(`minutesLeft${i}`),
    forcesNeeded: figure(`forcesNeeded${i}`),
    forcesThere: figure(`forcesThere${i}`),
  }));
  if (problems.length > 0) return refuse(invalidFields(problems));
  return ok({ question: get('question'), options, chosen: rows.findIndex((i) => String(i) === get('chosen')), because: get('because') });
}

interface Sent {
  readonly fields: URLSearchParams;
  readonly problem: Problem;
}

async function show(ctx: OrientationContext, frame: LageFrame, visit: Visit, sent?: Sent): Promise<Answer> {
  const found = await orient(ctx, visit.actor, visit.params['key']!);
  if (!found.ok) return problemPage(found.problem);
  const one = found.value;
  const view = frame(visit, one.view);
  const { lang } = view;
  const t = orientationTexts(lang);
  const problems = sent?.problem.fields ?? [];
  const main = html`${sent === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? sent.problem.detail : undefined)}${pageTitle(t.title, { lead: t.lead })}
${one.cut ? alert('warning', t.cut) : ''}
${one.silent.length === 0 ? '' : alert('warning', t.silent(one.silent.join(', ')))}
${section(t.due, findingTable(one.due, t.due, t.nothingDue, visit.now, lang))}
${section(t.proposed, findingTable(one.proposed, t.proposed, t.nothingProposed, visit.now, lang))}
${section(t.contradictory, findingTable(one.contradictory, t.contradictory, t.nothingContradictory, visit.now, lang))}
${section(t.missing, findingTable(one.missing, t.missing, t.nothingMissing, visit.now, lang))}
${changedPart(one, lang)}${section(t.decisions, decisionsPart(one.decisions, lang))}
${one.view.rights.has('assess') ? accordion(t.compare, decisionForm(one.view.lage.key, sent, visit.now, lang), { open: sent !== undefined }) : ''}`;
  return answerHtml(page(view, { title: t.title, main, wide: true, hasErrors: sent !== undefined }), sent === undefined ? 200 : problemStatus(sent.problem));
}

function findingTable(findings: readonly Finding[], caption: string, empty: string, now: Temporal.Instant, lang: Lang): Html {
  const t = orientationTexts(lang);
  const late = ({ code, at }: Finding): boolean =>
    code.endsWith('-overdue') || (code.endsWith('-due') && at !== undefined && Temporal.Instant.compare(at, now) <= 0);
  const { shown, more } = firstOf(findings);
  const table = dataTable<Finding>(
    [
      { label: t.about, rowHeader: true, cell: ({ about }) => html`<span lang="de">${about}</span>` },
      { label: t.what, cell: (one) => html`${findingName(one.code, lang)} ${late(one) ? badge('danger', t.overdue) : ''}` },
      { label: t.when, cell: ({ at }) => (at === undefined ? '' : formatInstant(lang, at)) },
    ],
    shown,
    { caption, captionHidden: true, lang, empty, href: ({ href }) => href, dense: true },
  );
  return more.length === 0
    ? table
    : html`${table}<p class="kern-body">${more.map(({ code, count }, i) => html`${i === 0 ? '' : '; '}${findingName(code, lang)}: ${t.more(count)}`)}</p>`;
}

function changedPart(one: Orientation, lang: Lang): Html {
  const t = orientationTexts(lang);
  const key = one.view.lage.key;
  const since = one.seen.seenAt === null ? t.never : formatInstant(lang, one.seen.seenAt);
  const group = ({ kind, objects, count }: Changed): Html =>
    html`<li><strong>${kindName(kind, lang)}</strong>: ${objects.map((object, i) => html`${i === 0 ? '' : ', '}<a class="kern-link" href="/lagen/${key}/karte?objekt=${encodeURIComponent(object.id)}">${object.title}</a>${object.ended ? ` (${t.ended})` : ''}`)}${count > objects.length ? html` ${t.more(count - objects.length)}` : ''}</li>`;
  const log =
    one.log.length === 0
      ? ''
      : html`<h3 class="kern-title">${t.log}</h3><ul class="k-list">${one.log.map(({ number, text, author }) => html`<li><a class="kern-link" href="/lagen/${key}/tagebuch/${number}">${number}</a> ${text.slice(0, 200)} (${author})</li>`)}</ul>`;
  const nothing = one.changed.length === 0 && one.log.length === 0;
  const mark = nothing
    ? ''
    : form(
        { action: `/lagen/${key}/ueberblick/gesehen` },
        html`${hiddenField('picture', String(one.head.pictureSeq))}${hiddenField('log', String(one.head.logNumber))}${buttonRow(button({ label: t.seen, kind: 'secondary' }))}`,
      );
  const body = html`${nothing ? html`<p class="kern-body">${t.unchanged}</p>` : ''}${one.changed.length === 0 ? '' : html`<ul class="k-list">${one.changed.map(group)}</ul>`}${log}${mark}`;
  return section(t.changed(since), body);
}

function decisionsPart(decisions: readonly Decision[], lang: Lang): Html {
  const t = orientationTexts(lang);
  if (decisions.length === 0) return html`<p class="kern-body">${t.noDecisions}</p>`;
  return html`${decisions.map(
    (one) =>
      html`<h3 class="kern-title">${one.question}</h3><p class="kern-body">${t.because}: ${one.because}. ${t.by} ${one.decidedBy}, ${formatInstant(lang, one.decidedAt)}</p>${dataTable(
        [
          { label: t.name, rowHeader: true, cell: ({ option, index }) => html`${option.name} ${index === one.chosen ? badge('success', t.chosen) : ''}` },
          ...FIGURES.map((name) => ({
            label: t[name],
            numeric: true,
            cell: ({ option }: { option: Decision['options'][number] }) => option[name] ?? t.unknown,
          })),
          { label: t.possible, cell: ({ option }) => t[possibleOf(option)] },
        ],
        one.options.map((option, index) => ({ option, index })),
        { caption: one.question, captionHidden: true, lang, dense: true },
      )}`,
  )}`;
}

function decisionForm(key: string, sent: Sent | undefined, now: Temporal.Instant, lang: Lang): Html {
  const t = orientationTexts(lang);
  const problems = sent?.problem.fields ?? [];
  const value = (name: string): string => sent?.fields.get(name) ?? '';
  const field = (name: string, label: string, width: 's' | undefined = 's') =>
    textField({ name, lang, label, value: value(name), required: false, ...(width === undefined ? {} : { width }), ...errorOf(problems, name) });
  const rows = Array.from(
    { length: OPTIONS },
    (_, i) =>
      html`<fieldset class="k-fieldset"><legend class="kern-title">${t.option(i + 1)}</legend>${field(`name${i}`, t.name, undefined)}${FIGURES.map((name) => field(`${name}${i}`, t[name]))}</fieldset>`,
  );
  const options = Array.from({ length: OPTIONS }, (_, i) => ({ value: String(i), label: t.option(i + 1) }));
  return form(
    { action: `/lagen/${key}/ueberblick/entschluss` },
    html`${hiddenField('id', sent?.fields.get('id') ?? newId(now.epochMilliseconds))}${textField({ name: 'question', lang, label: t.question, value: value('question'), maxLength: 300, ...errorOf(problems, 'question') })}
<p class="kern-hint">${t.unknownHint}</p>${rows}${radioGroup({ name: 'chosen', lang, label: t.chosen, value: value('chosen'), options, ...errorOf(problems, 'chosen') })}
${textArea({ name: 'because', lang, label: t.because, value: value('because'), rows: 3, maxLength: 1000, ...errorOf(problems, 'because') })}${buttonRow(button({ label: t.decide }))}`,
  );
}
