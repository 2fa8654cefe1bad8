import { pointInRing } from './kernel/geo.ts';
import { addRule, listRules, makeDemoStations, measureDemo, type DemoGround } from './modules/sensors/public.ts';
import type { Context } from './platform/context.ts';
import type { StartProgress } from './platform/http/starting.ts';
import { atLeisure } from './platform/jobs/give-way.ts';
import type { JobKind } from './platform/jobs/port.ts';
import { LINES, WATER_AREAS } from './platform/ui/basemap.ts';
import type { MapDistrict } from './platform/ui/static-map.ts';

/** How much of the city a demo measures. */
export type DemoSize = 'small' | 'full';
const SIZES: Readonly<Record<DemoSize, { readonly every: number; readonly hours: number }>> = {
  small: { every: 30, hours: 3 },
  full: { every: 1, hours: 24 },
};

/** Fills the twin of a demo behind the running city, and goes on where an earlier start was interrupted. */
export async function fillDemoTwin(ctx: Context, districts: readonly MapDistrict[], size: DemoSize, progress: (now: StartProgress) => void): Promise<void> {
  const { every, hours } = SIZES[size];
  await makeDemoStations(ctx, groundOf(districts), every);
  await watchTheWater(ctx);
  await measureDemo(ctx, {
    hours,
    each: async (step, done, total) => {
      progress({ step: 'Die Demo bekommt Messwerte', done, total });
      await atLeisure(step());
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
