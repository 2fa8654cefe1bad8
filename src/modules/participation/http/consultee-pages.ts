import { actorRef } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
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
import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable, summaryList } from '../../../platform/ui/components.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { mapView } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { answerConsultation, claimConsultation, consultationFile, openConsultation, ownConsultations, type ConsultationView } from '../application/consult.ts';
import type { ParticipationContext } from '../application/context.ts';
import { ownStatements } from '../application/submit-statement.ts';
import { ANSWER_KINDS, ANSWERS, CONSULTATION_STATES, consulteeTexts, RESULTS, SILENCE_MEANS } from './answer-texts.ts';
import { documentList, longDay, paragraphs, shortDay, type Frame } from './common.ts';

/** The consultee's pages. The key is the token of the personal link, or the id for the account that took it over. */
export function consulteePages(ctx: ParticipationContext, frame: Frame): AnyRoute[] {
  const at = '/stellungnahme/:key';
  return [
    getPage('/stellungnahmen', 'signed-in', async (visit) => answerHtml(await minePage(ctx, frame(visit), visit))),
    getPage(at, 'public', async (visit) => show(ctx, frame, visit), { limit: 'sign-in' }),
    postPage(at, 'public', async (visit) => take(ctx, frame, visit), { limit: 'sign-in' }),
    getPage(`${at}/unterlagen/:fileId`, 'public', async ({ actor, params }) => {
      const read = await consultationFile(ctx, actor, params['key']!, params['fileId']!);
      if (!read.ok) return problemPage(read.problem);
      const { ref, bytes } = read.value;
      return { kind: 'file', bytes, mediaType: ref.mediaType, fileName: ref.fileName, inline: true };
    }),
    postPage(`${at}/uebernehmen`, 'signed-in', async ({ actor, params }) => {
      const claimed = await claimConsultation(ctx, actor, params['key']!);
      return claimed.ok ? redirect(`/stellungnahme/${claimed.value}`) : problemPage(claimed.problem);
    }),
  ];
}

interface Typed {
  readonly answer: string;
  readonly text: string;
  readonly conditions: string;
  readonly hadFiles: boolean;
}

async function show(ctx: ParticipationContext, frame: Frame, visit: Visit): Promise<Answer> {
  const opened = await openConsultation(ctx, visit.actor, visit.params['key']!);
  return opened.ok ? answerHtml(consultationPage(frame(visit), visit, opened.value)) : problemPage(opened.problem);
}

/** One condition a paragraph. */
export const splitConditions = (text: string): string[] =>
  text
    .split(/\r?\n\s*\r?\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

async function take(ctx: ParticipationContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const key = visit.params['key']!;
  const typed: Typed = {
    answer: visit.fields.get('answer') ?? '',
    text: visit.fields.get('text') ?? '',
    conditions: visit.fields.get('conditions') ?? '',
    hadFiles: visit.files.length > 0,
  };
  const opened = await openConsultation(ctx, visit.actor, key);
  if (!opened.ok) return problemPage(opened.problem);
  const answer = ANSWER_KINDS.find((one) => one === typed.answer);
  if (answer === undefined) return refused(frame, visit, opened.value, typed, NO_ANSWER);
  const done = await answerConsultation(ctx, visit.actor, { key, answer, text: typed.text, conditions: splitConditions(typed.conditions), files: visit.files });
  if (done.ok) return redirect(`/stellungnahme/${key}?eingegangen=1`);
  const now = await openConsultation(ctx, visit.actor, key);
  return now.ok ? refused(frame, visit, now.value, typed, done.problem) : problemPage(now.problem);
}

const NO_ANSWER: Problem = {
  kind: 'invalid-input',
  detail: 'Wählen Sie eine Antwort aus.',
  fields: [{ field: 'answer', message: 'Wählen Sie eine Antwort aus.' }],
};

const refused = (frame: Frame, visit: Visit, at: ConsultationView, typed: Typed, problem: Problem): Answer =>
  answerHtml(consultationPage(frame(visit), visit, at, { typed, problem }), problemStatus(problem));

interface Refusal {
  readonly typed: Typed;
  readonly problem: Problem;
}

function consultationPage(view: PageView, visit: Visit, at: ConsultationView, refusal?: Refusal): Html {
  const { lang } = view;
  const t = consulteeTexts(lang);
  const { one, round, answer, open, key } = at;
  const problems = refusal?.problem.fields ?? [];
  const late = legalDay(view.now).toString() > one.dueOn;
  const facts = [
    { label: t.until, value: longDay(lang, one.dueOn) },
    { label: t.asked, value: one.name },
    { label: t.basis, value: one.legalBasis, note: SILENCE_MEANS[one.silence][lang] },
  ];
  const main = html`${refusal === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? refusal.problem.detail : undefined)}
${pageTitle(round.title, { preline: t.preline })}
${answer === undefined ? '' : receivedPart(at, view, visit.query.has('eingegangen'))}
${factList(facts)}
${section(t.question, html`${paragraphs(round.request)}${round.place === undefined ? '' : mapView({ lang, title: t.map, places: [{ position: round.place, label: '1', text: t.planPlace }] })}`)}
${section(t.documents, round.documents.length === 0 ? html`<p class="kern-body">${t.noDocuments}</p>` : documentList(round.documents, (file) => `/stellungnahme/${key}/unterlagen/${file.id}`, lang))}
${open ? answerPart(view, at, late, refusal) : answer === undefined ? alert('info', t.over) : ''}
${claimPart(view, at)}`;
  return page(view, { title: round.title, main, hasErrors: refusal !== undefined, scripts: round.place === undefined ? [] : ['map'] });
}

function receivedPart({ one, answer, open, key }: ConsultationView, { lang }: PageView, live: boolean): Html {
  const t = consulteeTexts(lang);
  const { number, receivedOn, text, conditions, attachments } = answer!;
  const body = html`<p class="kern-body">${t.receivedBody(number, longDay(lang, receivedOn))}${open ? ` ${t.mayChange(longDay(lang, one.dueOn))}` : ''}</p>`;
  const rows = [
    { label: t.answerLabel, value: ANSWERS[answer!.answer][lang] },
    ...(text === '' ? [] : [{ label: t.text, value: html`${paragraphs(text)}` }]),
    ...(conditions.length === 0
      ? []
      : [{ label: t.conditions, value: html`<ol class="kern-list">${conditions.map((condition) => html`<li class="k-typed">${condition}</li>`)}</ol>` }]),
    ...(attachments.length === 0 ? [] : [{ label: t.files, value: documentList(attachments, (file) => `/stellungnahme/${key}/unterlagen/${file.id}`, lang) }]),
  ];
  return html`${alert('success', t.received, body, { live })}${summaryList(rows, lang)}`;
}

function answerPart(view: PageView, { one, answer, key }: ConsultationView, late: boolean, refusal: Refusal | undefined): Html {
  const { lang } = view;
  const t = consulteeTexts(lang);
  const problems = refusal?.problem.fields ?? [];
  const before =
    answer === undefined ? { answer: '', text: '', conditions: '' } : { answer: answer.answer, text: answer.text, conditions: answer.conditions.join('\n\n') };
  const typed = refusal?.typed ?? { ...before, hadFiles: false };
  const filesHint = typed.hadFiles ? t.filesAgain : answer !== undefined && answer.attachments.length > 0 ? t.filesKept : undefined;
  const fields = html`
${radioGroup({ name: 'answer', label: t.answerLabel, lang, value: typed.answer, options: ANSWER_KINDS.map((kind) => ({ value: kind, label: ANSWERS[kind][lang] })), ...errorOf(problems, 'answer') })}
${textArea({ name: 'text', label: t.text, hint: t.textHint, lang, required: false, rows: 8, maxLength: 10_000, value: typed.text, ...errorOf(problems, 'text') })}
${one.kind === 'nachbar' ? '' : textArea({ name: 'conditions', label: t.conditions, hint: t.conditionsHint, lang, required: false, rows: 6, value: typed.conditions, ...errorOf(problems, 'conditions') })}
${fileField({ name: 'files', label: t.files, lang, required: false, multiple: true, accept: ['application/pdf', 'image/jpeg', 'image/png'], maxMegabytes: 25, ...(filesHint === undefined ? {} : { hint: filesHint }), ...errorOf(problems, 'files') })}
<p class="kern-body">${t.privacy}</p>
${buttonRow(button({ label: answer === undefined ? t.send : t.change }))}`;
  const body = html`${late ? alert('warning', t.late) : ''}${form({ action: `/stellungnahme/${key}`, multipart: true }, fields)}`;
  return answer === undefined ? section(t.yourAnswer, body) : accordion(t.change, body, { open: refusal !== undefined });
}

function claimPart(view: PageView, { one, byLink, key }: ConsultationView): Html {
  const t = consulteeTexts(view.lang);
  if (!byLink || one.claimedBy !== undefined) return html``;
  const signedIn = view.actor.kind === 'citizen' || view.actor.kind === 'staff';
  const body = signedIn
    ? html`<p class="kern-body">${t.claimBody}</p>${buttonForm(`/stellungnahme/${key}/uebernehmen`, { label: t.claim, kind: 'secondary' })}`
    : html`<p class="kern-body">${t.claimSignIn}</p>`;
  return section(t.claimTitle, body);
}

/** What belongs to the account: requests it took over, and its statements to displays. */
async function minePage(ctx: ParticipationContext, view: PageView, visit: Visit): Promise<Html> {
  const { lang } = view;
  const t = consulteeTexts(lang);
  const requests = (await ownConsultations(ctx, visit.actor)).filter(({ one }) => one.claimedBy === actorRef(visit.actor));
  const statements = await ownStatements(ctx, visit.actor);
  const requestTable = dataTable(
    [
      { label: t.subject, rowHeader: true, cell: (row: (typeof requests)[number]) => row.round.title },
      { label: t.until, cell: ({ one }) => shortDay(lang, one.dueOn) },
      { label: t.state, cell: ({ one }) => badge(one.status === 'asked' ? 'info' : 'neutral', CONSULTATION_STATES[one.status][lang]) },
    ],
    requests,
    { caption: t.requests, lang, href: ({ one }) => `/stellungnahme/${one.id}`, empty: t.noRequests },
  );
  const statementTable = dataTable(
    [
      { label: t.number, rowHeader: true, cell: (row: (typeof statements)[number]) => row.number },
      { label: t.receivedOn, cell: (row) => shortDay(lang, row.receivedOn) },
      { label: t.result, cell: (row) => (row.weighing === undefined || row.repliedOn === undefined ? t.noResult : RESULTS[row.weighing.result][lang]) },
    ],
    statements,
    { caption: t.statements, lang, empty: t.noStatements },
  );
  const main = html`${pageTitle(t.mine, { lead: t.mineLead })}${requestTable}${visit.actor.kind === 'citizen' ? statementTable : ''}`;
  return page(view, { title: t.mine, main });
}
