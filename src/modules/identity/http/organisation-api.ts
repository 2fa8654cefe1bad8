import { z } from 'zod';
import type { CitizenActor } from '../../../kernel/actor.ts';
import { ok } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { apiRoute, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { endMandate, mandatesOf } from '../application/mandates.ts';
import { inviteMember } from '../application/offer-mandate.ts';
import { changeOrganisation, changeRole, deleteOrganisation, foundOrganisation, openOrganisation } from '../application/organisations.ts';
import { stageOf } from '../domain/mandate.ts';
import type { IdentityHttp } from './deps.ts';
import { mandateJson, mandateView, offerJson, offerView, sentView } from './mandate-api.ts';

const tag = 'Organisation';
const role = z.enum(['verwaltung', 'bearbeitung', 'lesen']);
const id = z.object({ id: z.uuid() });
const done = z.object({ done: z.literal(true) });
const DONE = ok({ done: true as const });
const personIn = (visit: Visit): CitizenActor => visit.actor as CitizenActor;

const text = z.string().max(300).default('');
const body = z.object({ name: z.string().max(300), registerNumber: text, street: text, houseNumber: text, postcode: text, place: text });
const address = z.object({ street: z.string(), houseNumber: z.string(), postcode: z.string(), place: z.string() });
const view = z.object({
  id: z.uuid(),
  name: z.string(),
  registerNumber: z.string().nullable(),
  address: address.nullable(),
  trust: z.string(),
  ownRole: role,
  members: z.array(mandateView),
  given: z.array(mandateView),
  offers: z.array(offerView),
});

/** Accounts of organisations and who works in them, for programs. */
export function organisationApi(deps: IdentityHttp): AnyRoute[] {
  return [...readingApi(deps), ...changingApi(deps), ...memberApi(deps)];
}

function readingApi({ ctx }: IdentityHttp): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/account/organisations',
      access: 'person',
      tag,
      summary: 'Organisationen, zu denen die Person gehört',
      output: z.array(z.object({ id: z.uuid(), name: z.string(), role, mandateId: z.uuid() })),
      handle: async (call) => {
        const { held } = await mandatesOf(ctx.database.read, personIn(call).accountId, call.now);
        return ok(held.flatMap((one) => (one.role === null ? [] : [{ id: one.holderId, name: one.holderName, role: one.role, mandateId: one.id }])));
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/account/organisations/:id',
      access: 'person',
      tag,
      summary: 'Eine Organisation mit ihren Mitgliedern',
      params: id,
      output: view,
      handle: async (call) => {
        const opened = await openOrganisation(ctx.database.read, personIn(call), call.params.id, call.now);
        if (!opened.ok) return opened;
        const { accountId, organisation, trust, members, own, mandates } = opened.value;
        const today = legalDay(call.now);
        return ok({
          id: accountId,
          name: organisation.name,
          registerNumber: organisation.registerNumber ?? null,
          address: opened.value.address,
          trust,
          ownRole: own.role!,
          members: members.map((one) => mandateJson({ ...one, stage: stageOf(one, today) })),
          given: (mandates?.given ?? []).map(mandateJson),
          offers: (mandates?.offers ?? []).map(offerJson),
        });
      },
    }),
  ];
}

function changingApi({ ctx, openCases, forgetElsewhere }: IdentityHttp): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/account/organisations',
      access: 'person',
      tag,
      summary: 'Ein Konto für eine Organisation anlegen; wer es anlegt, verwaltet es',
      status: 201,
      body,
      output: z.object({ id: z.uuid() }),
      handle: async (call) => {
        const founded = await foundOrganisation(ctx, personIn(call), call.body, call.now);
        return founded.ok ? ok({ id: founded.value }) : founded;
      },
    }),
    apiRoute({
      method: 'put',
      path: '/api/account/organisations/:id',
      access: 'person',
      tag,
      summary: 'Name, Registernummer und Anschrift einer Organisation ändern',
      params: id,
      body,
      output: done,
      handle: async (call) => {
        const changed = await changeOrganisation(ctx, personIn(call), call.params.id, call.body, call.now);
        return changed.ok ? DONE : changed;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/account/organisations/:id',
      access: 'person',
      tag,
      summary: 'Eine Organisation löschen; nicht, solange ein Verfahren läuft',
      params: id,
      output: done,
      handle: async (call) => {
        const deleted = await deleteOrganisation(ctx, personIn(call), call.params.id, { openCases, forgetElsewhere }, call.now);
        return deleted.ok ? DONE : deleted;
      },
    }),
  ];
}

function memberApi({ ctx }: IdentityHttp): AnyRoute[] {
  const params = z.object({ id: z.uuid(), memberId: z.uuid() });
  return [
    apiRoute({
      method: 'post',
      path: '/api/account/organisations/:id/invitations',
      access: 'person',
      limit: 'sign-in',
      tag,
      summary: 'Jemanden in die Organisation einladen; der Link geht per E-Mail hinaus',
      status: 202,
      params: id,
      body: z.object({ email: z.string().max(254), role }),
      output: sentView,
      handle: async (call) => {
        const sent = await inviteMember(ctx, personIn(call), { organisationId: call.params.id, ...call.body }, call);
        return sent.ok ? ok({ id: sent.value }) : sent;
      },
    }),
    apiRoute({
      method: 'put',
      path: '/api/account/organisations/:id/members/:memberId',
      access: 'person',
      tag,
      summary: 'Die Rolle eines Mitglieds ändern; wirkt sofort',
      params,
      body: z.object({ role }),
      output: done,
      handle: async (call) => {
        const changed = await changeRole(
          ctx,
          personIn(call),
          { organisationId: call.params.id, memberId: call.params.memberId, role: call.body.role },
          call.now,
        );
        return changed.ok ? DONE : changed;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/account/organisations/:id/members/:memberId',
      access: 'person',
      tag,
      summary: 'Ein Mitglied entfernen; wirkt sofort',
      params,
      output: done,
      handle: async (call) => {
        const ended = await endMandate(ctx, personIn(call), { id: call.params.memberId, organisationId: call.params.id }, call.now);
        return ended.ok ? DONE : ended;
      },
    }),
  ];
}
