import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { parseId } from '../../../kernel/id.ts';
import { ORIGIN_PARAMETER } from '../../../kernel/usage.ts';
import { originIn } from '../../../platform/http/origin.ts';
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
import { stepper, summaryList } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, confirmBox, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { readMapInput, type MapExtent } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { MapMarker } from '../../../platform/ui/static-map.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { answerSections, itemsOf, packageField, pageProblems, slotOf, visibleFields, visiblePages, type Field, type Page } from '../../catalogue/public.ts';
import type { ProcedureContext } from '../application/context.ts';
import { chooseChannel, discardDraft, dropItem, openDraft, readingOf, savePage, startDraft, type OpenDraft } from '../application/drafts.ts';
import { provenIn } from '../application/proven-answers.ts';
import { submit } from '../application/submit.ts';
import { addUpload, dropUpload, readOwnUpload } from '../application/uploads.ts';
import { notFound } from '../domain/problems.ts';
import { asCitizen } from './api.ts';
import { invitationPages } from './cosign-invitation.ts';
import { cosignersSection, type TypedInvitation } from './cosign-parts.ts';
import { citizenTexts } from './citizen-texts.ts';
import { provenPage, provenSection } from './citizen-proven.ts';
import { trustPart } from './citizen-trust.ts';
import { deletionPart, goneOr, keepRoute } from './draft-end-parts.ts';
import { countUse } from './count-use.ts';
import { prefilledAnswers } from './prefill.ts';
import { standOfValues } from '../application/kept-fields.ts';

export type Frame = (visit: Visit) => PageView;

const pagePath = (draftId: string, pageId: string, item?: number): string => `/antrag/${draftId}/seite/${pageId}${item === undefined ? '' : `?nr=${item}`}`;
const reviewPath = (draftId: string): string => `/antrag/${draftId}/pruefen`;

/** Pages on which an application is filled in: one topic a page, saved on every step. */
export function draftPages(ctx: ProcedureContext, frame: Frame): AnyRoute[] {
  const open = async (visit: Visit) => {
    const id = parseId(visit.params['id'] ?? '');
    return id === undefined ? { ok: false as const, problem: notFound } : openDraft(ctx, asCitizen(visit.actor), id, visit.lang);
  };
  return [
    getPage('/antrag/neu/:service', 'citizen', async (visit) => startPage(ctx, frame, visit)),
    postPage('/antrag/neu/:service', 'citizen', async (visit) => {
      const origin = cameFrom(visit, visit.fields);
      const started = await startDraft(ctx, asCitizen(visit.actor), visit.params['service'] ?? '', origin);
      if (!started.ok) return problemPage(started.problem);
      countUse(ctx, visit, 'form-begun', started.value);
      return redirect(`/antrag/${started.value.id}`);
    }),
    getPage('/antrag/:id', 'citizen', async (visit) => {
      const opened = await open(visit);
      return opened.ok ? redirect(firstGap(opened.value)) : goneOr(ctx, frame, visit, opened.problem);
    }),
    getPage('/antrag/:id/seite/:page', 'citizen', async (visit) => {
      const opened = await open(visit);
      if (!opened.ok) return goneOr(ctx, frame, visit, opened.problem);
      const found = visiblePages(opened.value.pkg, opened.value.draft.answers).find((one) => one.id === visit.params['page']);
      if (found === undefined) return problemPage(notFound);
      countUse(ctx, visit, 'form-page', opened.value.draft, found.id);
      return showPage(ctx, frame, visit, opened.value, found, [], itemOf(visit, found));
    }),
    postPage('/antrag/:id/seite/:page', 'citizen', async (visit) => postFormPage(ctx, frame, visit)),
    postPage('/antrag/:id/seite/:page/entfernen', 'citizen', async (visit) => removeItem(ctx, visit)),
    getPage('/antrag/:id/pruefen', 'citizen', async (visit) => {
      const opened = await open(visit);
      return opened.ok ? answerHtml(await reviewPage(ctx, frame(visit), opened.value)) : goneOr(ctx, frame, visit, opened.problem);
    }),
    keepRoute(ctx),
    provenPage(ctx),
    ...invitationPages(ctx, (visit, draftId, problem) => reviewAgain(ctx, frame, visit, draftId, problem)),
    postPage('/antrag/:id/einreichen', 'citizen', async (visit) => submitDraft(ctx, frame, visit)),
    postPage('/antrag/:id/verwerfen', 'citizen', async (visit) => {
      const draftId = parseId(visit.params['id'] ?? '');
      if (draftId === undefined) return problemPage(notFound);
      const done = await discardDraft(ctx, asCitizen(visit.actor), draftId);
      if (!done.ok) return problemPage(done.problem);
      countUse(ctx, visit, 'form-abandoned', done.value, done.value.lastPage);
      return redirect(ctx.askAfterDiscard?.(done.value) ?? '/antraege');
    }),
    getPage('/antrag/:id/datei/:upload', 'citizen', async (visit) => {
      const [id, upload] = [parseId(visit.params['id'] ?? ''), parseId(visit.params['upload'] ?? '')];
      const read =
        id === undefined || upload === undefined ? { ok: false as const, problem: notFound } : await readOwnUpload(ctx, asCitizen(visit.actor), id, upload);
      if (!read.ok) return problemPage(read.problem);
      return { kind: 'file', bytes: read.value.file.bytes, mediaType: read.value.file.mediaType, fileName: read.value.upload.fileName, inline: true };
    }),
  ];
}

/** Takes one item out of a repeated page. */
async function removeItem(ctx: ProcedureContext, visit: FormVisit): Promise<Answer> {
  const [draftId, pageId] = [parseId(visit.params['id'] ?? ''), visit.params['page']!];
  const nr = visit.fields.get('nr') ?? '';
  if (draftId === undefined || !/^\d{1,2}$/.test(nr)) return problemPage(notFound);
  const done = await dropItem(ctx, asCitizen(visit.actor), { draftId, pageId, itemIndex: Number(nr) });
  return done.ok ? redirect(pagePath(done.value.id, pageId)) : problemPage(done.problem);
}

/** The review with what was refused, and what was typed. */
async function reviewAgain(ctx: ProcedureContext, frame: Frame, visit: FormVisit, draftId: string, problem: Problem): Promise<Answer> {
  const opened = await openDraft(ctx, asCitizen(visit.actor), draftId, visit.lang);
  if (!opened.ok || problem.kind === 'not-found') return problemPage(problem);
  const typed = { fields: visit.fields, problems: problem.fields ?? [] };
  return answerHtml(await reviewPage(ctx, frame(visit), opened.value, problem, typed), problemStatus(problem));
}

/** Who does not want to be counted is in no number, so the draft does not keep where they came from either. */
const cameFrom = ({ reader }: Pick<Visit, 'reader'>, said: URLSearchParams): string | undefined => (reader === undefined ? undefined : originIn(said));

function startPage(ctx: ProcedureContext, frame: Frame, visit: Visit): Answer {
  const pkg = ctx.desk.current(visit.params['service'] ?? '');
  if (pkg === undefined) return problemPage(notFound);
  const t = citizenTexts(visit.lang);
  const origin = cameFrom(visit, visit.query);
  const begin = buttonForm(`/antrag/neu/${pkg.key}`, { label: t.begin }, origin === undefined ? {} : { [ORIGIN_PARAMETER]: origin });
  const main = html`${pageTitle(pkg.name[visit.lang], { lead: t.beginLead })}
${section(t.needs, html`<ul class="kern-list">${pkg.needs.map((need) => html`<li>${need[visit.lang]}</li>`)}</ul>`)}
${trustPart(asCitizen(visit.actor), pkg.trust, visit.url, visit.lang, begin) ?? begin}`;
  return answerHtml(page(frame(visit), { title: pkg.name[visit.lang], main }));
}

/** The first page that still lacks something, or the review. */
function firstGap({ draft, problems }: OpenDraft): string {
  const first = problems[0];
  return first === undefined ? reviewPath(draft.id) : pagePath(draft.id, first.pageId, first.itemIndex);
}

/** Which item a repeated page is about; `undefined` shows the list. */
function itemOf(visit: Visit, found: Page): number | undefined {
  if (found.repeat === undefined) return undefined;
  const number = Number(visit.query.get('nr') ?? NaN);
  return Number.isInteger(number) && number >= 0 && number < found.repeat.max ? number : undefined;
}

async function showPage(
  ctx: ProcedureContext,
  frame: Frame,
  visit: Visit,
  opened: OpenDraft,
  found: Page,
  problems: readonly FieldProblem[],
  itemIndex: number | undefined,
  extent?: MapExtent,
): Promise<Answer> {
  const { draft, pkg } = opened;
  if (found.repeat !== undefined && itemIndex === undefined) {
    if (itemsOf(found, draft.answers).length > 0) return answerHtml(listPage(ctx, frame(visit), visit, opened, found));
    return showPage(ctx, frame, visit, opened, found, problems, 0);
  }
  const lang = visit.lang;
  const t = citizenTexts(lang);
  const given = itemIndex === undefined ? draft.answers : (itemsOf(found, draft.answers)[itemIndex] ?? {});
  const { values, prefilled } = await prefilledAnswers(ctx, asCitizen(visit.actor), found, given);
  const pages = visiblePages(pkg, draft.answers);
  const title = itemIndex === undefined ? found.title[lang] : `${found.repeat!.itemLabel[lang]} ${itemIndex + 1}`;
  const asked = visibleFields(found, draft.answers, values);
  const fields = asked.map((field) =>
    packageField(field, {
      lang,
      value: values[field.id],
      problems,
      prefilled: prefilled.has(field.id),
      ...uploadOf(opened, field, itemIndex),
      ...mapOf(opened, found, field, itemIndex, extent),
    }),
  );
  const main = html`${stepper(
    [...pages.map((one) => ({ label: one.title[lang], href: pagePath(draft.id, one.id) })), { label: t.review }],
    pages.findIndex((one) => one.id === found.id),
    lang,
  )}
${errorSummary(problems, lang)}
${draft.announcedOn === undefined ? '' : deletionPart(draft, lang, visit.now)}
${pageTitle(title, found.help === undefined ? {} : { lead: found.help[lang] })}
${form(
  {
    action: pagePath(draft.id, found.id, itemIndex),
    multipart: true,
    autosave: true,
    hidden: { asked: asked.map((field) => field.id).join(' '), stand: String(visit.now.epochMilliseconds), shown: standOfValues(found, values) },
  },
  html`${fields}
${buttonRow(button({ label: t.next }), button({ label: t.saveAndStop, kind: 'secondary', name: 'stop', value: '1' }))}`,
)}`;
  return answerHtml(
    page(frame(visit), {
      title: `${title} – ${pkg.name[lang]}`,
      main,
      hasErrors: problems.length > 0,
      scripts: asked.some((field) => field.type === 'position') ? ['map'] : [],
    }),
    problems.length > 0 ? 422 : 200,
  );
}

/** What a map shows: this item by its number, the others around it. */
function mapOf({ draft }: OpenDraft, found: Page, field: Field, itemIndex: number | undefined, extent: MapExtent | undefined) {
  if (field.type !== 'position') return {};
  const others = itemsOf(found, draft.answers).flatMap((item, index): MapMarker[] => {
    const { lon, lat } = (item[field.id] ?? {}) as { lon?: unknown; lat?: unknown };
    return index === itemIndex || typeof lon !== 'number' || typeof lat !== 'number' ? [] : [{ position: { lon, lat }, label: String(index + 1) }];
  });
  return { map: { marker: String((itemIndex ?? 0) + 1), others, ...(extent && { extent }) } };
}

/** Reads clicks on the map, its buttons, and coordinates in degrees or UTM, into plain degrees. */
function readMaps(visit: FormVisit): { posted: URLSearchParams; extent?: MapExtent } {
  const posted = new URLSearchParams(visit.fields);
  let extent: MapExtent | undefined;
  for (const name of [...posted.keys()].filter((key) => key.endsWith('.view')).map((key) => key.slice(0, -'.view'.length))) {
    const reading = readMapInput(posted, name, visit.lang);
    if (reading.kind === 'picked' || reading.kind === 'typed') {
      posted.set(`${name}.lon`, String(reading.position.lon));
      posted.set(`${name}.lat`, String(reading.position.lat));
    }
    if (reading.kind === 'picked' || reading.kind === 'moved') extent = reading.extent;
  }
  return { posted, ...(extent && { extent }) };
}

/** What a file field shows: the rule, the files handed in so far, and where more goes at once. */
function uploadOf({ draft, pkg, uploads }: OpenDraft, field: Field, itemIndex: number | undefined) {
  const rule = field.type === 'file' ? pkg.form.documents.find((document) => document.id === field.document) : undefined;
  if (rule === undefined) return {};
  const slot = slotOf(rule.id, itemIndex);
  const files = uploads
    .filter((upload) => upload.slot === slot)
    .map(({ id, fileName, sizeBytes, mediaType }) => ({ id, name: fileName, sizeBytes, mediaType, previewUrl: `/antrag/${draft.id}/datei/${id}` }));
  return { upload: { rule, files, url: `/api/files/${draft.id}/${slot}` } };
}

function listPage(ctx: ProcedureContext, view: PageView, visit: Visit, opened: OpenDraft, found: Page): Html {
  const { draft, pkg, uploads } = opened;
  const lang = visit.lang;
  const t = citizenTexts(lang);
  const repeat = found.repeat!;
  const sections = answerSections(pkg, draft.answers, lang).filter((one) => one.pageId === found.id);
  const pages = visiblePages(pkg, draft.answers);
  const following = pages[pages.findIndex((one) => one.id === found.id) + 1];
  const reading = readingOf(ctx, uploads, lang);
  const items = sections.map((one, index) => {
    const wrong = pageProblems(found, draft.answers, reading, index);
    return section(
      one.heading,
      html`${wrong.length === 0 ? '' : alert('warning', t.stillMissing, html`<ul>${wrong.map((problem) => html`<li>${problem.message}</li>`)}</ul>`)}
${summaryList(one.rows, lang)}
${buttonRow(linkButton({ label: t.edit, href: pagePath(draft.id, found.id, index), kind: 'secondary', context: one.heading }), buttonForm(`/antrag/${draft.id}/seite/${found.id}/entfernen`, { label: t.remove, kind: 'tertiary', context: one.heading }, { nr: String(index) }))}`,
    );
  });
  const main = html`${pageTitle(t.items(repeat.itemLabel[lang]))}${items}
${buttonRow(linkButton({ label: t.continue, href: following === undefined ? reviewPath(draft.id) : pagePath(draft.id, following.id) }), sections.length >= repeat.max ? undefined : linkButton({ label: repeat.addLabel[lang], href: pagePath(draft.id, found.id, sections.length), kind: 'secondary' }))}`;
  return page(view, { title: t.items(repeat.itemLabel[lang]), main });
}

async function postFormPage(ctx: ProcedureContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const actor = asCitizen(visit.actor);
  const draftId = parseId(visit.params['id'] ?? '');
  const pageId = visit.params['page'] ?? '';
  if (draftId === undefined) return problemPage(notFound);
  const nr = visit.query.get('nr');
  const itemIndex = nr === null || !/^\d{1,2}$/.test(nr) ? undefined : Number(nr);
  const removed = visit.fields.get('remove');
  if (removed !== null && parseId(removed) !== undefined) await dropUpload(ctx, actor, draftId, removed);
  const fileProblems = await takeFiles(ctx, visit, draftId, itemIndex);
  const { posted, extent } = readMaps(visit);
  const item = itemIndex === undefined ? {} : { itemIndex };
  const seen = { at: visit.fields.get('stand') ?? '', shown: visit.fields.get('shown') ?? '' };
  const saved = await savePage(ctx, actor, { draftId, pageId, posted, lang: visit.lang, seen, ...item });
  if (!saved.ok) return problemPage(saved.problem);
  if (visit.autosave === true) return answerHtml(html`${citizenTexts(visit.lang).done}`);
  const { draft, pkg, page: found } = saved.value;
  const problems = [...fileProblems, ...saved.value.problems.filter((problem) => !fileProblems.some((one) => one.field === problem.field))];
  if (visit.fields.has('stop') && fileProblems.length === 0) return redirect('/antraege');
  const unseen = newlyAsked(found, saved.value, visit.fields, itemIndex);
  const shown = problems.filter((problem) => !unseen.has(problem.field));
  if (shown.length > 0 || removed !== null || extent !== undefined || unseen.size > 0 || saved.value.kept.size > 0) {
    const complaints = removed === null && extent === undefined ? shown : [];
    for (const { field } of complaints) countUse(ctx, visit, 'form-refused', draft, found.id, field);
    return showPage(ctx, frame, visit, saved.value, found, complaints, itemIndex ?? (found.repeat && 0), extent);
  }
  if (found.repeat !== undefined) return redirect(pagePath(draft.id, found.id));
  const pages = visiblePages(pkg, draft.answers);
  const following = pages[pages.findIndex((one) => one.id === found.id) + 1];
  return redirect(following === undefined ? reviewPath(draft.id) : pagePath(draft.id, following.id));
}

/** Fields that an answer on this page has only now called up: the person has not seen them yet. */
function newlyAsked(found: Page, { draft }: OpenDraft, posted: URLSearchParams, itemIndex: number | undefined): ReadonlySet<string> {
  const item = found.repeat === undefined ? draft.answers : (itemsOf(found, draft.answers)[itemIndex ?? 0] ?? {});
  const seen = new Set((posted.get('asked') ?? '').split(' '));
  if (!posted.has('asked')) return new Set();
  return new Set(
    visibleFields(found, draft.answers, item)
      .map((field) => field.id)
      .filter((id) => !seen.has(id)),
  );
}

/** Keeps the files that came with the form; what cannot be kept is said at its field. */
async function takeFiles(ctx: ProcedureContext, visit: FormVisit, ownerId: string, itemIndex: number | undefined): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  const opened = await openDraft(ctx, asCitizen(visit.actor), ownerId, visit.lang);
  if (!opened.ok) return problems;
  const found = opened.value.pkg.form.pages.find((one) => one.id === visit.params['page']);
  for (const file of visit.files.filter((one) => one.fileName !== '')) {
    const field = found?.fields.find((one) => one.id === file.field);
    if (field?.type !== 'file') continue;
    const added = await addUpload(ctx, asCitizen(visit.actor), {
      ownerId,
      slot: slotOf(field.document, found?.repeat === undefined ? undefined : (itemIndex ?? 0)),
      field: file.field,
      fileName: file.fileName,
      bytes: file.bytes,
      tooLarge: file.tooLarge,
    });
    if (!added.ok) problems.push(...(added.problem.fields ?? []));
  }
  return problems;
}

async function reviewPage(ctx: ProcedureContext, view: PageView, opened: OpenDraft, refusal?: Problem, typed?: TypedInvitation): Promise<Html> {
  const { draft, pkg, uploads, problems } = opened;
  const t = citizenTexts(view.lang);
  const responsible = ctx.desk.responsible(pkg, draft.answers);
  const sections = answerSections(pkg, draft.answers, view.lang);
  const missing = problems.map(
    (problem) => html`<li><a class="kern-link" href="${pagePath(draft.id, problem.pageId, problem.itemIndex)}">${problem.message}</a></li>`,
  );
  const wrong = typed?.problems ?? [];
  const actor = asCitizen(view.actor);
  const weak = trustPart(actor, pkg.trust, reviewPath(draft.id), view.lang);
  const proven = await provenIn(ctx.database.read, actor, opened);
  const main = html`${wrong.length > 0 ? errorSummary(wrong, view.lang) : ''}
${pageTitle(t.review, { lead: t.reviewLead })}
${deletionPart(draft, view.lang, ctx.clock())}
${refusal === undefined || wrong.length > 0 ? '' : alert('danger', refusal.detail)}
${provenSection(opened, proven, view.lang)}
${problems.length === 0 ? '' : alert('warning', t.stillMissing, html`<ul class="kern-list">${missing}</ul>`)}
${sections.map((one) => section(one.heading, summaryList(one.rows, view.lang), { aside: html`<a class="kern-link" href="${pagePath(draft.id, one.pageId, one.itemIndex)}">${t.edit}<span class="kern-sr-only">: ${one.heading}</span></a>` }))}
${section(t.files, uploads.length === 0 ? html`<p class="kern-body">${t.noFiles}</p>` : html`<ul class="kern-list">${uploads.map((upload) => html`<li><a class="kern-link" href="/antrag/${draft.id}/datei/${upload.id}">${upload.fileName}</a></li>`)}</ul>`)}
${responsible.ok ? section(t.responsible, html`<p class="kern-body">${responsible.value.authority.name}</p>${responsible.value.nearBorder ? alert('info', t.nearBorder) : ''}`) : alert('warning', responsible.problem.detail)}
${cosignersSection(view, opened, ctx.clock(), typed)}
${form(
  { action: `/antrag/${draft.id}/einreichen` },
  html`${radioGroup({
    name: 'channel',
    label: t.channel,
    lang: view.lang,
    value: draft.channel,
    options: [
      { value: 'postfach', label: t.channelPostfach },
      { value: 'post', label: t.channelPost },
    ],
  })}
<p class="kern-body">${t.submitOnce}</p>${weak ?? buttonRow(button({ label: t.submit }))}`,
)}
<details class="kern-accordion"><summary class="kern-accordion__header"><span class="kern-title">${t.discard}</span></summary><section class="kern-accordion__body">
${confirmBox({ title: t.discard, body: t.discardBody, action: `/antrag/${draft.id}/verwerfen`, confirm: t.discard, cancel: { label: t.back, href: reviewPath(draft.id) }, danger: true })}</section></details>`;
  return page(view, { title: t.review, main, hasErrors: refusal !== undefined });
}

async function submitDraft(ctx: ProcedureContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const actor = asCitizen(visit.actor);
  const draftId = parseId(visit.params['id'] ?? '');
  if (draftId === undefined) return problemPage(notFound);
  const channel = visit.fields.get('channel') === 'post' ? 'post' : 'postfach';
  await chooseChannel(ctx, actor, { draftId, channel });
  const done = await submit(ctx, actor, draftId, visit.lang);
  if (done.ok) {
    countUse(ctx, visit, 'form-submitted', { service: done.value.service, origin: done.value.cameBy });
    return redirect(`/vorgang/${done.value.id}?neu=1`);
  }
  const opened = await openDraft(ctx, actor, draftId, visit.lang);
  return opened.ok ? answerHtml(await reviewPage(ctx, frame(visit), opened.value, done.problem), 422) : problemPage(done.problem);
}
