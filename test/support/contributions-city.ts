import { pointInRing, type Ring } from '../../src/kernel/geo.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { makeParticipation, type ContributionsContext } from '../../src/modules/contributions/public.ts';
import { contributionsJobs, contributionsRoutes } from '../../src/modules/contributions/public.ts';
import type { ParticipationFacts } from '../../src/modules/contributions/domain/participation.ts';
import { viewOf } from '../../src/platform/ui/view.ts';
import { temporaryCity, type TemporaryCity } from './temporary-city.ts';
import type { Engine } from './temporary-database.ts';
import { ACTORS, testServer } from './test-server.ts';

const SQUARE: Ring = [
  [9.9, 53.5],
  [10, 53.5],
  [10, 53.6],
  [9.9, 53.6],
  [9.9, 53.5],
];
export const DISPLAY = '0190a000-0000-7000-8000-0000000000d1';

/** What the public collection holds, as a map instead of the module geodata. */
export type Collected = Map<string, string>;

export interface ContributionsCity extends Omit<TemporaryCity, 'ctx'> {
  readonly ctx: ContributionsContext;
  readonly server: ReturnType<typeof testServer>;
  readonly collected: Collected;
  /** A participation of the test's authority that runs from today on for ten days. */
  readonly make: (change?: Partial<ParticipationFacts>) => Promise<void>;
}

export const FACTS: Omit<ParticipationFacts, 'startsOn' | 'endsOn'> = {
  key: 'hafenplatz',
  title: 'Der Hafenplatz',
  text: 'Was soll auf dem Platz entstehen?',
  area: [SQUARE],
  categories: [
    { id: 'verkehr', name: 'Verkehr' },
    { id: 'gruen', name: 'Grün' },
  ],
  moderation: 'before',
  authority: 'bezirk-altona',
};

/** A city with nothing but contributions; its neighbours are in memory. */
export async function contributionsCity(options: { engine?: Engine; serve?: Partial<Parameters<typeof testServer>[1]> } = {}): Promise<ContributionsCity> {
  const collected: Collected = new Map();
  const around = (base: TemporaryCity['ctx']): ContributionsContext => ({
    ...base,
    secret: 'a secret of at least thirty-two characters',
    districts: () => [{ id: 'altona', name: 'Altona', rings: [SQUARE] }],
    districtAt: (place) => (pointInRing(place, SQUARE) ? 'Altona' : undefined),
    authorityName: () => 'Bezirksamt Altona',
    displays: async (id) => (id === DISPLAY ? { id, title: 'Auslegung am Hafen', open: true } : undefined),
    reach: async (_, accountId) => (accountId === ACTORS.citizen.accountId ? { to: 'katharina@buerger.example', lang: 'de' } : undefined),
    collection: {
      put: async (one) => void collected.set(one.id, one.title),
      drop: async (id) => void collected.delete(id),
    },
  });
  const city = await temporaryCity({ ...(options.engine === undefined ? {} : { engine: options.engine }), jobs: (base) => contributionsJobs(around(base)) });
  const ctx = around(city.ctx);
  const server = testServer(
    contributionsRoutes(ctx, (visit) => viewOf(visit, { demo: true }), city.hub),
    { clock: city.clock.now, database: city.database, ...options.serve },
  );
  return {
    ...city,
    ctx,
    server,
    collected,
    async make(change = {}) {
      const startsOn = city.clock.now().toZonedDateTimeISO('Europe/Berlin').toPlainDate();
      expectOk(await makeParticipation(ctx, ACTORS.sachbearbeitung, { ...FACTS, startsOn, endsOn: startsOn.add({ days: 10 }), ...change }));
    },
  };
}
