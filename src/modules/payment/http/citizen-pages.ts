import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type Answer, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import type { LiveHub } from '../../../platform/live/hub.ts';
import { liveAnswer } from '../../../platform/live/live.ts';
import { alert, card, cardGrid, emptyState, type Kind } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { button, buttonRow, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatAmount, formatDate, formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, copyable, live, section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { PaymentContext } from '../application/context.ts';
import { openClaim, ownClaims, type ClaimView } from '../application/read-claims.ts';
import { startPayment } from '../application/start-payment.ts';
import { payTexts, statusTexts } from './texts.ts';

/** Sets a page into the city's frame. */
export type Frame = (visit: Visit) => PageView;

/** Routes with access `citizen` only ever see citizens; the server has checked it. */
export const asCitizen = (actor: Actor): Extract<Actor, { kind: 'citizen' }> => actor as Extract<Actor, { kind: 'citizen' }>;
export const NOT_FOUND: Problem = {
  kind: 'not-found',
  detail: 'Diese Zahlung gibt es nicht, oder sie gehört nicht zu Ihnen. Öffnen Sie „Zahlungen“ in Ihrem Konto.',
};

const CARDS = 30;

/** What a debtor sees and does. */
export function citizenPages(ctx: PaymentContext, frame: Frame, hub: LiveHub): AnyRoute[] {
  return [
    getPage('/zahlungen', 'citizen', async (visit) => answerHtml(await listPage(ctx, frame(visit), visit))),
    getPage('/zahlungen/:id', 'citizen', (visit) => showClaim(ctx, frame, visit)),
    getPage('/zahlungen/:id/live', 'citizen', async (visit) => {
      const opened = await openFor(ctx, visit);
      if (!opened.ok) return problemPage(opened.problem);
      // only that something happened: the page asks again for what it may show
      return liveAnswer({ hub, allowed: (entry) => entry.stream === `payment:${opened.value.claim.id}`, shown: () => ({}) });
    }),
    postPage('/zahlungen/:id/online', 'citizen', async (visit) => {
      const id = parseId(visit.params['id'] ?? '');
      if (id === undefined) return problemPage(NOT_FOUND);
      const started = await startPayment(ctx, visit.actor, id);
      return started.ok ? redirect(started.value.redirectUrl) : showClaim(ctx, frame, visit, started.problem);
    }),
  ];
}

function openFor(ctx: PaymentContext, visit: Visit) {
  const id = parseId(visit.params['id'] ?? '');
  return id === undefined ? Promise.resolve({ ok: false as const, problem: NOT_FOUND }) : openClaim(ctx, visit.actor, id);
}

async function listPage(ctx: PaymentContext, view: PageView, visit: Visit): Promise<Html> {
  const t = payTexts(view.lang);
  const status = statusTexts(view.lang);
  const { items, next } = await ownClaims(ctx, asCitizen(visit.actor), CARDS, parseId(visit.query.get('nach') ?? ''));
  const cards = items.map((one) =>
    card({
      title: one.purpose[view.lang],
      preline: one.claim.fileNumber,
      href: `/zahlungen/${one.claim.id}`,
      level: 2,
      body: html`<p class="kern-body">${formatAmount(view.lang, one.claim.amountCents)} · ${status[one.status]}</p><p class="kern-body">${t.dueOn}: ${formatDate(view.lang, Temporal.PlainDate.from(one.claim.dueOn))}</p>`,
    }),
  );
  const main = html`${pageTitle(t.title)}${cards.length === 0 ? emptyState({ title: t.none }) : cardGrid(cards)}
${next === undefined ? '' : html`<p class="kern-body"><a class="kern-link" href="/zahlungen?nach=${next}">${t.older}</a></p>`}`;
  return page(view, { title: t.title, main });
}

async function showClaim(ctx: PaymentContext, frame: Frame, visit: Visit, refusal?: Problem): Promise<Answer> {
  const opened = await openFor(ctx, visit);
  if (!opened.ok) return problemPage(opened.problem);
  const view = frame(visit);
  const { claim, purpose } = opened.value;
  const t = payTexts(view.lang);
  const main = html`${errorSummary([], view.lang, refusal?.detail)}
${live(`/zahlungen/${claim.id}/live`, 'stand', html`${pageTitle(purpose[view.lang], { preline: `${t.fileNumber} ${claim.fileNumber}` })}${standing(opened.value, view, visit)}${facts(opened.value, view)}${waysToPay(opened.value, view)}`)}`;
  const title = `${purpose[view.lang]} ${claim.fileNumber}`;
  const breadcrumb = [{ label: t.title, href: '/zahlungen' }, { label: claim.fileNumber }];
  return answerHtml(
    page(view, { title, main, breadcrumb, hasErrors: refusal !== undefined }),
    refusal === undefined ? 200 : refusal.kind === 'unavailable' ? 503 : 409,
  );
}

const KINDS: Readonly<Partial<Record<ClaimView['status'], Kind>>> = {
  paid: 'success',
  refunded: 'success',
  cancelled: 'success',
  partly: 'warning',
  dunned: 'warning',
};

/** What is true now, with its day and its source. */
function standing(view: ClaimView, { lang, now }: PageView, visit: Visit): Html {
  const t = payTexts(lang);
  const sentences: string[] = [];
  if (view.paid !== undefined) sentences.push((view.paid.via === 'transfer' ? t.paidByBank : t.paidByProvider)(formatDate(lang, view.paid.on)));
  if (view.status === 'partly') sentences.push(t.partlyPaid(formatAmount(lang, view.outstandingCents)));
  if (view.status === 'cancelled' || view.status === 'refund-due') sentences.push(t.cancelledBody);
  if (view.surplusCents > 0) sentences.push(t.surplus(formatAmount(lang, view.surplusCents)));
  if (view.waitsHandOn) sentences.push(t.handOnWaits);
  sentences.push(t.asOf(formatInstant(lang, now)));
  const body = html`${sentences.map((sentence) => html`<p class="kern-body">${sentence}</p>`)}`;
  const waits = view.running && view.outstandingCents > 0;
  const reload = html`<p class="kern-body">${t.waitingBody}</p><p>${linkButton({ label: t.refresh, href: `/zahlungen/${view.claim.id}?zurueck=1`, kind: 'secondary' })}</p>`;
  return html`${alert(KINDS[view.status] ?? 'info', statusTexts(lang)[view.status], body)}
${waits ? alert('info', t.waiting, reload, { live: visit.query.has('zurueck') }) : ''}
${!waits && view.lastFailed && view.outstandingCents > 0 ? alert('warning', t.failed, t.failedBody) : ''}`;
}

function facts({ claim, authorityName, outstandingCents, reference }: ClaimView, { lang }: PageView): Html {
  const t = payTexts(lang);
  const open = outstandingCents > 0 && outstandingCents !== claim.amountCents;
  return summaryList(
    [
      { label: t.amount, value: formatAmount(lang, claim.amountCents) },
      ...(open ? [{ label: t.outstanding, value: formatAmount(lang, outstandingCents) }] : []),
      { label: t.dueOn, value: formatDate(lang, Temporal.PlainDate.from(claim.dueOn)) },
      { label: t.authority, value: authorityName },
      { label: t.legalBasis, value: claim.legalBasis },
      { label: t.reference, value: reference },
    ],
    lang,
  );
}

function waysToPay({ claim, online, transfer, running, reference, outstandingCents }: ClaimView, { lang }: PageView): Html {
  const t = payTexts(lang);
  const pay =
    online === undefined
      ? ''
      : section(
          t.payOnline,
          html`${online.demo ? html`<p class="kern-body">${t.demoNote}</p>` : ''}${form({ action: `/zahlungen/${claim.id}/online` }, buttonRow(button({ label: running ? t.resume : t.payNow, kind: running ? 'secondary' : 'primary' })))}`,
        );
  if (transfer === undefined) return html`${pay}`;
  const { holder, iban, bic } = transfer.account;
  const lines = [
    copyable(holder, lang, t.holder),
    copyable(iban, lang, t.iban),
    ...(bic === undefined ? [] : [copyable(bic, lang, t.bic)]),
    copyable(formatAmount(lang, outstandingCents), lang, t.amount),
    copyable(reference, lang, t.reference),
  ];
  return html`${pay}${section(t.payByTransfer, html`<p class="kern-body">${t.transferLead}</p>${lines.map((line) => html`<div>${line}</div>`)}${accordion(t.giroCode, copyable(transfer.giroCode, lang))}`)}`;
}
