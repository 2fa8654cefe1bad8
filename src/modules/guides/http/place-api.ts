import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { countConsultation, publishedConsultations, undoConsultation } from '../application/consultations.ts';
import type { GuidesContext } from '../application/context.ts';
import { addPlace, changePlace, seePlace } from '../application/places.ts';
import { call, callOnceMore, draw, finish, leave, readNumber } from '../application/queue.ts';
import { book, cancel, freeSlots, readAppointment } from '../application/appointments.ts';
import { TAG } from './assistance-api.ts';
import { GUIDES } from './frame.ts';
import { placesNow } from './places-now.ts';

const byKey = z.object({ place: z.string().max(60) });
const byCode = z.object({ code: z.string().max(40) });
const AT = '/api/guides/places';

/** Places, appointments, the queue and the counts, for programs. */
export const placeApi = (ctx: GuidesContext): AnyRoute[] => [
  ...placeRoutes(ctx),
  ...bookingRoutes(ctx),
  ...appointmentRoutes(ctx),
  ...numberRoutes(ctx),
  ...deskRoutes(ctx),
  ...countRoutes(ctx),
];

const placeBody = z.object({
  name: z.string().max(200),
  kind: z.string().max(20),
  address: z.string().max(300),
  position: z.object({ lon: z.number(), lat: z.number() }).optional(),
  note: z.string().max(2000).default(''),
  offers: z.array(z.string().max(40)).max(20),
  access: z.array(z.string().max(40)).max(20).default([]),
  hours: z.record(z.string().max(1), z.string().max(200)),
  closedOn: z.array(z.string().max(20)).max(200).default([]),
  startsOn: z.string().max(20),
  endsOn: z.string().max(20).default(''),
  slotMinutes: z.number(),
  desks: z.number(),
});

/** A place as it is now. */
const placeNow = z.object({
  key: z.string(),
  name: z.string(),
  address: z.string(),
  href: z.string(),
  book: z.string().nullable().describe('Hier macht man einen Termin.'),
  offers: z.array(z.string()),
  open: z.boolean(),
  opening: z.string(),
  waiting: z.number(),
  minutes: z.number().nullable(),
  asOf: z.string(),
});

function placeRoutes(ctx: GuidesContext): AnyRoute[] {
  const key = z.object({ key: z.string() });
  return [
    apiRoute({
      method: 'get',
      path: AT,
      access: 'public',
      tag: TAG,
      summary: 'Orte mit Digitallotsen: was jetzt offen ist und wie viele warten',
      output: z.array(placeNow),
      handle: async ({ lang }) =>
        ok(
          (await placesNow(ctx, lang)).map(({ minutes, book, offers, asOf, ...one }) => ({
            ...one,
            book: book ?? null,
            offers: [...offers],
            minutes: minutes ?? null,
            asOf: asOf.toString(),
          })),
        ),
    }),
    apiRoute({
      method: 'post',
      path: AT,
      access: GUIDES,
      tag: TAG,
      summary: 'Legt einen Ort an',
      status: 201,
      body: placeBody.extend({ key: z.string().max(80) }),
      output: key,
      handle: async ({ actor, body }) => {
        const done = await addPlace(ctx, actor, { ...body, position: body.position });
        return done.ok ? ok({ key: done.value.key }) : done;
      },
    }),
    apiRoute({
      method: 'put',
      path: `${AT}/:place`,
      access: GUIDES,
      tag: TAG,
      summary: 'Ändert einen Ort; sein Kurzname bleibt',
      params: byKey,
      body: placeBody.extend({
        outside: z.enum(['keep', 'cancel']).optional().describe('Was mit Terminen geschieht, die dann außerhalb der Öffnungszeit liegen'),
      }),
      output: key.extend({ outside: z.number().describe('Wie viele Termine das sind') }),
      handle: async ({ actor, params, body }) => {
        const { outside = '', ...stated } = body;
        const done = await changePlace(ctx, actor, params.place, { ...stated, key: params.place, position: body.position }, outside);
        return done.ok ? ok({ key: done.value.place.key, outside: done.value.outside }) : done;
      },
    }),
  ];
}

function bookingRoutes(ctx: GuidesContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: `${AT}/:place/slots`,
      access: 'public',
      tag: TAG,
      summary: 'Freie Zeiten eines Tages',
      params: byKey,
      query: z.object({ day: z.iso.date() }),
      output: z.array(z.object({ at: z.string(), free: z.number() })),
      handle: async ({ params, queryInput }) => {
        const found = await seePlace(ctx, params.place);
        if (!found.ok) return found;
        const slots = await freeSlots(ctx, found.value.place, Temporal.PlainDate.from(queryInput.day));
        return ok(slots.map(({ at, free }) => ({ at: at.toString(), free })));
      },
    }),
    apiRoute({
      method: 'post',
      path: `${AT}/:place/appointments`,
      access: 'public',
      tag: TAG,
      summary: 'Bucht einen Termin ohne Namen; der Code öffnet ihn wieder',
      limit: 'scarce',
      status: 201,
      params: byKey,
      body: z.object({ at: z.iso.datetime({ offset: true }), topic: z.string().max(40), email: z.string().max(254).default('') }),
      keepsNoAnswer: true,
      output: z.object({ code: z.string() }),
      handle: async ({ lang, params, body }) => {
        const booked = await book(ctx, { placeKey: params.place, at: Temporal.Instant.from(body.at), topic: body.topic, lang, email: body.email });
        return booked.ok ? ok({ code: booked.value.code }) : booked;
      },
    }),
  ];
}

function appointmentRoutes(ctx: GuidesContext): AnyRoute[] {
  const appointment = z.object({
    place: z.string(),
    startsAt: z.string(),
    endsAt: z.string(),
    topic: z.string(),
    cancelled: z.boolean(),
    cancelledBy: z.enum(['person', 'place']).nullable(),
  });
  return [
    apiRoute({
      method: 'get',
      path: '/api/guides/appointments/:code',
      access: 'public',
      tag: TAG,
      summary: 'Ein Termin',
      params: byCode,
      output: appointment,
      handle: async ({ params }) => {
        const found = await readAppointment(ctx, params.code);
        if (!found.ok) return found;
        const { appointment: one, place } = found.value;
        const { startsAt, endsAt, topic, cancelledAt, cancelledBy } = one;
        return ok({ place: place.key, startsAt: startsAt.toString(), endsAt: endsAt.toString(), topic, cancelled: cancelledAt !== null, cancelledBy });
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/guides/appointments/:code',
      access: 'public',
      tag: TAG,
      summary: 'Sagt einen Termin ab',
      params: byCode,
      output: z.object({ cancelled: z.literal(true) }),
      handle: async ({ params }) => {
        const done = await cancel(ctx, params.code);
        return done.ok ? ok({ cancelled: true as const }) : done;
      },
    }),
  ];
}

function numberRoutes(ctx: GuidesContext): AnyRoute[] {
  const state = z.object({
    place: z.string(),
    number: z.number(),
    state: z.string(),
    ahead: z.number(),
    minutes: z.number().nullable(),
    desk: z.string().nullable(),
  });
  return [
    apiRoute({
      method: 'post',
      path: `${AT}/:place/numbers`,
      access: 'public',
      tag: TAG,
      summary: 'Zieht eine Nummer',
      limit: 'scarce',
      status: 201,
      params: byKey,
      keepsNoAnswer: true,
      output: z.object({ number: z.number(), code: z.string() }),
      handle: async ({ params }) => {
        const drawn = await draw(ctx, params.place);
        return drawn.ok ? ok({ number: drawn.value.number.number, code: drawn.value.code }) : drawn;
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/guides/numbers/:code',
      access: 'public',
      tag: TAG,
      summary: 'Wie viele vor einer Nummer warten',
      params: byCode,
      output: state,
      handle: async ({ params }) => {
        const found = await readNumber(ctx, params.code);
        if (!found.ok) return found;
        const { number, place, ahead, minutes } = found.value;
        return ok({ place: place.key, number: number.number, state: number.state, ahead, minutes: minutes ?? null, desk: number.desk });
      },
    }),
    apiRoute({
      method: 'delete',
      path: '/api/guides/numbers/:code',
      access: 'public',
      tag: TAG,
      summary: 'Gibt eine Nummer zurück',
      params: byCode,
      output: z.object({ state: z.string() }),
      handle: async ({ params }) => {
        const done = await leave(ctx, params.code);
        return done.ok ? ok({ state: done.value.state }) : done;
      },
    }),
  ];
}

function deskRoutes(ctx: GuidesContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'post',
      path: `${AT}/:place/calls`,
      access: GUIDES,
      tag: TAG,
      summary: 'Ruft die nächste Nummer auf; null: niemand wartet',
      params: byKey,
      body: z.object({
        desk: z.string().max(80).default(''),
        current: z.number().int().optional().describe('Die eigene Nummer, wie sie gerade angezeigt wird; 0: keine. Stimmt sie nicht mehr, geschieht nichts'),
      }),
      output: z.object({ number: z.number().nullable() }),
      handle: async ({ actor, params, body }) => {
        const { desk, current } = body;
        const called = await call(ctx, actor, params.place, { desk, ...(current === undefined ? {} : { current }) });
        return called.ok ? ok({ number: called.value?.number ?? null }) : called;
      },
    }),
    apiRoute({
      method: 'post',
      path: `${AT}/:place/calls/again`,
      access: GUIDES,
      tag: TAG,
      summary: 'Ruft eine Nummer noch einmal auf, die nicht gekommen ist',
      params: byKey,
      body: z.object({ number: z.number().int(), desk: z.string().max(80).default('') }),
      output: z.object({ number: z.number() }),
      handle: async ({ actor, params, body }) => {
        const done = await callOnceMore(ctx, actor, params.place, body);
        return done.ok ? ok({ number: done.value.number }) : done;
      },
    }),
    apiRoute({
      method: 'post',
      path: `${AT}/:place/calls/end`,
      access: GUIDES,
      tag: TAG,
      summary: 'Beendet den eigenen Aufruf: bedient oder nicht erschienen',
      params: byKey,
      body: z.object({ outcome: z.enum(['served', 'absent']) }),
      output: z.object({ number: z.number() }),
      handle: async ({ actor, params, body }) => {
        const done = await finish(ctx, actor, params.place, body.outcome);
        return done.ok ? ok({ number: done.value.number }) : done;
      },
    }),
  ];
}

const tallied = z.object({
  today: z.number().describe('so oft heute von Ihnen auf diesem Server gezählt, mit demselben Anlass'),
  all: z.number().describe('alles, was Sie heute auf diesem Server gezählt haben'),
});

function countRoutes(ctx: GuidesContext): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/guides/consultations',
      access: 'public',
      open: true,
      tag: TAG,
      summary: 'Beratungen je Monat, in ganzen Zehnern und nach je einem Merkmal',
      output: z.array(
        z.object({
          month: z.string().describe('Erster Tag des Monats.'),
          thing: z.enum(['all', 'place', 'reason', 'length', 'lang']),
          key: z.string().describe('Leer bei allen; sonst Ort, Anlass, Dauer oder Sprache.'),
          count: z.int().describe('Auf ganze Zehner; was nicht voll ist, zählt noch nicht.'),
        }),
      ),
      handle: async () => ok((await publishedConsultations(ctx)).map(({ month, ...one }) => ({ month: month.toString(), ...one }))),
    }),
    apiRoute({
      method: 'post',
      path: '/api/guides/consultations',
      access: GUIDES,
      tag: TAG,
      summary: 'Zählt eine Beratung, ohne Angaben zur Person. Mit „Idempotency-Key“ zählt ein Druck einmal, auch wenn er zweimal ankommt',
      keepsKeyAlone: true,
      status: 201,
      body: z.object({ place: z.string().max(60), reason: z.string().max(40), length: z.string().max(40), lang: z.string().max(10) }),
      output: tallied,
      handle: ({ actor, body }) => countConsultation(ctx, actor, body),
    }),
    apiRoute({
      method: 'delete',
      path: '/api/guides/consultations/last',
      access: GUIDES,
      tag: TAG,
      summary: 'Nimmt die eigene letzte Zählung von heute zurück',
      keepsKeyAlone: true,
      output: tallied,
      handle: async ({ actor }) => {
        const done = await undoConsultation(ctx, actor);
        return done.ok ? ok({ today: done.value.today, all: done.value.all }) : done;
      },
    }),
  ];
}
