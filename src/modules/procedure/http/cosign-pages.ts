import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
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
import { summaryList } from '../../../platform/ui/components.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { answerSections } from '../../catalogue/public.ts';
import type { ProcedureContext } from '../application/context.ts';
import { decline, isInvited, openCosigning, readCosignedUpload, sign, takeUp, type Cosigning } from '../application/cosign.ts';
import { nameOf, standingOf } from '../domain/cosigner.ts';
import { notFound } from '../domain/problems.ts';
import { asCitizen } from './api.ts';
import type { Frame } from './citizen-draft.ts';
import { citizenTexts } from './citizen-texts.ts';
import { cosignTexts } from './cosign-texts.ts';

/** Pages of those who are asked to sign: the personal link says only that; the application is shown to the account that took it. */
export function cosignPages(ctx: ProcedureContext, frame: Frame): AnyRoute[] {
  const id = (visit: Visit): string => parseId(visit.params['id'] ?? '') ?? '00000000-0000-0000-0000-000000000000';
  return [
    getPage('/mitzeichnen/:token', 'public', async (visit) => linkPage(ctx, frame, visit), { limit: 'sign-in' }),
    postPage(
      '/mitzeichnen/:token',
      'person',
      async (visit) => {
        const taken = await takeUp(ctx, asCitizen(visit.actor), visit.params['token'] ?? '');
        if (taken.ok) return redirect(`/mitantrag/${taken.value}`);
        return taken.problem.kind === 'not-allowed' ? linkPage(ctx, frame, visit, taken.problem) : problemPage(taken.problem);
      },
      { limit: 'sign-in' },
    ),
    getPage('/mitantrag/:id', 'person', async (visit) => show(ctx, frame, visit)),
    postPage('/mitantrag/:id/mitzeichnen', 'person', async (visit) => {
      const done = await sign(ctx, asCitizen(visit.actor), { id: id(visit), sha256: visit.fields.get('stand') ?? '' });
      return done.ok ? redirect(`/mitantrag/${id(visit)}`) : show(ctx, frame, visit, done.problem);
    }),
    postPage('/mitantrag/:id/ablehnen', 'person', async (visit) => {
      const done = await decline(ctx, asCitizen(visit.actor), { id: id(visit), reason: visit.fields.get('reason') ?? '' });
      return done.ok ? redirect(`/mitantrag/${id(visit)}`) : show(ctx, frame, visit, done.problem);
    }),
    getPage('/mitantrag/:id/datei/:upload', 'person', async (visit) => {
      const upload = parseId(visit.params['upload'] ?? '');
      if (upload === undefined) return problemPage(notFound);
      const read = await readCosignedUpload(ctx, asCitizen(visit.actor), id(visit), upload);
      if (!read.ok) return problemPage(read.problem);
      return { kind: 'file', bytes: read.value.file.bytes, mediaType: read.value.file.mediaType, fileName: read.value.upload.fileName, inline: true };
    }),
  ];
}

/** What the link alone shows: that somebody asks, and how to sign in. Opening it changes nothing. */
async function linkPage(ctx: ProcedureContext, frame: Frame, visit: Visit, refusal?: Problem): Promise<Answer> {
  const token = visit.params['token'] ?? '';
  if (!(await isInvited(ctx, token))) return problemPage(GONE);
  const view = frame(visit);
  const t = cosignTexts(view.lang);
  const here = `/mitzeichnen/${token}`;
  const back = `?weiter=${encodeURIComponent(here)}`;
  const signIns = buttonRow(
    linkButton({ label: t.signIn, href: `/anmelden${back}` }),
    linkButton({ label: t.register, href: `/registrieren${back}`, kind: 'secondary' }),
  );
  const body = {
    anonymous: () => html`<p class="kern-body">${t.linkSignIn}</p>${signIns}`,
    citizen: () =>
      html`<p class="kern-body">${t.linkOpen}</p>${buttonForm(here, { label: t.open })}${refusal === undefined ? '' : buttonRow(linkButton({ label: t.eid, href: `/anmelden/eid${back}`, kind: 'secondary' }))}`,
    staff: () => html`<p class="kern-body">${t.wrongAccount}</p>`,
    device: () => html``,
    guest: () => html`<p class="kern-body">${t.wrongAccount}</p>`,
    system: () => html``,
  }[visit.actor.kind]();
  const main = html`${refusal === undefined ? '' : errorSummary([], view.lang, refusal.detail)}${pageTitle(t.linkTitle)}${body}`;
  return answerHtml(page(view, { title: t.linkTitle, main, hasErrors: refusal !== undefined }), refusal === undefined ? 200 : problemStatus(refusal));
}

const GONE: Problem = {
  kind: 'not-found',
  detail:
    'Dieser Link gilt nicht mehr. Ist der Antrag schon eingereicht, steht er unter «Meine Anträge». Bitten Sie sonst die Person, die Sie eingeladen hat, um einen neuen.',
};

async function show(ctx: ProcedureContext, frame: Frame, visit: Visit, refusal?: Problem): Promise<Answer> {
  const id = parseId(visit.params['id'] ?? '');
  const opened = id === undefined ? { ok: false as const, problem: notFound } : await openCosigning(ctx, asCitizen(visit.actor), id);
  if (!opened.ok) return problemPage(opened.problem);
  const typed = 'fields' in visit ? ((visit as FormVisit).fields.get('reason') ?? '') : (opened.value.one.declineReason ?? '');
  const body = cosigningPage(frame(visit), opened.value, ctx.clock(), typed, refusal);
  return answerHtml(body, refusal === undefined ? 200 : problemStatus(refusal));
}

function cosigningPage(view: PageView, at: Cosigning, now: Temporal.Instant, typed: string, refusal: Problem | undefined): Html {
  const { lang } = view;
  const t = cosignTexts(lang);
  const c = citizenTexts(lang);
  const { one, draft, pkg, uploads } = at;
  const problems = refusal?.fields ?? [];
  const files = uploads.map((upload) => html`<li><a class="kern-link" href="/mitantrag/${one.id}/datei/${upload.id}">${upload.fileName}</a></li>`);
  const main = html`${errorSummary(problems, lang, refusal !== undefined && problems.length === 0 ? refusal.detail : undefined)}
${pageTitle(pkg.name[lang], { preline: t.asks, lead: t.pageLead(ownerName(at)) })}
${standingAlert(view, at, now)}
${section(t.applicants, applicantList(view, at))}
${answerSections(pkg, draft.answers, lang).map(({ heading, rows }) => section(heading, summaryList(rows, lang)))}
${section(c.files, files.length === 0 ? html`<p class="kern-body">${c.noFiles}</p>` : html`<ul class="kern-list">${files}</ul>`)}
${answerForms(view, at, typed, problems)}`;
  return page(view, {
    title: `${t.asks}: ${pkg.name[lang]}`,
    main,
    breadcrumb: [{ label: c.mine, href: '/antraege' }, { label: t.asks }],
    hasErrors: refusal !== undefined,
  });
}

/** Every form asks the owner's name by the same names; an unfinished one may not have it yet. */
function ownerName({ draft }: Cosigning): string {
  const { givenName, familyName } = draft.answers as { givenName?: unknown; familyName?: unknown };
  return [givenName, familyName].filter((part) => typeof part === 'string' && part.trim() !== '').join(' ') || '…';
}

function standingAlert({ lang }: PageView, { one, complete }: Cosigning, now: Temporal.Instant): Html {
  const t = cosignTexts(lang);
  switch (standingOf(one, now)) {
    case 'signed':
      return alert('success', t.signed(formatInstant(lang, one.signedAt!)), t.signedBody, { live: true });
    case 'voided':
      return alert('warning', t.voided);
    case 'declined':
      return alert('info', t.declined, `${t.reason}: ${one.declineReason ?? ''}`, { live: true });
    default:
      return complete ? html`` : alert('info', t.unfinished);
  }
}

function applicantList({ lang }: PageView, at: Cosigning): Html {
  const t = cosignTexts(lang);
  return html`<ul class="kern-list"><li>${ownerName(at)} (${t.first})</li><li>${nameOf(at.one)} (${t.you})</li>${at.others.map((other) => html`<li>${nameOf(other)}</li>`)}</ul>`;
}

function answerForms({ lang }: PageView, at: Cosigning, typed: string, problems: Problem['fields'] = []): Html {
  const t = cosignTexts(lang);
  const { one, sha256, complete } = at;
  const signing =
    one.signedSha256 !== null
      ? ''
      : section(
          t.signTitle,
          complete
            ? html`<p class="kern-body">${t.signMeans(ownerName(at))}</p>${buttonForm(`/mitantrag/${one.id}/mitzeichnen`, { label: t.sign }, { stand: sha256 })}`
            : html`<p class="kern-body">${t.unfinished}</p>`,
          { id: 'mitzeichnen' },
        );
  const reason = textArea({ name: 'reason', label: t.declineReason, lang, rows: 4, maxLength: 2000, value: typed, ...errorOf(problems, 'reason') });
  const declining = accordion(
    t.declineTitle,
    html`<p class="kern-body">${t.declineBody}</p>${form({ action: `/mitantrag/${one.id}/ablehnen` }, html`${reason}${buttonRow(button({ label: t.decline, kind: 'secondary' }))}`)}`,
    { open: problems.length > 0 },
  );
  return html`${signing}${declining}`;
}
