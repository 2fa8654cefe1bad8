import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { cityFrame } from '../../src/frame.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { expectOk, ok, refuse } from '../../src/kernel/result.ts';
import { define, indicatorsModule, type IndicatorsContext } from '../../src/modules/indicators/public.ts';
import { createJournal } from '../../src/platform/journal/journal.ts';
import { sensorCity, type SensorCity } from '../support/sensor-city.ts';
import { memoryLog, testServer } from '../support/test-server.ts';

const STRATEGY: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000000a', roles: ['strategie'], authorities: [] };

let city: SensorCity;
let ctx: IndicatorsContext;
const asked: string[] = [];

before(async () => {
  city = await sensorCity('pglite');
  ctx = {
    settings: { env: 'demo', publicUrl: 'http://localhost:8080', city: 'Demo-Stadt' },
    clock: () => Temporal.Instant.from('2026-11-02T09:00:00Z'),
    ...{ database: city.database, journal: createJournal(), log: memoryLog(), ports: {}, serviceName: () => undefined },
    // the other computer is this city's own SensorThings service
    outbound: {
      async text(url) {
        asked.push(url);
        const answer = await city.client.get(url);
        const text = await answer.text();
        return answer.ok ? ok({ text, mediaType: 'application/json' }) : refuse({ kind: 'unavailable', detail: text });
      },
      download: () => assert.fail('nothing is downloaded'),
      admit: () => assert.fail('no other protocol'),
    },
  };
});
after(() => city.close());

it('an indicator takes the observations of a Datastream of our own service, and only those of its days', async () => {
  const all = await city.client.json('Datastreams(1)/Observations?$select=result,phenomenonTime&$top=1000');
  const inDays = all.value!.filter(({ phenomenonTime }) => {
    const day = Temporal.Instant.from(String(phenomenonTime).split('/')[0]!).toZonedDateTimeISO('Europe/Berlin').toPlainDate().toString();
    return day === '2026-11-01';
  });
  // the first two of ten were measured before midnight in Hamburg
  assert.ok(inDays.length === 8 && inDays.every(({ result }) => typeof result === 'number'), `${inDays.length} observations`);
  const three = { de: 'Probe', en: 'Probe', leicht: 'Probe' };
  expectOk(
    await define(ctx, STRATEGY, {
      ...{ key: 'gemessen', kind: 'imported', name: three, definition: three, confidenceReason: three, formula: '', unit: 'count', better: 'more' },
      ...{ origin: 'imported', source: 'SensorThings der Stadt', owner: 'Leitstelle', confidence: 'high', reason: 'Probe', version: 0 },
    }),
  );
  const module = indicatorsModule(ctx, cityFrame({ demo: true }).view);
  const server = testServer(module.routes, { clock: ctx.clock, database: city.database, authenticate: async () => ({ actor: STRATEGY }) });
  const call = async (method: string, path: string, body?: object): Promise<{ status: number; text: string }> => {
    const headers = { cookie: 'kontor_session=x', 'content-type': 'application/json' };
    const answer = await server.request(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: answer.status, text: await answer.text() };
  };
  const source = { kind: 'sensorthings', url: 'http://localhost:8080/sta/v1.1/Datastreams(1)', aggregate: 'sum', days: 1, staleAfterDays: 2 };
  assert.equal((await call('PUT', '/api/indicators/gemessen/source', source)).status, 200);
  const fetched = await call('POST', '/api/indicators/gemessen/fetch');
  assert.equal(fetched.status, 200, fetched.text);
  const sum = inDays.reduce((total, { result }) => total + Number(result), 0);
  const { state, asOf } = expectOk(await module.indicators.one('gemessen'));
  assert.ok(state.kind === 'known' && Math.abs(state.value - sum) < 1e-9, JSON.stringify({ state, sum }));
  assert.equal(asOf?.toString(), '2026-10-31T23:00:00Z', 'yesterday, as it began in Hamburg');
  assert.equal(asked.length, 1);
});
