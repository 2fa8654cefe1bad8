import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addCollection } from '../../../../test/support/geodata-rows.ts';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { GetPage, Visit } from '../../../platform/http/route.ts';
import { pictureRoutes } from './pictures.ts';
import { findPlace } from '../application/find-place.ts';
import { enterLage, showInPicture, type PictureObject } from '../../situation/public.ts';

let city: LageCity;
let key: string;
const at = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] }) as const;

const thing = (id: string, over: Partial<PictureObject>): PictureObject => ({
  ...{ id, kind: 'unit', layer: 'kraefte', title: id, geometry: at(9.97, 53.54), facts: {} },
  ...{ source: { kind: 'system', name: 'test' }, eventAt: city.ctx.clock(), receivedAt: city.ctx.clock() },
  ...over,
});

async function put(...objects: readonly PictureObject[]): Promise<void> {
  const { lage } = expectOk(await enterLage(city.ctx, city.leader, key, 'read'));
  await city.ctx.database.write(async (tx) => {
    const entry = await showInPicture(tx, lage.id, objects, city.ctx.clock());
    await city.ctx.journal.append(tx, { kind: 'system', job: 'test' }, city.ctx.clock(), [entry]);
  });
}

const text = async (path: string, who = 'leader'): Promise<string> => {
  const answer = await city.call(who, 'GET', path);
  assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
  return answer.text();
};

before(async () => {
  city = await lageCity({ engine: 'pglite' });
  key = await city.lage('Sturmflut <Süd>', { exercise: true });
  await put(
    thing('unit:1', { title: 'HLRW 21-1', symbol: { grundzeichen: 'kraftfahrzeug-landgebunden', organisation: 'thw', fachaufgabe: 'pumpen' } }),
    thing('unit:2', { title: 'Alt & grau', eventAt: city.ctx.clock().subtract({ minutes: 42 }), uncertaintyMetres: 400 }),
    thing('unit:3', { title: 'Ohne Zeichen', symbol: { grundzeichen: 'gibt-es-nicht' }, geometry: at(9.99, 53.53) }),
    thing('gate:1', { kind: 'gate', layer: 'tore', title: 'Tor Nord', facts: { state: 'open', contradicts: ['report:1'] }, geometry: at(9.98, 53.53) }),
    thing('zone:1', {
      kind: 'zone',
      layer: 'raeumung',
      title: 'Zone Veddel',
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [10.01, 53.52],
            [10.03, 53.52],
            [10.03, 53.53],
            [10.01, 53.52],
          ],
        ],
      },
    }),
    thing('report:9', { kind: 'report', layer: 'meldungen', title: 'Ohne Ort', geometry: null }),
  );
});
after(() => city.close());

describe('the map of a Lage', () => {
  it('says the same as tables, with age, source, grade and what stands out', async () => {
    const page = await text(`/lagen/${key}/karte`);
    assert.match(page, /HLRW 21-1/);
    assert.match(page, /vor 42 min/);
    assert.match(page, /⚠ alt/);
    assert.match(page, /⚠ Widerspruch/);
    assert.match(page, /ohne Ort/);
    assert.match(page, /32U NE \d{5} \d{5}/);
    assert.match(page, /ÜBUNG/);
  });
  it('the picture has the signs, a plain one where a sign is not known, and marks what is old and contradicted', async () => {
    const svg = await text(`/lagen/${key}/karte/bild.svg?gitter=1`);
    assert.match(svg, /<symbol id="tz0"/);
    assert.match(svg, /fill="#003399"/);
    assert.match(svg, /class="number">O<\/text>/);
    assert.match(svg, /stroke-dasharray="5 4"/);
    assert.match(svg, /stroke="#c81919"/);
    assert.match(svg, />ÜBUNG</);
    assert.match(svg, /Alt &amp; grau/);
    assert.doesNotMatch(svg, /@font-face|<script|undefined|NaN/);
  });
  it('shows only the layers that are on, one by one or by the view of a section', async () => {
    const page = await text(`/lagen/${key}/karte?ebene=tore`);
    assert.match(page, /Tor Nord/);
    assert.doesNotMatch(page, />HLRW 21-1</);
    const supply = await text(`/lagen/${key}/karte?sicht=S4`);
    assert.match(supply, />HLRW 21-1</);
    assert.doesNotMatch(supply, />Tor Nord</);
  });
  it('looks back, and says so', async () => {
    const then = city.ctx.clock().add({ minutes: 1 });
    city.setClock(then.add({ minutes: 10 }));
    await put(thing('unit:9', { title: 'Später gekommen' }));
    const page = await text(`/lagen/${key}/karte?zeit=${encodeURIComponent(then.toString())}`);
    assert.match(page, /Rückblick, Stand/);
    assert.doesNotMatch(page, />Später gekommen</);
    assert.match(await text(`/lagen/${key}/karte`), />Später gekommen</);
  });
  it('finds places by MGRS, UTM, degrees and by name', async () => {
    for (const q of ['32U NE 66253 33921', '32U 566253 5933921', '53,55 10,0']) {
      const { items } = (await city.json('leader', 'GET', `/api/lagen/${key}/orte?q=${encodeURIComponent(q)}`)) as {
        items: { lon: number; from: string; mgrs: string }[];
      };
      assert.equal(items[0]?.from, 'coordinates', q);
      assert.ok(Math.abs(items[0].lon - 10) < 1e-4);
    }
    const { items } = (await city.json('leader', 'GET', `/api/lagen/${key}/orte?q=tor`)) as { items: { objectId: string }[] };
    assert.deepEqual(
      items.map(({ objectId }) => objectId),
      ['gate:1'],
    );
    assert.match(await text(`/lagen/${key}/karte?q=tor+nord`), /objekt=gate%3A1/);
  });
  it('finds streets of the city’s own collections', async () => {
    const address = { title: 'Deichstraße 4', lon: 9.98, lat: 53.54 };
    const asked: string[] = [];
    const found = expectOk(
      await findPlace({ ...city.ctx, addresses: (_, words) => (asked.push(words), Promise.resolve([address])) }, city.leader, key, 'Deichstraße'),
    );
    assert.deepEqual(found, [{ ...address, from: 'address' }]);
    assert.deepEqual(asked, ['Deichstraße']);
    const features = [
      { id: 'a', geometry: at(9.98, 53.54), properties: { strasse: 'Am Sandtorkai', hausnummer: '4' } },
      { id: 'b', geometry: at(9.97, 53.55), properties: { strasse: '100 % Hof_' } },
    ];
    await addCollection(city.ctx.database, { id: 'hauskoordinaten', properties: { strasse: 'text', hausnummer: 'text' } }, features);
    const ask = async (q: string): Promise<unknown[]> =>
      ((await city.json('leader', 'GET', `/api/lagen/${key}/orte?q=${encodeURIComponent(q)}`)) as { items: { title: string }[] }).items.map(
        ({ title }) => title,
      );
    assert.deepEqual(await ask('sandtor'), ['Am Sandtorkai 4']);
    assert.deepEqual(await ask("O'Hof"), []);
    assert.deepEqual(await ask('% hof_'), ['100 % Hof_']);
    assert.deepEqual(await ask('xx_yy'), []);
  });
  it('lays pictures of models between their corners, once they are switched on', async () => {
    const overlay = {
      ...{ id: 'flut', title: { de: 'Flut', en: 'Flood', leicht: 'Flut' }, url: '/x.png', at: city.ctx.clock(), source: 'Modell 1', legend: [] },
      corners: [
        [9.9, 53.6],
        [10.1, 53.61],
        [10.1, 53.5],
        [9.9, 53.5],
      ] as const,
      bytes: () => Promise.resolve({ mediaType: 'image/png', bytes: new Uint8Array([1, 2]) }),
    };
    const [picture] = pictureRoutes({ ...city.ctx, overlays: () => Promise.resolve([overlay]), addresses: () => Promise.resolve([]) }, []);
    const draw = async (query: string): Promise<string> => {
      const visit = { actor: city.leader, params: { key }, query: new URLSearchParams(query), now: city.ctx.clock(), lang: 'de' } as unknown as Visit;
      const answer = await (picture as GetPage).handle(visit);
      assert.equal(answer.kind, 'file');
      return answer.kind === 'file' ? Buffer.from(answer.bytes).toString() : '';
    };
    assert.doesNotMatch(await draw(''), /<image/);
    assert.match(await draw('bild=flut'), /<image width="1" height="1" transform="matrix\([\d. -]+\)"[^>]*href="data:image\/png;base64,AQI="/);
  });
  it('is printed with legend, grid, scale and the mark of the exercise', async () => {
    const answer = await city.call('leader', 'GET', `/lagen/${key}/karte/druck.pdf?papier=a3&massstab=25000`);
    assert.equal(answer.status, 200, await answer.clone().text());
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
    assert.ok(bytes.length > 20_000);
  });
  it('is not there for who does not belong to the Lage', async () => {
    for (const path of ['karte', 'karte/bild.svg', 'karte/druck.pdf'])
      assert.equal((await city.call('stranger', 'GET', `/lagen/${key}/${path}`)).status, 404, path);
    for (const path of ['karte', 'orte?q=tor']) assert.equal((await city.call('stranger', 'GET', `/api/lagen/${key}/${path}`)).status, 404, path);
    assert.equal((await city.form('stranger', `/lagen/${key}/karte/zeichnen`, { kind: 'hazard', title: 'x', shape: 'punkt', places: '53.5 10' })).status, 404);
  });
});

describe('drawing by form', () => {
  const fields = { kind: 'hazard', title: 'Ölfilm', shape: 'linie', places: '53.54 9.97\n32U NE 66253 33921', sign: 'symbol=wasser' };
  it('draws what was typed, in any notation', async () => {
    const answer = await city.form('leader', `/lagen/${key}/karte/zeichnen`, fields);
    assert.equal(answer.status, 303, await answer.clone().text());
    const { items } = (await city.json('leader', 'GET', `/api/lagen/${key}/objects?kinds=hazard`)) as {
      items: { title: string; symbol: object; geometry: { type: string } }[];
    };
    assert.equal(items[0]?.geometry.type, 'LineString');
    assert.deepEqual(items[0].symbol, { symbol: 'wasser' });
  });
  it('says what is wrong, and keeps what was typed', async () => {
    const answer = await city.form('leader', `/lagen/${key}/karte/zeichnen`, { ...fields, places: '53.54 9.97\nam Deich links' });
    const page = await answer.text();
    assert.equal(answer.status, 422);
    assert.match(page, /„am Deich links“ ist kein Ort/);
    assert.match(page, /53\.54 9\.97\nam Deich links<\/textarea>/);
  });
  it('a conflict shows both, and entering mine keeps what the form does not ask', async () => {
    const made = await city.json('leader', 'POST', `/api/lagen/${key}/objects`, {
      kind: 'closure',
      title: 'Sperre A',
      geometry: at(9.9, 53.5),
      facts: { why: 'Wasser' },
      symbol: { symbol: 'blockiert', farbe: '#d32f2f' },
    });
    const id = String(made['id']);
    await city.json('leader', 'POST', `/api/lagen/${key}/objects`, {
      id: id.slice(8),
      kind: 'closure',
      title: 'Sperre B',
      geometry: at(9.9, 53.5),
      facts: { why: 'Wasser' },
      symbol: { symbol: 'blockiert', farbe: '#d32f2f' },
      basis: made['seq'],
    });
    const mine = { id, kind: 'closure', title: 'Sperre C', shape: 'punkt', places: '53.5 9.9', sign: 'keep' };
    const answer = await city.form('leader', `/lagen/${key}/karte/zeichnen`, { ...mine, basis: String(made['seq']) });
    const page = await answer.text();
    assert.equal(answer.status, 409);
    assert.match(page, /Jemand war schneller/);
    assert.match(page, /Sperre B/);
    assert.match(page, /value="Sperre C"/);
    const basis = /name="basis" value="(\d+)"/.exec(page)![1]!;
    assert.equal((await city.form('leader', `/lagen/${key}/karte/zeichnen`, { ...mine, basis })).status, 303);
    const now = await city.json('leader', 'GET', `/api/lagen/${key}/objects/${encodeURIComponent(id)}`);
    assert.deepEqual([now['title'], now['facts'], now['symbol']], ['Sperre C', { why: 'Wasser' }, { symbol: 'blockiert', farbe: '#d32f2f' }]);
    assert.equal((await city.form('leader', `/lagen/${key}/karte/loeschen`, { id, basis: String(now['seq']) })).status, 303);
    assert.equal((await city.json('leader', 'GET', `/api/lagen/${key}/objects/${encodeURIComponent(id)}`))['ended'], true);
  });
});
