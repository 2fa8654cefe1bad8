import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { BrowserClient, formAction } from '../support/browser-client.ts';
import { repositoryRoot } from '../support/temporary-city.ts';
import { engines, temporaryDatabase, type Engine } from '../support/temporary-database.ts';

const children: ChildProcess[] = [];
const directories: string[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly mqttPort: number;
}

/** Starts the city as `npm start` does, with MQTT on a port of its own, and waits until it is ready. */
async function start(env: Record<string, string>): Promise<Started> {
  const own = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] };
  const settings = { PORT: '0', KONTOR_MQTT_PORT: '0', KONTOR_RATE_LIMIT: '0', KONTOR_DEMO_DATA: 'small' };
  const child = spawn(process.execPath, [join(repositoryRoot, 'src/main.ts')], { env: { ...own, ...settings, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  for (;;) {
    const url = /Kontor startet auf (http:\S+)/.exec(said)?.[1]?.replace('localhost', '127.0.0.1');
    const port = /MQTT: mqtt:\/\/localhost:(\d+)/.exec(said)?.[1];
    if (url !== undefined && port !== undefined) return { child, url, mqttPort: Number(port) };
    assert.equal(child.exitCode, null, said);
    await sleep(50);
  }
}

/** The administration of a demo, without a password. */
async function signIn(url: string): Promise<BrowserClient> {
  const browser = new BrowserClient(url.replace('127.0.0.1', 'localhost'));
  const asked = await browser.get('/anmelden/beschaeftigte?weiter=/verwaltung');
  await browser.post(formAction(asked, 'demo-staff-arne.admin'), { person: 'demo-staff-arne.admin' });
  return browser;
}

for (const engine of engines)
  describe(`killed with -9 while devices write, on ${engine}`, { timeout: 600_000 }, () => {
    it('what was acknowledged over MQTT or answered over HTTP is there after the restart', async () => {
      const { env, close } = await place(engine);
      const first = await start(env);
      const { key, stream } = await prepare(first.url);
      const acknowledged = new Set<number>();
      const device = await connectAsync({ host: '127.0.0.1', port: first.mqttPort, protocol: 'mqtt', reconnectPeriod: 0, username: 'device', password: key });
      device.on('error', () => {});
      device.setMaxListeners(0);
      let next = 0;
      const state = { running: true };
      const writers = [
        ...Array.from({ length: 50 }, async () => {
          while (state.running) {
            const result = next++;
            await new Promise<void>((done) => {
              device.publish(`v1.1/${stream}/Observations`, JSON.stringify({ result }), { qos: 1 }, (error) => {
                if (error === undefined || error === null) acknowledged.add(result);
                done();
              });
              device.once('close', () => done());
            });
          }
        }),
        ...Array.from({ length: 8 }, async () => {
          while (state.running) {
            const result = next++;
            const answer = await post(`${first.url}/sta/v1.1/${stream}/Observations`, { result }, { authorization: `Bearer ${key}` }).catch(() => undefined);
            if (answer?.status === 201) acknowledged.add(result);
          }
        }),
      ];
      await sleep(3000);
      first.child.kill('SIGKILL');
      state.running = false;
      await once(first.child, 'exit');
      await Promise.all(writers);
      device.end(true);
      assert.ok(acknowledged.size > 100, `only ${String(acknowledged.size)} were acknowledged`);
      const second = await start(env);
      const kept = await resultsOf(`${second.url}/sta/v1.1/${stream}/Observations?$select=result&$top=10000`);
      assert.deepEqual(
        [...acknowledged].filter((result) => !kept.has(result)),
        [],
      );
      const again = await connectAsync({ host: '127.0.0.1', port: second.mqttPort, protocol: 'mqtt', reconnectPeriod: 0, username: 'device', password: key });
      await again.publishAsync(`v1.1/${stream}/Observations`, '{"result": -1}', { qos: 1 });
      await again.endAsync();
      second.child.kill('SIGTERM');
      assert.deepEqual(await once(second.child, 'exit'), [0, null]);
      await close();
    });
  });

async function place(engine: Engine): Promise<{ readonly env: Record<string, string>; close(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'kontor-mqtt-kill-'));
  directories.push(directory);
  if (engine === 'pglite') return { env: { KONTOR_DATA: directory }, close: async () => {} };
  const { url, database } = await temporaryDatabase('postgres');
  return { env: { KONTOR_DATA: directory, DATABASE_URL: url! }, close: () => database.close() };
}

const post = (url: string, body: object, headers: Record<string, string>): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

/** A device with its key, and a stream to write to. */
async function prepare(url: string): Promise<{ readonly key: string; readonly stream: string }> {
  const added = await (await signIn(url)).json('POST', '/api/devices', { name: 'Pegel' });
  assert.equal(added.status, 201, await added.clone().text());
  const { key } = (await added.json()) as { key: string };
  const made = await post(
    `${url}/sta/v1.1/Datastreams`,
    {
      name: 'x',
      description: 'x',
      observationType: 'x',
      unitOfMeasurement: { name: 'x', symbol: 'x', definition: 'x' },
      Thing: { name: 'x', description: 'x' },
      Sensor: { name: 'x', description: 'x', encodingType: 'x', metadata: 'x' },
      ObservedProperty: { name: 'x', definition: 'x', description: 'x' },
    },
    { authorization: `Bearer ${key}` },
  );
  assert.equal(made.status, 201, await made.clone().text());
  return { key, stream: /Datastreams\(\d+\)/.exec(made.headers.get('location')!)![0] };
}

async function resultsOf(address: string): Promise<ReadonlySet<number>> {
  const results = new Set<number>();
  for (let next: string | undefined = address; next !== undefined;) {
    const page = (await (await fetch(next.replace('localhost', '127.0.0.1'))).json()) as { value: { result: number }[]; '@iot.nextLink'?: string };
    for (const { result } of page.value) results.add(result);
    next = page['@iot.nextLink'];
  }
  return results;
}
