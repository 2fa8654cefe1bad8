import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { granted, mqttCity, type MqttCity } from '../support/mqtt-city.ts';
import { engines } from '../support/temporary-database.ts';

const OPEN = 'v1.1/Datastreams(1)/Observations';
const INTERNAL = 'v1.1/Datastreams(2)/Observations';

for (const engine of engines) {
  describe(`who is told what over MQTT, on ${engine}`, { timeout: 120_000 }, () => {
    let city: MqttCity;
    before(async () => void (city = await mqttCity({ engine, limits: { recheckSeconds: 0.2 } })));
    after(() => city.close());
    subscribing(() => city);
    forwarding(() => city);
    connecting(() => city);
    mosquitto(() => city);
  });
}

function subscribing(city: () => MqttCity): void {
  describe('subscribing', () => {
    for (const [topic, stranger, device] of [
      [OPEN, 0, 0],
      [INTERNAL, 128, 0],
      ['v1.1/Datastreams(2)', 128, 0],
      ['v1.1/Datastreams(2)/phenomenonTime', 128, 0],
      ['v1.1/Observations(11)', 128, 0],
      ['v1.1/Things(1)/Datastreams(2)/Observations', 128, 0],
      ['v1.1/Things(2)/Datastreams(1)/Observations', 128, 128],
      ['v1.1/Things(99)', 128, 128],
      ['v1.1/Things', 0, 0],
      ['v1.1/#', 0, 0],
      ['#', 0, 0],
      ['$SYS/#', 128, 128],
      ['$SYS/broker/clients', 128, 128],
      ['haus/licht', 128, 128],
      ['v1.1/Things(1', 128, 128],
      ['v1.1/Observations?$filter=result eq 1', 128, 128],
    ] as const)
      it(`${topic}: ${stranger === 128 ? 'not for strangers' : 'for everybody'}${device === 128 ? ', nor for devices' : ''}`, async () => {
        const one = await city().connect();
        assert.equal(await granted(one.client, topic), stranger);
        const other = await city().connect({ password: city().key });
        assert.equal(await granted(other.client, topic), device);
        one.client.end();
        other.client.end();
      });
  });
}

function forwarding(city: () => MqttCity): void {
  describe('forwarding', () => {
    const TOPICS = [
      '#',
      'v1.1/#',
      'v1.1/+/Observations',
      '+/+/+',
      'v1.1/Observations',
      'v1.1/FeaturesOfInterest(1)/Observations',
      'v1.1/Datastreams',
      'v1.1/Things(1)/Datastreams',
    ];
    const observe = (stream: number, result: string) => city().send('POST', `/sta/v1.1/Datastreams(${String(stream)})/Observations`, { result });
    it('what is internal goes to devices and never to strangers, whatever they subscribed to', async () => {
      const stranger = await city().connect();
      const device = await city().connect({ password: city().key });
      for (const topic of TOPICS) for (const { client } of [stranger, device]) await client.subscribeAsync(topic);
      await observe(2, 'geheim');
      await city().send('PATCH', '/sta/v1.1/Datastreams(2)', { description: 'geheim' });
      await city().send('PATCH', '/sta/v1.1/Observations(11)', { result: 'geheim' });
      await observe(1, 'offen');
      await city().until(() => [stranger, device].every(({ messages }) => messages.some(({ value }) => value['result'] === 'offen')));
      assert.ok(!JSON.stringify(stranger.messages).includes('geheim'));
      assert.ok(!stranger.messages.some(({ topic, value }) => topic.includes('(2)') || value['@iot.id'] === 11), 'nor what was there before');
      const told = device.messages.filter(({ value }) => value['result'] === 'geheim' || value['description'] === 'geheim');
      assert.ok(told.length >= TOPICS.length, String(told.length));
      stranger.client.end();
      device.client.end();
    });
    it('a stream that becomes internal stops at once, and goes on when it is open again', async () => {
      const stranger = await city().connect();
      const device = await city().connect({ password: city().key });
      for (const topic of [OPEN, 'v1.1/#', 'v1.1/Datastreams(1)', 'v1.1/Datastreams(1)/description'])
        for (const { client } of [stranger, device]) await client.subscribeAsync(topic);
      for (let round = 0; round < 5; round++) {
        // a device goes on writing all the time
        const state = { writing: true };
        const writer = (async () => {
          while (state.writing) await device.client.publishAsync(OPEN, '{"result": "laufend"}', { qos: 1 });
        })();
        await sleep(20);
        await city().send('PATCH', '/sta/v1.1/Datastreams(1)', { properties: { access: 'internal' } });
        state.writing = false;
        await writer;
        const secret = `geheim ${String(round)}`;
        const sent = await observe(1, secret);
        assert.equal(sent.status, 201);
        await city().send('PATCH', '/sta/v1.1/Datastreams(1)', { description: secret });
        await city().until(
          () => device.messages.some(({ value }) => value['result'] === secret) && device.messages.some(({ value }) => value['description'] === secret),
        );
        assert.ok(!JSON.stringify(stranger.messages).includes(secret));
        await city().send('PATCH', '/sta/v1.1/Datastreams(1)', { description: 'offen', properties: {} });
        await observe(1, `offen ${String(round)}`);
        await city().until(() => stranger.messages.some(({ value }) => value['result'] === `offen ${String(round)}`));
      }
      stranger.client.end();
      device.client.end();
    });
  });
}

function connecting(city: () => MqttCity): void {
  describe('connecting', () => {
    const refused = async (options: object): Promise<void> => {
      await assert.rejects(city().connect(options), /Not authorized/);
    };
    it('with a key that opens nothing is refused', () => refused({ password: 'quatsch' }));
    it('with a will is refused', () => refused({ will: { topic: OPEN, payload: '{"result": 1}', qos: 0, retain: false } }));
    it('a stranger who publishes is let go, and nothing is kept', async () => {
      const { client } = await city().connect();
      client.publish(OPEN, '{"result": "fremd"}', { qos: 1 });
      await city().until(() => !client.connected, 'the end of the connection');
      const { value } = (await city().read("Observations?$filter=result eq 'fremd'")) as { value: unknown[] };
      assert.deepEqual(value, []);
    });
    it('nobody ends the connection of a device by taking its name', async () => {
      const device = await city().connect({ password: city().key, clientId: 'pegel-1' });
      const stranger = await city().connect({ clientId: 'pegel-1' });
      await device.client.publishAsync(OPEN, '{"result": 1}', { qos: 1 });
      assert.ok(device.client.connected && stranger.client.connected);
      const again = await city().connect({ password: city().key, clientId: 'pegel-1' });
      await city().until(() => !device.client.connected, 'the same device comes again: the older connection ends');
      again.client.end();
      stranger.client.end();
    });
    it('nothing is kept for who is away: no session, no retained message of a client', async () => {
      const one = await city().connect({ clientId: 'weg', clean: false, password: city().key });
      await one.client.subscribeAsync(OPEN, { qos: 1 });
      await one.client.publishAsync(OPEN, '{"result": "behalten?"}', { qos: 1, retain: true });
      await one.client.endAsync();
      await city().send('POST', '/sta/v1.1/Datastreams(1)/Observations', { result: 'indessen' });
      const two = await city().connect({ clientId: 'weg', clean: false, password: city().key });
      await sleep(100);
      assert.deepEqual(two.messages, []);
      two.client.end();
    });
    it('a device whose key is revoked is let go within seconds', async () => {
      const added = (await (await city().send('POST', '/api/devices', { name: 'Alt' })).json()) as { id: string; key: string };
      const { client } = await city().connect({ password: added.key });
      await client.publishAsync(OPEN, '{"result": 1}', { qos: 1 });
      await city().send('DELETE', `/api/devices/${added.id}`);
      await city().until(() => !client.connected, 'the end of the connection');
      await refused({ password: added.key });
    });
    it('the service names where MQTT runs, and only while it does', async () => {
      const settings = async () =>
        ((await (await city().server.request('/sta/v1.1')).json()) as { serverSettings: Record<string, unknown> & { conformance: string[] } }).serverSettings;
      const names = ['create-observations-via-mqtt/observations-creation', 'receive-updates-via-mqtt/receive-updates'].map(
        (name) => `http://www.opengis.net/spec/iot_sensing/1.1/req/${name}`,
      );
      const without = await settings();
      assert.ok(names.every((name) => !without.conformance.includes(name) && without[name] === undefined));
      const { mqtt } = city().city;
      await mqtt.listen(0, '127.0.0.1');
      const running = await settings();
      for (const name of names) {
        assert.ok(running.conformance.includes(name));
        assert.deepEqual(running[name], { endpoints: [`mqtt://localhost:${String(mqtt.port)}`] });
      }
      assert.equal(await mqtt.listen(city().port, '127.0.0.1').catch(() => 'failed'), false, 'a taken port is no error');
      await mqtt.close();
      assert.deepEqual(await settings(), without);
    });
  });
}

const run = (program: string, args: readonly string[]): Promise<{ code: number; out: string }> =>
  new Promise((done) => {
    execFile(program, args, (error, out, errors) => done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 127, out: out + errors }));
  });

function mosquitto(city: () => MqttCity): void {
  describe("with Mosquitto's own clients", () => {
    const there = spawnSync('mosquitto_sub', ['--help']).error === undefined;
    const skip = there ? false : 'mosquitto_sub is not installed (Debian: mosquitto-clients)';
    const at = () => ['-h', '127.0.0.1', '-p', String(city().port)];
    it('mosquitto_pub writes with a key, and mosquitto_sub is told', { skip }, async () => {
      const listening = run('mosquitto_sub', [...at(), '-t', `${OPEN}?$select=result`, '-q', '1', '-C', '2', '-W', '10', '-F', '%r %p']);
      await sleep(500);
      const written = await run('mosquitto_pub', [...at(), '-u', 'pegel', '-P', city().key, '-t', OPEN, '-q', '1', '-m', '{"result": 4711}']);
      assert.equal(written.code, 0, written.out);
      const heard = await listening;
      assert.equal(heard.code, 0, heard.out);
      assert.match(heard.out, /^1 \{"result":.*\}\n0 \{"result":4711\}\n$/);
    });
    it('a stranger is refused by both', { skip }, async () => {
      const heard = await run('mosquitto_sub', [...at(), '-t', INTERNAL, '-C', '1', '-W', '5']);
      assert.match(heard.out, /denied/);
      const written = await run('mosquitto_pub', [...at(), '-u', 'pegel', '-P', 'quatsch', '-t', OPEN, '-q', '1', '-m', '{"result": 1}']);
      assert.notEqual(written.code, 0);
      assert.match(written.out, /not authorised/i);
    });
  });
}
