import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { twinBuildings, type TwinContext } from '../application/show.ts';
import { box } from './api-schemas.ts';

const TAG = 'Zwilling';
const whole = z.array(z.number().int());

/** What the map of the twin asks for while it moves. */
export function mapApi(ctx: TwinContext): AnyRoute[] {
  return [buildingsRoute(ctx)];
}

function buildingsRoute(ctx: TwinContext): AnyRoute {
  return apiRoute({
    method: 'get',
    path: '/api/twin/buildings/:collection',
    access: 'public',
    tag: TAG,
    summary:
      'Gebäude eines kleinen Ausschnitts als Dreiecke, mit Dächern, wo CityJSON sie zeichnet. Ecken in Zentimetern nach Osten, Norden und oben von „origin“ aus.',
    params: z.object({ collection: z.string().max(63) }),
    query: z.object({ bbox: box }),
    output: z.object({
      origin: z.object({ lon: z.number(), lat: z.number() }),
      complete: z.boolean(),
      buildings: z.array(z.object({ id: z.string(), heightMetres: z.number(), roofs: z.boolean(), corners: whole, walls: whole, roof: whole })),
    }),
    handle: async ({ actor, params: { collection }, queryInput: { bbox } }) => {
      const found = await twinBuildings(ctx, actor, collection, bbox);
      if (!found.ok) return found;
      const { origin, complete, buildings } = found.value;
      return ok({
        origin,
        complete,
        buildings: buildings.map((one) => ({ ...one, corners: [...one.corners], walls: [...one.walls], roof: [...one.roof] })),
      });
    },
  });
}
