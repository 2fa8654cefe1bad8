import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { PaymentContext } from '../application/context.ts';
import { assignTransfer, importBankStatement, unassignedEntries } from '../application/import-statement.ts';
import {
  confirmRefund,
  deskClaims,
  openClaim,
  ownClaims,
  requestRefund,
  viewClaim,
  type ClaimPage,
  type ClaimView,
  type DeskView,
} from '../application/read-claims.ts';
import { liftClaim } from '../application/demand-payment.ts';
import { startPayment } from '../application/start-payment.ts';
import { asCitizen } from './citizen-pages.ts';
import { asStaff, CASHIERS, VIEWS } from './desk-pages.ts';

const TAG = 'Zahlungen';
const idParams = z.object({ id: z.uuid() });
const cents = z.number().int().describe('Cent');

const claimSchema = z.object({
  id: z.string(),
  caseId: z.string(),
  fileNumber: z.string(),
  authority: z.string(),
  reference: z.string().describe('Kassenzeichen (ISO 11649)'),
  purpose: z.string(),
  legalBasis: z.string(),
  status: z.string(),
  amountCents: cents,
  outstandingCents: cents,
  surplusCents: cents,
  dueOn: z.string(),
  paidOn: z.string().nullable(),
  paidVia: z.string().nullable(),
  paymentUnderWay: z.boolean(),
  procedureKnows: z.boolean(),
  transfer: z.object({ holder: z.string(), iban: z.string(), bic: z.string().nullable(), giroCode: z.string() }).nullable(),
  refunds: z.array(z.object({ id: z.string(), amountCents: cents, doneOn: z.string().nullable() })),
});

export function presentClaim(view: ClaimView): z.output<typeof claimSchema> {
  const { claim, status, reference, outstandingCents, surplusCents, paid, transfer, running, purpose } = view;
  const { id, caseId, fileNumber, authority, legalBasis, amountCents, dueOn, handedOn } = claim;
  return {
    ...{ id, caseId, fileNumber, authority, reference, legalBasis, status, amountCents, outstandingCents, surplusCents, dueOn },
    purpose: purpose.de,
    paidOn: paid?.on.toString() ?? null,
    paidVia: paid?.via ?? null,
    paymentUnderWay: running,
    procedureKnows: handedOn,
    transfer: transfer === undefined ? null : { ...transfer.account, bic: transfer.account.bic ?? null, giroCode: transfer.giroCode },
    refunds: claim.refunds.map((one) => ({ id: one.id, amountCents: one.amountCents, doneOn: one.doneOn ?? null })),
  };
}

const presentPage = ({ items, next }: ClaimPage) => ({ items: items.map(presentClaim), next: next === undefined ? null : encodeCursor([next]) });

/** Everything the pages can do, as JSON. */
export function paymentApi(ctx: PaymentContext): AnyRoute[] {
  return [...readRoutes(ctx), ...payRoutes(ctx), ...refundRoutes(ctx), ...statementRoutes(ctx)];
}

function readRoutes(ctx: PaymentContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/payments',
      access: 'citizen',
      tag: TAG,
      summary: 'Eigene Forderungen, neueste zuerst',
      query: pageQuery,
      output: pageOf(claimSchema),
      handle: async ({ actor, queryInput }) => {
        const before = cursorId(queryInput.cursor);
        return before.ok ? ok(presentPage(await ownClaims(ctx, asCitizen(actor), queryInput.limit, before.value))) : before;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/payments/:id',
      access: 'signed-in',
      tag: TAG,
      summary: 'Eine Forderung mit ihrem Stand',
      params: idParams,
      output: claimSchema,
      handle: async ({ actor, params }) => {
        const opened = await openClaim(ctx, actor, params.id);
        return opened.ok ? ok(presentClaim(opened.value)) : opened;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/cash-desk/claims',
      access: CASHIERS,
      tag: TAG,
      summary: 'Forderungen der eigenen Behörden',
      query: pageQuery.extend({ view: z.enum(VIEWS as readonly [DeskView, ...DeskView[]]).default('offen') }),
      output: pageOf(claimSchema),
      handle: async ({ actor, queryInput }) => {
        const before = cursorId(queryInput.cursor);
        if (!before.ok) return before;
        return ok(presentPage(await deskClaims(ctx, asStaff(actor), { view: queryInput.view, limit: queryInput.limit, before: before.value })));
      },
    }),
  ];
}

function payRoutes(ctx: PaymentContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/payments/:id/attempts',
      access: 'citizen',
      tag: TAG,
      summary: 'Beginnt eine Online-Zahlung oder setzt sie fort',
      params: idParams,
      status: 201,
      output: z.object({ redirectUrl: z.string() }),
      handle: ({ actor, params }) => startPayment(ctx, actor, params.id),
    }),
  ];
}

function refundRoutes(ctx: PaymentContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/payments/:id/cancellation',
      access: ['leitung'],
      tag: TAG,
      summary: 'Hebt eine Forderung auf: der Bescheid gilt nicht mehr, oder die Gebühr ist erlassen',
      params: idParams,
      body: z.object({ reason: z.enum(['bescheid-aufgehoben', 'erlassen']) }),
      output: claimSchema,
      handle: async ({ actor, params, body }) => {
        const done = await liftClaim(ctx, actor, { claimId: params.id, reason: body.reason });
        return done.ok ? ok(presentClaim(viewClaim(ctx, done.value))) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/payments/:id/refunds',
      access: CASHIERS,
      tag: TAG,
      summary: 'Ordnet eine Erstattung an',
      params: idParams,
      status: 201,
      body: z.object({ amountCents: z.number().int().positive() }),
      output: claimSchema,
      handle: async ({ actor, params, body }) => {
        const done = await requestRefund(ctx, actor, { claimId: params.id, amountCents: body.amountCents });
        return done.ok ? ok(presentClaim(viewClaim(ctx, done.value))) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/payments/:id/refunds/:refundId/confirmation',
      access: CASHIERS,
      tag: TAG,
      summary: 'Bestätigt als zweite Person, dass die Erstattung überwiesen ist',
      params: z.object({ id: z.uuid(), refundId: z.uuid() }),
      output: claimSchema,
      handle: async ({ actor, params }) => {
        const done = await confirmRefund(ctx, actor, { claimId: params.id, refundId: params.refundId });
        return done.ok ? ok(presentClaim(viewClaim(ctx, done.value))) : done;
      },
    }),
  ];
}

function statementRoutes(ctx: PaymentContext): AnyRoute[] {
  const entry = z.object({ id: z.string(), authority: z.string(), amountCents: cents, bookedOn: z.string(), words: z.string() });
  return [
    apiRoute({
      method: 'post',
      path: '/api/cash-desk/statements/:authority',
      access: CASHIERS,
      tag: TAG,
      summary: 'Liest einen Kontoauszug ein (camt.053 oder camt.054)',
      params: z.object({ authority: z.string().max(100) }),
      upload: true,
      output: z.object({ booked: z.number(), unassigned: z.number(), known: z.number(), passedOver: z.number() }),
      handle: ({ actor, params, files }) => importBankStatement(ctx, actor, { authority: params.authority, bytes: files[0]?.bytes ?? new Uint8Array() }),
    }),
    apiRoute({
      method: 'get',
      path: '/api/cash-desk/unassigned',
      access: CASHIERS,
      tag: TAG,
      summary: 'Gutschriften ohne Forderung, älteste zuerst (höchstens 100)',
      output: z.array(entry),
      handle: async ({ actor }) => ok((await unassignedEntries(ctx, asStaff(actor))).map((one) => ({ ...one, bookedOn: one.bookedOn.toString() }))),
    }),
    apiRoute({
      method: 'post',
      path: '/api/cash-desk/unassigned/:id/claim',
      access: CASHIERS,
      tag: TAG,
      summary: 'Ordnet eine Gutschrift einer Forderung zu',
      params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) }),
      body: z.object({ reference: z.string().max(40) }),
      output: claimSchema,
      handle: async ({ actor, params, body }) => {
        const done = await assignTransfer(ctx, actor, { entryId: params.id, kassenzeichen: body.reference });
        return done.ok ? ok(presentClaim(viewClaim(ctx, done.value))) : done;
      },
    }),
  ];
}
