import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CityServer } from '../../src/platform/http/server.ts';
import { fillPlanData, rectangle } from './plan-data.ts';
import type { Engine } from './temporary-database.ts';
import { ACTORS, as, type TestActor } from './test-server.ts';
import { serverOf, wholeCity, type WholeCity } from './whole-city.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- documents of a protocol, looked at field by field
export type Json = Record<string, any>;
/** Who calls; `nobody` is not signed in. */
export type Caller = TestActor | 'nobody';

export const AREA = { value: rectangle(0, 0, 200), mediaType: 'application/geo+json' };
/** Keeps the one thread of a test busy for some seconds. */
export const LONG = { inputs: { area: { value: rectangle(0, 0, 4_000) }, trees: 'none', hour: Array.from({ length: 15 }, (_, i) => i + 6) } };
export const EXCEPTION = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';

/** The whole city with the rows of `plan-data.ts`, its workers running. */
export class ProcessCity {
  readonly city: WholeCity;
  readonly server: CityServer;

  private constructor(city: WholeCity) {
    this.city = city;
    this.server = serverOf(city, (token) => ACTORS[token as TestActor]);
  }

  static async open(engine: Engine): Promise<ProcessCity> {
    const city = await wholeCity({ engine });
    await fillPlanData(city.ctx);
    return new ProcessCity(city);
  }

  get = async (path: string, who: Caller = 'citizen'): Promise<Response> => this.server.request(path, { headers: who === 'nobody' ? {} : as(who) });

  json = async (path: string, who: Caller = 'citizen'): Promise<Json> => {
    const answer = await this.get(path, who);
    assert.equal(answer.status, 200, await answer.clone().text());
    return (await answer.json()) as Json;
  };

  send = async (method: string, path: string, body?: unknown, who: Caller = 'citizen', headers: Record<string, string> = {}): Promise<Response> =>
    this.server.request(path, {
      method,
      headers: { ...(who === 'nobody' ? {} : as(who)), 'content-type': 'application/json', origin: 'http://localhost:8080', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  execute = (id: string, body: unknown, headers: Record<string, string> = {}, who: Caller = 'citizen'): Promise<Response> =>
    this.send('POST', `/ogc/processes/${id}/execution`, body, who, headers);

  /** Orders a job. @returns its id */
  order = async (id: string, body: object, who: Caller = 'citizen'): Promise<string> => {
    const answer = await this.execute(id, body, { prefer: 'respond-async' }, who);
    assert.equal(answer.status, 201, await answer.clone().text());
    return ((await answer.json()) as Json)['jobID'];
  };

  /** Waits until the job is over. @returns its state */
  over = async (id: string, who: Caller = 'citizen'): Promise<Json> => {
    for (const end = performance.now() + 60_000; performance.now() < end; await sleep(50)) {
      const state = await this.json(`/ogc/jobs/${id}`, who);
      if (state['status'] !== 'accepted' && state['status'] !== 'running') return state;
    }
    throw new Error('the job did not end in time');
  };
}
