import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { decodeCursor, encodeCursor, pageOf } from '../../../platform/http/paging.ts';
import { CITY_CENTRE } from '../../../platform/ui/map-projection.ts';
import { sunOver, twinCurve, twinLayers, twinStations, type TwinContext } from '../application/show.ts';
import { box, instant } from './api-schemas.ts';
import { mapApi } from './map-api.ts';

const TAG = 'Zwilling';
const station = z.object({
  streamId: z.number(),
  name: z.string(),
  thing: z.string(),
  unit: z.string(),
  lon: z.number(),
  lat: z.number(),
  value: z.number().nullable(),
  measuredAt: z.string().nullable(),
});

const second = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second' });
const orNull = (at: Temporal.Instant | null): string | null => (at === null ? null : second(at));

/** What the twin's page shows, for programs. */
export function twinApi(ctx: TwinContext): AnyRoute[] {
  return [layersRoute(ctx), stationsRoute(ctx), curveRoute(ctx), sunRoute(), ...mapApi(ctx)];
}

function layersRoute(ctx: TwinContext): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/twin/layers',
    access: 'public',
    tag: TAG,
    summary: 'Ebenen, die der Zwilling zeigen kann: Messwerte und Sammlungen.',
    output: z.object({
      sensors: z.array(z.object({ layer: z.string(), service: z.string(), streams: z.number(), latest: z.string().nullable() })),
      collections: z.array(z.object({ id: z.string(), title: z.string(), features: z.number(), changedAt: z.string() })),
    }),
    handle: async ({ actor }) => {
      const { sensors, collections } = await twinLayers(ctx, actor);
      return ok({
        sensors: sensors.map((one) => ({ ...one, latest: orNull(one.latest) })),
        collections: collections.map(({ id, title, features, changedAt }) => ({ id, title, features, changedAt: changedAt.toString() })),
      });
    },
  });
}

function stationsRoute(ctx: TwinContext): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/twin/stations',
    access: 'public',
    tag: TAG,
    summary: 'Stationen einer Ebene in einem Ausschnitt, mit dem neuesten Wert oder dem zu einer Zeit.',
    query: z.object({
      layer: z.string().min(1).max(100),
      bbox: box.default([-180, -90, 180, 90]),
      at: instant.optional(),
      cursor: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    output: pageOf(station),
    handle: async ({ actor, queryInput: { layer, bbox, at, cursor, limit } }) => {
      const after = Number(decodeCursor(cursor)?.[0] ?? 0);
      const page = await twinStations(ctx, actor, { layer, bbox, limit, after: Number.isSafeInteger(after) ? after : 0, ...(at === undefined ? {} : { at }) });
      return ok({
        items: page.stations.map((one) => ({ ...one, measuredAt: orNull(one.measuredAt) })),
        next: page.next === undefined ? null : encodeCursor([page.next]),
      });
    },
  });
}

function curveRoute(ctx: TwinContext): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/twin/streams/:id/curve',
    access: 'public',
    tag: TAG,
    summary: 'Verlauf eines Datenstroms; ohne Angaben die letzten 24 Stunden, höchstens 2.000 Werte.',
    params: z.object({ id: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0) }),
    query: z.object({ from: instant.optional(), to: instant.optional() }),
    output: z.object({ name: z.string(), unit: z.string(), points: z.array(z.object({ at: z.string(), value: z.number() })) }),
    handle: async ({ actor, params: { id }, queryInput: { from, to }, now }) => {
      const curve = await twinCurve(ctx, actor, id, { from, to: to ?? now });
      return curve.ok ? ok({ ...curve.value, points: curve.value.points.map(({ at, value }) => ({ at: second(at), value })) }) : curve;
    },
  });
}

function sunRoute(): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/twin/sun',
    access: 'public',
    tag: TAG,
    summary: 'Stand der Sonne an einem Ort zu einer Zeit, und wie lang Schatten fallen.',
    query: z.object({
      lon: z.coerce.number().min(-180).max(180).default(CITY_CENTRE.lon),
      lat: z.coerce.number().min(-85).max(85).default(CITY_CENTRE.lat),
      at: instant.optional(),
    }),
    output: z.object({ elevationDegrees: z.number(), azimuthDegrees: z.number(), shadowPerHeight: z.number().nullable() }),
    handle: async ({ queryInput: { lon, lat, at }, now }) => ok(sunOver({ lon, lat }, at ?? now)),
  });
}
