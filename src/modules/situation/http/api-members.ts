import { instant } from '../../../platform/http/instant.ts';
import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { pageOf } from '../../../platform/http/paging.ts';
import { apiRoute, LAGE_ACCESS, type AnyRoute } from '../../../platform/http/route.ts';
import { SESSION_COOKIE } from '../../../platform/http/session-cookie.ts';
import type { SituationContext } from '../application/context.ts';
import { addMember, changeMember, endMember, inviteGuest, openGuestLink, staffOf } from '../application/members.ts';
import { LAYERS, STAFF_FUNCTIONS } from '../../../kernel/lage.ts';
import { byKey, memberView, presentMember, TAG } from './schemas.ts';

/** The staff and the guests of a Lage, for programs. */
export function memberApi(ctx: SituationContext): AnyRoute[] {
  return [...staffRoutes(ctx), ...guestRoutes(ctx)];
}

const idOnly = z.object({ id: z.string() });
const place = { function: z.enum(STAFF_FUNCTIONS), sectionId: z.uuid().nullable().default(null) };

function staffRoutes(ctx: SituationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/lagen/:key/mitglieder',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Der Stab und die Gäste einer Lage; höchstens 1000, auf einer Seite',
      params: byKey,
      output: pageOf(memberView),
      handle: async ({ actor, params: { key } }) => {
        const staff = await staffOf(ctx, actor, key);
        return staff.ok ? ok({ items: staff.value.members.map(presentMember), next: null }) : staff;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/mitglieder',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Nimmt jemanden in den Stab auf',
      status: 201,
      params: byKey,
      body: z.object({ staffId: z.uuid(), organisation: z.string().max(500), ...place }),
      output: idOnly,
      handle: async ({ actor, params: { key }, body }) => addMember(ctx, actor, key, body),
    }),
    apiRoute({
      method: 'put',
      path: '/api/lagen/:key/mitglieder/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Gibt einem Mitglied eine andere Funktion oder einen anderen Abschnitt',
      params: byKey.extend({ id: z.uuid() }),
      body: z.object(place),
      output: idOnly,
      handle: async ({ actor, params: { key, id }, body }) => changeMember(ctx, actor, key, id, body),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/lagen/:key/mitglieder/:id',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Nimmt ein Mitglied oder einen Gast aus der Lage',
      params: byKey.extend({ id: z.uuid() }),
      output: idOnly,
      handle: async ({ actor, params: { key, id } }) => endMember(ctx, actor, key, id),
    }),
  ];
}

function guestRoutes(ctx: SituationContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: '/api/lagen/:key/gaeste',
      access: LAGE_ACCESS,
      tag: TAG,
      summary: 'Lädt jemanden ohne Konto ein; der Link wird nur einmal genannt',
      status: 201,
      params: byKey,
      body: z.object({
        name: z.string().max(500),
        organisation: z.string().max(500),
        ...place,
        layers: z.array(z.enum(LAYERS)).max(30).default([]),
        until: instant,
      }),
      keepsNoAnswer: true,
      output: z.object({ id: z.string(), link: z.string() }),
      handle: async ({ actor, origin, params: { key }, body }) => {
        const invited = await inviteGuest(ctx, actor, key, body);
        return invited.ok ? ok({ id: invited.value.id, link: `${origin}/lagen-gast/${invited.value.token}` }) : invited;
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/lagen-gast',
      access: 'public',
      tag: TAG,
      summary: 'Tritt mit dem Geheimnis eines Links als Gast in eine Lage ein',
      limit: 'sign-in',
      body: z.object({ token: z.string().max(100) }),
      output: z.object({ key: z.string() }),
      handle: async ({ body, setCookie }) => {
        const entered = await openGuestLink(ctx, body.token);
        if (!entered.ok) return entered;
        const { session, maxAgeSeconds } = entered.value;
        setCookie({ name: SESSION_COOKIE, value: session, maxAgeSeconds });
        return ok({ key: entered.value.key });
      },
    }),
  ];
}
