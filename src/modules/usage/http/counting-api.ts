import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { countAtDesk, MOST_AT_ONCE, undoCounterCases } from '../application/count-counter-cases.ts';
import { countingList, listService, unlistService } from '../application/counting-list.ts';
import { asStaff, COUNTERS, TAG, type UsageDesk } from './frame.ts';
import { CHANNELS } from './lists.ts';

/** Counting at the counter, for programs and for the page itself. */
export const countingApi = (desk: UsageDesk): AnyRoute[] => [...countingRoutes(desk), ...listRoutes(desk)];

function countingRoutes(desk: UsageDesk): AnyRoute[] {
  const stroke = z.object({ service: z.string(), channel: z.enum(CHANNELS) });
  const counted = stroke.extend({
    today: z.number().describe('so oft heute von Ihnen auf diesem Server gezählt'),
    all: z.number().describe('alles, was Sie heute auf diesem Server gezählt haben'),
  });
  return [
    apiRoute({
      method: 'post',
      path: '/api/usage/counter-cases',
      access: COUNTERS,
      tag: TAG,
      summary: 'Zählt Fälle, die nicht online gekommen sind. Mit „Idempotency-Key“ zählt ein Druck einmal, auch wenn er zweimal ankommt',
      keepsKeyAlone: true,
      status: 201,
      body: stroke.extend({ count: z.number().int().min(1).max(MOST_AT_ONCE).default(1) }),
      output: counted,
      handle: async ({ actor, body }) => countAtDesk(desk, asStaff(actor), { service: body.service, channel: body.channel }, body.count),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/usage/counter-cases/last',
      access: COUNTERS,
      tag: TAG,
      summary: 'Nimmt die eigene letzte Zählung von heute zurück',
      keepsKeyAlone: true,
      output: counted,
      handle: async ({ actor }) => undoCounterCases(desk, asStaff(actor)),
    }),
  ];
}

/** The list of what an employee counts; it is theirs alone. */
function listRoutes(desk: UsageDesk): AnyRoute[] {
  const keys = z.object({ counter: z.string(), phone: z.string(), post: z.string() });
  const output = z.array(z.object({ service: z.string(), slot: z.number(), keys }));
  const params = z.object({ service: z.string().max(100) });
  const common = { access: COUNTERS, tag: TAG, output } as const;
  const one = '/api/usage/counting-list/:service';
  return [
    apiRoute({
      ...{ ...common, method: 'get', path: '/api/usage/counting-list' },
      summary: 'Die eigene Liste der Leistungen, die man zählt, mit ihren festen Tasten',
      handle: async ({ actor }) => ok([...(await countingList(desk, asStaff(actor)))]),
    }),
    apiRoute({
      ...{ ...common, method: 'put', path: one, params },
      summary: 'Nimmt eine Leistung in die eigene Liste auf',
      handle: async ({ actor, params: { service: of } }) => {
        const done = await listService(desk, asStaff(actor), of);
        return done.ok ? ok([...done.value]) : done;
      },
    }),
    apiRoute({
      ...{ ...common, method: 'delete', path: one, params },
      summary: 'Nimmt eine Leistung aus der eigenen Liste; die anderen behalten ihre Tasten',
      handle: async ({ actor, params: { service: of } }) => {
        const done = await unlistService(desk, asStaff(actor), of);
        return done.ok ? ok([...done.value]) : done;
      },
    }),
  ];
}
