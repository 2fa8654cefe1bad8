import { z } from 'zod';
import { inOwnName, type CitizenActor } from '../../../kernel/actor.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import type { NotificationContext } from '../application/context.ts';
import { confirmPhone, removePhone, requestPhoneCode } from '../application/phone.ts';
import { changePreferences, noticeSettings, remindersOff } from '../application/preferences.ts';
import { addPushDevice, removePushDevice } from '../application/push-devices.ts';
import { endingSoon } from '../application/remind.ts';
import type { NotificationProblem } from '../domain/problems.ts';

const accountOf = (visit: Visit): string => inOwnName(visit.actor as CitizenActor).accountId;
const done = z.object({ done: z.literal(true) });
const orDone = (result: Result<unknown, NotificationProblem>): Result<{ done: true }, NotificationProblem> =>
  result.ok ? ok({ done: true as const }) : result;
const own = { access: 'person', tag: 'Benachrichtigungen' } as const;
const BASE = '/api/account/notifications';
const hour = z.number().int().min(0).max(23);
const preferences = z.object({
  mail: z.boolean(),
  push: z.boolean(),
  sms: z.boolean(),
  reminders: z.boolean(),
  quiet: z.object({ from: hour, until: hour }).nullable(),
  lang: z.enum(['de', 'en', 'leicht']),
});
const text = z.object({ de: z.string(), en: z.string(), leicht: z.string() });
const base64url = z
  .string()
  .max(200)
  .regex(/^[\w-]+=*$/);

/** Channels, quiet hours and what ends soon, for programs. */
export function notificationApi(ctx: NotificationContext): AnyRoute[] {
  return [...settingsApi(ctx), ...pushApi(ctx), ...phoneApi(ctx)];
}

function settingsApi(ctx: NotificationContext): AnyRoute[] {
  return [
    apiRoute({
      ...own,
      method: 'get',
      path: BASE,
      summary: 'Wie die eigene Person benachrichtigt wird, und was bald endet',
      output: z.object({
        preferences,
        pushKey: z.string().describe('Öffentlicher Schlüssel der Stadt (VAPID, RFC 8292), base64url'),
        phone: z.string().nullable().describe('Nummer, in der Mitte verdeckt'),
        devices: z.array(z.object({ id: z.uuid(), deviceKind: z.string().nullable(), createdAt: z.string() })),
        ending: z.array(
          z.object({
            kind: z.string(),
            day: z.string(),
            path: z.string(),
            about: text,
            next: z.object({ how: z.string(), path: z.string() }).nullable().describe('Wie es weitergeht'),
          }),
        ),
      }),
      handle: async (call) => {
        const { preferences: kept, devices, phone } = await noticeSettings(ctx, accountOf(call), call.now);
        const ending = await endingSoon(ctx, accountOf(call), call.now);
        return ok({
          preferences: { ...kept, quiet: kept.quiet ?? null },
          pushKey: ctx.push.publicKey,
          phone: phone ?? null,
          devices: devices.map(({ id, deviceKind, createdAt }) => ({ id, deviceKind, createdAt: createdAt.toString() })),
          ending: ending.map(({ kind, day, path, about, next }) => ({ kind, day: day.toString(), path, about, next: next ?? null })),
        });
      },
    }),
    apiRoute({
      ...own,
      method: 'put',
      path: BASE,
      summary: 'Kanäle, Ruhezeit und Erinnerungen wählen',
      body: preferences,
      output: done,
      handle: async (call) => {
        const { quiet, ...rest } = call.body;
        return orDone(await changePreferences(ctx, accountOf(call), { ...rest, ...(quiet === null ? {} : { quiet }) }, call.now));
      },
    }),
    apiRoute({
      method: 'post',
      access: 'public',
      limit: 'sign-in',
      tag: own.tag,
      path: '/api/notifications/reminders-off',
      summary: 'Erinnerungen mit dem Link einer Mail abschalten, ohne Anmeldung',
      body: z.object({ token: z.string().max(200) }),
      output: done,
      handle: async (call) => orDone(await remindersOff(ctx, call.body.token, call.now)),
    }),
  ];
}

function pushApi(ctx: NotificationContext): AnyRoute[] {
  return [
    apiRoute({
      ...own,
      method: 'post',
      limit: 'sign-in',
      path: `${BASE}/push`,
      ownDeviceOnly: true,
      summary: 'Einen Browser für Mitteilungen anmelden (PushSubscription)',
      status: 201,
      body: z.object({ endpoint: z.string().max(1000), keys: z.object({ p256dh: base64url, auth: base64url }) }),
      output: z.object({ id: z.uuid() }),
      handle: async (call) => {
        const { endpoint, keys } = call.body;
        const kind = call.deviceKind === undefined ? {} : { deviceKind: call.deviceKind };
        return addPushDevice(ctx, accountOf(call), { endpoint, ...keys, ...kind }, call.now);
      },
    }),
    apiRoute({
      ...own,
      method: 'delete',
      path: `${BASE}/push/:id`,
      summary: 'Einem Browser keine Mitteilungen mehr schicken',
      params: z.object({ id: z.uuid() }),
      output: done,
      handle: async (call) => orDone(await removePushDevice(ctx, accountOf(call), call.params.id, call.now)),
    }),
  ];
}

function phoneApi(ctx: NotificationContext): AnyRoute[] {
  return [
    apiRoute({
      ...own,
      method: 'post',
      limit: 'sign-in',
      path: `${BASE}/phone`,
      summary: 'Einen Code an eine Nummer schicken',
      status: 202,
      body: z.object({ number: z.string().max(50) }),
      output: done,
      handle: async (call) => orDone(await requestPhoneCode(ctx, accountOf(call), call.body.number, call.lang, call.now)),
    }),
    apiRoute({
      ...own,
      method: 'post',
      limit: 'sign-in',
      path: `${BASE}/phone/confirmation`,
      summary: 'Die Nummer mit dem Code bestätigen',
      body: z.object({ code: z.string().max(20) }),
      output: done,
      handle: async (call) => orDone(await confirmPhone(ctx, accountOf(call), call.body.code, call.now)),
    }),
    apiRoute({
      ...own,
      method: 'delete',
      path: `${BASE}/phone`,
      summary: 'Die Nummer entfernen',
      output: done,
      handle: async (call) => {
        await removePhone(ctx, accountOf(call), call.now);
        return ok({ done: true as const });
      },
    }),
  ];
}
