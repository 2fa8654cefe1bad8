import { setTimeout as sleep } from 'node:timers/promises';
import { fillDemoWays } from './demo-ways.ts';
import { pointInRing, type Position } from './kernel/geo.ts';
import { collectionsFor, demoBuildings, demoTrees, importFeatures, setCollection } from './modules/geodata/public.ts';
import { addRule, listRules, makeDemoStations, measureDemo, type DemoGround } from './modules/sensors/public.ts';
import type { Context } from './platform/context.ts';
import type { StartProgress } from './platform/http/starting.ts';
import { atLeisure } from './platform/jobs/give-way.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { LINES, WATER_AREAS } from './platform/ui/basemap.ts';
import type { MapDistrict } from './platform/ui/static-map.ts';

/** How much of the city a demo measures. */
export type DemoSize = 'small' | 'full';
const SIZES: Readonly<Record<DemoSize, { readonly every: number; readonly hours: number; readonly trees: number; readonly buildings: number }>> = {
  small: { every: 30, hours: 3, trees: 500, buildings: 60 },
  full: { every: 1, hours: 24, trees: 240_000, buildings: 600 },
};

/** Fills the twin of a demo behind the running city, and goes on where an earlier start was interrupted. */
export async function fillDemoTwin(ctx: Context, districts: readonly MapDistrict[], size: DemoSize, progress: (now: StartProgress) => void): Promise<void> {
  const { every, hours, trees, buildings } = SIZES[size];
  await makeDemoStations(ctx, groundOf(districts), every);
  await watchTheWater(ctx);
  await measureDemo(ctx, {
    hours,
    each: async (step, done, total) => {
      progress({ step: 'Die Demo bekommt Messwerte', done, total });
      await atLeisure(step());
    },
  });
  await outlineDistricts(ctx, districts);
  await fillDemoWays(ctx, size === 'small' ? 1 : 7);
  await fillDemoQuarter(ctx, buildings);
  await plantTrees(ctx, districts, trees, progress);
}

const DEMO = { kind: 'system', job: 'demo' } as const;
const INVENTED = { owner: 'Demo-Stadt', licence: 'https://creativecommons.org/publicdomain/zero/1.0/', demo: true } as const;

const isThere = async (ctx: Context, id: string, features: number): Promise<boolean> =>
  (await collectionsFor(ctx, DEMO)).some((one) => one.id === id && one.features >= features);

async function outlineDistricts(ctx: Context, districts: readonly MapDistrict[]): Promise<void> {
  if (await isThere(ctx, 'bezirke', districts.length)) return;
  const about = { ...INVENTED, quality: 'Von Hand vereinfachte Umrisse, zur Orientierung; nicht amtlich.' };
  await setCollection(ctx, DEMO, { id: 'bezirke', title: 'Bezirke', description: 'Die sieben Bezirke als vereinfachte Umrisse.', about, keyProperty: 'name' });
  async function* rows() {
    for (const [index, { name, rings }] of districts.entries()) {
      const geometry = { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) };
      yield { row: index + 1, value: { geometry, properties: { name } } };
    }
  }
  await importFeatures(ctx, DEMO, { collection: 'bezirke', source: 'demo bezirke', format: 'demo', rows: rows(), crs: () => 'CRS84' });
}

/** The demo's buildings: the first `count` of a made-up quarter. */
export async function fillDemoQuarter(ctx: Context, count: number): Promise<void> {
  if (await isThere(ctx, 'gebaeude', count)) return;
  await setCollection(ctx, DEMO, {
    id: 'gebaeude',
    title: 'Gebäude',
    description: 'Ein erfundenes Viertel mit Dächern (LoD 2.2).',
    about: { ...INVENTED, quality: 'Vom Programm erfunden: kein Haus steht dort.', keywords: ['Gebäude', '3D', 'LoD2'] },
  });
  await importFeatures(ctx, DEMO, { collection: 'gebaeude', source: `demo gebaeude ${count}`, format: 'demo', rows: demoBuildings(count), crs: () => '25832' });
}

/** In pieces, with rests between them; the import goes on where an earlier start was interrupted. */
async function plantTrees(ctx: Context, districts: readonly MapDistrict[], count: number, progress: (now: StartProgress) => void): Promise<void> {
  if (await isThere(ctx, 'strassenbaeume', count)) return;
  await setCollection(ctx, DEMO, {
    id: 'strassenbaeume',
    title: 'Straßenbäume',
    description: 'Erfundene Straßenbäume mit Art, Pflanzjahr, Stammumfang und Krone.',
    about: { ...INVENTED, quality: 'Vom Programm erfunden: kein Baum steht dort.', keywords: ['Baum', 'Straßenbaum', 'Grün'] },
  });
  const wet = (place: Position): boolean => WATER_AREAS.some(({ ring }) => pointInRing(place, ring));
  let started = performance.now();
  await importFeatures(ctx, DEMO, {
    collection: 'strassenbaeume',
    source: `demo ${count}`,
    format: 'demo',
    rows: demoTrees(count, districts, wet),
    crs: () => 'CRS84',
    async progress({ rowsRead }) {
      progress({ step: 'Die Demo bekommt Straßenbäume', done: rowsRead, total: count });
      await sleep(Math.min(500, performance.now() - started));
      started = performance.now();
    },
  });
}

/** What a demo measures while it runs. */
export function demoTwinJobs(ctx: Context, size: DemoSize): JobKind<never>[] {
  return [
    {
      name: 'demo.measure',
      cron: '* * * * *',
      handle: async () => {
        await measureDemo(ctx, SIZES[size]);
      },
    },
  ];
}

function groundOf(districts: readonly MapDistrict[]): DemoGround {
  const rings = districts.flatMap(({ rings: own }) => own);
  const points = (lines: readonly (typeof LINES)[number][]) => lines.flatMap(({ path }) => path.map(([lon, lat]) => ({ lon, lat })));
  return {
    roads: points(LINES.filter(({ kind }) => kind === 'road')),
    rivers: points(LINES.filter(({ kind }) => kind === 'river')),
    inside: (position) => rings.some((ring) => pointInRing(position, ring)) && !WATER_AREAS.some(({ ring }) => pointInRing(position, ring)),
  };
}

/** One rule on all gauges, so that a demo has something to report at high tide. */
async function watchTheWater(ctx: Context): Promise<void> {
  if ((await listRules(ctx)).length > 0) return;
  await addRule(
    ctx,
    { kind: 'system', job: 'demo' },
    { name: 'Hohes Wasser', layer: 'Wasserstand_NHN', condition: { kind: 'threshold', side: 'above', limit: 1.9, clear: 1.7 }, severity: 'warning' },
  );
}
