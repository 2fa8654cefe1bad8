import { sha256Hex } from '../../../kernel/token.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
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
import { button, buttonForm, buttonRow, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { hiddenField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import type { AssistantContext, CityFrame } from '../application/context.ts';
import { resultFile, type FileForm } from '../application/export-result.ts';
import { checkedResult, editResult, forgetResult, openResult, resultToCase, stopResult, type ShownResult } from '../application/results.ts';
import { fieldOf, problemSummary, type Typed } from './form-parts.ts';
import { ENTRANCE_PATHS, RESULTS_PATH, resultPath, talkPath } from './paths.ts';
import { checksPart, copyPart, endedPart, feedbackOf, labelPart, readabilityPart, runningPart, sentencesPart, textPart } from './result-parts.ts';
import { resultTexts } from './result-texts.ts';
import { STAFF } from './schemas.ts';
import { crumbs } from './start-page.ts';
import { assistantTexts } from './texts.ts';

/** So long a page without JavaScript waits for an answer. */
const WAIT_MS = 15_000;

/** A result, and what its owner does with it. */
export function resultPages(ctx: AssistantContext, frame: CityFrame): AnyRoute[] {
  const path = resultPath(':id');
  const show = (visit: Visit, opened: ShownResult, typed: Typed = { fields: new URLSearchParams() }): Answer =>
    answerHtml(resultPage(ctx, frame, visit, opened, typed), typed.problem === undefined ? 200 : problemStatus(typed.problem));
  /** Does something and shows the result again, with what was typed where it is refused. */
  const doing = (name: string, act: (visit: FormVisit, id: string) => Promise<Result<unknown, Problem>>, then = ''): AnyRoute =>
    postPage(`${path}/${name}`, STAFF, async (visit) => {
      const id = visit.params['id']!;
      const done = await act(visit, id);
      if (done.ok) return redirect(`${resultPath(id)}${then}`);
      const opened = await openResult(ctx, visit.actor, id);
      return opened.ok ? show(visit, opened.value, { fields: visit.fields, problem: done.problem }) : problemPage(opened.problem);
    });
  return [
    getPage(path, STAFF, async (visit) => {
      const opened = await openResult(ctx, visit.actor, visit.params['id']!, visit.query.get('warten') === 'ja' ? WAIT_MS : 0);
      if (!opened.ok) return problemPage(opened.problem);
      const { conversationId } = opened.value.result;
      return conversationId === null ? show(visit, opened.value) : redirect(talkPath(conversationId));
    }),
    ...(['docx', 'pdf'] as const).map((form_) => fileRoute(ctx, form_)),
    doing('stopp', ({ actor }, id) => stopResult(ctx, actor, id)),
    doing('text', ({ actor, fields }, id) => editResult(ctx, actor, id, fields.get('text') ?? '', fields.get('seen') ?? '')),
    doing('geprueft', ({ actor, userName, fields }, id) =>
      checkedResult(ctx, actor, id, { name: userName ?? 'einer Person der Stadt', seen: fields.get('seen') ?? '' }),
    ),
    postPage(`${path}/vorgang`, STAFF, async (visit) => {
      const id = visit.params['id']!;
      const noted = await resultToCase(ctx, visit.actor, id, visit.fields.get('fileNumber') ?? '');
      if (noted.ok) return redirect(`${resultPath(id)}?vorgang=${noted.value.caseId}`);
      const opened = await openResult(ctx, visit.actor, id);
      return opened.ok ? show(visit, opened.value, { fields: visit.fields, problem: noted.problem }) : problemPage(opened.problem);
    }),
    postPage(`${path}/loeschen`, STAFF, async (visit) => {
      const gone = await forgetResult(ctx, visit.actor, visit.params['id']!);
      return gone.ok ? redirect(RESULTS_PATH) : problemPage(gone.problem);
    }),
  ];
}

const fileRoute = (ctx: AssistantContext, fileForm: FileForm): AnyRoute =>
  getPage(`${resultPath(':id')}/text.${fileForm}`, STAFF, async ({ actor, params }) => {
    const file = await resultFile(ctx, actor, params['id']!, fileForm);
    return file.ok ? { kind: 'file', ...file.value } : problemPage(file.problem);
  });

function resultPage(ctx: AssistantContext, frame: CityFrame, visit: Visit, opened: ShownResult, typed: Typed): Html {
  const { lang } = visit;
  const t = resultTexts(lang);
  const { result } = opened;
  const noted = /^[0-9a-f-]{36}$/.exec(visit.query.get('vorgang') ?? '')?.[0];
  const told =
    noted === undefined
      ? ''
      : alert('success', t.toCaseDone, html`<p class="kern-body"><a class="kern-link" href="/eingang/${noted}">${t.toCaseOpen}</a></p>`, { live: true });
  const body =
    result.state === 'running'
      ? runningPart(opened, lang, `${resultPath(result.id)}?warten=ja`, 'ergebnis')
      : html`${endedPart(result, lang)}${checksPart(result.body, lang)}${result.text === '' ? '' : finished(opened, typed, visit)}`;
  const main = html`${problemSummary(typed, lang)}${pageTitle(result.title)}${told}
<div id="ergebnis">${labelPart(opened, lang)}${body}${feedbackOf(ctx, result, resultPath(result.id), lang)}</div>
<p class="k-muted">${t.keptUntil(formatDate(lang, opened.keptUntil))}</p>
${buttonRow(
  linkButton({ label: t.again, href: `${ENTRANCE_PATHS[result.entrance]}?aus=${result.id}`, kind: 'secondary' }),
  buttonForm(`${resultPath(result.id)}/loeschen`, { label: t.remove, kind: 'tertiary' }),
)}`;
  const title = result.title;
  return page(frame(visit), {
    ...{ title, main, scripts: ['assistant'] },
    hasErrors: typed.problem !== undefined,
    breadcrumb: crumbs(lang, title, [{ label: t.results, href: RESULTS_PATH }]),
  });
}

function finished(opened: ShownResult, typed: Typed, { lang }: Visit): Html {
  const t = resultTexts(lang);
  const { result } = opened;
  const at = resultPath(result.id);
  const field = fieldOf(typed, lang);
  const nothing = result.body.notFound === true || result.body.nothingQuoted === true;
  const seen = sha256Hex(result.text);
  return html`${textPart(opened, 'antwort')}
${buttonRow(
  copyPart('antwort', lang),
  linkButton({ label: t.docx, href: `${at}/text.docx`, kind: 'secondary' }),
  linkButton({ label: t.pdf, href: `${at}/text.pdf`, kind: 'secondary' }),
  result.confirmedBy === null && !nothing ? buttonForm(`${at}/geprueft`, { label: t.confirm, kind: 'secondary' }, { seen }) : undefined,
)}
${sentencesPart(result, lang)}
${accordion(
  t.edit,
  form(
    { action: `${at}/text` },
    html`${hiddenField('seen', seen)}${textArea({ ...field('text'), label: t.text, value: typed.fields.get('text') ?? result.text, rows: 14 })}${buttonRow(button({ label: t.save }))}`,
  ),
  { open: typed.fields.has('text') },
)}
${accordion(
  t.toCase,
  form(
    { action: `${at}/vorgang` },
    html`<p class="kern-body">${t.toCaseHint}</p>${textField({ ...field('fileNumber'), label: assistantTexts(lang).fileNumber, width: 'l', spellcheck: false })}${buttonRow(button({ label: t.toCase }))}`,
  ),
  { open: typed.fields.has('fileNumber') },
)}
${readabilityPart(opened.readability, lang)}
${result.sources.length === 0 ? '' : accordion(t.sources, html`<ul class="kern-list k-hash">${result.sources.map(({ title, sha256 }) => html`<li>${title}<br><span class="k-muted">SHA-256 ${sha256}</span></li>`)}</ul>`)}`;
}
