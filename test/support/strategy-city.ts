import { fillDemoStrategy } from '../../src/demo-strategy.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import type { Indicator, Indicators } from '../../src/kernel/indicator.ts';
import { refuse, ok } from '../../src/kernel/result.ts';
import { cockpitFieldRoutes, cockpitJobs, cockpitRoutes, History, type CockpitContext } from '../../src/modules/cockpit/public.ts';
import { getFile, putFile } from '../../src/platform/files/files.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { lastEvents } from '../../src/platform/journal/last-events.ts';
import { viewOf } from '../../src/platform/ui/view.ts';
import { temporaryCity, type TemporaryCity } from './temporary-city.ts';
import type { Engine } from './temporary-database.ts';
import { ACTORS, testServer } from './test-server.ts';

const SERVICES = ['baumfaellung', 'bewohnerparkausweis', 'hund', 'sondernutzung', 'wohnraumschutznummer', 'baugenehmigung', 'bebauungsplan', 'aufgrabeschein'];
const say = (text: string) => ({ de: text, en: text, leicht: text });

const indicator = (key: string, more: Partial<Indicator>): Indicator => ({
  key,
  name: say(`Kennzahl ${key}`),
  definition: say('Zum Prüfen.'),
  formula: 'a / b',
  unit: 'share',
  origin: 'live',
  owner: 'Leitstelle',
  source: 'Journal',
  confidence: 'high',
  confidenceReason: say('Zum Prüfen.'),
  better: 'more',
  events: ['procedure.antrag-eingereicht', 'usage.counter-cases'],
  state: { kind: 'known', value: 0.25 },
  asOf: Temporal.Instant.from('2026-11-20T08:00:00Z'),
  cases: 400,
  light: undefined,
  ...more,
});

/** Indicators that stand still: one red, one stale, one without a target. */
export const FIXED: readonly Indicator[] = [
  indicator('media-breaks', {
    better: 'less',
    events: ['procedure.antrag-eingereicht', 'procedure.bescheid-erlassen', 'procedure.bescheid-bekanntgegeben'],
    target: { value: 0.1, by: Temporal.PlainDate.from('2027-12-31'), source: 'eigene Setzung' },
    light: { light: 'red', rule: say('Rot: mehr als doppelt so viele wie das Ziel.') },
  }),
  indicator('open-data', {
    unit: 'count',
    events: ['indicators.snapshot'],
    state: { kind: 'stale', last: 12, since: Temporal.Instant.from('2026-08-01T00:00:00Z') },
  }),
  indicator('online-share', {}),
  indicator('satisfaction', { unit: 'score', events: [], state: { kind: 'unknown', reason: say('Niemand hat geantwortet.') } }),
];

export const fixedIndicators: Indicators = {
  list: async ({ service } = {}) => (service === undefined ? FIXED : FIXED.map((one) => ({ ...one, cases: 20 }))),
  one: async (key) => {
    const found = FIXED.find((one) => one.key === key);
    return found === undefined ? refuse({ kind: 'not-found', detail: 'Diese Kennzahl gibt es nicht.' }) : ok(found);
  },
  during: async (key) => fixedIndicators.one(key),
  history: async () => ['2026-09', '2026-10', '2026-11'].map((month) => ({ month, value: 0.2, cases: 100 })),
  forecast: async (key) =>
    key === 'online-share' ? { method: say('Fortgeschrieben.'), points: [{ month: '2026-11', low: 0.2, mid: 0.22, high: 0.25 }] } : undefined,
};

/** Session tokens: who keeps the strategy, who leads one of its units, and everybody that other tests know. */
export const STRATEGY_ACTORS: Readonly<Record<string, Actor>> = {
  ...ACTORS,
  strategie: { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000c1', roles: ['strategie'], authorities: [] },
  altona: { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000000c2', roles: ['leitung'], authorities: ['bezirksamt-altona'] },
};

export interface StrategyCity extends Omit<TemporaryCity, 'ctx'> {
  readonly ctx: CockpitContext;
  readonly server: CityServer;
}

/** A city with nothing but its strategy; indicators are in memory. */
export async function strategyCity(
  options: { engine?: Engine; filled?: boolean; indicators?: Indicators; burden?: NonNullable<CockpitContext['burden']> } = {},
): Promise<StrategyCity> {
  let cockpit: CockpitContext | undefined;
  const around = (base: TemporaryCity['ctx']): CockpitContext =>
    (cockpit ??= {
      ...base,
      history: new History(base.database),
      files: { put: putFile, get: async (sha256) => (await getFile(base.database.read, sha256))?.bytes },
      services: () =>
        SERVICES.map((key) => ({ key, name: say(key), authorities: key === 'baumfaellung' ? ['bezirksamt-altona'] : [], appliedFor: key !== 'bebauungsplan' })),
      lastEvents: (kinds) => lastEvents(base.database.read, kinds),
      ...(options.indicators === undefined ? {} : { indicators: options.indicators }),
      ...(options.burden === undefined ? {} : { burden: options.burden }),
    });
  const city = await temporaryCity({ ...(options.engine === undefined ? {} : { engine: options.engine }), jobs: (base) => cockpitJobs(around(base)) });
  const ctx = around(city.ctx);
  if (options.filled !== false) await fillDemoStrategy(ctx);
  const frame = (visit: Parameters<typeof viewOf>[0]) => viewOf(visit, { demo: true });
  const server = testServer([...cockpitRoutes(ctx, frame), ...cockpitFieldRoutes(ctx, frame)], {
    clock: ctx.clock,
    log: city.log,
    database: city.database,
    authenticate: async (token) => (STRATEGY_ACTORS[token] === undefined ? undefined : { actor: STRATEGY_ACTORS[token] }),
  });
  return { ...city, ctx, server };
}
