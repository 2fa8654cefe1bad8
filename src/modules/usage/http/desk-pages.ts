import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { parseId } from '../../../kernel/id.ts';
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
import { dataTable } from '../../../platform/ui/components.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { numberField, textField } from '../../../platform/ui/form.ts';
import { formatNumber, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination, section } from '../../../platform/ui/parts.ts';
import { importHistory, previewImport, withdrawImport } from '../application/imports.ts';
import { ABOUT, enterSurvey, withdrawSurvey } from '../application/surveys.ts';
import { readWords } from '../application/words.ts';
import { deskTexts } from './desk-texts.ts';
import { intervalText, percent } from './figure-parts.ts';
import { asStaff, ENTERERS, READERS, type Frame, type UsageDesk } from './frame.ts';
import { atImportForm, dayIn, importForm, previewPage, typedImport } from './import-form.ts';
import type { Import, Survey, Words } from '../domain/kept.ts';

const PATH = '/amt/nutzung';
const WORDS_A_PAGE = 50;

/** Where surveys and figures of other systems are entered, and where what people wrote is read. */
export function deskPages(desk: UsageDesk, frame: Frame): AnyRoute[] {
  return [
    getPage(PATH, ENTERERS, (visit) => deskPage(desk, frame, visit)),
    postPage(`${PATH}/umfrage`, ENTERERS, async (visit) => {
      const { fields } = visit;
      const text = (name: string): string => fields.get(name) ?? '';
      const done = await enterSurvey(desk, asStaff(visit.actor), {
        about: ABOUT.find((one) => one === text('about')),
        title: text('title'),
        source: text('source'),
        takenOn: dayIn(fields, 'takenOn'),
        sampleSize: numberIn(text('sampleSize')),
        percent: numberIn(text('percent')),
      });
      return settled(desk, frame, visit, done);
    }),
    postPage(`${PATH}/umfrage/:id/entfernen`, ENTERERS, async (visit) =>
      settled(desk, frame, visit, await withdrawSurvey(desk, asStaff(visit.actor), parseId(visit.params['id'] ?? '') ?? NOBODY)),
    ),
    postPage(`${PATH}/datei`, ENTERERS, async (visit) => {
      const typed = typedImport(visit);
      const read = previewImport(desk, typed);
      return read.ok ? answerHtml(previewPage(frame(visit), typed, read.value)) : deskPage(desk, frame, visit, read.problem);
    }),
    postPage(`${PATH}/datei/aufnehmen`, ENTERERS, async (visit) =>
      settled(desk, frame, visit, await importHistory(desk, asStaff(visit.actor), typedImport(visit))),
    ),
    postPage(`${PATH}/datei/:id/entfernen`, ENTERERS, async (visit) =>
      settled(desk, frame, visit, await withdrawImport(desk, asStaff(visit.actor), parseId(visit.params['id'] ?? '') ?? NOBODY)),
    ),
    getPage(`${PATH}/worte`, READERS, async (visit) => answerHtml(await wordsPage(desk, frame, visit))),
  ];
}

const NOBODY = '0190a000-0000-7000-8000-000000000000';
const numberIn = (text: string): number =>
  text.trim() === ''
    ? Number.NaN
    : Number(
        text
          .trim()
          .replace(/\.(?=\d{3}\b)/g, '')
          .replace(',', '.'),
      );

async function settled(
  desk: UsageDesk,
  frame: Frame,
  visit: FormVisit,
  done: { readonly ok: true } | { readonly ok: false; readonly problem: Problem },
): Promise<Answer> {
  if (!done.ok) return done.problem.kind === 'not-found' ? problemPage(done.problem) : deskPage(desk, frame, visit, done.problem);
  desk.figures.forget();
  return redirect(PATH);
}

async function deskPage(desk: UsageDesk, frame: Frame, visit: Visit | FormVisit, problem?: Problem): Promise<Answer> {
  const { lang } = visit;
  const t = deskTexts(lang);
  const { surveys, imports } = await desk.figures.read();
  const fields = 'fields' in visit ? visit.fields : new URLSearchParams();
  const problems = fields.has('format') || fields.has('system') ? atImportForm(problem?.fields ?? []) : (problem?.fields ?? []);
  const main = html`${errorSummary(problems, lang, problem !== undefined && problems.length === 0 ? problem.detail : undefined)}
${pageTitle(t.title, { lead: t.lead })}
${visit.actor.kind === 'staff' && visit.actor.roles.includes('strategie') ? html`<p class="kern-body"><a class="kern-link" href="${PATH}/worte">${t.words}</a></p>` : ''}
${section(t.surveys, html`${surveyTable(surveys, lang)}${surveyForm(fields, problems, lang)}`)}
${section(t.imports, html`${importTable(imports, lang)}${importForm(fields, problems, lang)}`)}`;
  return answerHtml(page(frame(visit), { title: t.title, main, hasErrors: problem !== undefined }), problem === undefined ? 200 : problemStatus(problem));
}

function surveyTable(surveys: readonly Survey[], lang: Visit['lang']): Html {
  const t = deskTexts(lang);
  return dataTable<Survey>(
    [
      { label: t.survey, rowHeader: true, cell: ({ title }) => title },
      { label: t.about, cell: ({ about }) => t[about] },
      { label: t.source, cell: ({ source }) => source },
      { label: t.day, cell: ({ takenOn }) => formatShortDate(lang, takenOn) },
      { label: t.sample, numeric: true, cell: ({ sampleSize }) => formatNumber(lang, sampleSize) },
      {
        label: t.percent,
        numeric: true,
        cell: (survey) => html`${percent(survey.share, lang)}<br><span class="kern-hint">${intervalText(survey, lang)}</span>`,
      },
      {
        label: t.remove,
        cell: ({ id, title }) => buttonForm(`${PATH}/umfrage/${id}/entfernen`, { label: t.remove, kind: 'tertiary', small: true, context: title }),
      },
    ],
    surveys,
    { caption: t.surveys, captionHidden: true, lang, empty: t.nothing },
  );
}

function surveyForm(fields: URLSearchParams, problems: readonly FieldProblem[], lang: Visit['lang']): Html {
  const t = deskTexts(lang);
  const given = (name: string) => ({ name, lang, value: fields.get(name) ?? '', ...errorOf(problems, name) });
  // the other form on the page has a source of its own
  const own = fields.has('title') ? given : (name: string) => ({ name, lang, value: '' });
  return form(
    { action: `${PATH}/umfrage` },
    html`${radioGroup({ ...own('about'), label: t.about, options: ABOUT.map((value) => ({ value, label: t[value] })) })}
${textField({ ...own('title'), label: t.asked, maxLength: 300 })}${textField({ ...own('source'), label: t.source, maxLength: 300 })}
${dateField({ ...own('takenOn'), label: t.day })}${numberField({ ...own('sampleSize'), label: t.sample })}${numberField({ ...own('percent'), label: t.percent, unit: '%', decimal: true })}
${buttonRow(button({ label: t.enter }))}`,
  );
}

function importTable(imports: readonly Import[], lang: Visit['lang']): Html {
  const t = deskTexts(lang);
  return dataTable<Import>(
    [
      { label: t.source, rowHeader: true, cell: ({ source }) => source },
      { label: t.format, cell: ({ format }) => t[format] },
      { label: t.period, cell: ({ firstDay, lastDay }) => `${firstDay} – ${lastDay}` },
      { label: t.rows, numeric: true, cell: ({ rows }) => formatNumber(lang, rows) },
      {
        label: t.remove,
        cell: ({ id, source }) => buttonForm(`${PATH}/datei/${id}/entfernen`, { label: t.remove, kind: 'tertiary', small: true, context: source }),
      },
    ],
    imports,
    { caption: t.imports, captionHidden: true, lang, empty: t.nothing },
  );
}

async function wordsPage(desk: UsageDesk, frame: Frame, visit: Visit): Promise<Html> {
  const { lang } = visit;
  const t = deskTexts(lang);
  const { words, next } = await readWords(desk, asStaff(visit.actor), parseId(visit.query.get('nach') ?? ''), WORDS_A_PAGE);
  const names = new Map(desk.services().map(({ key, name }) => [key, name[lang]]));
  const main = html`${pageTitle(t.words, { lead: t.wordsLead })}
${dataTable<Words>(
  [
    { label: t.service, rowHeader: true, cell: ({ service }) => names.get(service) ?? service },
    { label: t.month, cell: ({ month }) => month.slice(0, 7) },
    { label: t.words, cell: ({ text }) => html`<span class="k-typed">${text}</span>` },
  ],
  words,
  { caption: t.words, captionHidden: true, lang, empty: t.noWords },
)}
${pagination(next === undefined ? {} : { next: `${PATH}/worte?nach=${next}` }, lang)}`;
  return page(frame(visit), { title: t.words, main, breadcrumb: [{ label: t.title, href: PATH }, { label: t.words }] });
}
