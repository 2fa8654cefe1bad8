import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
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
import { liveAnswer } from '../../../platform/live/live.ts';
import type { LiveHub } from '../../../platform/live/hub.ts';
import { alert, card, cardGrid, emptyState } from '../../../platform/ui/alert.ts';
import { summaryList, timeline } from '../../../platform/ui/components.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatDate, formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, copyable, live, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { answerSections, casePicture } from '../../catalogue/public.ts';
import { act } from '../application/act.ts';
import type { ProcedureContext } from '../application/context.ts';
import { ownCosignings } from '../application/cosign.ts';
import { ownDrafts } from '../application/drafts.ts';
import { findOwnCase } from '../application/find-own-case.ts';
import { exportCases } from '../application/export-cases.ts';
import { ownCases } from '../application/inbox.ts';
import { openCase, type CaseView } from '../application/read-case.ts';
import { addUpload } from '../application/uploads.ts';
import { statusesOf } from '../domain/evolve.ts';
import { presentDecision } from '../domain/case.ts';
import type { CaseCommand } from '../domain/commands.ts';
import { standingOf } from '../domain/cosigner.ts';
import { notFound } from '../domain/problems.ts';
import { otherName } from './acted-for.ts';
import { asCitizen, letterHref } from './api.ts';
import type { Frame } from './citizen-draft.ts';
import { shownPanels, type CasePanel } from './panels.ts';
import { deletionLine } from './draft-end-parts.ts';
import { permitPart } from './permit-part.ts';
import { replacesChoice, replacesField, saidOf } from './citizen-versions.ts';
import { citizenTexts, statusTexts } from './citizen-texts.ts';
import { applicantsRow } from './cosign-parts.ts';
import { askedTexts, cosignTexts } from './cosign-texts.ts';
import { eventSentence } from './citizen-timeline.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** The applicant's list, case page and what they can do there. */
export function casePages(base: ProcedureContext, frame: Frame, hub: LiveHub, panels: readonly CasePanel[] = []): AnyRoute[] {
  const ctx: Shown = { ...base, panels };
  return [
    getPage('/vorgang/:id/live', 'citizen', async (visit) => {
      const id = parseId(visit.params['id'] ?? '');
      const state = id === undefined ? undefined : await findOwnCase(ctx, asCitizen(visit.actor), id);
      if (state === undefined) return problemPage(notFound);
      // only that something happened: the page asks again for what it may show
      return liveAnswer({ hub, allowed: (entry) => entry.stream === `case:${id}` && entry.kind !== 'procedure.akte-gelesen', shown: () => ({}) });
    }),
    getPage('/antraege', 'citizen', async (visit) => answerHtml(await overviewPage(ctx, frame(visit), visit))),
    getPage('/antraege/export', 'citizen', async (visit) => ({
      kind: 'file',
      bytes: Buffer.from(JSON.stringify(await exportCases(ctx, asCitizen(visit.actor)), null, 2)),
      mediaType: 'application/json',
      fileName: 'kontor-antraege.json',
    })),
    getPage('/vorgang/:id', 'citizen', async (visit) => showCase(ctx, frame, visit)),
    postPage('/vorgang/:id/nachreichen', 'citizen', async (visit) => handIn(ctx, frame, visit)),
    ...(['stellungnahme', 'zuruecknehmen', 'widerspruch', 'bescheinigung'] as const).map((what) =>
      postPage(`/vorgang/:id/${what}`, 'citizen', async (visit) => actOn(ctx, frame, visit, COMMANDS[what](visit.fields.get('text') ?? ''))),
    ),
  ];
}

const COMMANDS: Readonly<Record<'stellungnahme' | 'zuruecknehmen' | 'widerspruch' | 'bescheinigung', (text: string) => CaseCommand>> = {
  stellungnahme: (text) => ({ action: 'answer-hearing', text }),
  zuruecknehmen: (text) => ({ action: 'withdraw', reason: text }),
  widerspruch: (text) => ({ action: 'object', text }),
  bescheinigung: () => ({ action: 'request-certificate' }),
};

/** Cases on one page of the overview. */
const CARDS = 30;

async function overviewPage(ctx: ProcedureContext, view: PageView, visit: Visit): Promise<Html> {
  const actor = asCitizen(visit.actor);
  const t = citizenTexts(view.lang);
  const c = cosignTexts(view.lang);
  const status = statusTexts(view.lang);
  const drafts = await ownDrafts(ctx, actor);
  const asked = await ownCosignings(ctx, actor);
  const { rows: cases, next } = await ownCases(ctx, actor, CARDS, parseId(visit.query.get('nach') ?? ''));
  const name = (service: string): string => ctx.desk.current(service)?.name[view.lang] ?? service;
  const main = html`${pageTitle(t.mine)}
${drafts.length === 0 ? '' : section(t.drafts, cardGrid(drafts.map((draft) => card({ title: name(draft.service), href: `/antrag/${draft.id}`, body: `${t.lastSaved(formatInstant(view.lang, draft.updatedAt))}. ${deletionLine(draft, view.lang, visit.now)}`, icon: 'draft' }))))}
${asked.length === 0 ? '' : section(c.asks, cardGrid(asked.map(({ one, service }) => card({ title: name(service), href: `/mitantrag/${one.id}`, body: askedTexts(view.lang)[standingOf(one, ctx.clock())], icon: 'edit' }))))}
${section(t.cases, cases.length === 0 ? emptyState({ title: t.noCases }) : cardGrid(cases.map((one) => card({ title: name(one.service), preline: one.fileNumber, href: `/vorgang/${one.id}`, body: status[one.status] }))))}
${next === undefined ? '' : html`<p class="kern-body"><a class="kern-link" href="/antraege?nach=${next}">${t.olderCases}</a></p>`}
<p class="kern-body"><a class="kern-link" href="/antraege/export">${t.exportAll}</a></p>`;
  return page(view, { title: t.mine, main });
}

/** What the page of a case needs besides the use cases. */
interface Shown extends ProcedureContext {
  readonly panels: readonly CasePanel[];
}

async function showCase(ctx: Shown, frame: Frame, visit: Visit, refusal?: Problem): Promise<Answer> {
  const id = parseId(visit.params['id'] ?? '');
  const opened = id === undefined ? { ok: false as const, problem: notFound } : await openCase(ctx, visit.actor, id);
  if (!opened.ok) return problemPage(opened.problem);
  const typed = 'fields' in visit ? ((visit as FormVisit).fields.get('text') ?? '') : '';
  const view = frame(visit);
  const beside = await shownPanels(ctx.panels, visit.actor, opened.value.state.id, view.lang);
  return answerHtml(casePage(view, opened.value, visit, { refusal, typed, beside }), refusal === undefined ? 200 : 422);
}

interface Said {
  readonly refusal: Problem | undefined;
  readonly typed: string;
  readonly beside: readonly Html[];
}

function casePage(view: PageView, found: CaseView, visit: Visit, { refusal, typed, beside }: Said): Html {
  const { state, pkg } = found;
  const lang = view.lang;
  const t = citizenTexts(lang);
  const main = html`${errorSummary(refusal?.fields ?? [], lang, refusal !== undefined && (refusal.fields ?? []).length === 0 ? refusal.detail : undefined)}
${visit.query.has('neu') ? alert('success', t.received, t.receivedBody(state.fileNumber), { live: true }) : ''}
${live(
  `/vorgang/${state.id}/live`,
  'stand',
  html`${pageTitle(pkg.name[lang], { preline: `${t.fileNumber} ${state.fileNumber}`, lead: statusTexts(lang)[state.status] })}
${facts(found, view)}
${decisionPart(found, view)}${permitPart(found.permit, lang)}`,
)}
${actionForms(found, view, { refusal, typed, posted: 'fields' in visit ? (visit as FormVisit).fields : undefined })}
${beside}
${section(t.letters, found.letters.length === 0 ? html`<p class="kern-body">${t.noLetters}</p>` : html`<ul class="kern-list">${found.letters.map((letter) => html`<li><a class="kern-link" href="${letterHref(state.id, letter.key)}">${letter.fileName}</a> (${formatInstant(lang, letter.writtenAt)})</li>`)}</ul>`)}
${section(
  t.timeline,
  timeline(
    found.history.flatMap((event) => {
      const title = eventSentence(event, lang, otherName(found, event, visit.actor, lang));
      return title === undefined ? [] : [{ when: formatInstant(lang, event.at), iso: event.at.toString(), title }];
    }),
  ),
)}
${accordion(t.process, casePicture(pkg, { status: state.status, visited: statusesOf(found.history) }, lang))}
${accordion(t.yourAnswers, html`${answerSections(pkg, state.answers, lang).map((one) => section(one.heading, summaryList(one.rows, lang)))}`)}`;
  return page(view, {
    title: `${pkg.name[lang]} ${state.fileNumber}`,
    main,
    breadcrumb: [{ label: t.mine, href: '/antraege' }, { label: state.fileNumber }],
    hasErrors: refusal !== undefined,
  });
}

function facts({ state, authority, deadline }: CaseView, { lang }: PageView): Html {
  const t = citizenTexts(lang);
  const open = state.decisions.length === 0 && !['zurueckgenommen', 'abgeschlossen'].includes(state.status);
  const until = deadline !== undefined ? formatDate(lang, deadline.date) : state.status === 'ausgesetzt' ? t.paused : t.notRunning;
  const rows = [
    ...applicantsRow(state, lang),
    { label: t.submittedOn, value: formatDate(lang, day(state.submittedOn)) },
    { label: t.responsible, value: authority.name },
    ...(open ? [{ label: t.decisionBy, value: until }] : []),
  ];
  return html`${summaryList(rows, lang)}${open && deadline !== undefined ? accordion(t.howComputed, html`<ol class="kern-list">${deadline.steps.map((step) => html`<li>${step.text} (${step.paragraph})</li>`)}</ol>`) : ''}`;
}

function decisionPart({ state, pkg }: CaseView, { lang }: PageView): Html {
  const decision = presentDecision(state);
  const t = citizenTexts(lang);
  if (decision?.kind === 'fiktion')
    return section(t.decision, alert('success', t.deemedGiven, html`${formatDate(lang, day(decision.decidedOn))}: ${decision.legalBasis}`));
  if (decision?.pdfSha256 === undefined) return html``;
  const outcome = { grant: t.outcomeGrant, partial: t.outcomePartial, refuse: t.outcomeRefuse }[decision.outcome];
  const { delivery } = decision;
  return section(
    t.decision,
    html`${alert(decision.outcome === 'grant' ? 'success' : 'info', outcome)}
${decision.registerNumber === undefined ? '' : copyable(decision.registerNumber, lang, pkg.register?.label[lang] ?? t.certificateTitle)}
${
  delivery === undefined
    ? ''
    : summaryList(
        [
          { label: t.knownOn, value: formatDate(lang, day(delivery.bekanntgabeOn)) },
          { label: t.objectionUntil, value: formatDate(lang, day(delivery.remedyUntil)) },
        ],
        lang,
      )
}
${buttonRow(linkButton({ label: 'PDF', href: letterHref(state.id, `bescheid.${decision.id}`), kind: 'secondary', icon: 'download' }))}`,
  );
}

/** A guide types along in drafts only (ADR 57): from now on help is talking to somebody. */
const helpLink = (t: ReturnType<typeof citizenTexts>): Html => linkButton({ label: t.helpPlaces, href: '/hilfe-vor-ort', kind: 'tertiary' });

interface Typed extends Omit<Said, 'beside'> {
  readonly posted: URLSearchParams | undefined;
}

function actionForms(found: CaseView, view: PageView, { refusal, typed, posted }: Typed): Html {
  const { state, pkg, actions, uploads } = found;
  const lang = view.lang;
  const t = citizenTexts(lang);
  const words = (label: string, open: boolean) =>
    textArea({ name: 'text', label, lang, value: open ? typed : '', maxLength: 5000, ...errorOf(refusal?.fields ?? [], 'text') });
  const parts: Html[] = [];
  if (actions.includes('answer-request') && state.request !== undefined) {
    const { request } = state;
    const documents = pkg.form.documents.filter((document) => request.items.includes(document.id));
    parts.push(
      section(
        t.requestTitle,
        html`${alert('warning', t.requestUntil(formatDate(lang, day(request.dueOn))), html`<ul class="kern-list">${request.itemTexts.map((text) => html`<li>${text}</li>`)}</ul><p class="kern-body">${request.text}</p>`)}
${form(
  { action: `/vorgang/${state.id}/nachreichen`, multipart: true },
  html`${documents.map((document) => html`${replacesChoice(document, found, lang, posted)}${fileField({ name: document.id, label: t.attach(document.label[lang]), lang, required: false, accept: document.accept, maxMegabytes: document.maxMegabytes, multiple: true, files: uploads.filter((upload) => !upload.submitted && upload.slot === document.id).map(({ id, fileName, sizeBytes, mediaType }) => ({ id, name: fileName, sizeBytes, mediaType, previewUrl: `/antrag/${state.id}/datei/${id}` })), ...errorOf(refusal?.fields ?? [], document.id) })}`)}
${words(t.yourAnswer, true)}${buttonRow(button({ label: t.answerRequest }), helpLink(t))}`,
)}`,
      ),
    );
  }
  if (actions.includes('answer-hearing') && state.hearing !== undefined) {
    parts.push(
      section(
        t.hearingTitle,
        html`${alert('info', t.requestUntil(formatDate(lang, day(state.hearing.dueOn))), state.hearing.text)}
${form({ action: `/vorgang/${state.id}/stellungnahme` }, html`${words(t.yourStatement, true)}${buttonRow(button({ label: t.sendStatement }), helpLink(t))}`)}`,
      ),
    );
  }
  parts.push(...afterDecision(found, lang, refusal, typed, words));
  return parts.length === 0 ? html`` : html`${parts}`;
}

/** What can still be done with a decision, or instead of waiting for one. */
function afterDecision(
  { state, actions }: CaseView,
  lang: Lang,
  refusal: Problem | undefined,
  typed: string,
  words: (label: string, open: boolean) => Html,
): Html[] {
  const t = citizenTexts(lang);
  const parts: Html[] = [];
  const remedyUntil = presentDecision(state)?.delivery?.remedyUntil;
  if (actions.includes('object') && remedyUntil !== undefined) {
    parts.push(
      accordion(
        t.objectTitle,
        html`<p class="kern-body">${t.objectBody(formatDate(lang, day(remedyUntil)))}</p><p class="kern-body">${t.objectTrust}</p>
${form({ action: `/vorgang/${state.id}/widerspruch` }, html`${words(t.reason, refusal !== undefined)}${buttonRow(button({ label: t.objectTitle }))}`)}`,
        { open: refusal !== undefined && typed !== '' },
      ),
    );
  }
  if (actions.includes('request-certificate')) {
    parts.push(
      section(
        t.certificateTitle,
        form(
          { action: `/vorgang/${state.id}/bescheinigung` },
          html`<p class="kern-body">${t.certificateBody}</p>${buttonRow(button({ label: t.certificateTitle }))}`,
        ),
      ),
    );
  }
  if (actions.includes('withdraw')) {
    parts.push(
      accordion(
        t.withdrawTitle,
        form(
          { action: `/vorgang/${state.id}/zuruecknehmen` },
          html`<p class="kern-body">${state.coApplicants === undefined ? t.withdrawBody : cosignTexts(lang).withdrawOwn}</p>${buttonRow(button({ label: t.withdrawTitle, kind: 'danger' }))}`,
        ),
      ),
    );
  }
  return parts;
}

async function actOn(ctx: Shown, frame: Frame, visit: FormVisit, command: CaseCommand): Promise<Answer> {
  const id = parseId(visit.params['id'] ?? '');
  if (id === undefined) return problemPage(notFound);
  const done = await act(ctx, visit.actor, { caseId: id, command });
  return done.ok ? redirect(`/vorgang/${id}`) : showCase(ctx, frame, visit, done.problem);
}

async function handIn(ctx: Shown, frame: Frame, visit: FormVisit): Promise<Answer> {
  const id = parseId(visit.params['id'] ?? '');
  if (id === undefined) return problemPage(notFound);
  for (const file of visit.files.filter((one) => one.fileName !== '')) {
    const added = await addUpload(ctx, asCitizen(visit.actor), {
      ownerId: id,
      slot: file.field,
      field: file.field,
      fileName: file.fileName,
      bytes: file.bytes,
      tooLarge: file.tooLarge,
      replaces: saidOf(visit.fields, file.field),
    });
    // the choice is for the first file of a kind; others are found by their name
    visit.fields.delete(replacesField(file.field));
    if (!added.ok) return showCase(ctx, frame, visit, added.problem);
  }
  return actOn(ctx, frame, visit, { action: 'answer-request', text: visit.fields.get('text') ?? '', documents: [] });
}
