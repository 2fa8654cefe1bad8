import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { granted, mqttCity, type MqttCity } from '../support/mqtt-city.ts';
import { engines } from '../support/temporary-database.ts';

const OPEN = 'v1.1/Datastreams(1)/Observations';
const LIMITS = {
  connections: 12,
  connectionsOfAddress: 3,
  packetBytes: 4096,
  topicLength: 60,
  topicLevels: 6,
  subscriptions: 4,
  publishesPerSecond: 100,
  subscribesPerSecond: 50,
  queuedBytes: 256 * 1024,
  connectSeconds: 1,
};

const text = (value: string): Buffer => Buffer.concat([Buffer.from([value.length >> 8, value.length & 255]), Buffer.from(value)]);

describe('what a client of MQTT may cost', { timeout: 120_000 }, () => {
  let city: MqttCity;
  // how a client is bounded does not depend on the database
  before(async () => void (city = await mqttCity({ engine: engines.at(-1)!, limits: LIMITS })));
  after(() => city.close());
  const raw = async (): Promise<Socket> => {
    const socket = connect(city.port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  const closed = (socket: Socket): Promise<unknown> => once(socket, 'close', { signal: AbortSignal.timeout(5000) });

  it('a packet larger than allowed ends the connection as soon as it says its length', async () => {
    const { client } = await city.connect({ password: city.key });
    client.publish(OPEN, JSON.stringify({ result: 'x'.repeat(4096) }), { qos: 1 });
    await city.until(() => !client.connected, 'the end of the connection');
    const socket = await raw();
    // a CONNECT of 256 MB, of which nothing comes
    socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    socket.resume();
    await closed(socket);
  });
  it('so do a length without end, and what is no MQTT', async () => {
    for (const bytes of [[0x10, 0xff, 0xff, 0xff, 0xff, 0xff], Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), [0x00, 0x00], [0xc0, 0x00]]) {
      const socket = await raw();
      socket.write(Buffer.from(bytes));
      socket.resume();
      await closed(socket);
    }
  });
  it('who connects and says nothing is let go', async () => {
    const socket = await raw();
    socket.resume();
    await closed(socket);
  });
  it('topics have a length and a depth', async () => {
    const { client } = await city.connect();
    assert.equal(await granted(client, `v1.1/Things(1)/properties/${'x'.repeat(60)}`), 128);
    const before = city.counts().refused;
    const device = await city.connect({ password: city.key });
    await device.client.publishAsync(`v1.1/${'x'.repeat(60)}`, '{"result": 1}', { qos: 1 });
    assert.equal(city.counts().refused, before + 1);
    device.client.publish('v1.1/a/b/c/d/e/f/g', '{"result": 1}', { qos: 1 });
    await city.until(() => !device.client.connected, 'the end of the connection');
    client.end();
  });
  it('a client has so many subscriptions, and may have others instead', async () => {
    const { client } = await city.connect();
    const topics = ['v1.1/Things', 'v1.1/Sensors', 'v1.1/Locations', 'v1.1/Datastreams', 'v1.1/Observations', OPEN];
    const grants: number[] = [];
    for (const topic of topics) grants.push(await granted(client, topic));
    assert.deepEqual(grants, [0, 0, 0, 0, 128, 128]);
    assert.equal(await granted(client, 'v1.1/Things'), 0, 'the same again is none more');
    await client.unsubscribeAsync('v1.1/Things');
    assert.equal(await granted(client, OPEN), 0);
    client.end();
    await city.until(() => city.counts().topics === 0, 'nobody listens any more');
  });
  it('strangers from one address, and all together, are so many', async () => {
    const strangers = [];
    for (let index = 0; index < LIMITS.connectionsOfAddress; index++) strangers.push(await city.connect());
    await assert.rejects(city.connect());
    const devices = [];
    while (devices.length + strangers.length < LIMITS.connections) devices.push(await city.connect({ password: city.key }));
    const started = performance.now();
    await closed((await raw()).resume());
    assert.ok(performance.now() - started < 500, 'before it could say anything');
    strangers[0]!.client.end();
    await city.until(() => city.counts().connections === LIMITS.connections - 1);
    const again = await city.connect();
    for (const { client } of [...strangers, ...devices, again]) client.end();
    await city.until(() => city.counts().connections === 0);
  });
  it('so are connections from one address that have not said who they are', async () => {
    const silent = [];
    for (let index = 0; index < LIMITS.connectionsOfAddress; index++) silent.push((await raw()).resume());
    const started = performance.now();
    await closed((await raw()).resume());
    assert.ok(performance.now() - started < 500, 'before it could say anything');
    for (const socket of silent) socket.destroy();
    await sleep(50);
    const { client } = await city.connect();
    client.end();
  });
  it('subscribing to everything many times at once ends nobody who listens', async () => {
    const { client, messages } = await city.connect();
    await Promise.all(['#', 'v1.1/#', 'v1.1/+/Observations', '+/+/+'].map((topic) => client.subscribeAsync(topic)));
    await city.until(() => messages.length >= 8);
    assert.ok(client.connected);
    client.end();
  });
  it('a device that publishes faster is read more slowly, and nothing is lost', async () => {
    const before = city.counts().kept;
    const { client } = await city.connect({ password: city.key });
    const started = performance.now();
    await Promise.all(Array.from({ length: 250 }, (_, result) => client.publishAsync(OPEN, JSON.stringify({ result }), { qos: 1 })));
    assert.ok(performance.now() - started > 1400, String(performance.now() - started));
    assert.equal(city.counts().kept, before + 250);
    client.end();
  });
  it('one who does not take its messages is let go at the bound, and the others are told all', async () => {
    const { stalled } = city.counts();
    const socket = await raw();
    const level = Buffer.from([4, 2, 0, 0]);
    socket.write(Buffer.concat([Buffer.from([0x10, 0]), text('MQTT'), level, text('still')]).map((byte, at) => (at === 1 ? 6 + 4 + 7 : byte)));
    await once(socket, 'data');
    const filter = Buffer.concat([Buffer.from([0, 1]), text(OPEN), Buffer.from([0])]);
    socket.write(Buffer.concat([Buffer.from([0x82, filter.length]), filter]));
    await once(socket, 'data');
    socket.pause();
    const { client, messages } = await city.connect();
    await client.subscribeAsync(OPEN);
    const result = 'x'.repeat(20_000);
    const rows = Array.from({ length: 4 }, () => [result]);
    let sent = 0;
    let highest = 0;
    // the systems of both sides take some megabytes before anything is left with us
    for (; city.counts().stalled === stalled && sent < 40_000; sent += rows.length) {
      const done = await city.send('POST', '/sta/v1.1/CreateObservations', [{ Datastream: { '@iot.id': 1 }, components: ['result'], dataArray: rows }]);
      assert.equal(done.status, 201);
      highest = Math.max(highest, process.memoryUsage().arrayBuffers);
    }
    assert.equal(city.counts().stalled, stalled + 1);
    await city.until(() => messages.filter(({ retain }) => !retain).length === sent, `${String(sent)} messages for the other`);
    assert.ok(highest < 200 * 1024 * 1024, `${String(highest)} bytes of buffers`);
    socket.destroy();
    client.end();
  });
});
