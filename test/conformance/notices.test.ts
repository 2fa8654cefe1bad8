import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { watch } from '../../src/modules/sensors/public.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { verifyJournal } from '../../src/platform/journal/journal.ts';
import { engines } from '../support/temporary-database.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

const START = Temporal.Instant.from('2026-11-28T03:00:00Z');
let now = START;
const LAYER = 'Hinweis_Pegel';

/** A gauge with one level a quarter of an hour; the last one is what counts. */
async function gauge(city: WholeCity, id: number, more: object = {}): Promise<void> {
  await city.ctx.database.write(async (tx) => {
    await sql`create table if not exists sensors.observation_test partition of sensors.observation for values from ('2026-11-01') to ('2027-12-01')`.execute(
      tx,
    );
    await sql`insert into sensors.sensor (id, name, description, encoding_type, metadata) values (7000, 'Pegel', '', 'text/html', '""') on conflict do nothing`.execute(
      tx,
    );
    await sql`insert into sensors.thing (id, name, description) values (${id}, ${`Pegel ${id}`}, '')`.execute(tx);
    await sql`insert into sensors.location (id, name, description, encoding_type, location, geometry)
      values (${id}, 'Ort', '', '', '{}', st_setsrid(st_makepoint(9.97, 53.54), 4326))`.execute(tx);
    await sql`insert into sensors.thing_location values (${id}, ${id})`.execute(tx);
    await sql`insert into sensors.stream (id, name, description, observation_type, unit, properties, thing_id, sensor_id)
      values (${id}, 'Wasserstand', '', '', '{"symbol":"m"}', ${JSON.stringify({ layerName: LAYER, ...more })}::jsonb, ${id}, 7000)`.execute(tx);
    await sql`insert into sensors.summary (stream_id) values (${id})`.execute(tx);
  });
}

async function level(city: WholeCity, id: number, value: number, at = now): Promise<void> {
  await city.ctx.database.write(async (tx) => {
    await sql`with o as (insert into sensors.observation (stream_id, phenomenon_start, result_number) values (${id}, ${at.toString()}::timestamptz, ${value}) returning id, phenomenon_start)
      update sensors.summary set latest_id = o.id, latest_start = o.phenomenon_start from o where stream_id = ${id}`.execute(tx);
  });
}

interface Notice {
  rule: string;
  streamId: number;
  value: number | null;
  measuredAt: string | null;
  clearedAt: string | null;
  condition: string;
}

for (const engine of engines) {
  describe(`notices from streams on ${engine}`, () => {
    let city: WholeCity;
    let server: CityServer;
    before(async () => {
      now = START;
      city = await wholeCity({ engine, clock: () => now });
      server = serverOf(city, (token) => ACTORS[token as TestActor]);
      await gauge(city, 7001);
      await gauge(city, 7002, { access: 'internal' });
    });
    after(() => city.close());

    const send = (method: string, path: string, body: object | undefined, who: TestActor = 'administration') =>
      server.request(path, {
        method,
        headers: { ...as(who), 'content-type': 'application/json', origin: 'http://localhost:8080' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const set = async (body: object): Promise<string> => {
      const answer = await send('POST', '/api/sensors/rules', { severity: 'alarm', ...body });
      assert.equal(answer.status, 201, await answer.clone().text());
      return ((await answer.json()) as { id: string }).id;
    };
    const notices = async (query = '', headers = {}): Promise<Notice[]> => {
      const answer = await server.request(`/api/sensors/notices?${query}`, { headers });
      assert.equal(answer.status, 200, await answer.clone().text());
      return ((await answer.json()) as { items: Notice[] }).items;
    };

    it('a flood is reported once, stays while the water stands between, ends once, and is in the journal', async () => {
      const rule = await set({ name: 'Sturmflut', layer: LAYER, condition: { kind: 'threshold', side: 'above', limit: 4.5, clear: 4 } });
      await level(city, 7001, 4.49);
      assert.equal(await watch(city.ctx), 0);
      now = now.add({ minutes: 15 });
      await level(city, 7001, 4.6);
      await level(city, 7002, 5);
      assert.equal(await watch(city.ctx), 2);
      assert.equal(await watch(city.ctx), 0, 'looking again changes nothing');
      const [open, ...none] = await notices();
      assert.deepEqual(none, [], 'what is kept inside is not told outside');
      assert.deepEqual([open!.value, open!.measuredAt, open!.condition], [4.6, '2026-11-28T03:15:00Z', 'Wert mindestens 4,5 m, vorbei erst unter 4 m']);
      assert.equal((await notices('', as('leitung'))).length, 2);
      now = now.add({ minutes: 15 });
      await level(city, 7001, 4.2);
      assert.equal(await watch(city.ctx), 0);
      now = now.add({ minutes: 15 });
      await level(city, 7001, 3.9);
      assert.equal(await watch(city.ctx), 1);
      assert.deepEqual(await notices(), []);
      assert.equal((await notices('all=true'))[0]?.clearedAt, '2026-11-28T03:45:00Z');
      const kinds = (
        await city.ctx.journal.readAfter(city.ctx.database.read, 0, { kinds: ['sensors.rule-set', 'sensors.notice-raised', 'sensors.notice-cleared'] })
      ).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['sensors.rule-set', 'sensors.notice-raised', 'sensors.notice-raised', 'sensors.notice-cleared']);
      assert.equal((await send('DELETE', `/api/sensors/rules/${rule}`, undefined)).status, 200);
      assert.equal((await notices('', as('leitung'))).length, 0, 'the end of a rule clears what it had raised');
      assert.equal((await verifyJournal(city.ctx.database.read)).broken, undefined);
    });

    it('a stream closed to the public later takes its old notices along', async () => {
      await gauge(city, 7003);
      await level(city, 7003, 8);
      const id = await set({ name: 'Später geschlossen', streamId: 7003, condition: { kind: 'threshold', side: 'above', limit: 7, clear: 7 } });
      assert.equal(await watch(city.ctx), 1);
      assert.equal((await notices()).length, 1);
      await send('PATCH', '/sta/v1.1/Datastreams(7003)', { properties: { layerName: LAYER, access: 'internal' } });
      assert.deepEqual(await notices(), []);
      assert.equal((await notices('', as('leitung'))).length, 1);
      await send('DELETE', `/api/sensors/rules/${id}`, undefined);
    });

    it('whoever deletes a watched stream ends its rule, and the journal says so', async () => {
      await gauge(city, 7004);
      await level(city, 7004, 8);
      await set({ name: 'Allein', streamId: 7004, condition: { kind: 'threshold', side: 'above', limit: 7, clear: 7 } });
      const layer = await set({ name: 'Ebene', layer: LAYER, condition: { kind: 'threshold', side: 'above', limit: 7, clear: 7 } });
      assert.ok((await watch(city.ctx)) >= 2);
      assert.equal((await send('DELETE', '/sta/v1.1/Things(7004)', undefined)).status, 200);
      const before = (await city.ctx.journal.readAfter(city.ctx.database.read, 0, { kinds: ['sensors.rule-ended', 'sensors.notice-cleared'] })).length;
      assert.equal(await watch(city.ctx), 3, 'the rule ends with its notice, and the notice of the layer is cleared');
      assert.equal(await watch(city.ctx), 0);
      assert.ok(!(await notices('', as('leitung'))).some(({ streamId }) => streamId === 7004));
      const after = await city.ctx.journal.readAfter(city.ctx.database.read, 0, { kinds: ['sensors.rule-ended', 'sensors.notice-cleared'] });
      assert.deepEqual(
        after
          .slice(before)
          .map(({ kind }) => kind)
          .toSorted(),
        ['sensors.notice-cleared', 'sensors.rule-ended'],
      );
      await send('DELETE', `/api/sensors/rules/${layer}`, undefined);
    });

    it('two sweepers at once raise one notice', async () => {
      const id = await set({ name: 'Doppelt', streamId: 7001, condition: { kind: 'threshold', side: 'below', limit: 9, clear: 9 } });
      const changes = await Promise.all([watch(city.ctx), watch(city.ctx), watch(city.ctx)]);
      assert.equal(
        changes.reduce((sum, one) => sum + one, 0),
        1,
      );
      await send('DELETE', `/api/sensors/rules/${id}`, undefined);
    });

    it('a rise is measured against the past, and silence against the clock', async () => {
      const rise = await set({ name: 'Steigt', streamId: 7001, condition: { kind: 'rate', side: 'rising', perHour: 1, minutes: 30 } });
      const silence = await set({ name: 'Stumm', streamId: 7001, condition: { kind: 'absence', minutes: 60 } });
      now = now.add({ minutes: 45 });
      await level(city, 7001, 5);
      assert.equal(await watch(city.ctx), 1);
      assert.deepEqual(
        (await notices()).map(({ rule }) => rule),
        ['Steigt'],
      );
      now = now.add({ minutes: 61 });
      await watch(city.ctx);
      assert.deepEqual(
        (await notices()).map(({ rule }) => rule),
        ['Stumm', 'Steigt'],
      );
      for (const id of [rise, silence]) await send('DELETE', `/api/sensors/rules/${id}`, undefined);
    });

    it('a cursor that somebody made up begins the list anew', async () => {
      const made = (key: readonly string[]) => Buffer.from(JSON.stringify(key)).toString('base64url');
      const all = await notices('all=true');
      for (const key of [['9999-99-99T99:99:99Z', '-'.repeat(36)], ['2026-11-28T03:00:00Z', '-'.repeat(36)], ['gestern', 'x'], []])
        assert.deepEqual(await notices(`all=true&cursor=${made(key)}`), all);
    });

    it('notices come a page at a time, without gaps or doubles', async () => {
      const all = await notices('all=true', as('leitung'));
      const seen: Notice[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const answer: Response = await server.request(`/api/sensors/notices?all=true&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`, {
          headers: as('leitung'),
        });
        const page = (await answer.json()) as { items: Notice[]; next: string | null };
        seen.push(...page.items);
        cursor = page.next;
      }
      assert.ok(all.length >= 3);
      assert.deepEqual(seen, all);
    });

    it('one value dated far ahead silences no rule', async () => {
      await gauge(city, 7005);
      await level(city, 7005, 8);
      await level(city, 7005, 0, now.add({ hours: 2000 }));
      const id = await set({ name: 'Zukunft', streamId: 7005, condition: { kind: 'threshold', side: 'above', limit: 7, clear: 7 } });
      const silence = await set({ name: 'Stille', streamId: 7005, condition: { kind: 'absence', minutes: 60 } });
      assert.equal(await watch(city.ctx), 1);
      now = now.add({ minutes: 61 });
      assert.equal(await watch(city.ctx), 1, 'nothing has been measured for an hour');
      for (const rule of [id, silence]) await send('DELETE', `/api/sensors/rules/${rule}`, undefined);
    });

    it('a thing in an area is reported', async () => {
      const ring = [
        [9.9, 53.5],
        [10, 53.5],
        [10, 53.6],
        [9.9, 53.6],
        [9.9, 53.5],
      ];
      const id = await set({ name: 'Hafen', streamId: 7001, condition: { kind: 'geofence', when: 'inside', ring } });
      assert.equal(await watch(city.ctx), 1);
      await send('DELETE', `/api/sensors/rules/${id}`, undefined);
    });

    it('a wrong rule is refused at its field, by page and API, and keeps what was typed', async () => {
      for (const [body, field] of [
        [{ name: ' ', layer: LAYER, condition: { kind: 'absence', minutes: 5 } }, 'name'],
        [{ name: 'x', condition: { kind: 'absence', minutes: 5 } }, 'layer'],
        [{ name: 'x', streamId: 99, condition: { kind: 'absence', minutes: 5 } }, 'streamId'],
        [{ name: 'x', layer: LAYER, condition: { kind: 'absence', minutes: 0.5 } }, 'minutes'],
        [{ name: 'x', layer: LAYER, condition: { kind: 'threshold', side: 'above', limit: 1, clear: 2 } }, 'clear'],
        [{ name: 'x', layer: LAYER, condition: { kind: 'geofence', when: 'inside', ring: [[1, 2]] } }, 'ring'],
      ] as const) {
        const answer = await send('POST', '/api/sensors/rules', { severity: 'hint', ...body });
        assert.equal(answer.status, 422, field);
        assert.equal(((await answer.json()) as { errors: { field: string }[] }).errors[0]?.field, field);
      }
      const page = await server.request('/verwaltung/messregeln?art=threshold', {
        method: 'POST',
        headers: { ...as('administration'), origin: 'http://localhost:8080' },
        body: new URLSearchParams({ kind: 'threshold', name: 'Hochwasser an der Alster', layer: LAYER, limit: 'viel', clear: '', severity: 'alarm' }),
      });
      assert.equal(page.status, 422);
      const text = await page.text();
      assert.match(text, /value="Hochwasser an der Alster"/);
      assert.match(text, /value="viel"/);
      assert.match(text, /Geben Sie den Grenzwert als Zahl an/);
    });

    it('a rule is written on a page without JavaScript, and ended there', async () => {
      const post = (path: string, fields: Record<string, string>) =>
        server.request(path, { method: 'POST', headers: { ...as('administration'), origin: 'http://localhost:8080' }, body: new URLSearchParams(fields) });
      assert.equal(
        (await post('/verwaltung/messregeln', { kind: 'threshold', name: 'Von der Seite', layer: LAYER, side: 'above', limit: '4,5', severity: 'warning' }))
          .status,
        303,
      );
      const text = await (await server.request('/verwaltung/messregeln', { headers: as('administration') })).text();
      assert.match(text, /Wert mindestens 4,5 m/);
      const end = /action="(\/verwaltung\/messregeln\/[0-9a-f-]+\/beenden)"/.exec(text)![1]!;
      assert.equal((await post(end, {})).status, 303);
      assert.equal((await post(end, {})).status, 404);
    });
  });
}
