import { z } from 'zod';
import { LAYERS } from '../../../kernel/lage.ts';
import { ok } from '../../../kernel/result.ts';
import { pageOf } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import type { FederationContext } from '../application/context.ts';
import { addPartner, endPartner, linkPartner, partnersOf, sendMessage, shareLayers, type PartnerView } from '../application/partners.ts';

const TAG = 'Partner';
const byKey = z.object({ key: z.string().max(60) });
const byId = byKey.extend({ id: z.uuid() });
const layers = z.array(z.enum(LAYERS)).max(LAYERS.length);
const idOnly = z.object({ id: z.string() });

const partnerView = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['waiting', 'linked', 'ended']),
  layers: z.array(z.string()),
  origin: z.string().nullable(),
  code: z.string().describe('Für die andere Seite.'),
  heardAt: z.string().nullable(),
  taken: z.number().describe('So viele Einträge der anderen Seite sind übernommen.'),
  behind: z.number().nullable(),
  problem: z.string().nullable(),
});

const present = ({ id, name, state, layers: given, origin, code, heardAt, inN, theirHead, problem }: PartnerView): z.output<typeof partnerView> => ({
  id,
  name,
  state,
  layers: [...given],
  origin,
  code,
  heardAt: heardAt?.toString() ?? null,
  taken: inN,
  behind: theirHead === null ? null : Math.max(0, theirHead - inN),
  problem,
});

/** Partners of a Lage for programs. */
export function partnerApi(ctx: FederationContext): AnyRoute[] {
  return [...linkRoutes(ctx), ...stepRoutes(ctx)];
}

function linkRoutes(ctx: FederationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/partner',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Server, mit denen die Lage verbunden ist; höchstens 100, auf einer Seite',
      params: byKey,
      output: pageOf(partnerView),
      handle: async ({ actor, params: { key } }) => {
        const found = await partnersOf(ctx, actor, key);
        return found.ok ? ok({ items: found.value.partners.map(present), next: null }) : found;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/partner',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Beginnt eine Verbindung und nennt den Code für die andere Seite',
      status: 201,
      params: byKey,
      body: z.object({ name: z.string().max(500), layers }),
      keepsNoAnswer: true,
      output: partnerView,
      handle: async ({ actor, params: { key }, body }) => {
        const added = await addPartner(ctx, actor, key, body);
        return added.ok ? ok(present(added.value)) : added;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/partner/:id/verbindung',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Nimmt den Code der anderen Seite: von da an liest jede den Strom der anderen',
      params: byId,
      body: z.object({ code: z.string().max(5000) }),
      output: idOnly,
      handle: async ({ actor, params: { key, id }, body }) => {
        const linked = await linkPartner(ctx, actor, key, id, body.code);
        return linked.ok ? ok({ id }) : linked;
      },
    }),
  ];
}

function stepRoutes(ctx: FederationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'put',
      path: '/api/lagen/:key/partner/:id/ebenen',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Ändert, was ein Partner sieht',
      params: byId,
      body: z.object({ layers }),
      output: idOnly,
      handle: async ({ actor, params: { key, id }, body }) => {
        const changed = await shareLayers(ctx, actor, key, id, body.layers);
        return changed.ok ? ok({ id }) : changed;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/partner/:id/nachrichten',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Sendet einem Partner eine Nachricht in sein Einsatztagebuch',
      status: 201,
      params: byId,
      body: z.object({ id: z.uuid().optional(), text: z.string().max(20_000) }),
      output: idOnly,
      handle: async ({ actor, params: { key, id }, body }) => {
        const sent = await sendMessage(ctx, actor, key, id, body);
        return sent.ok ? ok({ id: sent.value.id }) : sent;
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/lagen/:key/partner/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Beendet eine Verbindung; was der Partner gab, verlässt das Bild',
      params: byId,
      output: idOnly,
      handle: async ({ actor, params: { key, id } }) => endPartner(ctx, actor, key, id),
    }),
  ];
}
