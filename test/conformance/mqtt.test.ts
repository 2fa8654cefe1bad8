import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { measureDemo } from '../../src/modules/sensors/public.ts';
import { granted, mqttCity, type Message, type MqttCity } from '../support/mqtt-city.ts';
import { engines } from '../support/temporary-database.ts';

const OBSERVATIONS = 'v1.1/Datastreams(1)/Observations';

for (const engine of engines) {
  describe(`SensorThings over MQTT on ${engine}`, { timeout: 120_000 }, () => {
    let city: MqttCity;
    before(async () => void (city = await mqttCity({ engine })));
    after(() => city.close());
    creation(() => city);
    updates(() => city);
    latest(() => city);
    it('nothing broke on the way', () => {
      assert.deepEqual(
        city.city.log.lines.filter(({ event }) => event === 'http.failed' || event === 'sensors.mqtt-forward-failed' || event === 'sensors.mqtt-latest-failed'),
        [],
      );
    });
  });
}

async function count(city: MqttCity): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from sensors.observation`.execute(city.city.ctx.database.read);
  return rows[0]!.n;
}

function creation(city: () => MqttCity): void {
  describe('req/create-observations-via-mqtt/observations-creation', () => {
    /** Topic, payload, and the observation as HTTP shows it. */
    const CREATED: readonly (readonly [topic: string, payload: object, path: string, expected: object])[] = [
      ['v1.1/Datastreams(1)/Observations', { result: 7 }, 'Datastreams(1)', { result: 7 }],
      ['v1.1/Observations', { result: 8, Datastream: { '@iot.id': 1 } }, 'Datastreams(1)', { result: 8 }],
      [
        'v1.1/MultiDatastreams(3)/Observations',
        { result: [500, 1.5], parameters: { tide: 'ebb' } },
        'MultiDatastreams(3)',
        { result: [500, 1.5], parameters: { tide: 'ebb' } },
      ],
      ['v1.1/Things(1)/Datastreams(1)/Observations', { result: { any: ['thing'] } }, 'Datastreams(1)', { result: { any: ['thing'] } }],
      [
        'v1.1/FeaturesOfInterest(1)/Observations',
        { result: 'Text', phenomenonTime: '2026-11-28T10:00:00+01:00/2026-11-28T10:15:00+01:00', Datastream: { '@iot.id': 1 } },
        'Datastreams(1)',
        { result: 'Text', phenomenonTime: '2026-11-28T09:00:00.000Z/2026-11-28T09:15:00.000Z' },
      ],
    ];
    for (const [topic, payload, stream, expected] of CREATED)
      for (const qos of [0, 1, 2] as const)
        it(`${topic}, quality ${qos}, is kept once`, async () => {
          const before = await count(city());
          const { client } = await city().connect({ password: city().key });
          await client.publishAsync(topic, JSON.stringify(payload), { qos });
          // quality 0 has no acknowledgement to wait for
          if (qos === 0) await city().until(async () => (await count(city())) > before);
          assert.equal(await count(city()), before + 1, 'acknowledged is kept');
          const last = (await city().read(`${stream}/Observations?$orderby=id desc&$top=1`)) as { value: Record<string, unknown>[] };
          assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, last.value[0]![name]])), expected);
          client.end();
        });

    const REFUSED: readonly (readonly [why: string, topic: string, payload: string | Buffer])[] = [
      ['no JSON', OBSERVATIONS, '{"result": '],
      ['no text', OBSERVATIONS, Buffer.from([0xff, 0xfe])],
      ['NUL', OBSERVATIONS, '{"result": "\\u0000"}'],
      ['nothing', OBSERVATIONS, ''],
      ['no result', OBSERVATIONS, '{}'],
      ['a time that does not exist', OBSERVATIONS, '{"result": 1, "phenomenonTime": "2026-02-31T00:00:00Z"}'],
      ['a stream that is not there', 'v1.1/Datastreams(99)/Observations', '{"result": 1}'],
      ['no stream', 'v1.1/Observations', '{"result": 1}'],
      ['too few parts', 'v1.1/MultiDatastreams(3)/Observations', '{"result": [1]}'],
      ['other sets', 'v1.1/Things', '{"name": "x", "description": "x"}'],
      ['one observation', 'v1.1/Observations(1)', '{"result": 1}'],
      ['a topic of others', 'haus/licht', '{"result": 1}'],
      ['the broker itself', '$SYS/x', '{"result": 1}'],
    ];
    for (const [why, topic, payload] of REFUSED)
      it(`refuses ${why}: counted, told in the log, and the device stays`, async () => {
        const [before, { refused }] = [await count(city()), city().counts()];
        const { client } = await city().connect({ password: city().key });
        await client.publishAsync(topic, payload, { qos: 1 });
        assert.deepEqual([await count(city()), city().counts().refused], [before, refused + 1]);
        await client.publishAsync(OBSERVATIONS, '{"result": 1}', { qos: 1 });
        assert.equal(await count(city()), before + 1);
        assert.ok(city().city.log.lines.some(({ event, facts }) => event === 'sensors.mqtt-refused' && facts['deviceId'] === city().deviceId));
        const seen = (await (await city().send('GET', '/api/sensors/mqtt')).json()) as { refused: number };
        assert.equal(seen.refused, refused + 1);
        client.end();
      });
    it('is not acknowledged when it could not be kept: the connection ends', async () => {
      const before = await count(city());
      const { database } = city().city.ctx;
      const { client } = await city().connect({ password: city().key });
      const rename = (from: string, to: string) => database.write((tx) => sql`alter table ${sql.id('sensors', from)} rename to ${sql.id(to)}`.execute(tx));
      await rename('summary', 'broken');
      try {
        let acknowledged = false;
        client.publish(OBSERVATIONS, '{"result": 1}', { qos: 1 }, (error) => (acknowledged = error === undefined || error === null));
        await city().until(() => !client.connected, 'the end of the connection');
        assert.equal(acknowledged, false);
      } finally {
        await rename('broken', 'summary');
      }
      assert.equal(await count(city()), before);
    });
  });
}

function updates(city: () => MqttCity): void {
  describe('req/receive-updates-via-mqtt/receive-updates', () => {
    const observe = (body: object = { result: 3 }, stream = 'Datastreams(1)') => city().send('POST', `/sta/v1.1/${stream}/Observations`, body);
    const patch = (path: string, body: object) => city().send('PATCH', `/sta/v1.1/${path}`, body);
    // later than whatever else of this file measures, whenever it runs
    const began = Temporal.Now.instant().round({ smallestUnit: 'second', roundingMode: 'floor' });
    const ahead = (hours: number): string => began.add({ hours }).toString({ smallestUnit: 'millisecond' });
    /** What is subscribed to, what happens, and what is told then: the members named here. */
    const TOLD: readonly (readonly [topic: string, what: () => Promise<Response>, expected: object])[] = [
      ['v1.1/Things', () => city().send('POST', '/sta/v1.1/Things', { name: 'Neues Ding', description: 'x' }), { name: 'Neues Ding' }],
      ['v1.1/Things', () => patch('Things(1)', { description: 'anders 1' }), { '@iot.id': 1, description: 'anders 1' }],
      ['v1.1/Things(1)', () => patch('Things(1)', { description: 'anders 2' }), { '@iot.id': 1, description: 'anders 2' }],
      ['v1.1/Things(1)/description', () => patch('Things(1)', { description: 'anders 3' }), { description: 'anders 3' }],
      ['v1.1/Things(1)/properties/plz', () => patch('Things(1)', { properties: { plz: 22767 } }), { plz: 22767 }],
      ['v1.1/Things(1)?$select=name', () => patch('Things(1)', { name: 'Zähler' }), { name: 'Zähler' }],
      ['v1.1/Things(1)/Datastreams', () => patch('Datastreams(1)', { description: 'anders 4' }), { '@iot.id': 1, description: 'anders 4' }],
      ['v1.1/Sensors(2)/MultiDatastreams', () => patch('MultiDatastreams(3)', { description: 'anders 5' }), { '@iot.id': 3, description: 'anders 5' }],
      ['v1.1/Datastreams(1)/Thing', () => patch('Things(1)', { description: 'anders 6' }), { '@iot.id': 1, description: 'anders 6' }],
      ['v1.1/Things(1)/Locations', () => patch('Locations(1)', { description: 'anders 7' }), { '@iot.id': 1, description: 'anders 7' }],
      [
        'v1.1/HistoricalLocations',
        () => patch('Things(1)', { Locations: [{ '@iot.id': 1 }] }),
        { 'Thing@iot.navigationLink': /HistoricalLocations\(\d+\)\/Thing$/ },
      ],
      ['v1.1/Datastreams(1)/phenomenonTime', () => observe({ result: 1, phenomenonTime: ahead(1) }), { phenomenonTime: new RegExp(`/${ahead(1)}$`) }],
      ['v1.1/Datastreams(1)', () => observe({ result: 1, phenomenonTime: ahead(2) }), { '@iot.id': 1, phenomenonTime: new RegExp(`/${ahead(2)}$`) }],
      [OBSERVATIONS, () => observe({ result: 31 }), { result: 31 }],
      ['v1.1/Observations', () => observe({ result: 32 }), { result: 32 }],
      ['v1.1/FeaturesOfInterest(1)/Observations', () => observe({ result: 33 }), { result: 33 }],
      ['v1.1/MultiDatastreams(3)/Observations', () => observe({ result: [1, 2] }, 'MultiDatastreams(3)'), { result: [1, 2] }],
      [OBSERVATIONS, () => patch('Observations(5)', { result: 51 }), { '@iot.id': 5, result: 51 }],
      ['v1.1/Observations(6)/result', () => patch('Observations(6)', { result: 61 }), { result: 61 }],
      [
        OBSERVATIONS,
        () => city().send('POST', '/sta/v1.1/CreateObservations', [{ Datastream: { '@iot.id': 1 }, components: ['result'], dataArray: [[34]] }]),
        { result: 34 },
      ],
      ['v1.1/+/Observations', () => observe({ result: 35 }), { result: 35 }],
      ['#', () => patch('Sensors(1)', { description: 'anders 8' }), { '@iot.id': 1, description: 'anders 8' }],
    ];
    for (const [topic, what, expected] of TOLD)
      it(`${topic}: ${JSON.stringify(expected)}`, async () => {
        const { client, messages } = await city().connect();
        assert.equal(await granted(client, topic, 1), 1);
        const done = await what();
        assert.ok(done.ok, await done.text());
        const fits = ({ retain, value }: Message): boolean =>
          !retain &&
          Object.entries(expected).every(([name, wanted]) =>
            wanted instanceof RegExp ? wanted.test(String(value[name])) : JSON.stringify(value[name]) === JSON.stringify(wanted),
          );
        await city().until(() => messages.some(fits), JSON.stringify(messages));
        if (!/[+#]/.test(topic)) assert.ok(messages.every((message) => message.topic === topic));
        client.end();
      });
    it('the complete entity is what HTTP shows of it', async () => {
      const { client, messages } = await city().connect();
      for (const topic of ['v1.1/Things', 'v1.1/Observations', 'v1.1/Datastreams']) await client.subscribeAsync(topic);
      await observe({ result: 1.25, phenomenonTime: '2026-11-28T10:00:00.123456Z', resultTime: '2026-11-28T11:00:00+01:00' });
      await observe({ result: { a: [1, null] }, resultQuality: { ok: true }, validTime: '2026-11-28T10:00:00Z/2026-11-28T11:00:00Z', parameters: { x: 1 } });
      await observe({ result: [1, 2] }, 'MultiDatastreams(3)');
      await observe({ result: null });
      await patch('Things(2)', { properties: { höhe: 'ß' } });
      await patch('Datastreams(1)', { description: 'anders 9' });
      await city().until(() => messages.length >= 6);
      for (const { value } of messages) {
        const path = String(value['@iot.selfLink']).split('/sta/v1.1/')[1]!;
        assert.deepEqual(value, await city().read(path));
      }
      client.end();
    });
    it('$select sends exactly what it names', async () => {
      const { client, messages } = await city().connect();
      await client.subscribeAsync(`${OBSERVATIONS}?$select=result,phenomenonTime`);
      await observe({ result: 4, phenomenonTime: '2026-12-01T00:00:00Z' });
      await city().until(() => messages.some(({ retain }) => !retain));
      assert.deepEqual(messages.find(({ retain }) => !retain)!.value, { phenomenonTime: '2026-12-01T00:00:00.000Z', result: 4 });
      client.end();
    });
    it('a property that stays is not told again', async () => {
      const { client, messages } = await city().connect();
      await client.subscribeAsync('v1.1/Things(2)/name');
      await patch('Things(2)', { name: 'Eins' });
      await patch('Things(2)', { description: 'anders 10' });
      await patch('Things(2)', { name: 'Zwei' });
      await city().until(() => messages.length >= 2);
      assert.deepEqual(
        messages.map(({ value }) => value),
        [{ name: 'Eins' }, { name: 'Zwei' }],
      );
      client.end();
    });
    it('what the generator of the demo measures is told as well', async () => {
      const { database } = city().city.ctx;
      await sql`update sensors.stream set properties = '{"demo": 0}' where id = 4`.execute(database.read);
      const { client, messages } = await city().connect();
      await client.subscribeAsync('v1.1/Datastreams(4)/Observations');
      assert.ok((await measureDemo(city().city.ctx, { hours: 1 })) > 0);
      await city().until(() => messages.length > 0);
      client.end();
    });
    it('in the order in which it was kept', async () => {
      const { client, messages } = await city().connect();
      await client.subscribeAsync('v1.1/Datastreams(4)/Observations?$select=id', { qos: 1 });
      const device = await city().connect({ password: city().key });
      await Promise.all(
        Array.from({ length: 300 }, (_, result) => device.client.publishAsync('v1.1/Datastreams(4)/Observations', JSON.stringify({ result }), { qos: 1 })),
      );
      const told = (): number[] => messages.filter(({ retain }) => !retain).map(({ value }) => value['@iot.id'] as number);
      await city().until(() => told().length === 300);
      assert.deepEqual(
        told(),
        told().toSorted((a, b) => a - b),
      );
      client.end();
      device.client.end();
    });
  });
}

function latest(city: () => MqttCity): void {
  describe('the latest observation of each datastream', () => {
    const retained = async (topic: string, options = {}): Promise<Message[]> => {
      const { client, messages } = await city().connect(options);
      await client.subscribeAsync(topic);
      // what is asked for afterwards is answered afterwards
      await client.subscribeAsync('v1.1/Datastreams(4)/Observations');
      await city().until(() => messages.some(({ topic: name }) => name === 'v1.1/Datastreams(4)/Observations'));
      client.end();
      return messages.filter(({ retain }) => retain);
    };
    it('is sent to who subscribes, and a late arrival is not', async () => {
      await city().send('POST', '/sta/v1.1/Datastreams(1)/Observations', { result: 'neu', phenomenonTime: '2026-12-05T00:00:00Z' });
      await city().send('POST', '/sta/v1.1/Datastreams(1)/Observations', { result: 'spät', phenomenonTime: '2026-12-04T00:00:00Z' });
      const messages = await retained(OBSERVATIONS);
      assert.deepEqual(
        messages.filter(({ topic }) => topic === OBSERVATIONS).map(({ value }) => value['result']),
        ['neu'],
      );
      assert.deepEqual(messages[0]!.value, await city().read(`Observations(${String(messages[0]!.value['@iot.id'])})`));
    });
    for (const topic of ['#', 'v1.1/#', 'v1.1/+/Observations'])
      it(`${topic}: one message a stream that is open`, async () => {
        const expected = ['v1.1/Datastreams(1)/Observations', 'v1.1/Datastreams(4)/Observations', 'v1.1/MultiDatastreams(3)/Observations'];
        assert.deepEqual([...new Set((await retained(topic)).map((one) => one.topic))].toSorted(), expected);
        const inside = await retained(topic, { password: city().key });
        assert.deepEqual([...new Set(inside.map((one) => one.topic))].toSorted(), [...expected, 'v1.1/Datastreams(2)/Observations'].toSorted());
      });
  });
}
