import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { engines } from '../support/temporary-database.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';
import type { CityServer } from '../../src/platform/http/server.ts';

const ROOT = 'http://localhost:8080/sta/v1.1';
const NOW = Temporal.Instant.from('2026-11-28T12:00:00Z');
const POINT = { type: 'Point', coordinates: [9.97, 53.54] };
const SENSOR = { name: 'Radar', description: 'Misst', encodingType: 'text/html', metadata: 'https://example.org' };
const PROPERTY = { name: 'Wasserstand', definition: 'https://example.org/w', description: 'Höhe' };
const STREAM = {
  name: 'Pegel',
  description: 'Höhe',
  observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
  unitOfMeasurement: { name: 'Meter', symbol: 'm', definition: 'x' },
};
const PLACE = { name: 'Anleger', description: 'Ponton', encodingType: 'application/geo+json', location: POINT };

for (const engine of engines) {
  describe(`writing SensorThings on ${engine}`, () => {
    let city: WholeCity;
    let server: CityServer;
    before(async () => {
      city = await wholeCity({ engine, clock: () => NOW });
      server = serverOf(city, (token) => ACTORS[token as TestActor]);
    });
    after(() => city.close());

    const send = (method: string, path: string, body?: unknown, who: TestActor | undefined = 'administration') =>
      server.request(path.startsWith('http') ? path : `${ROOT}/${path}`, {
        method,
        headers: { ...as(who), 'content-type': 'application/json', origin: 'http://localhost:8080' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const create = async (path: string, body: unknown): Promise<string> => {
      const answer = await send('POST', path, body);
      assert.equal(answer.status, 201, await answer.clone().text());
      return answer.headers.get('location')!;
    };
    const read = async (path: string): Promise<Record<string, unknown>> => {
      const answer = await server.request(path.startsWith('http') ? path : `${ROOT}/${path}`);
      assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
      return (await answer.json()) as Record<string, unknown>;
    };
    const count = async (path: string): Promise<number> => (await read(`${path}${path.includes('?') ? '&' : '?'}$count=true&$top=0`))['@iot.count'] as number;
    const station = async (more: object = {}): Promise<{ thing: string; stream: string }> => {
      const thing = await create('Things', {
        name: 'Station',
        description: 'x',
        Locations: [PLACE],
        Datastreams: [{ ...STREAM, Sensor: SENSOR, ObservedProperty: PROPERTY, ...more }],
      });
      const { value } = (await read(`${thing}/Datastreams`)) as { value: { '@iot.selfLink': string }[] };
      return { thing, stream: value[0]!['@iot.selfLink'] };
    };

    it('req/create-update-delete/create-entity: answers 201 with the address, where the entity is', async () => {
      const at = await create('Things', { name: 'Ding', description: 'Beschrieben', properties: { farbe: 'blau' } });
      assert.match(at, /\/sta\/v1\.1\/Things\(\d+\)$/);
      const { name, properties } = await read(at);
      assert.deepEqual([name, properties], ['Ding', { farbe: 'blau' }]);
    });
    it('what comes along with a request is in the journal, each entity by its name', async () => {
      const { stream } = await station();
      const number = /Datastreams\((\d+)\)/.exec(stream)![1];
      await create(`Datastreams(${number})/Observations`, {
        result: 1,
        FeatureOfInterest: { name: 'Stelle', description: 'x', encodingType: 'application/geo+json', feature: POINT },
      });
      const entries = await city.ctx.journal.readAfter(city.ctx.database.read, 0, { kinds: ['sensors.created'] });
      const kinds = entries.slice(-6).map(({ payload }) => (payload as { entity: string }).entity);
      assert.deepEqual(kinds.toSorted(), ['Datastream', 'FeatureOfInterest', 'Location', 'ObservedProperty', 'Sensor', 'Thing']);
      assert.ok(entries.some((entry) => entry.stream === `sensors:Datastreams(${number})`));
    });
    it('a Location that moves gives later observations a feature of their own', async () => {
      const { thing, stream } = await station();
      const featureOf = async (at: string): Promise<unknown> =>
        ((await read(`${at}/FeatureOfInterest`)) as { feature: { coordinates: unknown } }).feature.coordinates;
      const first = await create(`${stream}/Observations`, { result: 1 });
      const { value } = (await read(`${thing}/Locations`)) as { value: { '@iot.selfLink': string }[] };
      const place = value[0]!['@iot.selfLink'];
      assert.equal((await send('PATCH', place, { location: POINT })).status, 200);
      const same = await create(`${stream}/Observations`, { result: 2 });
      assert.deepEqual(
        (await read(`${same}/FeatureOfInterest`))['@iot.id'],
        (await read(`${first}/FeatureOfInterest`))['@iot.id'],
        'the same place is the same feature',
      );
      assert.equal((await send('PATCH', place, { location: { type: 'Point', coordinates: [10.1, 53.6] } })).status, 200);
      const second = await create(`${stream}/Observations`, { result: 3 });
      assert.deepEqual(
        [await featureOf(first), await featureOf(second)],
        [
          [9.97, 53.54],
          [10.1, 53.6],
        ],
      );
    });
    it('req/create-update-delete/create-entity: a Thing posted to a Location stands there', async () => {
      const place = await create('Locations', PLACE);
      const thing = await create(`${place.slice(place.indexOf('Locations('))}/Things`, { name: 'Boje', description: 'x' });
      assert.equal(((await read(`${thing}/Locations`)) as { value: object[] }).value.length, 1);
      assert.equal(((await read(`${thing}/HistoricalLocations`)) as { value: object[] }).value.length, 1);
    });
    it('req/create-update-delete/deep-insert: everything comes along in one request, tied together', async () => {
      const { thing, stream } = await station({ Observations: [{ result: 1.5, phenomenonTime: '2026-11-28T10:00:00Z' }, { result: 2 }] });
      const whole = await read(
        `${thing}?$expand=Locations,Datastreams($expand=Sensor,ObservedProperty,Observations($orderby=phenomenonTime)),HistoricalLocations`,
      );
      const [datastream] = whole['Datastreams'] as Record<string, unknown>[];
      assert.equal((whole['Locations'] as object[]).length, 1);
      assert.equal((whole['HistoricalLocations'] as object[]).length, 1, 'the server keeps where the thing was');
      assert.equal((datastream!['Sensor'] as { name: string }).name, 'Radar');
      assert.deepEqual(
        (datastream!['Observations'] as { result: number; phenomenonTime: string }[]).map(({ result, phenomenonTime }) => [result, phenomenonTime]),
        [
          [1.5, '2026-11-28T10:00:00.000Z'],
          [2, '2026-11-28T12:00:00.000Z'],
        ],
      );
      assert.equal((await read(stream))['phenomenonTime'], '2026-11-28T10:00:00.000Z/2026-11-28T12:00:00.000Z');
      const feature = await read(`${stream}/Observations?$expand=FeatureOfInterest`);
      assert.equal(((feature['value'] as Record<string, { name: string }>[])[0]!['FeatureOfInterest'] as { name: string }).name, 'Anleger');
    });
    it('req/create-update-delete/link-to-existing-entities: by number in the body or in the address', async () => {
      const thing = await create('Things', { name: 'A', description: 'b' });
      const id = (url: string): number => Number(/\((\d+)\)$/.exec(url)![1]);
      const [sensor, property] = [await create('Sensors', SENSOR), await create('ObservedProperties', PROPERTY)];
      const stream = await create(`Things(${id(thing)})/Datastreams`, {
        ...STREAM,
        Sensor: { '@iot.id': id(sensor) },
        ObservedProperty: { '@iot.id': id(property) },
      });
      assert.equal((await read(`${stream}/Thing`))['@iot.id'], id(thing));
      assert.equal((await read(`${stream}/ObservedProperty`))['@iot.id'], id(property));
    });
    it('req/multi-datastream: a result has as many parts as the stream', async () => {
      const stream = await create('MultiDatastreams', {
        name: 'Wind',
        description: 'Stärke und Richtung',
        unitOfMeasurements: [{ name: 'm/s' }, { name: 'Grad' }],
        multiObservationDataTypes: ['a', 'b'],
        Thing: { name: 'Mast', description: 'x' },
        Sensor: SENSOR,
        ObservedProperties: [PROPERTY, { ...PROPERTY, name: 'Richtung' }],
      });
      await create(`${stream.slice(ROOT.length + 1)}/Observations`, { result: [7.5, 270] });
      assert.deepEqual(((await read(`${stream}/Observations`))['value'] as { result: unknown }[])[0]!.result, [7.5, 270]);
      assert.deepEqual(
        ((await read(`${stream}/ObservedProperties`))['value'] as { name: string }[]).map(({ name }) => name),
        ['Wasserstand', 'Richtung'],
      );
      const short = await send('POST', `${stream.slice(ROOT.length + 1)}/Observations`, { result: [7.5] });
      assert.equal(short.status, 400);
    });
    it('req/create-update-delete/update-entity: PATCH changes what it names, PUT everything', async () => {
      const at = await create('Things', { name: 'Vorher', description: 'Bleibt', properties: { a: 1 } });
      assert.equal((await send('PATCH', at, { name: 'Nachher' })).status, 200);
      assert.deepEqual([(await read(at))['name'], (await read(at))['description']], ['Nachher', 'Bleibt']);
      assert.equal((await send('PUT', at, { name: 'Ganz' })).status, 400, 'PUT without a description is not whole');
      assert.equal((await send('PUT', at, { name: 'Ganz', description: 'neu' })).status, 200);
      assert.equal((await read(at))['description'], 'neu');
    });
    it('req/create-update-delete/update-entity-jsonpatch: step by step, whole or not at all', async () => {
      const at = await create('Things', { name: 'Vorher', description: 'Bleibt', properties: { a: 1, b: [1, 2] } });
      const patch = (steps: unknown) =>
        server.request(at, {
          method: 'PATCH',
          headers: { ...as('administration'), 'content-type': 'application/json-patch+json', origin: 'http://localhost:8080' },
          body: JSON.stringify(steps),
        });
      const done = await patch([
        { op: 'test', path: '/properties/a', value: 1 },
        { op: 'replace', path: '/name', value: 'Nachher' },
        { op: 'add', path: '/properties/b/-', value: 3 },
        { op: 'remove', path: '/properties/a' },
      ]);
      assert.equal(done.status, 200, await done.clone().text());
      const after = await read(at);
      assert.deepEqual([after['name'], after['description'], after['properties']], ['Nachher', 'Bleibt', { b: [1, 2, 3] }]);
      const refused = await patch([
        { op: 'replace', path: '/name', value: 'Halb' },
        { op: 'test', path: '/description', value: 'anders' },
      ]);
      assert.equal(refused.status, 400);
      assert.equal((await read(at))['name'], 'Nachher');
      assert.equal((await patch([{ op: 'remove', path: '/name' }])).status, 400, 'a thing keeps its name');
    });
    it('a thing that moves leaves a place in history', async () => {
      const { thing } = await station();
      await send('PATCH', thing, { Locations: [{ ...PLACE, name: 'Dock', location: { type: 'Point', coordinates: [9.99, 53.53] } }] });
      assert.deepEqual(
        ((await read(`${thing}/Locations`))['value'] as { name: string }[]).map(({ name }) => name),
        ['Dock'],
      );
      assert.equal(await count(`${thing.slice(ROOT.length + 1)}/HistoricalLocations`), 2);
    });
    it('req/create-update-delete/delete-entity: with what cannot be without it, and nothing else', async () => {
      const { thing, stream } = await station({ Observations: [{ result: 1 }, { result: 2 }] });
      const other = await station({ Observations: [{ result: 3 }] });
      assert.equal((await send('DELETE', thing)).status, 200);
      for (const gone of [thing, stream]) assert.equal((await server.request(gone)).status, 404);
      assert.equal(await count(`${other.stream.slice(ROOT.length + 1)}/Observations`), 1);
      const { rows } = await sql<{
        n: number;
      }>`select count(*)::int as n from sensors.observation o where not exists (select 1 from sensors.stream s where s.id = o.stream_id)`.execute(
        city.ctx.database.read,
      );
      assert.equal(rows[0]!.n, 0);
      assert.equal((await send('DELETE', thing)).status, 404);
    });
    it('the summary stays true when observations change or go', async () => {
      const { stream } = await station({
        Observations: [
          { result: 1, phenomenonTime: '2026-10-01T00:00:00Z' },
          { result: 2, phenomenonTime: '2026-11-01T00:00:00Z' },
        ],
      });
      const { value } = (await read(`${stream}/Observations?$orderby=phenomenonTime desc`)) as { value: { '@iot.selfLink': string }[] };
      await send('DELETE', value[0]!['@iot.selfLink']);
      assert.equal((await read(stream))['phenomenonTime'], '2026-10-01T00:00:00.000Z/2026-10-01T00:00:00.000Z');
      await send('PATCH', value[1]!['@iot.selfLink'], { result: 'Text', phenomenonTime: '2025-01-01T00:00:00Z' });
      const changed = await read(value[1]!['@iot.selfLink']);
      assert.deepEqual([changed['result'], changed['phenomenonTime']], ['Text', '2025-01-01T00:00:00.000Z']);
      assert.equal((await read(stream))['phenomenonTime'], '2025-01-01T00:00:00.000Z/2025-01-01T00:00:00.000Z');
    });
    it('req/data-array: many rows at once; a wrong one answers "error" in its place', async () => {
      const [one, two] = [await station(), await station()];
      const id = (url: string): number => Number(/\((\d+)\)$/.exec(url)![1]);
      const answer = await send('POST', 'CreateObservations', [
        {
          Datastream: { '@iot.id': id(one.stream) },
          components: ['phenomenonTime', 'result', 'parameters'],
          dataArray: [['2026-11-28T09:00:00Z', 1, null], ['gestern', 2, null], ['2026-11-28T09:15:00Z', 'nass', { tiefe: 2 }], ['2026-11-28T09:30:00Z']],
        },
        { Datastream: { '@iot.id': id(two.stream) }, components: ['result'], dataArray: [[7]] },
        { Datastream: { '@iot.id': 999_999 }, components: ['result'], dataArray: [[1]] },
      ]);
      assert.equal(answer.status, 201, await answer.clone().text());
      const rows = (await answer.json()) as string[];
      assert.deepEqual(
        rows.map((row) => row === 'error'),
        [false, true, false, true, false, true],
      );
      assert.equal((await read(rows[2]!))['result'], 'nass');
      assert.deepEqual((await read(rows[2]!))['parameters'], { tiefe: 2 });
    });
    it('single observations that arrive together are each answered, each kept, and a wrong one is refused alone', async () => {
      const { stream } = await station();
      const path = `${stream.slice(ROOT.length + 1)}/Observations`;
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          send('POST', index === 30 ? 'Observations' : path, index === 30 ? { result: 1, Datastream: { '@iot.id': 999_999 } } : { result: index }),
        ),
      );
      assert.deepEqual(
        answers.flatMap(({ status }, index) => (status === 201 ? [] : [[index, status]])),
        [[30, 400]],
      );
      assert.equal(await count(path), 59);
    });

    for (const [name, path, body, field] of [
      ['a missing name', 'Things', { description: 'x' }, 'name'],
      ['a name that is no text', 'Things', { name: 5, description: 'x' }, 'name'],
      ['a stream without its sensor', 'Datastreams', { ...STREAM, Thing: { name: 'a', description: 'b' }, ObservedProperty: PROPERTY }, 'Sensor'],
      ['a place that is no GeoJSON', 'Locations', { ...PLACE, location: { type: 'Point', coordinates: [999, 0] } }, 'location'],
      [
        'a polygon that is open',
        'Locations',
        {
          ...PLACE,
          location: {
            type: 'Polygon',
            coordinates: [
              [
                [9, 53],
                [10, 53],
                [10, 54],
              ],
            ],
          },
        },
        'location',
      ],
      [
        'something wrong deep inside',
        'Things',
        { name: 'a', description: 'b', Datastreams: [{ ...STREAM, Sensor: { ...SENSOR, name: '' }, ObservedProperty: PROPERTY }] },
        'Datastreams.0.Sensor.name',
      ],
      ['a link to nothing', 'Datastreams', { ...STREAM, Thing: { '@iot.id': 999_999 }, Sensor: SENSOR, ObservedProperty: PROPERTY }, 'Thing'],
      ['an observation of no stream', 'Observations', { result: 1 }, 'Datastream'],
      ['a time without a zone', 'Observations', { result: 1, phenomenonTime: '2026-01-01T00:00:00', Datastream: { '@iot.id': 1 } }, 'phenomenonTime'],
      [
        'a period that ends before it begins',
        'Observations',
        { result: 1, phenomenonTime: '2026-01-02T00:00:00Z/2026-01-01T00:00:00Z', Datastream: { '@iot.id': 1 } },
        'phenomenonTime',
      ],
      ['31 February', 'Observations', { result: 1, phenomenonTime: '2026-02-31T00:00:00Z', Datastream: { '@iot.id': 1 } }, 'phenomenonTime'],
      ['a decimal comma in a time', 'Observations', { result: 1, phenomenonTime: '2026-01-01T00:00:00,5Z', Datastream: { '@iot.id': 1 } }, 'phenomenonTime'],
      [
        'a time with a calendar',
        'Observations',
        { result: 1, phenomenonTime: '2026-01-01T00:00:00Z[Europe/Berlin]', Datastream: { '@iot.id': 1 } },
        'phenomenonTime',
      ],
      ['an offset no place has', 'Observations', { result: 1, phenomenonTime: '2026-01-01T00:00:00+23:00', Datastream: { '@iot.id': 1 } }, 'phenomenonTime'],
      ['a list instead of an object', 'Things', [], 'body'],
    ] as const)
      it(`400 names the field: ${name}`, async () => {
        const things = await count('Things');
        const answer = await send('POST', path, body);
        assert.equal(answer.status, 400, await answer.clone().text());
        const { errors } = (await answer.json()) as { errors: { field: string; message: string }[] };
        assert.equal(errors[0]?.field, field);
        assert.equal(await count('Things'), things, 'nothing of a refused request is kept');
      });
    it('refuses what cannot be: no JSON, a number that is none, a set to delete, a property to write', async () => {
      const raw = await server.request(`${ROOT}/Things`, {
        method: 'POST',
        headers: { ...as('administration'), 'content-type': 'application/json', origin: 'http://localhost:8080' },
        body: '{"name": NaN}',
      });
      assert.equal(raw.status, 400);
      for (const [path, body] of [
        ['Things', { name: 'a\u0000b', description: 'x' }],
        ['Things', { name: 'a', description: 'x', properties: { deep: ['\u0000'] } }],
      ] as const)
        assert.equal((await send('POST', path, body)).status, 400, 'a character no database keeps');
      const deep = `{"name":"a","description":"b","properties":{"x":${'['.repeat(500_000)}${']'.repeat(500_000)}}}`;
      const bottomless = await server.request(`${ROOT}/Things`, {
        method: 'POST',
        headers: { ...as('administration'), 'content-type': 'application/json', origin: 'http://localhost:8080' },
        body: deep,
      });
      assert.equal(bottomless.status, 400);
      assert.equal((await send('DELETE', 'Things')).status, 404);
      assert.equal((await send('PATCH', 'Things(1)/name', { name: 'x' })).status, 404);
      assert.equal((await send('POST', 'Tische', {})).status, 404);
      assert.equal((await send('POST', 'Things(999999)/Datastreams', { ...STREAM, Sensor: SENSOR, ObservedProperty: PROPERTY })).status, 404);
    });
    it('the public, citizens and officers write nothing', async () => {
      for (const who of ['citizen', 'sachbearbeitung', 'leitung', 'revision'] as const)
        assert.equal((await send('POST', 'Things', { name: 'a', description: 'b' }, who)).status, 403);
      const nobody = await server.request(`${ROOT}/Things`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"a","description":"b"}',
      });
      assert.equal(nobody.status, 401);
    });
    it('what the sensors of the city are is journalled', async () => {
      const at = await create('Sensors', SENSOR);
      await send('DELETE', at);
      const stream = await city.ctx.journal.readStream(city.ctx.database.read, `sensors:${at.slice(ROOT.length + 1)}`);
      assert.deepEqual(
        stream.map(({ kind, actor }) => [kind, actor.split(':')[0]]),
        [
          ['sensors.created', 'staff'],
          ['sensors.deleted', 'staff'],
        ],
      );
    });
  });
}
