import { z } from 'zod';
import type { Problem } from '../../../kernel/problem.ts';
import { ok } from '../../../kernel/result.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import {
  apiRoute,
  getPage,
  html as answerHtml,
  postPage,
  problemPage,
  type AnyRoute,
  type Answer,
  type FormVisit,
  type Visit,
} from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField, textField } from '../../../platform/ui/form.ts';
import { html, LANG_NAMES, LANGS, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { copyable, section } from '../../../platform/ui/parts.ts';
import { qrCode } from '../../../platform/ui/qr-code.ts';
import type { GuidesContext } from '../application/context.ts';
import { sendLink, serviceToWalk, startPath, type WalkedService } from '../application/send-link.ts';
import { TAG } from './assistance-api.ts';
import { deskTexts } from './desk-texts.ts';
import { GUIDES, type Frame } from './frame.ts';

/** A service gone through together, by phone or with somebody who has no account: what is public of it, and nobody's data. */
export function walkPages(ctx: GuidesContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/lotsen/leistung/:service', GUIDES, async (visit) => showWalk(ctx, frame, visit)),
    postPage(
      '/lotsen/leistung/:service/link',
      GUIDES,
      async (visit) => {
        const sent = await sendLink(ctx, visit.actor, { service: visit.params['service']!, email: visit.fields.get('email') ?? '', lang: mailLang(visit) });
        return showWalk(ctx, frame, visit, sent.ok ? 'sent' : sent.problem);
      },
      // whoever has a guide's session must not write to many
      { limit: 'sign-in' },
    ),
    apiRoute({
      method: 'post',
      path: '/api/guides/links',
      access: GUIDES,
      tag: TAG,
      summary: 'Schickt jemandem den Link, unter dem ein Antrag beginnt',
      limit: 'sign-in',
      body: z.object({
        service: z.string().max(80),
        email: z.string().max(254),
        lang: z.enum(LANGS).optional().describe('Sprache der Mail und der Seite, zu der sie führt.'),
      }),
      output: z.object({ sent: z.literal(true) }),
      handle: async ({ actor, body }) => {
        const sent = await sendLink(ctx, actor, { ...body, lang: body.lang ?? 'de' });
        return sent.ok ? ok({ sent: true as const }) : sent;
      },
    }),
  ];
}

/** The language that the guide chose for the person. */
const mailLang = ({ fields }: FormVisit): Lang => LANGS.find((one) => one === fields.get('lang')) ?? 'de';

function showWalk(ctx: GuidesContext, frame: Frame, visit: Visit | FormVisit, outcome?: 'sent' | Problem): Answer {
  const found = serviceToWalk(ctx, visit.params['service'] ?? '');
  if (!found.ok) return problemPage(found.problem);
  const pkg = found.value;
  const { lang } = visit;
  const t = deskTexts(lang);
  const problem = outcome === 'sent' ? undefined : outcome;
  const name = pkg.name[lang];
  const main = html`${errorSummary(problem?.fields ?? [], lang)}${outcome === 'sent' ? alert('success', t.sent, undefined, { live: true }) : ''}
${pageTitle(name, { lead: pkg.description[lang] })}
${section(t.needs, html`<ul class="kern-list kern-list--bullet">${pkg.needs.map((need) => html`<li>${need[lang]}</li>`)}</ul>`)}
${pkg.form.eligibility === undefined ? '' : buttonRow(linkButton({ label: t.check, href: `/leistungen/${pkg.key}/check`, kind: 'secondary' }))}
${section(t.questions, questions(pkg, lang))}
${section(t.handOut, handOut(ctx, visit, { key: pkg.key, name }, problem))}`;
  const body = page(frame(visit), { title: name, main, hasErrors: problem !== undefined, breadcrumb: [{ label: t.title, href: '/lotsen' }, { label: name }] });
  return answerHtml(body, problem === undefined ? 200 : problemStatus(problem));
}

/** Every page of the form with its questions, answers left out. */
function questions({ form: { pages } }: WalkedService, lang: Lang): Html {
  const t = deskTexts(lang);
  return html`${pages.map(
    ({ title, fields }) =>
      html`<h3 class="kern-title">${title[lang]}</h3><ul class="kern-list kern-list--bullet">${fields.map(
        ({ label, help, required }) =>
          html`<li>${label[lang]}${required === true ? html` <span class="k-muted">(${t.required})</span>` : ''}${help === undefined ? '' : html`<br><span class="k-muted">${help[lang]}</span>`}</li>`,
      )}</ul>`,
  )}`;
}

function handOut({ settings }: GuidesContext, visit: Visit | FormVisit, { key, name }: { key: string; name: string }, problem: Problem | undefined): Html {
  const { lang } = visit;
  const t = deskTexts(lang);
  const address = `${settings.publicUrl}${startPath(key)}`;
  const typed = problem !== undefined && 'fields' in visit ? { value: visit.fields.get('email') ?? '' } : {};
  const email = textField({
    name: 'email',
    label: t.mail,
    hint: t.mailHint,
    type: 'email',
    lang,
    required: true,
    ...typed,
    ...errorOf(problem?.fields ?? [], 'email'),
  });
  const spoken = selectField({
    name: 'lang',
    label: t.mailLang,
    lang,
    value: 'fields' in visit ? mailLang(visit) : 'de',
    options: LANGS.map((value) => ({ value, label: LANG_NAMES[value] })),
  });
  return html`<p class="kern-body">${t.handOutLead}</p><div class="k-qr-box">${qrCode(address, t.qr(name))}</div>${copyable(address, lang)}
${form({ action: `/lotsen/leistung/${key}/link` }, html`${email}${spoken}${buttonRow(button({ label: t.send, kind: 'secondary' }))}`)}`;
}
