import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { formatEuro } from '../../../kernel/money.ts';
import type { Problem } from '../../../kernel/problem.ts';
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
import { alert, badge } from '../../../platform/ui/alert.ts';
import { dataTable, summaryList, tabs, type Column } from '../../../platform/ui/components.ts';
import { fileField } from '../../../platform/ui/form-file.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textField } from '../../../platform/ui/form.ts';
import { formatInstant, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { pagination, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { PaymentContext } from '../application/context.ts';
import { assignTransfer, importBankStatement, unassignedEntries } from '../application/import-statement.ts';
import { liftClaim } from '../application/demand-payment.ts';
import { confirmRefund, deskClaims, openClaim, requestRefund, type ClaimView, type DeskView } from '../application/read-claims.ts';
import { NOT_FOUND, type Frame } from './citizen-pages.ts';
import { deskTexts } from './desk-texts.ts';
import { statusTexts } from './texts.ts';

export const CASHIERS = ['sachbearbeitung', 'leitung', 'revision'] as const;
export const VIEWS: readonly DeskView[] = ['offen', 'gemahnt', 'erstatten', 'haengt', 'bezahlt', 'alle'];
export const asStaff = (actor: Actor): Extract<Actor, { kind: 'staff' }> => actor as Extract<Actor, { kind: 'staff' }>;

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** What the Kasse sees and does. */
export function deskPages(ctx: PaymentContext, frame: Frame): AnyRoute[] {
  return [
    getPage('/amt/kasse', CASHIERS, (visit) => showDesk(ctx, frame, visit)),
    getPage('/amt/kasse/:id', CASHIERS, (visit) => showOne(ctx, frame, visit)),
    postPage('/amt/kasse/kontoauszug', CASHIERS, (visit) => readIn(ctx, frame, visit)),
    postPage('/amt/kasse/zuordnen', CASHIERS, async (visit) => {
      const { fields } = visit;
      const done = await assignTransfer(ctx, visit.actor, { entryId: fields.get('entry') ?? '', kassenzeichen: fields.get('kassenzeichen') ?? '' });
      return done.ok ? redirect(`/amt/kasse/${done.value.id}`) : showDesk(ctx, frame, visit, { refusal: done.problem });
    }),
    postPage('/amt/kasse/:id/erstattung', CASHIERS, async (visit) => {
      const id = parseId(visit.params['id'] ?? '');
      if (id === undefined) return problemPage(NOT_FOUND);
      const done = await requestRefund(ctx, visit.actor, { claimId: id, amountCents: centsOf(visit.fields.get('amountCents') ?? '') });
      return done.ok ? redirect(`/amt/kasse/${id}`) : showOne(ctx, frame, visit, done.problem);
    }),
    postPage('/amt/kasse/:id/aufheben', ['leitung'], async (visit) => {
      const id = parseId(visit.params['id'] ?? '');
      if (id === undefined) return problemPage(NOT_FOUND);
      const reason = visit.fields.get('reason') === 'erlassen' ? 'erlassen' : 'bescheid-aufgehoben';
      const done = await liftClaim(ctx, visit.actor, { claimId: id, reason });
      return done.ok ? redirect(`/amt/kasse/${id}`) : showOne(ctx, frame, visit, done.problem);
    }),
    postPage('/amt/kasse/:id/erstattet', CASHIERS, async (visit) => {
      const id = parseId(visit.params['id'] ?? '');
      if (id === undefined) return problemPage(NOT_FOUND);
      const done = await confirmRefund(ctx, visit.actor, { claimId: id, refundId: visit.fields.get('refund') ?? '' });
      return done.ok ? redirect(`/amt/kasse/${id}`) : showOne(ctx, frame, visit, done.problem);
    }),
  ];
}

/** `1.234,50` -> 123450; `NaN` when it is no amount. */
export function centsOf(typed: string): number {
  const match = /^(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(\d{1,2}))?$/.exec(typed.replaceAll(/[\s€]/g, ''));
  return match === null ? Number.NaN : Number(match[1]!.replaceAll('.', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

interface Told {
  readonly refusal?: Problem;
  readonly done?: string;
}

async function showDesk(ctx: PaymentContext, frame: Frame, visit: Visit, told: Told = {}): Promise<Answer> {
  const view = frame(visit);
  const actor = asStaff(visit.actor);
  const t = deskTexts(view.lang);
  const chosen = VIEWS.find((one) => one === visit.query.get('ansicht')) ?? 'offen';
  const { items, next } = await deskClaims(ctx, actor, { view: chosen, before: parseId(visit.query.get('nach') ?? '') });
  const entries = await unassignedEntries(ctx, actor);
  const { refusal } = told;
  const main = html`${errorSummary(refusal?.fields ?? [], view.lang, refusal !== undefined && refusal.fields === undefined ? refusal.detail : undefined)}
${told.done === undefined ? '' : alert('success', told.done, undefined, { live: true })}
${pageTitle(t.title)}
${tabs(
  VIEWS.map((one) => ({ label: t[one], href: `/amt/kasse?ansicht=${one}`, current: one === chosen })),
  view.lang,
)}
${dataTable(columns(view.lang), items, { caption: t[chosen], captionHidden: true, lang: view.lang, dense: true, empty: t.none, href: ({ claim }) => `/amt/kasse/${claim.id}`, shortcuts: true })}
${pagination(next === undefined ? {} : { next: `/amt/kasse?ansicht=${chosen}&nach=${next}` }, view.lang)}
${entries.length === 0 ? '' : section(t.unassigned, unassignedTable(entries, view.lang))}
${actor.roles.some((role) => role === 'sachbearbeitung' || role === 'leitung') ? section(t.statement, statementForm(ctx, actor.authorities, view.lang, refusal)) : ''}`;
  return answerHtml(page(view, { title: t.title, main, wide: true, hasErrors: refusal !== undefined }), refusal === undefined ? 200 : 422);
}

function columns(lang: Lang): readonly Column<ClaimView>[] {
  const t = deskTexts(lang);
  const status = statusTexts(lang);
  return [
    { label: t.reference, rowHeader: true, cell: (row) => row.reference },
    { label: t.fileNumber, cell: (row) => row.claim.fileNumber },
    { label: t.status, cell: (row) => status[row.status] },
    { label: t.amount, numeric: true, cell: (row) => formatEuro(row.claim.amountCents) },
    { label: t.outstanding, numeric: true, cell: (row) => formatEuro(row.outstandingCents) },
    { label: t.surplus, numeric: true, minor: true, cell: (row) => formatEuro(row.surplusCents) },
    { label: t.due, cell: (row) => formatShortDate(lang, day(row.claim.dueOn)) },
    { label: t.notes, cell: (row) => notes(row, lang) },
  ];
}

function notes(row: ClaimView, lang: Lang): Html {
  const t = deskTexts(lang);
  return html`${row.waitsHandOn ? badge('danger', t.handOnWaits) : ''}${row.lastFailed && row.outstandingCents > 0 ? badge('warning', t.failedAttempt) : ''}`;
}

type Entry = Awaited<ReturnType<typeof unassignedEntries>>[number];

function unassignedTable(entries: readonly Entry[], lang: Lang): Html {
  const t = deskTexts(lang);
  return html`${entries.map(
    (entry) =>
      html`${summaryList(
        [
          { label: t.day, value: formatShortDate(lang, entry.bookedOn) },
          { label: t.amount, value: formatEuro(entry.amountCents) },
          { label: t.words, value: entry.words },
        ],
        lang,
      )}${form(
        { action: '/amt/kasse/zuordnen', hidden: { entry: entry.id } },
        html`<label class="kern-label" for="k-${entry.id.slice(0, 12)}">${t.reference}</label><input class="kern-form-input__input" id="k-${entry.id.slice(0, 12)}" name="kassenzeichen" maxlength="40" autocomplete="off">${buttonRow(button({ label: t.assign, kind: 'secondary', small: true }))}`,
      )}`,
  )}`;
}

function statementForm(ctx: PaymentContext, authorities: readonly string[], lang: Lang, refusal: Problem | undefined): Html {
  const t = deskTexts(lang);
  const options = authorities.map((id) => ({ value: id, label: ctx.authorityName(id) }));
  return form(
    { action: '/amt/kasse/kontoauszug', multipart: true },
    html`${selectField({ name: 'authority', label: t.authority, lang, options, ...(authorities[0] !== undefined && { value: authorities[0] }) })}
${fileField({ name: 'datei', label: t.file, lang, maxMegabytes: 5, ...errorOf(refusal?.fields ?? [], 'datei') })}${buttonRow(button({ label: t.read }))}`,
  );
}

async function readIn(ctx: PaymentContext, frame: Frame, visit: FormVisit): Promise<Answer> {
  const file = visit.files.find((one) => one.field === 'datei');
  const done = await importBankStatement(ctx, visit.actor, { authority: visit.fields.get('authority') ?? '', bytes: file?.bytes ?? new Uint8Array() });
  if (!done.ok) return showDesk(ctx, frame, visit, { refusal: done.problem });
  const { booked, unassigned, known, passedOver } = done.value;
  return showDesk(ctx, frame, visit, { done: deskTexts(visit.lang).imported(String(booked), String(unassigned), String(known), String(passedOver)) });
}

async function showOne(ctx: PaymentContext, frame: Frame, visit: Visit, refusal?: Problem): Promise<Answer> {
  const id = parseId(visit.params['id'] ?? '');
  const opened = id === undefined ? { ok: false as const, problem: NOT_FOUND } : await openClaim(ctx, visit.actor, id);
  if (!opened.ok) return problemPage(opened.problem);
  const view = frame(visit);
  const found = opened.value;
  const t = deskTexts(view.lang);
  const main = html`${errorSummary(refusal?.fields ?? [], view.lang, refusal !== undefined && refusal.fields === undefined ? refusal.detail : undefined)}
${pageTitle(found.reference, { preline: `${found.claim.fileNumber} · ${found.purpose[view.lang]}`, lead: statusTexts(view.lang)[found.status] })}
${notes(found, view.lang)}${amounts(found, view)}${history(found, view)}${refunds(found, view, refusal)}`;
  const breadcrumb = [{ label: t.overview, href: '/amt/kasse' }, { label: found.claim.fileNumber }];
  const status = refusal === undefined ? 200 : refusal.kind === 'invalid-input' ? 422 : refusal.kind === 'not-allowed' ? 403 : 409;
  return answerHtml(page(view, { title: `${t.title} ${found.reference}`, main, breadcrumb, hasErrors: refusal !== undefined }), status);
}

function amounts({ claim, outstandingCents, surplusCents, interestCents, authorityName }: ClaimView, { lang }: PageView): Html {
  const t = deskTexts(lang);
  return summaryList(
    [
      { label: t.authority, value: authorityName },
      { label: t.amount, value: formatEuro(claim.amountCents) },
      { label: t.outstanding, value: formatEuro(outstandingCents) },
      { label: t.surplus, value: formatEuro(surplusCents) },
      { label: t.due, value: formatShortDate(lang, day(claim.dueOn)) },
      ...(interestCents === 0 ? [] : [{ label: t.interest, value: interestCents === undefined ? t.interestUnknown : formatEuro(interestCents) }]),
    ],
    lang,
  );
}

function history({ claim }: ClaimView, { lang }: PageView): Html {
  const t = deskTexts(lang);
  const bookings = dataTable(
    [
      { label: t.day, rowHeader: true, cell: (one) => formatShortDate(lang, day(one.on)) },
      { label: t.via, cell: (one) => one.via },
      { label: t.amount, numeric: true, cell: (one) => formatEuro(one.amountCents) },
    ],
    claim.bookings,
    { caption: t.bookings, lang },
  );
  const attempts = dataTable(
    [
      { label: t.day, rowHeader: true, cell: (one) => formatInstant(lang, Temporal.Instant.from(one.plannedAt)) },
      { label: t.via, cell: (one) => one.provider },
      { label: t.amount, numeric: true, cell: (one) => formatEuro(one.amountCents) },
      { label: t.status, cell: (one) => one.step },
    ],
    claim.attempts,
    { caption: t.attempts, lang },
  );
  return html`${bookings}${attempts}`;
}

function refunds({ claim, surplusCents }: ClaimView, { lang, actor }: PageView, refusal: Problem | undefined): Html {
  if (surplusCents === 0 && claim.refunds.length === 0) return html``;
  const t = deskTexts(lang);
  const rows = claim.refunds.map((one) => ({
    label: formatEuro(one.amountCents),
    value:
      one.doneOn === undefined
        ? html`${t.refundWaits} ${buttonForm(`/amt/kasse/${claim.id}/erstattet`, { label: t.confirmRefund, kind: 'secondary', small: true }, { refund: one.id })}`
        : t.refundDone(formatShortDate(lang, day(one.doneOn))),
  }));
  const value = (surplusCents / 100).toFixed(2).replace('.', ',');
  const order = form(
    { action: `/amt/kasse/${claim.id}/erstattung` },
    html`${textField({ name: 'amountCents', label: t.amountField, hint: t.orderLead, lang, value, inputmode: 'decimal', width: 's', ...errorOf(refusal?.fields ?? [], 'amountCents') })}${buttonRow(button({ label: t.orderRefund, kind: 'secondary' }))}`,
  );
  const lift = (reason: 'bescheid-aufgehoben' | 'erlassen', label: string): Html =>
    buttonForm(`/amt/kasse/${claim.id}/aufheben`, { label, kind: 'danger', small: true }, { reason });
  const liftable = claim.cancelledOn === undefined && actor.kind === 'staff' && actor.roles.includes('leitung');
  return section(
    t.refunds,
    html`${rows.length === 0 ? '' : summaryList(rows, lang)}${surplusCents > 0 ? order : ''}${liftable ? html`<p class="kern-body">${t.liftLead}</p>${lift('bescheid-aufgehoben', t.liftSetAside)}${lift('erlassen', t.liftWaived)}` : ''}`,
  );
}
