import { toUtm32 } from './kernel/geo.ts';
import { ok, refuse } from './kernel/result.ts';
import { allGrids, askSpill, type FloodContext, type Grid } from './modules/flood/public.ts';
import type { SurgeContext } from './modules/surge/public.ts';

/** A gate of a plan is that of a height grid if both are called the same, or if it is the nearest this close. */
const SAME_GATE_METRES = 300;

/** "This gate stays open": asked of the flood model, on the grid that has the gate. */
export const openGateOn =
  (flood: FloodContext): NonNullable<SurgeContext['whatIfOpen']> =>
  async ({ code, lon, lat, metres }) => {
    const found = gateIn(await allGrids(flood), code, { lon, lat });
    if (found === undefined)
      return refuse({ kind: 'unavailable', detail: `Für das Tor ${code} gibt es kein Höhenraster. Lesen Sie eines ein, in dem es mit dieser Kennung steht.` });
    const { grid, gate } = found;
    const asked = await askSpill(flood, { gridId: grid.id, levelMetres: metres, open: [gate.id] });
    if (!asked.ok) return refuse({ kind: 'unavailable', detail: asked.problem.detail });
    const { floodedSquareKilometres, deepestMetres, affected, tookMs } = asked.value;
    return ok({
      areaSquareMetres: floodedSquareKilometres * 1e6,
      deepestMetres,
      people: affected.unknown.length > 0 ? null : affected.people,
      facilities: affected.unknown.length > 0 ? null : affected.facilities.length,
      href: null,
      milliseconds: Math.round(tookMs),
      model: `Überlaufhöhe auf „${grid.name}“, Tor dort: ${gate.name}`,
    });
  };

function gateIn(grids: readonly Grid[], code: string, place: { readonly lon: number; readonly lat: number }) {
  const gates = grids.flatMap((grid) => grid.structures.filter(({ kind }) => kind === 'gate').map((gate) => ({ grid, gate })));
  const named = gates.find(({ gate }) => gate.id === code || gate.name === code);
  if (named !== undefined) return named;
  const { eastingMetres, northingMetres } = toUtm32(place);
  const distance = ({ gate }: (typeof gates)[number]): number => Math.min(...gate.line.map(([x, y]) => Math.hypot(x - eastingMetres, y - northingMetres)));
  const [nearest] = gates.toSorted((a, b) => distance(a) - distance(b));
  return nearest !== undefined && distance(nearest) <= SAME_GATE_METRES ? nearest : undefined;
}
