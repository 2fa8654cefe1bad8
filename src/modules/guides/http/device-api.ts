import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { deviceCookies } from '../../../platform/http/shared-device.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { GuidesContext } from '../application/context.ts';
import { changeDevice, deskDevices, setUpDevice, type DeviceAction } from '../application/devices.ts';
import { TAG } from './assistance-api.ts';
import { GUIDES } from './frame.ts';

const AT = '/api/guides/devices';
const ONE = `${AT}/:id`;

/** Shared devices at the places, for programs. */
export function deviceApi(ctx: GuidesContext): AnyRoute[] {
  const change = (method: 'post' | 'delete', path: string, action: DeviceAction, summary: string): AnyRoute =>
    apiRoute({
      ...{ method, path, access: GUIDES, tag: TAG, summary, params: z.object({ id: z.string().max(60) }) },
      output: z.object({ done: z.literal(true) }),
      handle: async ({ actor, params }) => {
        const done = await changeDevice(ctx, actor, params.id, action);
        return done.ok ? ok({ done: true as const }) : done;
      },
    });
  return [
    apiRoute({
      ...{ method: 'get', path: AT, access: GUIDES, tag: TAG },
      summary: 'Gemeinsame Geräte an den Orten, und welche offen sind',
      output: z.array(z.object({ id: z.string(), name: z.string(), place: z.string(), openSince: z.string().nullable() })),
      handle: async () => ok((await deskDevices(ctx)).map(({ id, name, place, openSince }) => ({ id, name, place, openSince: openSince?.toString() ?? null }))),
    }),
    apiRoute({
      ...{ method: 'post', path: AT, access: GUIDES, tag: TAG, status: 201 },
      summary: 'Macht den Browser, der fragt, zum gemeinsamen Gerät eines Orts und meldet ihn ab; das Geheimnis kommt als Cookie',
      keepsNoAnswer: true,
      body: z.object({ place: z.string().max(60), name: z.string().max(200) }),
      output: z.object({ id: z.string() }),
      handle: async (call) => {
        const made = await setUpDevice(ctx, call, call.body);
        if (!made.ok) return made;
        for (const cookie of deviceCookies(made.value.token, call.cookies)) call.setCookie(cookie);
        return ok({ id: made.value.id });
      },
    }),
    change('post', `${ONE}/visit`, 'open', 'Öffnet ein gemeinsames Gerät für einen Besuch; ein Besuch davor endet'),
    change('delete', `${ONE}/visit`, 'close', 'Schließt ein gemeinsames Gerät und beendet, was dort angemeldet ist'),
    change('delete', ONE, 'remove', 'Nimmt ein gemeinsames Gerät außer Betrieb; sein Cookie gilt nicht mehr'),
  ];
}
