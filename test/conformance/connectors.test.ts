import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { createServer as createTcp, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { Aedes } from 'aedes';
import { sql } from 'kysely';
import { connectAsync } from 'mqtt';
import { verifyJournal } from '../../src/platform/journal/journal.ts';
import { listen, type Listener } from '../../src/platform/http/listen.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { eventually } from '../support/person.ts';
import { insertSensors } from '../support/sensor-rows.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { engines } from '../support/temporary-database.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

interface Connector {
  readonly id: string;
  readonly state: string;
  readonly kept: number;
  readonly rejected: number;
  readonly failures: number;
  readonly lastError: string | null;
  readonly lastRejects: readonly string[];
  readonly lastRunAt: string | null;
}

const minutesAgo = (minutes: number): string => Temporal.Now.instant().subtract({ minutes }).round('second').toString();
const portOf = (server: Server | TcpServer): number => (server.address() as AddressInfo).port;
async function opened<S extends Server | TcpServer>(server: S): Promise<S> {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return server;
}

for (const engine of engines) {
  describe(`connectors on ${engine}`, () => {
    let city: WholeCity;
    let server: CityServer;
    let source: Server;
    let answer: (path: string) => { status?: number; body?: string; headers?: Record<string, string> } = () => ({});
    let asked: { path: string; key: string | undefined }[] = [];
    let broker: Aedes;
    let brokerPort: TcpServer;
    const lines = new Set<Socket>();
    let other: WholeCity;
    let otherListener: Listener;
    let http: string;
    let mqtt: string;

    before(async () => {
      source = await opened(
        createServer((request, response) => {
          asked.push({ path: request.url ?? '', key: request.headers['x-key'] as string | undefined });
          if (request.url === '/langsam') return void response.write('[');
          const { status = 200, body = '[]', headers = {} } = answer(request.url ?? '');
          response.writeHead(status, headers).end(body);
        }),
      );
      broker = await Aedes.createBroker({ authenticate: (_client, user, password, done) => done(null, user === 'kontor' && String(password) === 'richtig') });
      brokerPort = await opened(
        createTcp((socket) => {
          lines.add(socket);
          socket.on('close', () => lines.delete(socket));
          broker.handle(socket);
        }),
      );
      let answerOther: WholeCity['answer'] = () => new Response(null, { status: 503 });
      otherListener = await listen((request, env) => answerOther(request, env), { host: '127.0.0.1', port: 0 });
      other = await wholeCity({ engine: 'pglite', env: { KONTOR_PUBLIC_URL: `http://localhost:${otherListener.port}` } });
      answerOther = other.answer;
      await insertSensors(other.ctx.database);
      http = `http://localhost:${portOf(source)}`;
      mqtt = `mqtt://localhost:${portOf(brokerPort)}`;
      const hosts = [portOf(source), portOf(brokerPort), otherListener.port].map((port) => `localhost:${port}`).join(',');
      city = await wholeCity({ engine, env: { KONTOR_OUTBOUND_HOSTS: hosts, KONTOR_CONNECTOR_PEGEL: 'sehr-geheim', KONTOR_CONNECTOR_LUFT: 'richtig' } });
      await insertSensors(city.ctx.database);
      await sql`update sensors.stream set properties = jsonb_build_object('stationId', 'S' || id) where id in (1, 4)`.execute(city.ctx.database.read);
      server = serverOf(city, (token) => (token in ACTORS ? ACTORS[token as TestActor] : undefined));
    });
    after(async () => {
      await city.close();
      await otherListener.close(100);
      await other.close();
      source.closeAllConnections();
      source.close();
      for (const line of lines) line.destroy();
      broker.close();
      brokerPort.close();
    });

    const api = async <T>(method: string, path: string, body?: object, status?: number): Promise<T> => {
      const response = await server.request(path, {
        method,
        headers: { ...as('administration'), origin: 'http://localhost:8080', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      assert.equal(response.status, status ?? (response.status < 300 ? response.status : 200), text);
      return JSON.parse(text) as T;
    };
    const PATH = '/api/sensors/connectors';
    const declare = async (declaration: object): Promise<string> => (await api<{ id: string }>('POST', PATH, { name: 'Probe', declaration }, 201)).id;
    const look = (id: string): Promise<Connector> => api<Connector>('GET', `${PATH}/${id}`);
    const until = (id: string, right: (one: Connector) => boolean): Promise<Connector> =>
      eventually(async () => {
        const one = await look(id);
        return right(one) ? one : undefined;
      });
    /** Has it ask, and waits until it has. */
    const again = async (id: string): Promise<Connector> => {
      const { lastRunAt } = await look(id);
      await api('POST', `${PATH}/${id}/run`);
      const ran = await until(id, (one) => one.lastRunAt !== lastRunAt && one.lastRunAt !== null);
      // begun is not ended: the end changes state, count or failures
      return eventually(async () => {
        const { rows } = await sql<{ busy: boolean }>`select claimed_until is not null as busy from sensors.connector where id = ${id}`.execute(
          city.ctx.database.read,
        );
        return rows[0]!.busy ? undefined : look(ran.id);
      });
    };
    const resultsOf = async (stream: number): Promise<unknown[]> =>
      (
        await sql<{ value: unknown }>`select coalesce(to_jsonb(result_number), result) as value from sensors.observation where stream_id = ${stream}
          order by phenomenon_start`.execute(city.ctx.database.read)
      ).rows.map(({ value }) => value);
    const forget = (stream: number) => sql`delete from sensors.observation where stream_id = ${stream}`.execute(city.ctx.database.read);
    const json = (value: unknown) => ({ body: JSON.stringify(value) });

    it('REST: rows find their datastreams by their own key, are converted, and the same again doubles nothing', async () => {
      await forget(1);
      const rows = [
        { nr: 'S4', t: minutesAgo(30), cm: 512 },
        { nr: 'S1', t: minutesAgo(30), cm: '100,5' },
        { nr: 'S4', t: minutesAgo(30), cm: 512 },
        { nr: 'S9', t: minutesAgo(30), cm: 1 },
        { nr: 'S4', t: 'gestern', cm: 1 },
      ];
      answer = () => json({ daten: { stationen: rows } });
      const id = await declare({
        kind: 'rest',
        url: `${http}/pegel`,
        everySeconds: 3600,
        rows: 'daten.stationen',
        header: 'X-Key',
        secret: 'PEGEL',
        mapping: { key: 'nr', property: 'stationId', time: 't', result: 'cm', factor: 0.01 },
      });
      const first = await until(id, ({ state }) => state === 'well');
      assert.deepEqual([first.kept, first.rejected, first.state], [2, 2, 'well']);
      assert.match(first.lastRejects.join(' '), /stationId = „S9“/);
      assert.equal(asked.at(-1)!.key, 'sehr-geheim');
      assert.deepEqual([await resultsOf(4), await resultsOf(1)], [[5.12], [1.005]]);
      rows.unshift({ nr: 'S4', t: minutesAgo(60), cm: 400 }, { nr: 'S4', t: minutesAgo(10), cm: 600 });
      const second = await again(id);
      assert.deepEqual([second.kept, await resultsOf(4)], [4, [4, 5.12, 6]], 'what comes late is kept, too');
      await api('DELETE', `${PATH}/${id}`);
      const anew = await declare({
        kind: 'rest',
        url: `${http}/pegel`,
        everySeconds: 3600,
        rows: 'daten.stationen',
        mapping: { key: 'nr', property: 'stationId', time: 't', result: 'cm', factor: 0.01 },
      });
      assert.equal((await again(anew)).kept, 0, 'even a new connector doubles nothing');
      await api('DELETE', `${PATH}/${anew}`);
    });
    it('REST: hostile answers fail with a German reason, back off, and the city goes on', async () => {
      const declaration = { kind: 'rest', url: `${http}/x`, everySeconds: 3600, mapping: { stream: 4, time: 't', result: 'v' } };
      answer = () => json([]);
      const id = await declare(declaration);
      await until(id, ({ state }) => state === 'well');
      const before = await resultsOf(4);
      const hostile: readonly (readonly [ReturnType<typeof answer>, RegExp])[] = [
        [{ body: 'x'.repeat(10_000_001) }, /größer als 10 MB/],
        [{ body: '<html>' }, /kein JSON/],
        [{ body: '5' }, /weder eine Liste noch ein Objekt/],
        [{ status: 500 }, /antwortet mit 500/],
        [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, /nicht öffentlich/],
        [{ status: 302, headers: { location: 'http://169.254.169.254/latest' } }, /nicht öffentlich/],
        [{ body: 'x', headers: { 'content-encoding': 'gzip' } }, /gepackt/],
      ];
      for (const [said, why] of hostile) {
        answer = () => said;
        const failed = await again(id);
        assert.equal(failed.state, 'failing');
        assert.match(failed.lastError ?? '', why);
      }
      assert.equal((await look(id)).failures, 7);
      answer = () =>
        json([
          '',
          null,
          5,
          [],
          { t: minutesAgo(1), v: { $gt: 1 } },
          { t: '9999-12-31T23:59:59Z', v: 1 },
          { t: '0001-01-01T00:00:00Z', v: 'NaN' },
          { ['\0']: 1 },
        ]);
      const odd = await again(id);
      assert.deepEqual([odd.state, odd.failures, odd.kept, odd.rejected], ['well', 0, 0, 8]);
      assert.deepEqual(await resultsOf(4), before);
      await api('DELETE', `${PATH}/${id}`);
    });
    it('REST: CSV with a German clock', async () => {
      await forget(4);
      answer = () => ({ body: 'Zeit;Wert\n01.07.2026 12:00;1,5\n01.07.2026 13:00;2,5\n' });
      const id = await declare({
        kind: 'rest',
        url: `${http}/csv`,
        everySeconds: 3600,
        format: 'csv',
        mapping: { stream: 4, time: 'Zeit', timeFormat: 'local', result: 'Wert' },
      });
      await until(id, ({ kept }) => kept === 2);
      assert.deepEqual(await resultsOf(4), [1.5, 2.5]);
      await api('DELETE', `${PATH}/${id}`);
    });
    it('SensorThings: another city’s datastreams are followed page by page, with what comes late, and nothing twice', async () => {
      await forget(4);
      const rows = Array.from({ length: 2500 }, (_, n) => [
        Temporal.Now.instant()
          .subtract({ seconds: 3000 - n })
          .round('second')
          .toString(),
        n,
      ]);
      const tell = (list: readonly unknown[]) =>
        serverOf(other, () => ACTORS.administration).request('/sta/v1.1/CreateObservations', {
          method: 'POST',
          headers: { ...as('administration'), 'content-type': 'application/json', origin: 'http://localhost:8080' },
          body: JSON.stringify([{ Datastream: { '@iot.id': 4 }, components: ['phenomenonTime', 'result'], dataArray: list }]),
        });
      const told = await tell(rows);
      assert.equal(told.status, 201, await told.clone().text());
      const id = await declare({
        kind: 'sensorthings',
        url: `http://localhost:${otherListener.port}/sta/v1.1`,
        everySeconds: 3600,
        streams: [
          { from: 4, to: 4 },
          { from: 99, to: 1 },
        ],
      });
      const first = await until(id, ({ kept, failures }) => kept === 2500 && failures > 0);
      assert.match(first.lastError ?? '', /Datastream\(99\)/, 'the one that is not there keeps no other waiting');
      await tell([
        [Temporal.Now.instant().subtract({ seconds: 1500, milliseconds: 500 }).toString(), -1],
        [Temporal.Now.instant().round('second').toString(), 2500],
      ]);
      const second = await again(id);
      assert.equal(second.kept, 2502);
      assert.equal((await again(id)).kept, 2502);
      assert.equal((await resultsOf(4)).length, 2502);
      await api('DELETE', `${PATH}/${id}`);
    });
    it('SensorThings: one row dated far ahead, and one that is no text, keep nothing waiting', async () => {
      await forget(4);
      const at = (minutes: number): string => Temporal.Now.instant().round('second').subtract({ minutes }).toString();
      const rows = [
        { phenomenonTime: at(5), result: 1 },
        { phenomenonTime: at(4), result: '\u0000' },
        { phenomenonTime: '2099-01-01T00:00:00Z', result: 2 },
      ];
      answer = () => json({ value: rows });
      const id = await declare({ kind: 'sensorthings', url: `${http}/sta/v1.1`, everySeconds: 3600, streams: [{ from: 1, to: 4 }] });
      assert.equal((await until(id, ({ kept, rejected }) => kept === 1 && rejected === 2)).failures, 0);
      rows.splice(0, 3, { phenomenonTime: at(1), result: 3 });
      assert.equal((await again(id)).kept, 2);
      assert.doesNotMatch(decodeURIComponent(asked.at(-1)!.path), /2099/);
      await api('DELETE', `${PATH}/${id}`);
    });
    it('SensorThings: a next page elsewhere is not followed', async () => {
      answer = () => json({ value: [], '@iot.nextLink': 'http://127.0.0.1:1/sta/v1.1/Observations' });
      const id = await declare({ kind: 'sensorthings', url: `${http}/sta/v1.1`, everySeconds: 3600, streams: [{ from: "it's", to: 4 }] });
      assert.match((await until(id, ({ failures }) => failures > 0)).lastError ?? '', /nächste Seite soll anderswo/);
      assert.match(decodeURIComponent(asked.at(-1)!.path), /Datastreams\('it''s'\)\/Observations\?\$filter=phenomenonTime ge /);
      await api('DELETE', `${PATH}/${id}`);
    });
    it('MQTT: messages become observations, what came while the line was down comes, too, and once', async () => {
      await forget(1);
      const id = await declare({
        kind: 'mqtt',
        url: mqtt,
        topic: 'stadt/+/luft',
        user: 'kontor',
        secret: 'LUFT',
        mapping: { key: '$topic.1', property: 'stationId', time: 't', timeFormat: 'seconds', result: 'no2' },
      });
      await until(id, ({ state }) => state === 'well');
      const station = await connectAsync(mqtt, { username: 'kontor', password: 'richtig' });
      const base = Math.floor(Date.now() / 1000) - 1000;
      const send = (n: number, topic = 'stadt/S1/luft') => station.publishAsync(topic, JSON.stringify({ t: base + n, no2: n }), { qos: 1 });
      for (let n = 0; n < 20; n += 1) await send(n);
      await send(5);
      await station.publishAsync('stadt/S1/luft', 'kaputt{', { qos: 1 });
      await send(1, 'stadt/fremd/luft');
      await until(id, ({ kept, rejected }) => kept === 20 && rejected === 2);
      await api('POST', `${PATH}/${id}/pause`);
      for (let n = 20; n < 30; n += 1) await send(n);
      assert.equal((await look(id)).kept, 20);
      await api('POST', `${PATH}/${id}/resume`);
      await until(id, ({ kept }) => kept === 30);
      assert.deepEqual(
        await resultsOf(1),
        Array.from({ length: 30 }, (_, n) => n),
      );
      await station.endAsync();
      for (const line of lines) line.destroy();
      await until(id, ({ failures }) => failures === 1);
      await until(id, ({ state }) => state === 'well');
      await api('DELETE', `${PATH}/${id}`);
    });
    it('MQTT: a wrong secret and a silent broker are told', async () => {
      const mapping = { stream: 4, result: 'value' };
      const id = await declare({ kind: 'mqtt', url: mqtt, topic: '#', user: 'kontor', secret: 'PEGEL', mapping });
      assert.match((await until(id, ({ failures }) => failures > 0)).lastError ?? '', /lässt uns nicht hinein/);
      await api('DELETE', `${PATH}/${id}`);
    });
    it('a wrong declaration is refused at its place, by API and page, and keeps what was typed', async () => {
      const rest = { kind: 'rest', url: `${http}/x`, everySeconds: 60, mapping: { stream: 4, result: 'v' } };
      for (const [declaration, why] of [
        [{ ...rest, url: 'http://127.0.0.1/' }, /nicht öffentlich/],
        [{ ...rest, url: 'file:///etc/passwd' }, /https/],
        [{ ...rest, secret: 'UNBEKANNT' }, /KONTOR_CONNECTOR_UNBEKANNT/],
        [{ ...rest, mapping: { stream: 999, result: 'v' } }, /Datenstrom 999/],
        [{ ...rest, kind: 'mqtt' }, /everySeconds|topic/],
      ] as const) {
        const refused = await api<object>('POST', PATH, { name: 'x', declaration }, 422);
        assert.match(JSON.stringify(refused), why);
      }
      const page = await server.request('/verwaltung/anschluesse', {
        method: 'POST',
        headers: { ...as('administration'), origin: 'http://localhost:8080' },
        body: new URLSearchParams({ name: 'Halb getippt', declaration: '{"kind": ' }),
      });
      assert.equal(page.status, 422);
      assert.match(await page.text(), /value="Halb getippt"[\s\S]*\{&quot;kind&quot;:/);
    });
    it('pages do the same without JavaScript, and all of it is journalled', async () => {
      answer = () => json([]);
      const form = (path: string, fields: Record<string, string> = {}): Promise<Response> =>
        server.request(path, { method: 'POST', headers: { ...as('administration'), origin: 'http://localhost:8080' }, body: new URLSearchParams(fields) });
      const declaration = JSON.stringify({ kind: 'rest', url: `${http}/y`, everySeconds: 60, mapping: { stream: 4, result: 'v' } });
      const made = await form('/verwaltung/anschluesse', { name: 'Von der Seite', declaration });
      const at = made.headers.get('location')!;
      for (const [step, status] of [
        ['anhalten', 303],
        ['anhalten', 409],
        ['jetzt', 409],
        ['weiter', 303],
        ['jetzt', 303],
      ] as const)
        assert.equal((await form(`${at}/${step}`)).status, status, step);
      assert.equal((await form(at, { name: 'Anders', declaration })).status, 303);
      assert.match(await (await server.request(at, { headers: as('revision') })).text(), /Anders/);
      assert.equal((await form(`${at}/entfernen`)).status, 303);
      assert.equal((await server.request(at, { headers: as('revision') })).status, 404);
      const entries = await city.ctx.journal.readAfter(city.ctx.database.read, 0, {
        kinds: ['declared', 'paused', 'resumed', 'hurried', 'removed'].map((what) => `sensors.connector-${what}`),
      });
      const mine = entries.filter(({ stream }) => stream === `sensors:connector:${at.split('/').at(-1)}`).map(({ kind }) => kind.slice(18));
      assert.deepEqual(mine, ['declared', 'paused', 'resumed', 'hurried', 'declared', 'removed']);
      assert.ok(!JSON.stringify(entries).includes('/pegel'), 'no whole addresses in the journal');
      assert.equal((await verifyJournal(city.ctx.database.read)).broken, undefined);
    });
    it('no secret is told, and nothing failed', async () => {
      const told = JSON.stringify([city.log.lines, await api('GET', PATH)]);
      assert.ok(!told.includes('sehr-geheim') && !told.includes('richtig'));
      assert.deepEqual(
        city.log.lines.filter(({ level }) => level === 'error').map(({ event, facts }) => ({ event, facts })),
        [],
      );
    });
  });
}
