import type { Actor } from '../../../kernel/actor.ts';
import { fromUtm32, toUtm32 } from '../../../kernel/geo.ts';
import { expectOk } from '../../../kernel/result.ts';
import { collectionsFor } from '../../geodata/public.ts';
import type { PlanGeometry, Spot } from '../domain/geometry.ts';
import type { NewFeature } from '../domain/plan.ts';
import { DATA_ROLES, STANDARD_DATA, type BaseData } from '../domain/scenario.ts';
import { listVariants } from '../store/variants.ts';
import { openTo } from './change-scenario.ts';
import { addToPlan, addVariant, renameVariant } from './change-variants.ts';
import type { Ordering } from './context.ts';
import { saveKit } from './kits.ts';
import { makeScenario } from './make-scenario.ts';
import { orderRuns } from './order-runs.ts';
import { scenariosFor } from './show.ts';

const TITLE = 'Ein kühler Platz im Demo-Viertel';
const SYSTEM = { kind: 'system', job: 'demo' } as const;
/** Where the demo's buildings stand, should they not be there yet. */
const QUARTER: Spot = [10.045, 53.558];

/** A place so many metres east and north of the middle. */
type At = (eastMetres: number, northMetres: number) => Spot;

function around([lon, lat]: Spot): At {
  const { eastingMetres, northingMetres } = toUtm32({ lon, lat });
  return (east, north) => {
    const place = fromUtm32(eastingMetres + east, northingMetres + north);
    return [place.lon, place.lat];
  };
}

const rectangle = (at: At, [west, south, east, north]: readonly [number, number, number, number]): Extract<PlanGeometry, { type: 'Polygon' }> => ({
  type: 'Polygon',
  coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
});

const grove = (at: At, crownMetres: number): readonly NewFeature[] =>
  [-60, -36, -12, 12, 36, 60].flatMap((east) =>
    [-24, 0, 24].map((north): NewFeature => ({ kind: 'tree', heightMetres: 11, crownMetres, geometry: { type: 'Point', coordinates: at(east, north) } })),
  );

/**
 * A scenario of a demo: a place as it is, with trees, and with a house and a closed street; the city's own
 * models calculate behind the start. Once: one that is there is left alone.
 */
export async function fillDemoScenario(ctx: Ordering, owner: Actor): Promise<void> {
  const { scenarios } = await scenariosFor(ctx, owner, { which: 'own', limit: 200 });
  if (scenarios.some(({ scenario }) => scenario.title === TITLE)) return;
  const there = await collectionsFor(ctx, owner);
  const extent = there.find(({ id }) => id === STANDARD_DATA.buildings)?.extent;
  const at = around(extent === undefined ? QUARTER : [(extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2]);
  const data = Object.fromEntries(DATA_ROLES.map((role) => [role, there.some(({ id }) => id === STANDARD_DATA[role]) ? STANDARD_DATA[role] : 'none']));
  const question = 'Was bringt mehr Schatten auf den Platz: Bäume, oder ein Haus? Und wer kommt noch zu Fuß hin?';
  const { id } = expectOk(await makeScenario(ctx, owner, { title: TITLE, question, area: rectangle(at, [-170, -130, 170, 130]), data }));
  await drawVariants(ctx, owner, id, at);
  expectOk(await openTo(ctx, owner, id, 'public'));
  const views = [
    {
      title: 'Straßenbäume im Viertel',
      address: `/zwilling?c=${at(0, 0)
        .map((degrees) => degrees.toFixed(5))
        .join(',')}&z=16&ebene=strassenbaeume`,
    },
  ];
  expectOk(await saveKit(ctx, owner, { title: 'Kühle Plätze', question: 'Wie wird ein Platz im Sommer kühler?', views, scenarioIds: [id] }));
  await calculate(ctx, id, data as BaseData);
}

async function drawVariants(ctx: Ordering, owner: Actor, id: string, at: At): Promise<void> {
  const [base] = await listVariants(ctx.database.read, id);
  expectOk(await renameVariant(ctx, owner, id, base!.id, { name: base!.name, description: 'Der Platz, wie er heute ist. Das Ziel gilt für alle Varianten.' }));
  expectOk(await addToPlan(ctx, owner, id, base!.id, [{ kind: 'destination', name: 'Platz', geometry: { type: 'Point', coordinates: at(0, 0) } }]));
  const { id: trees } = expectOk(await addVariant(ctx, owner, id, { name: 'Achtzehn Bäume', description: 'Neue Bäume in drei Reihen.' }));
  expectOk(await addToPlan(ctx, owner, id, trees, grove(at, 8)));
  const { id: house } = expectOk(
    await addVariant(ctx, owner, id, { name: 'Haus und Fußgängerzone', description: 'Ein Haus im Süden; die Straße daneben ist zu.' }),
  );
  expectOk(
    await addToPlan(ctx, owner, id, house, [
      { kind: 'building', name: 'Neues Haus', heightMetres: 22, geometry: rectangle(at, [-40, -52, 40, -36]) },
      { kind: 'closed', name: 'Fußgängerzone', geometry: rectangle(at, [-60, -34, 60, -20]) },
    ]),
  );
}

/** Ordered by the city: one person's limits would be a matter of waiting here. */
async function calculate(ctx: Ordering, id: string, { ways, population }: BaseData): Promise<void> {
  expectOk(await orderRuns(ctx, SYSTEM, id, { process: 'shade', parameters: { date: '2026-07-01', hour: [12, 14, 16] } }));
  expectOk(await orderRuns(ctx, SYSTEM, id, { process: 'canopy', parameters: {} }));
  if (ways === 'none') return;
  expectOk(await orderRuns(ctx, SYSTEM, id, { process: 'noise', parameters: {} }));
  if (population !== 'none') expectOk(await orderRuns(ctx, SYSTEM, id, { process: 'walk', parameters: { minutes: 10 } }));
}
