import type { Actor } from '../../../kernel/actor.ts';
import type { Position } from '../../../kernel/geo.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, problemPage, type Answer, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { textField } from '../../../platform/ui/form.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonRow, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { exportXbau } from '../application/export-xbau.ts';
import { checkXbau, importXbau, rejectXbau, type Imported } from '../application/import-xbau.ts';
import type { ReadXbau } from '../application/read-xbau.ts';
import type { XbauContext } from '../application/xbau-context.ts';
import type { XbauAttachment } from '../domain/xbau-message.ts';
import { deliveryOf, type AuthorityOf } from './xbau-routes.ts';
import { XBAU_EXPORTS } from './xbau-schemas.ts';
import { xbauTexts } from './xbau-texts.ts';

type Frame = (visit: Visit) => PageView;

const READERS = ['sachbearbeitung', 'leitung', 'revision'] as const;
const OFFICERS = ['sachbearbeitung', 'leitung'] as const;
export const XBAU_PAGE = '/amt/xbau';
const NOT_FOUND: Problem = { kind: 'not-found', detail: 'Diese Nachricht gibt es nicht. Gehen Sie zum Vorgang zurück.' };

/** The officer's page for messages that came as files, and the downloads of a case. */
export function xbauPages(ctx: XbauContext, frame: Frame, authorityOf: AuthorityOf): AnyRoute[] {
  return [
    getPage(XBAU_PAGE, OFFICERS, async (visit) => answerHtml(importPage(frame(visit)))),
    postPage(XBAU_PAGE, OFFICERS, async (visit) => posted(ctx, frame(visit), visit, authorityOf)),
    getPage('/eingang/:id/xbau/:message', READERS, async (visit) => download(ctx, visit)),
  ];
}

async function posted(ctx: XbauContext, view: PageView, visit: FormVisit, authorityOf: AuthorityOf): Promise<Answer> {
  const delivery = deliveryOf(visit.files);
  if (!delivery.ok) return answerHtml(importPage(view, refusal(view.lang, delivery.problem)), problemStatus(delivery.problem));
  const action = visit.fields.get('action');
  if (action === 'reject') {
    const rejection = rejectXbau(ctx, authorityOf(visit.actor), delivery.value);
    if (rejection !== undefined) return { kind: 'file', bytes: Buffer.from(rejection.xml, 'utf8'), mediaType: 'application/xml', fileName: rejection.fileName };
  }
  if (action === 'take') {
    const done = await importXbau(ctx, visit.actor, delivery.value, placeOf(visit.fields));
    if (!done.ok) return answerHtml(importPage(view, refusal(view.lang, done.problem)), problemStatus(done.problem));
    return answerHtml(importPage(view, html`${success(view.lang, done.value)}${shown(view.lang, done.value.message)}`));
  }
  const read = await checkXbau(ctx, visit.actor, delivery.value);
  if (!read.ok) return answerHtml(importPage(view, refusal(view.lang, read.problem)), problemStatus(read.problem));
  return answerHtml(importPage(view, shown(view.lang, read.value)));
}

/** Both coordinates, as an officer types them. */
function placeOf(fields: URLSearchParams): Position | undefined {
  const [lon, lat] = ['lon', 'lat'].map((name) => Number((fields.get(name) ?? '').trim().replace(',', '.') || Number.NaN));
  return Number.isFinite(lon) && Number.isFinite(lat) ? { lon: lon!, lat: lat! } : undefined;
}

function importPage(view: PageView, result: Html = html``): Html {
  const { lang } = view;
  const t = xbauTexts(lang);
  const main = html`${pageTitle(t.title, { lead: t.lead })}${result}
${form(
  { action: XBAU_PAGE, multipart: true },
  html`${fileField({ name: 'file', lang, label: t.file, hint: t.fileHint, accept: ['application/zip', 'application/xml', '.zip', '.xml', 'application/pdf', 'image/jpeg', 'image/png'], multiple: true, maxMegabytes: 25 })}
${textField({ name: 'lon', lang, label: t.lon, hint: t.placeHint, required: false })}${textField({ name: 'lat', lang, label: t.lat, required: false })}
${buttonRow(
  button({ label: t.take, name: 'action', value: 'take' }),
  button({ label: t.check, name: 'action', value: 'check', kind: 'secondary' }),
  button({ label: t.reject, name: 'action', value: 'reject', kind: 'tertiary' }),
)}`,
)}`;
  return page(view, { title: t.title, main, breadcrumb: [{ label: t.title }] });
}

/** Every mistake with its line, and what to send back. */
function refusal(lang: Lang, { detail, fields }: Problem): Html {
  const t = xbauTexts(lang);
  const mistakes = fields?.map(({ message }) => message) ?? [detail];
  return alert('danger', t.refused, html`<ul class="kern-list" lang="de">${mistakes.map((one) => html`<li>${one}</li>`)}</ul><p>${t.refusedHelp}</p>`, {
    live: true,
  });
}

function success(lang: Lang, { message, repeated, caseId, fileNumber, refusedFiles }: Imported): Html {
  const t = xbauTexts(lang);
  const title = repeated ? t.repeated : message.head.type === '0200' ? t.taken : t.answered;
  const links = [
    linkButton({ label: `${t.openCase} ${fileNumber}`, href: `/eingang/${caseId}` }),
    ...(message.head.type === '0200' ? [linkButton({ label: t.receipt, href: `/eingang/${caseId}/xbau/1120.zip`, kind: 'secondary', icon: 'download' })] : []),
  ];
  const lost = html`<ul class="kern-list" lang="de">${refusedFiles.map(({ fileName, reason }) => html`<li>${fileName}: ${reason}</li>`)}</ul>`;
  return html`${alert('success', title, undefined, { live: true })}${refusedFiles.length === 0 ? '' : alert('warning', t.filesRefused, lost)}${buttonRow(...links)}`;
}

/** What a message brings, and what of it has no place. */
function shown(lang: Lang, { head, answers, tells, delivered, absent, unnamed, rest }: ReadXbau): Html {
  const t = xbauTexts(lang);
  const facts = [
    { label: t.type, value: `${head.type}, ${head.createdAt}` },
    { label: t.author, value: head.author?.name ?? t.unnamedAuthor },
    { label: t.answers, value: String(Object.keys(answers).length) },
  ];
  const list = (title: string, items: readonly (string | Html)[]): Html =>
    items.length === 0 ? html`` : html`<h3 class="kern-heading-small">${title}</h3><ul class="kern-list">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
  const name = ({ title, file, originalName }: XbauAttachment): string => title ?? originalName ?? file?.name ?? '–';
  return section(t.message, [
    factList(facts),
    list(t.tells, tells),
    list(
      t.documents,
      delivered.map((one) => `${name(one)}${one.slot === undefined ? `: ${t.unplaced}` : ''}`),
    ),
    list(
      t.absent,
      absent.map((one) => `${name(one)}: ${one.later ? t.later : one.link === undefined ? t.missing : `${t.link} (${one.link})`}`),
    ),
    list(t.unnamed, unnamed),
    list(
      t.rest,
      rest.map(({ path, text }) => html`${path.split('/').slice(-2).join(' / ')}: ${text}`),
    ),
  ]);
}

async function download(ctx: XbauContext, { actor, params }: Visit): Promise<Answer> {
  const id = parseId(params['id'] ?? '');
  const type = XBAU_EXPORTS.find((one) => `${one}.zip` === params['message']);
  if (id === undefined || type === undefined) return problemPage(NOT_FOUND);
  const done = await exportXbau(ctx, actor, id, type);
  return done.ok ? { kind: 'file', bytes: done.value.bytes, mediaType: 'application/zip', fileName: done.value.fileName } : problemPage(done.problem);
}

/** On the officer's case page: the messages that this case can be written as now. */
export async function xbauPanel(ctx: XbauContext, actor: Actor, caseId: string, lang: Lang): Promise<Html | undefined> {
  const offered = await ctx.cases.offered(actor, caseId);
  if (offered.length === 0) return undefined;
  const t = xbauTexts(lang);
  const links = offered
    .toSorted()
    .map((type) => linkButton({ label: t[type], href: `/eingang/${caseId}/xbau/${type}.zip`, kind: 'secondary', icon: 'download' }));
  return section(t.panel, buttonRow(...links), { id: 'xbau' });
}

/** Among the ways by which applications come in. */
export const xbauDoor = (lang: Lang) => ({ href: XBAU_PAGE, label: xbauTexts(lang).door });
