import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { CityServer } from '../../src/platform/http/server.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

let city: WholeCity;
let server: CityServer;
before(async () => {
  city = await wholeCity();
  server = serverOf(city, (token) => ACTORS[token as TestActor]);
});
after(() => city.close());

const OFFICE = { ...as('administration'), origin: 'http://localhost:8080' };
const add = async (name: string): Promise<{ id: string; key: string }> => {
  const answer = await server.request('/api/devices', {
    method: 'POST',
    headers: { ...OFFICE, 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  assert.equal(answer.status, 201);
  return (await answer.json()) as { id: string; key: string };
};
/** The city's own server, which knows keys; no cookie comes along. */
const write = (key: string, headers = {}): Promise<Response> =>
  city.server.request('/sta/v1.1/Things', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ name: 'Pegel', description: 'x' }),
  });

describe('a device', () => {
  it('writes with its key, is named in the journal, and no longer after it is revoked', async () => {
    const { id, key } = await add('Pegel St. Pauli');
    const written = await write(key);
    assert.equal(written.status, 201, await written.clone().text());
    const entries = await city.ctx.journal.readAfter(city.ctx.database.read, 0, { kinds: ['sensors.created'] });
    assert.equal(entries.at(-1)?.actor, `device:${id}`);
    const revoked = await server.request(`/api/devices/${id}`, { method: 'DELETE', headers: OFFICE });
    assert.equal(revoked.status, 200);
    assert.equal((await write(key)).status, 401);
  });
  it('has a key that is kept nowhere', async () => {
    const { key } = await add('Geheim');
    const { rows } = await sql<{ all: string }>`select string_agg(d::text, ' ') as all from identity.device d`.execute(city.ctx.database.read);
    assert.ok(!rows[0]!.all.includes(key));
    assert.ok(!JSON.stringify(await city.ctx.journal.readAfter(city.ctx.database.read, 0)).includes(key));
    assert.ok(!JSON.stringify(city.log.lines).includes(key));
    const list = await server.request('/verwaltung/geraete', { headers: OFFICE });
    assert.ok(!(await list.text()).includes(key));
  });
  it('opens nothing but what is for devices', async () => {
    const { key } = await add('Neugierig');
    for (const path of ['/api/devices', '/eingang', '/verwaltung', '/api/cases', '/konto', '/api/sensors/rules']) {
      const answer = await city.server.request(path, { headers: { authorization: `Bearer ${key}` } });
      assert.ok([303, 401, 403].includes(answer.status), `${path}: ${answer.status}`);
    }
  });
  it('is nobody with a key that is wrong, empty or absurd', async () => {
    for (const key of ['falsch', '', 'x'.repeat(5000), "' or 1=1 --"]) assert.equal((await write(key)).status, 401);
  });
});

it('a page lets a device in and shows its key once; a name that is missing is said at the field', async () => {
  const post = (path: string, fields: Record<string, string>) => server.request(path, { method: 'POST', headers: OFFICE, body: new URLSearchParams(fields) });
  const made = await post('/verwaltung/geraete', { name: 'Von der Seite' });
  assert.equal(made.status, 201);
  const key = /<code class="k-code">([\w-]{43})<\/code>/.exec(await made.text())![1]!;
  assert.equal((await write(key)).status, 201);
  const wrong = await post('/verwaltung/geraete', { name: ' ' });
  assert.equal(wrong.status, 422);
  assert.match(await wrong.text(), /Geben Sie dem Gerät einen Namen/);
  const list = await (await server.request('/verwaltung/geraete', { headers: OFFICE })).text();
  const revoke = [...list.matchAll(/action="(\/verwaltung\/geraete\/[0-9a-f-]+\/sperren)"/g)].at(-1)![1]!;
  assert.equal((await post(revoke, {})).status, 303);
  assert.equal((await write(key)).status, 401);
});
