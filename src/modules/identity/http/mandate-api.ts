import { z } from 'zod';
import type { CitizenActor } from '../../../kernel/actor.ts';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import type { NamedOffer } from '../domain/mandate.ts';
import { answerOffer, openOffer } from '../application/answer-offer.ts';
import { actFor, actForSelf, endMandate, mandatesOf, type StagedMandate } from '../application/mandates.ts';
import { offerMandate, requestMandate, withdrawOffer } from '../application/offer-mandate.ts';
import type { IdentityHttp } from './deps.ts';

const tag = 'Vertretung';
const instant = z.string().describe('Zeitpunkt, ISO 8601');
const day = z.string().describe('Tag, ISO 8601');
const services = z.array(z.string()).nullable().describe('Schlüssel der Leistungen; null: alle');

const scope = { services, receives: z.boolean(), validFrom: day, validUntil: day.nullable() };
export const mandateView = z.object({
  id: z.uuid(),
  kind: z.enum(['vollmacht', 'mitglied']),
  holder: z.object({ accountId: z.uuid(), name: z.string() }),
  agent: z.object({ accountId: z.uuid(), name: z.string(), proven: z.boolean().describe('Name durch Online-Ausweis belegt') }),
  role: z.enum(['verwaltung', 'bearbeitung', 'lesen']).nullable(),
  ...scope,
  writes: z.boolean(),
  trust: z.enum(['einfach', 'substanziell', 'hoch']).describe('Vertrauensniveau, mit dem sie erteilt wurde'),
  grantedAt: instant,
  stage: z.enum(['ahead', 'inForce', 'over', 'ended']),
});
export const offerView = z.object({
  id: z.uuid(),
  way: z.enum(['offer', 'request', 'invitation']),
  askerName: z.string(),
  askerProven: z.boolean(),
  holderName: z.string().nullable(),
  role: z.enum(['verwaltung', 'bearbeitung', 'lesen']).nullable(),
  ...scope,
  expiresAt: instant,
});
export const sentView = z.object({ id: z.uuid().describe('Nummer der offenen Anfrage; der Link geht nur per E-Mail hinaus') });

const scopeJson = ({ services: keys, receives, validFrom, validUntil }: NamedOffer | StagedMandate) => ({
  services: keys === null ? null : [...keys],
  receives,
  validFrom: validFrom.toString(),
  validUntil: validUntil?.toString() ?? null,
});

export const mandateJson = (one: StagedMandate): z.output<typeof mandateView> => ({
  id: one.id,
  kind: one.kind,
  holder: { accountId: one.holderId, name: one.holderName },
  agent: { accountId: one.agentId, name: one.agentName, proven: one.agentProven },
  role: one.role,
  ...scopeJson(one),
  writes: one.writes,
  trust: one.trust,
  grantedAt: one.grantedAt.toString(),
  stage: one.stage,
});

export const offerJson = (one: NamedOffer): z.output<typeof offerView> => ({
  id: one.id,
  way: one.way,
  askerName: one.askerName,
  askerProven: one.askerProven,
  holderName: one.holderName,
  role: one.role,
  ...scopeJson(one),
  expiresAt: one.expiresAt.toString(),
});

const personIn = (visit: Visit): CitizenActor => visit.actor as CitizenActor;
const done = z.object({ done: z.literal(true) });
const DONE = ok({ done: true as const });

const scopeBody = {
  email: z.string().max(254),
  services: services.optional().describe('Schlüssel der Leistungen; null: alle'),
  receives: z.boolean().default(false).describe('darf das Postfach lesen (§ 41 Abs. 1 Satz 2 VwVfG)'),
  validFrom: z.iso.date().optional(),
  validUntil: z.iso.date().nullish(),
};
interface ScopeBody {
  readonly email: string;
  readonly services?: readonly string[] | null | undefined;
  readonly receives: boolean;
  readonly validFrom?: string | undefined;
  readonly validUntil?: string | null | undefined;
}
const scopeInput = (body: ScopeBody) => ({
  email: body.email,
  // absent is not all: nobody gives everything by forgetting
  scope: body.services === null ? 'all' : body.services === undefined ? '' : 'named',
  services: body.services ?? [],
  receives: body.receives,
  validFrom: body.validFrom ?? '',
  validUntil: body.validUntil ?? '',
});

/** Vollmachten and acting under them, for programs. */
export function mandateApi(deps: IdentityHttp): AnyRoute[] {
  return [...listApi(deps), ...offerApi(deps), ...linkApi(deps), ...actingApi(deps)];
}

function listApi({ ctx }: IdentityHttp): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/account/mandates',
      access: 'person',
      tag,
      summary: 'Eigene Vertretungen: gehaltene, gegebene, offene Anfragen',
      output: z.object({ held: z.array(mandateView), given: z.array(mandateView), offers: z.array(offerView) }),
      handle: async (call) => {
        const { held, given, offers } = await mandatesOf(ctx.database.read, personIn(call).accountId, call.now);
        return ok({ held: held.map(mandateJson), given: given.map(mandateJson), offers: offers.map(offerJson) });
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/account/mandates/:id',
      access: 'person',
      tag,
      summary: 'Eine Vollmacht widerrufen oder niederlegen, eine Organisation verlassen; wirkt sofort',
      params: z.object({ id: z.uuid() }),
      output: done,
      handle: async (call) => {
        const ended = await endMandate(ctx, personIn(call), { id: call.params.id }, call.now);
        return ended.ok ? DONE : ended;
      },
    }),
  ];
}

function offerApi({ ctx, services: known }: IdentityHttp): AnyRoute[] {
  const keys = (): string[] => known().map(({ key }) => key);
  return [
    apiRoute({
      method: 'post',
      path: '/api/account/mandates/offers',
      access: 'person',
      limit: 'sign-in',
      tag,
      summary: 'Jemandem eine Vollmacht anbieten; der Link geht per E-Mail hinaus (§ 14 VwVfG)',
      status: 202,
      body: z.object({ ...scopeBody, holderId: z.uuid().optional().describe('eigene Organisation, für die sie gilt') }),
      output: sentView,
      handle: async (call) => {
        const sent = await offerMandate(ctx, personIn(call), { ...scopeInput(call.body), holderId: call.body.holderId }, keys(), call);
        return sent.ok ? ok({ id: sent.value }) : sent;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/account/mandates/requests',
      access: 'person',
      limit: 'sign-in',
      tag,
      summary: 'Um eine Vollmacht bitten; der Link geht per E-Mail hinaus',
      status: 202,
      body: z.object(scopeBody),
      output: sentView,
      handle: async (call) => {
        const sent = await requestMandate(ctx, personIn(call), scopeInput(call.body), keys(), call);
        return sent.ok ? ok({ id: sent.value }) : sent;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/account/mandates/offers/:id',
      access: 'person',
      tag,
      summary: 'Eine unbeantwortete Anfrage zurückziehen',
      params: z.object({ id: z.uuid() }),
      output: done,
      handle: async (call) => {
        const withdrawn = await withdrawOffer(ctx, personIn(call), call.params.id, call.now);
        return withdrawn.ok ? DONE : withdrawn;
      },
    }),
  ];
}

function linkApi({ ctx }: IdentityHttp): AnyRoute[] {
  const params = z.object({ token: z.string().max(200) });
  return [
    apiRoute({
      method: 'get',
      path: '/api/account/mandates/links/:token',
      access: 'person',
      tag,
      summary: 'Worum es hinter einem Link geht: Umfang und Tage',
      params,
      output: z.object({ offer: offerView, organisations: z.array(z.object({ accountId: z.uuid(), name: z.string() })) }),
      handle: async (call) => {
        const opened = await openOffer(ctx.database.read, personIn(call), call.params.token, call.now);
        if (!opened.ok) return opened;
        const organisations = opened.value.organisations.map(({ holderId, holderName }) => ({ accountId: holderId, name: holderName }));
        return ok({ offer: offerJson(opened.value.offer), organisations });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/account/mandates/links/:token',
      access: 'person',
      limit: 'sign-in',
      tag,
      summary: 'Einen Link beantworten: annehmen, erteilen oder ablehnen; einmal',
      params,
      body: z.object({ accept: z.boolean(), holderId: z.uuid().optional().describe('eigene Organisation, für die die Vollmacht erteilt wird') }),
      output: z.object({ mandateId: z.uuid().nullable() }),
      handle: async (call) => {
        const answered = await answerOffer(ctx, personIn(call), { token: call.params.token, ...call.body }, call.now);
        return answered.ok ? ok({ mandateId: answered.value ?? null }) : answered;
      },
    }),
  ];
}

function actingApi({ ctx }: IdentityHttp): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: '/api/session/acting-for',
      access: 'person',
      tag,
      summary: 'Wählen, für wen diese Sitzung handelt',
      body: z.object({ mandateId: z.uuid() }),
      output: z.object({ accountId: z.uuid(), name: z.string() }),
      handle: async (call) => {
        const chosen = await actFor(ctx, personIn(call), call, call.body.mandateId);
        return chosen.ok ? ok({ accountId: chosen.value.holderId, name: chosen.value.holderName }) : chosen;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/session/acting-for',
      access: 'person',
      tag,
      summary: 'Wieder für sich selbst handeln',
      output: z.null(),
      status: 204,
      handle: async (call) => {
        await actForSelf(ctx, personIn(call), call);
        return ok(null);
      },
    }),
  ];
}
