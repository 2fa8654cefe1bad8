import type { Actor } from '../../src/kernel/actor.ts';
import type { Use } from '../../src/kernel/usage.ts';
import { outreachRoutes, type OutreachContext } from '../../src/modules/outreach/public.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { viewOf } from '../../src/platform/ui/view.ts';
import { temporaryCity, type TemporaryCity } from './temporary-city.ts';
import { testServer } from './test-server.ts';

const staff = (last: string, role: 'presse' | 'strategie' | 'revision' | 'leitung' | 'sachbearbeitung'): Actor => ({
  kind: 'staff',
  staffId: `0190a000-0000-7000-8000-0000000000${last}`,
  roles: [role],
  authorities: [],
});
const ACTORS: Readonly<Record<string, Actor>> = {
  presse: staff('a1', 'presse'),
  strategie: staff('a2', 'strategie'),
  revision: staff('a3', 'revision'),
  leitung: staff('a4', 'leitung'),
  sachbearbeitung: staff('a5', 'sachbearbeitung'),
  citizen: { kind: 'citizen', accountId: '0190a000-0000-7000-8000-000000000001', trust: 'einfach' },
};
export type OutreachActor = 'presse' | 'strategie' | 'revision' | 'leitung' | 'sachbearbeitung' | 'citizen';

export interface OutreachCity extends Omit<TemporaryCity, 'ctx'> {
  readonly ctx: OutreachContext;
  readonly server: CityServer;
  /** What was handed on to be counted. */
  readonly counted: Use[];
  readonly page: (path: string, who?: OutreachActor, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  readonly form: (path: string, fields: Readonly<Record<string, string>> | URLSearchParams, who?: OutreachActor) => Promise<Response>;
  readonly json: (method: string, path: string, body?: unknown, who?: OutreachActor) => Promise<Response>;
}

/** A city with nothing but campaigns; whoever counts is a list. `change` replaces ports. */
export async function outreachCity(change: Partial<OutreachContext> = {}): Promise<OutreachCity> {
  const city = await temporaryCity();
  const counted: Use[] = [];
  let state = 7;
  const ctx: OutreachContext = {
    ...city.ctx,
    count: (reader, use) => void (reader !== undefined && counted.push(use)),
    random: () => ((state = (state * 48271) % 2147483647), state / 2147483647),
    services: () => [
      { key: 'hund', name: { de: 'Hund anmelden', en: 'Register a dog', leicht: 'Hund anmelden' } },
      { key: 'wohnung', name: { de: 'Wohnung anmelden', en: 'Register a flat', leicht: 'Wohnung anmelden' } },
    ],
    ...change,
  };
  const server = testServer(
    outreachRoutes(ctx, (visit) => viewOf(visit, { demo: true })),
    {
      clock: city.clock.now,
      log: city.log,
      database: city.database,
      authenticate: async (token) => (ACTORS[token] === undefined ? undefined : { actor: ACTORS[token] }),
    },
  );
  const session = (who?: OutreachActor): Record<string, string> => (who === undefined ? {} : { cookie: `kontor_session=${who}` });
  return {
    ...city,
    ctx,
    server,
    counted,
    page: (path, who, headers = {}) => server.request(path, { headers: { ...session(who), ...headers } }),
    form: (path, fields, who = 'presse') => server.request(path, { method: 'POST', headers: session(who), body: new URLSearchParams(fields) }),
    json: (method, path, body, who = 'presse') =>
      server.request(path, {
        method,
        headers: { ...session(who), 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** A campaign as its form posts it; it runs from the test's day on. */
export const CAMPAIGN: Readonly<Record<string, string>> = {
  title: 'Hund anmelden, digital',
  titleEn: 'Register a dog, digitally',
  titleLeicht: 'Hund anmelden im Internet',
  aim: 'Mehr Menschen melden ihren Hund online an.',
  services: 'hund',
  rate: 'take-up',
  from: '24',
  to: '40',
  by: '31.12.2026',
  audience: 'Menschen mit Hund',
  places: 'Rathaus\nStadtpark',
  channels: 'poster',
  material: 'Plakat A3',
  budget: '12.500,00',
  spent: '0',
  startsOn: '24.11.2026',
  endsOn: '31.12.2026',
  source: 'eigene Planung',
  own: 'ja',
};
