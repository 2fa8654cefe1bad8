import assert from 'node:assert/strict';
import { test } from 'node:test';
import { as, memoryLog, testServer } from '../../../test/support/test-server.ts';
import { dataRoute, type AnyRoute, type DataAnswer } from './route.ts';

const BYTES = { status: 200, headers: { 'content-type': 'application/x-tile', etag: '"7"' }, body: new Uint8Array([1, 2, 3]) };

/** A route that remembers `answer`, and otherwise says who asked. */
const tiles = (answer: () => Promise<DataAnswer | undefined> | undefined): AnyRoute =>
  dataRoute('get', '/tiles/:z/:x', 'public', async ({ actor, params }) => ({ status: 200, headers: {}, body: `${actor.kind} ${params['z']}/${params['x']}` }), {
    remembered: ([z]) => (z === '1' ? answer() : undefined),
  });
const known = tiles(async () => BYTES);

test('a remembered answer carries what every answer carries', async () => {
  const log = memoryLog();
  const server = testServer([known], { log, production: true });
  const [first, usual] = [await server.request('/tiles/1/2'), await server.request('/tiles/2/2')];
  assert.deepEqual([...new Uint8Array(await first.arrayBuffer())], [1, 2, 3]);
  assert.equal(await usual.text(), 'anonymous 2/2');
  const shared = [...usual.headers].filter(([name]) => !['content-type', 'x-request-id', 'vary'].includes(name));
  assert.ok(shared.length > 8);
  for (const [name, value] of shared) assert.equal(first.headers.get(name), value, name);
  assert.match(first.headers.get('x-request-id')!, /^[0-9a-f-]{36}$/);
  assert.notEqual((await server.request('/tiles/1/2')).headers.get('x-request-id'), first.headers.get('x-request-id'));
  assert.deepEqual(
    log.lines.map(({ event, facts }) => [event, facts['route'], facts['status']]),
    Array.from({ length: 3 }, () => ['http.request', '/tiles/:z/:x', 200]),
  );
});

test('it counts against the limit of the client, and the refusal is the usual one', async () => {
  const now = Temporal.Instant.from('2026-11-01T00:00:00Z');
  const server = testServer([known], { rateLimit: 0.01, clock: () => now });
  const statuses = [];
  for (let turn = 0; turn < 6; turn++) statuses.push((await server.request('/tiles/1/2')).status);
  assert.deepEqual(statuses, [200, 200, 200, 200, 429, 429]);
  const proxied = testServer([known], { rateLimit: 0.01, clock: () => now, trustedProxies: 1 });
  for (let turn = 0; turn < 8; turn++)
    assert.equal((await proxied.request('/tiles/1/2', { headers: { 'x-forwarded-for': `10.0.0.${turn}` } })).status, 200, 'each client has its own');
});

test('only a guest who reads is answered from memory', async () => {
  const server = testServer([known]);
  assert.equal(await (await server.request('/tiles/1/2', { headers: as('leitung') })).text(), 'staff 1/2');
  assert.equal(await (await server.request('/tiles/1/2', { headers: { authorization: 'Bearer x' } })).text(), 'anonymous 1/2');
  assert.equal((await server.request('/tiles/1/2', { method: 'POST' })).status, 404);
  for (const path of ['/tiles/1/2?f=mvt', '/tiles/%31/2']) assert.match(await (await server.request(path)).text(), /^anonymous 1\/2$/, path);
});

test('what is no longer at hand, or fails, is answered the usual way', async () => {
  for (const answer of [() => undefined, async () => undefined, () => Promise.reject(new Error('the database is gone'))]) {
    assert.equal(await (await testServer([tiles(answer)]).request('/tiles/1/2')).text(), 'anonymous 1/2');
  }
});

test('nothing but what everybody may read can be remembered', () => {
  const inside = dataRoute('get', '/inside', ['leitung'], async () => BYTES, { remembered: async () => BYTES });
  assert.throws(() => testServer([inside]), /everybody/);
});
