import assert from 'node:assert/strict';
import type { Database } from '../../src/platform/database/port.ts';
import { insertSensors } from './sensor-rows.ts';
import { testClock } from './temporary-city.ts';
import type { Engine } from './temporary-database.ts';
import { ACTORS, as, type TestActor } from './test-server.ts';
import { serverOf, wholeCity, type WholeCity } from './whole-city.ts';

/** A set or one entity, as the service sends it. */
export type Answer = Record<string, unknown> & { value?: readonly Record<string, unknown>[] };

export interface SensorClient {
  /** Path below the service's root, or a whole link. */
  get(path: string, who?: TestActor): Promise<Response>;
  json(path: string, who?: TestActor): Promise<Answer>;
}

export const ORIGIN = 'http://localhost:8080';
export const ROOT = '/sta/v1.1';

export interface SensorCity {
  readonly client: SensorClient;
  readonly database: Database;
  /** Requests that ended in an error of ours. */
  failures(): readonly unknown[];
  close(): Promise<void>;
}

/** The whole city with the rows of `sensor-rows.ts`. */
export async function sensorCity(engine: Engine): Promise<SensorCity> {
  // now() stands still, so that pages ordered by it can be compared
  const city = await wholeCity({ engine, clock: testClock().now });
  await insertSensors(city.ctx.database);
  return {
    client: clientOf(city),
    database: city.ctx.database,
    failures: () => city.log.lines.filter(({ event }) => event === 'http.failed'),
    close: () => city.close(),
  };
}

export const idsOf = ({ value = [] }: Answer): unknown[] => value.map((one) => one['@iot.id']);

function clientOf(city: WholeCity): SensorClient {
  const server = serverOf(city, (token) => (token in ACTORS ? ACTORS[token as TestActor] : undefined));
  const get = async (path: string, who?: TestActor): Promise<Response> => {
    const url = path.startsWith(ORIGIN) ? path : `${ORIGIN}${ROOT}/${path}`;
    return server.request(new URL(url).href, { headers: who === undefined ? {} : as(who) });
  };
  return {
    get,
    async json(path, who) {
      const response = await get(path, who);
      const text = await response.text();
      assert.equal(response.status, 200, `${path}: ${text.slice(0, 500)}`);
      return JSON.parse(text) as Answer;
    },
  };
}
