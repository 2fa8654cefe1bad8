import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { situationRoutes, takeIn } from '../../src/modules/situation/public.ts';
import type { PictureObject } from '../../src/kernel/picture.ts';
import { assetResponse } from '../../src/platform/http/assets.ts';
import { testServer } from '../support/test-server.ts';
import { lageCity, type LageCity } from '../support/lage-city.ts';

/** A line of 64 kbit/s carries this in a second. */
const BYTES_A_SECOND = 8000;
/** How long a phone with such a line may wait for the page, its files and the first picture, all compressed. */
const FIRST_SECONDS = 15;
/** The part of such a line that a minute of a busy Lage may take. */
const MINUTE_SHARE = 0.25;

let city: LageCity;
let key: string;
before(async () => {
  city = await lageCity();
  key = await city.lage('Sturmflut dünne Leitung');
  await show(Array.from({ length: 300 }, (_, n) => unit(n, 0)));
});
after(() => city.close());

/** Positions jump about as real ones do: they do not compress well. */
const unit = (n: number, turn: number): PictureObject => ({
  id: `unit:0190a000-0000-7000-8000-${String(n * 7919).padStart(12, '0')}`,
  kind: 'unit',
  layer: 'kraefte',
  title: `HLRW ${n % 40}-${1 + (n % 3)}`,
  geometry: {
    type: 'Point',
    coordinates: [9.7 + (((n * 7919 + turn * 104_729) % 99_991) / 99_991) * 0.6, 53.4 + (((n * 104_729 + turn * 7919) % 99_989) / 99_989) * 0.3],
  },
  uncertaintyMetres: 5 + (n % 20),
  symbol: { grundzeichen: 'fahrzeug', organisation: n % 2 === 0 ? 'feuerwehr' : 'thw', fachaufgabe: 'rettung' },
  facts: { strength: '1/2/6//9', status: 1 + ((n + turn) % 6), callSign: `Florian Hamburg ${n}` },
  source: { kind: 'cot', name: 'Funkortung', organisation: 'Feuerwehr' },
  eventAt: city.ctx.clock().add({ seconds: turn * 10, milliseconds: n }),
  receivedAt: city.ctx.clock().add({ seconds: turn * 10, milliseconds: n + 300 }),
});

async function show(objects: readonly PictureObject[]): Promise<void> {
  const { rows } = await import('kysely').then(({ sql }) =>
    sql<{ id: string }>`select id from situation.lage where key = ${key}`.execute(city.ctx.database.read),
  );
  assert.ok(await takeIn(city.ctx, rows[0]!.id, objects));
}

const get = (path: string): Promise<Response> => city.server.request(path, { headers: { cookie: 'kontor_session=leader', 'accept-encoding': 'gzip, br' } });
const sizeOf = async (path: string): Promise<number> => (await (await get(path)).arrayBuffer()).byteLength;

describe('a phone on a line of 64 kbit/s', () => {
  it(`has the page, its files and the picture of 300 units within ${FIRST_SECONDS} seconds`, async () => {
    const path = `/lagen/${key}/unterwegs`;
    const page = await (await city.call('leader', 'GET', path)).text();
    const named = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file]) => file!);
    assert.ok(
      named.some((file) => file.includes('unterwegs')),
      `no script in ${named.join()}`,
    );
    const files = new Set<string>();
    const take = (file: string): void => {
      if (files.has(file)) return;
      files.add(file);
      const text = file.endsWith('.js') ? Buffer.from(assetResponse(file, undefined)!.body).toString() : '';
      for (const [, chunk] of text.matchAll(/from\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) take(`/assets/${chunk}`);
    };
    named.forEach(take);
    const bytes = [...files].map((file) => assetResponse(file, 'br')!.body.byteLength).reduce((a, b) => a + b, 0);
    const all = bytes + (await sizeOf(path)) + (await sizeOf(`/api/lagen/${key}/objects?limit=500`));
    assert.ok(all < FIRST_SECONDS * BYTES_A_SECOND, `${all} bytes are ${(all / BYTES_A_SECOND).toFixed(1)} s`);
  });

  it(`follows 60 units that move every ten seconds with less than ${MINUTE_SHARE} of the line`, async () => {
    const stopping = new AbortController();
    const answer = await city.server.request(`/lagen/${key}/live?sparsam&after=0`, {
      headers: { cookie: 'kontor_session=leader', 'accept-encoding': 'gzip' },
      signal: stopping.signal,
    });
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    const gunzip = createGunzip();
    let [bytes, text] = [0, ''];
    gunzip.setEncoding('utf8').on('data', (part: string) => (text += part));
    const reading = (async () => {
      for await (const part of answer.body!) {
        bytes += part.byteLength;
        gunzip.write(part);
      }
    })().catch(() => {});
    const upTo = async (seq: number): Promise<void> => {
      for (let tries = 0; !text.includes(`"upTo":${seq},`) && tries < 1000; tries += 1) await sleep(10);
      assert.ok(text.includes(`"upTo":${seq},`), `not told of ${seq}`);
    };
    await upTo(300);
    const before = bytes;
    for (let turn = 1; turn <= 6; turn += 1) {
      await show(Array.from({ length: 60 }, (_, n) => unit(n, turn)));
      await upTo(300 + turn * 60);
    }
    const share = (bytes - before) / (60 * BYTES_A_SECOND);
    stopping.abort();
    await answer.body?.cancel().catch(() => {});
    gunzip.destroy();
    await reading;
    assert.ok(share < MINUTE_SHARE, `${bytes - before} bytes are ${share.toFixed(2)} of the line`);
  });
});

describe('the live picture over HTTP', () => {
  it('is for those who belong to the Lage, and says what is wrong with a box', async () => {
    assert.equal((await city.call('stranger', 'GET', `/lagen/${key}/live`)).status, 404);
    assert.equal((await city.call('officer', 'GET', `/lagen/${key}/live`)).status, 403);
    assert.equal((await city.call('leader', 'GET', `/lagen/${key}/live?bbox=1,2,x,4`)).status, 422);
  });

  it('goes on after the last event that a browser names, whatever its address says', async () => {
    const answer = await city.server.request(`/lagen/${key}/live?after=0`, { headers: { cookie: 'kontor_session=leader', 'last-event-id': '659' } });
    const reader = answer.body!.getReader();
    let text = '';
    while (!text.includes('"upTo":660')) text += new TextDecoder().decode((await reader.read()).value);
    await reader.cancel();
    assert.equal(text.match(/"id": ?"unit/g)?.length, 1);
  });
});

describe('the app', () => {
  it('brings a worker for all pages of Lagen, and a manifest that says where it starts', async () => {
    const worker = await city.call('nobody', 'GET', '/lagen/app/sw.js');
    assert.deepEqual([worker.status, worker.headers.get('service-worker-allowed'), worker.headers.get('cache-control')], [200, '/lagen/', 'no-cache']);
    assert.match(worker.headers.get('content-type') ?? '', /javascript/);
    const text = await worker.text();
    assert.doesNotMatch(text, /^\s*(import|export)\b/m, 'browsers load it as one file');
    const manifest = (await (await city.call('nobody', 'GET', '/lagen/app/manifest.webmanifest')).json()) as { scope: string; start_url: string };
    assert.deepEqual([manifest.scope, manifest.start_url], ['/lagen', '/lagen']);
  });

  it('takes reports of whoever may report, where another module takes them', async () => {
    const taken: unknown[] = [];
    const report = async (_actor: unknown, _key: string, { text, place }: { text: string; place: unknown }) => {
      taken.push({ text, place });
      return { ok: true as const, value: undefined };
    };
    const choices = [{ label: 'erledigt', fields: { step: 'done' } }];
    const steps = async () => [{ about: 'task:1', title: 'Deich sichern', state: 'in Arbeit', path: '/auftraege/1/schritte', basis: 7, choices }];
    const bare = ((visit: object) => ({ ...visit, theme: 'auto' })) as never;
    const server = testServer(situationRoutes(city.ctx, bare, bare, { report, steps }), {
      clock: city.ctx.clock,
      authenticate: async () => ({ actor: city.leader }),
    });
    const send = (fields: Record<string, string>): Promise<Response> =>
      server.request(`/lagen/${key}/unterwegs`, { method: 'POST', headers: { cookie: 'kontor_session=x' }, body: new URLSearchParams(fields) });
    assert.match(
      await (await server.request(`/lagen/${key}/unterwegs`, { headers: { cookie: 'kontor_session=x' } })).text(),
      /id="entry-step-0-0"[^>]*schritte[\s\S]*id="entry-report"/,
    );
    assert.equal((await send({ form: 'report', 'report.text': 'Boot treibt', 'report.lon': '9,9', 'report.lat': '53,5' })).status, 303);
    assert.equal((await send({ form: 'report', 'report.text': 'Licht im Turm', 'report.lon': '9,9' })).status, 422);
    assert.deepEqual(taken, [{ text: 'Boot treibt', place: { lon: 9.9, lat: 53.5 } }]);
  });

  it('takes entries without scripts, keeps what was typed when it is wrong, and shows a change of others', async () => {
    const path = `/lagen/${key}/unterwegs`;
    const noted = await city.form('leader', path, { form: 'note', note: 'Deichfuß feucht' });
    assert.equal(noted.status, 303);
    const half = await city.form('leader', path, { form: 'mark', kind: 'damage', title: 'Riss', lon: '9,97', lat: '' });
    assert.equal(half.status, 422);
    assert.match(await half.text(), /value="Riss"/);
    assert.equal((await city.form('leader', path, { form: 'mark', kind: 'damage', title: 'Riss', lon: '9,97', lat: '53,5' })).status, 303);
    const page = await (await city.call('leader', 'GET', path)).text();
    const [, object] = /value="(damage:[^"]+@\d+)"/.exec(page) ?? [];
    assert.ok(object !== undefined);
    assert.equal((await city.form('leader', path, { form: 'mark', object, title: 'Riss im Deich' })).status, 303);
    const late = await city.form('leader', path, { form: 'mark', object, title: 'Riss am Tor' });
    assert.equal(late.status, 409);
    const text = await late.text();
    assert.match(text, /Riss im Deich/);
    assert.match(text, /value="Riss am Tor"/);
    assert.equal((await city.form('stranger', path, { form: 'note', note: 'x' })).status, 404);
  });
});
