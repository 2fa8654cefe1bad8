import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { importToCity } from '../../src/commands/import-to-city.ts';
import { takeOrder, type ImportContext } from '../../src/modules/geodata/public.ts';
import { listen } from '../../src/platform/http/listen.ts';
import { verifyJournal } from '../../src/platform/journal/journal.ts';
import { createOutbound } from '../../src/platform/outbound/outbound.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { eventually } from '../support/person.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { engines } from '../support/temporary-database.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

interface Order {
  readonly id: string;
  readonly state: string;
  readonly message: string | null;
  readonly rowsRead: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly notes: readonly string[];
}

const pointsCsv = (count: number, wrongEvery = 0): string =>
  `nr,lon,lat\n${Array.from({ length: count }, (_, n) => (wrongEvery > 0 && n % wrongEvery === 0 ? `${n},weit,weg` : `${n},${9.8 + (n % 400) / 1000},53.5`)).join('\n')}\n`;

for (const engine of engines) {
  describe(`import through a running city on ${engine}`, () => {
    let city: WholeCity;
    let server: CityServer;
    let source: Server;
    let sourceHost: string;
    let answer = pointsCsv(10);
    let folder: string;
    before(async () => {
      source = createServer((request, response) => {
        if (request.url === '/weg') return void response.writeHead(302, { location: 'http://127.0.0.1:1/geheim' }).end();
        if (request.url === '/seite') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Melden Sie sich an');
        response.end(answer);
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => source.once('listening', resolve));
      sourceHost = `localhost:${(source.address() as AddressInfo).port}`;
      folder = mkdtempSync(join(tmpdir(), 'kontor-running-'));
      mkdirSync(join(folder, 'own'));
      city = await wholeCity({ engine, env: { KONTOR_OUTBOUND_HOSTS: sourceHost, KONTOR_DATA: join(folder, 'data') } });
      server = serverOf(city, (token) => (token in ACTORS ? ACTORS[token as TestActor] : undefined));
      await api('POST', '/api/geodata/collections', { id: 'orte', title: 'Orte', keyProperty: 'nr' });
    });
    after(async () => {
      await city.close();
      source.close();
      rmSync(folder, { recursive: true });
    });
    const call = (method: string, path: string, init: RequestInit = {}, who: TestActor = 'administration'): Promise<Response> =>
      server.request(path, { ...init, method, headers: { ...as(who), origin: 'http://localhost:8080', ...init.headers } });
    const api = async <T>(method: string, path: string, body?: object, status?: number): Promise<T> => {
      const init = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const response = await call(method, path, init);
      const text = await response.text();
      assert.equal(response.status, status ?? (response.status < 300 ? response.status : 200), text);
      return JSON.parse(text) as T;
    };
    const upload = (
      path: string,
      name: string,
      content: string | Uint8Array,
      fields: Record<string, string> = {},
      who: TestActor = 'administration',
    ): Promise<Response> => {
      const body = new FormData();
      for (const [field, value] of Object.entries(fields)) body.set(field, value);
      body.set('file', new Blob([content as Uint8Array<ArrayBuffer>]), name);
      return call('POST', path, { body }, who);
    };
    const ended = (id: string): Promise<Order> =>
      eventually(async () => {
        const order = await api<Order>('GET', `/api/geodata/imports/${id}`);
        return ['waiting', 'fetching', 'reading'].includes(order.state) ? undefined : order;
      });
    const imported = async (name: string, content: string | Uint8Array, fields: Record<string, string> = {}, collection = 'orte'): Promise<Order> => {
      const response = await upload(`/api/geodata/collections/${collection}/imports`, name, content, fields);
      assert.equal(response.status, 202, await response.clone().text());
      return ended(((await response.json()) as { id: string }).id);
    };
    const counts = ({ state, created, changed, unchanged, rejected }: Order) => [state, created, changed, unchanged, rejected];
    const leftover = (): string[] => {
      const imports = join(folder, 'data/imports');
      return existsSync(imports) ? readdirSync(imports) : [];
    };
    /** The file goes right after its order has ended. */
    const nothingLeft = () => eventually(async () => (leftover().length === 0 ? true : undefined));

    it('an upload is read in the background, and again changes only what is different', async () => {
      assert.deepEqual(counts(await imported('orte.csv', pointsCsv(2500))), ['done', 2500, 0, 0, 0]);
      const again = await imported('orte.csv', pointsCsv(2501).replace('7,9.807', '7,9.9'));
      assert.deepEqual(counts(again), ['done', 1, 1, 2499, 0]);
      assert.match(again.notes.join(' '), /Trennzeichen „,“/);
      const [one] = (await api<{ items: { features: number; lastImport: object; freshness: string }[] }>('GET', '/api/geodata/collections')).items;
      assert.equal(one!.features, 2501);
      await nothingLeft();
    });
    it('a collection kept inside stays inside when nobody says otherwise', async () => {
      await api('POST', '/api/geodata/collections', { id: 'kataster', title: 'Kataster', access: 'internal' });
      await api('PUT', '/api/geodata/collections/kataster', { title: 'Kataster, neu' }, 422);
      assert.equal((await server.request('/ogc/collections/kataster')).status, 404);
      await api('PUT', '/api/geodata/collections/kataster', { title: 'Kataster, neu', access: 'internal', renewedEvery: 'P999999Y' });
      assert.equal((await call('GET', '/ogc/collections/kataster?f=html')).status, 200, 'a period beyond the calendar is no failure');
      await api('DELETE', '/api/geodata/collections/kataster');
    });

    it('rejected rows come with their reasons, in pages and as CSV', async () => {
      const order = await imported('halb.csv', pointsCsv(1000, 4));
      assert.equal(order.rejected, 250);
      const seen: { row: number; reason: string }[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { items: typeof seen; next: string | null } = await api(
          'GET',
          `/api/geodata/imports/${order.id}/rejects?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        seen.push(...page.items);
        cursor = page.next;
      }
      assert.equal(seen.length, 250);
      assert.equal(new Set(seen.map(({ row }) => row)).size, 250);
      const csv = await (await call('GET', `/verwaltung/importe/${order.id}/abgewiesen.csv`)).text();
      assert.equal(csv.trim().split('\r\n').length, 251);
      const page = await (await call('GET', `/verwaltung/importe/${order.id}`)).text();
      assert.match(page, /\?nach=\d+/);
      assert.match(page, new RegExp(seen[0]!.reason.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').slice(0, 30)));
    });
    it('what is not what it says is refused at once, with the file named', async () => {
      const at = '/api/geodata/collections/orte/imports';
      for (const [name, content, fields, why] of [
        ['orte.geojson', 'nr,lon,lat\n1,2,3', {}, /soll geojson sein, ist aber reiner Text/],
        ['orte.csv', '<!doctype html><p>Nicht gefunden', {}, /Webseite/],
        ['orte.gpkg', '{"type":"FeatureCollection"}', {}, /soll geopackage sein/],
        ['orte.csv', new Uint8Array([1, 0, 2, 0, 3]), {}, /weder Text noch/],
        ['orte.csv', '', {}, /leer/],
        ['orte.csv', 'nr,lon,lat', { origin: 'hier' }, /Nullpunkt/],
      ] as const) {
        const response = await upload(at, name, content, fields);
        assert.equal(response.status, 422, name);
        assert.match(await response.text(), why);
      }
      assert.equal((await upload('/api/geodata/collections/nirgends/imports', 'a.csv', 'a')).status, 404);
      assert.equal((await call('POST', at, { body: new FormData() })).status, 422);
      assert.equal((await upload(at, 'a.csv', 'a', {}, 'revision')).status, 403);
      await nothingLeft();
    });
    it('a line that breaks in the middle leaves nothing', async () => {
      const boundary = 'xxxx';
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nnr,lon,lat\n`;
      const broken = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(head));
          setTimeout(() => controller.error(new Error('gone')), 50);
        },
      });
      const init = { body: broken, duplex: 'half', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } } as RequestInit;
      assert.equal((await call('POST', '/api/geodata/collections/orte/imports', init)).status, 422);
      await nothingLeft();
    });
    it('the same key sends the same file once', async () => {
      const send = () => {
        const body = new FormData();
        body.set('file', new Blob([pointsCsv(3)]), 'orte.csv');
        return call('POST', '/api/geodata/collections/orte/imports', { body, headers: { 'idempotency-key': 'einmal' } });
      };
      const [first, second] = [(await (await send()).json()) as Order, (await (await send()).json()) as Order];
      assert.equal(first.id, second.id);
      await ended(first.id);
      await nothingLeft();
    });
    it('the city fetches from an address it may read, and from no other', async () => {
      answer = pointsCsv(50);
      const fetches = '/api/geodata/collections/orte/fetches';
      const { id } = await api<{ id: string }>('POST', fetches, { url: `http://${sourceHost}/stationen.csv` }, 202);
      assert.deepEqual(counts(await ended(id)), ['done', 0, 0, 50, 0]);
      const { key } = await api<{ key: string }>('POST', '/api/devices', { name: 'Regenmesser' });
      const asDevice = (path: string) => city.server.request(path, { headers: { authorization: `Bearer ${key}` } });
      assert.deepEqual([(await asDevice('/api/geodata/imports')).status, (await asDevice(`/api/geodata/imports/${id}`)).status], [403, 404]);
      for (const url of ['http://127.0.0.1/', 'http://169.254.169.254/latest', 'file:///etc/passwd', 'nichts', `http://ich:geheim@${sourceHost}/`])
        await api('POST', fetches, { url }, 422);
      const away = await api<{ id: string }>('POST', fetches, { url: `http://${sourceHost}/weg` }, 202);
      assert.match((await ended(away.id)).message ?? '', /Netz, das nicht öffentlich ist/);
      const page = await api<{ id: string }>('POST', fetches, { url: `http://${sourceHost}/seite` }, 202);
      assert.match((await ended(page.id)).message ?? '', /keinen? |Format|XPlan|XML|lesbar/i);
      await nothingLeft();
    });
    it('an import goes on after an interruption and counts once; one that is cancelled stops', async () => {
      await api('POST', '/api/geodata/collections', { id: 'lang', title: 'Lang' });
      // a city whose workers rest, so that the test does the work by itself, slice by slice
      const ctx: ImportContext = {
        ...city.ctx,
        outbox: { enqueue: async () => {} },
        outbound: createOutbound({ allowedHosts: [] }),
        imports: join(folder, 'own'),
        plans: () => {
          throw new Error('no plan here');
        },
      };
      const { orderUpload } = await import('../../src/modules/geodata/application/import-orders.ts');
      const ordered = async (): Promise<string> => {
        const path = join(folder, 'own/ankunft');
        writeFileSync(path, pointsCsv(6000, 10));
        const done = await orderUpload(ctx, ACTORS.administration, 'lang', { path, fileName: 'lang.csv', sizeBytes: 1 }, {});
        assert.ok(done.ok);
        return done.value.id;
      };
      const id = await ordered();
      let slices = 0;
      while ((await takeOrder(ctx, id, 0)) === 'more') slices += 1;
      assert.ok(slices >= 5, `${slices} slices`);
      assert.deepEqual(counts(await api<Order>('GET', `/api/geodata/imports/${id}`)), ['done', 5400, 0, 0, 600]);
      assert.equal(await takeOrder(ctx, id), 'done', 'done again does nothing');
      const other = await ordered();
      assert.equal(await takeOrder(ctx, other, 0), 'more');
      await api('DELETE', `/api/geodata/imports/${other}`);
      assert.equal(await takeOrder(ctx, other), 'done');
      assert.equal((await api<Order>('GET', `/api/geodata/imports/${other}`)).state, 'cancelled');
      await api('DELETE', `/api/geodata/imports/${other}`, undefined, 409);
      assert.deepEqual(readdirSync(join(folder, 'own')), []);
    });
    it('a collection is made, described and deleted on pages without JavaScript, and all of it is journalled', async () => {
      const form = (path: string, fields: Record<string, string>) => call('POST', path, { body: new URLSearchParams(fields) });
      assert.equal((await form('/verwaltung/daten', { id: 'Große Bäume', title: '' })).status, 422);
      const made = await form('/verwaltung/daten', { id: 'baeume', title: 'Bäume', access: 'internal' });
      assert.equal(made.headers.get('location'), '/verwaltung/daten/baeume');
      assert.equal((await form('/verwaltung/daten', { id: 'baeume', title: 'Noch einmal' })).status, 422);
      const known = {
        title: 'Bäume',
        owner: 'Grünflächenamt',
        licence: 'https://www.govdata.de/dl-de/by-2-0',
        keywords: 'Baum, Grün, Baum',
        renewedEvery: 'P1D',
        access: 'open',
      };
      assert.equal((await form('/verwaltung/daten/baeume/beschreiben', { ...known, licence: 'javascript:alert(1)' })).status, 422);
      assert.equal((await form('/verwaltung/daten/baeume/beschreiben', known)).status, 303);
      const page = await (await call('GET', '/verwaltung/daten/baeume')).text();
      assert.match(page, /Grünflächenamt/);
      assert.match(page, /frisch/);
      assert.match(await (await call('GET', '/verwaltung/daten/baeume/beschreiben')).text(), /value="Baum, Grün"/);
      const sent = await upload('/verwaltung/daten/baeume/datei', 'b.csv', pointsCsv(5));
      assert.equal(sent.status, 303);
      await ended(sent.headers.get('location')!.split('/').at(-1)!);
      assert.equal((await form('/verwaltung/daten/baeume/adresse', { url: 'http://10.0.0.1/' })).status, 422);
      assert.equal((await form('/verwaltung/daten/baeume/loeschen', { confirm: 'Bäume' })).status, 422);
      assert.equal((await form('/verwaltung/daten/baeume/loeschen', { confirm: 'baeume' })).status, 303);
      assert.equal((await call('GET', '/verwaltung/daten/baeume')).status, 404);
      const kinds = ['geodata.collection-made', 'geodata.collection-described', 'geodata.import-ordered', 'geodata.imported', 'geodata.collection-deleted'];
      const entries = await city.ctx.journal.readAfter(city.ctx.database.read, 0, { kinds });
      assert.deepEqual(
        entries.filter(({ stream }) => stream === 'geodata:baeume').map(({ kind }) => kind),
        kinds,
      );
      assert.equal((await verifyJournal(city.ctx.database.read)).broken, undefined);
    });
    it('the command hands a file to the running city with a device’s key', async () => {
      const device = await api<{ key: string }>('POST', '/api/devices', { name: 'Importrechner' }, 201);
      const [path, key] = [join(folder, 'bringt.csv'), join(folder, 'key')];
      writeFileSync(path, pointsCsv(20));
      writeFileSync(key, `${device.key}\n`);
      const listener = await listen((request, env) => city.answer(request, env), { host: '127.0.0.1', port: 0 });
      const said: string[] = [];
      const out = { print: (line: string) => void said.push(line), complain: (line: string) => void said.push(line) };
      const wish = { path, collection: 'orte', city: `http://127.0.0.1:${listener.port}`, key, fields: { crs: 'CRS84' } };
      assert.equal(await importToCity(wish, out), 0, said.join('\n'));
      assert.match(said.at(-1)!, /^20 Zeilen: 0 neu, \d+ geändert, \d+ gleich, 0 abgewiesen\.$/);
      assert.equal(await importToCity({ ...wish, collection: 'gibtesnicht' }, out), 1);
      assert.match(said.at(-1)!, /Diese Sammlung gibt es nicht/);
      writeFileSync(key, 'falsch');
      assert.equal(await importToCity(wish, out), 1);
      await listener.close(100);
    });
    it('nothing failed', () => {
      assert.deepEqual(
        city.log.lines.filter(({ event }) => event === 'http.failed' || event === 'job.retry').map(({ facts }) => facts),
        [],
      );
    });
  });
}
