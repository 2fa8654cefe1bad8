import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCity, type City } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import type { Clock } from '../../src/kernel/time.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { markingDatabase } from '../../src/platform/http/idempotency.ts';
import { memoryLog, testServer } from './test-server.ts';
import { temporaryDatabase, type Engine } from './temporary-database.ts';

/** The city's own routes behind sessions whose tokens `actorOf` knows; pages are bare. */
export function serverOf(
  city: WholeCity,
  actorOf: (token: string) => Actor | undefined | Promise<Actor | undefined>,
  clock: Clock = city.ctx.clock,
): CityServer {
  // these the server brings itself
  const own = new Set(['/health', '/ready', '/api', '/api/openapi.json']);
  return testServer(
    city.server.routes.filter((route) => !own.has(route.path)),
    {
      clock,
      log: city.log,
      database: city.ctx.database,
      authenticate: async (token) => {
        const actor = await actorOf(token);
        return actor === undefined ? undefined : { actor };
      },
    },
  );
}

export interface WholeCity extends City {
  readonly log: ReturnType<typeof memoryLog>;
}

/** The city exactly as `npm start` wires it, on a temporary database and without a port. */
export async function wholeCity(options: { engine?: Engine; clock?: Clock; env?: Record<string, string> } = {}): Promise<WholeCity> {
  const directory = mkdtempSync(join(tmpdir(), 'kontor-city-'));
  const config = readConfig({ KONTOR_DATA: directory, KONTOR_RATE_LIMIT: '0', KONTOR_DEMO_DATA: 'small', ...options.env });
  const log = memoryLog();
  const { database } = await temporaryDatabase(options.engine);
  const stopping = new AbortController();
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  const city = await openCity({ config, log, database: Promise.resolve(markingDatabase(database)), stopping: stopping.signal, ...clock });
  return {
    ...city,
    log,
    async close() {
      stopping.abort();
      await city.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
