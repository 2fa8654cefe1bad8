import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { fillDemoFlood } from '../../../demo-flood.ts';
import { fillDemoWays } from '../../../demo-ways.ts';
import { enterLage, readPicture } from '../../situation/public.ts';
import { expectOk } from '../../../kernel/result.ts';
import { FloodThreads } from '../application/flood-threads.ts';
import { allGrids } from '../application/grids.ts';
import { readGridFile } from '../application/read-grid.ts';
import { runFlood } from '../application/run-flood.ts';

let city: LageCity;
let key: string;
let gridId: string;
before(async () => {
  city = await lageCity();
  await fillDemoFlood(city.ctx, 'small');
  await fillDemoWays(city.ctx, 1);
  key = await city.lage('Sturmflut');
  gridId = (await allGrids(city.ctx))[0]!.id;
});
after(() => city.close());

type Json = Record<string, unknown>;
const base = (): string => `/api/lagen/${key}/flut`;
const numbersOf = (answer: Json, name: string): number => Number(answer[name]);

describe('what if', () => {
  const ask = (levelMetres: number, open: readonly string[] = []): Promise<Json> =>
    city.json('leader', 'POST', `${base()}/was-waere-wenn`, { gridId, levelMetres, open });
  it('at 6.45 m the dykes hold; a gate that stays open puts the quarter and its people under water', async () => {
    const held = await ask(6.45);
    const open = await ask(6.45, ['tor-nord-1']);
    assert.equal(numbersOf(held, 'people'), 0);
    assert.ok(numbersOf(open, 'people') > 100, JSON.stringify(open));
    assert.ok(numbersOf(open, 'floodedSquareKilometres') > numbersOf(held, 'floodedSquareKilometres') + 5);
    assert.ok((open['facilities'] as Json[]).some(({ what }) => what === 'Krankenhaus'));
    assert.deepEqual(open['unknown'], ['gebaeude'], 'what is not known is not said to be zero');
    assert.equal(open['synthetic'], true);
    const picture = await city.call('leader', 'GET', String(open['picture']));
    assert.equal(picture.headers.get('content-type'), 'image/png');
    assert.deepEqual([...new Uint8Array(await picture.arrayBuffer()).subarray(1, 4)], [80, 78, 71]);
  });

  it('the page says the same without a script, keeps a wrong level, and says what is wrong with it', async () => {
    const page = await city.call('leader', 'GET', `/lagen/${key}/flut?gitter=${gridId}&pegel=6,45&offen=tor-nord-1`);
    const text = await page.text();
    assert.equal(page.status, 200, text.slice(0, 400));
    assert.match(text, /Modellrechnung/);
    assert.match(text, /Erfundenes Gelände/);
    assert.match(text, /nicht bekannt/, 'buildings are not counted where their collection is missing');
    assert.match(text, /bild\.png\?gitter=/);
    const wrong = await city.call('leader', 'GET', `/lagen/${key}/flut?gitter=${gridId}&pegel=viel`);
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /value="viel"/);
  });

  it('is not for who does not belong to the Lage', async () => {
    for (const path of [`/lagen/${key}/flut`, `/lagen/${key}/flut/bild.png?gitter=${gridId}&pegel=6`, `${base()}/rechnungen`])
      assert.equal((await city.call('stranger', 'GET', path)).status, 404, path);
  });
});

describe('a run', () => {
  /** Calculates it, or waits until the city's own jobs have: who was faster must not matter. */
  async function finish(id: unknown): Promise<void> {
    await runFlood({ ...city.ctx, threads: new FloodThreads(3) }, String(id)).catch((error: unknown) => assert.match(String(error), /another process/));
    for (;;) {
      const { status } = await city.json('leader', 'GET', `${base()}/rechnungen/${String(id)}`);
      if (status !== 'waiting' && status !== 'running') return;
      await sleep(50);
    }
  }
  const order = (over: object = {}): Promise<Json> =>
    city.json('leader', 'POST', `${base()}/rechnungen`, {
      gridId,
      peaksMetres: [6, 6.5],
      hours: 3,
      peakAfterHours: 2,
      breachAfterHours: 1,
      breaches: [{ structureId: 'tor-nord-1' }],
      ...over,
    });

  it('calculates every peak with and without the breach, and says where it came from', async () => {
    const { id } = await order();
    await finish(id);
    const run = await city.json('leader', 'GET', `${base()}/rechnungen/${String(id)}`);
    assert.equal(run['status'], 'done', JSON.stringify(run));
    const cases = run['cases'] as Json[];
    assert.deepEqual(
      cases.map(({ peakMetres, breaches }) => [peakMetres, breaches]),
      [6, 6.5].flatMap((peak) => [
        [peak, []],
        [peak, ['tor-nord-1']],
      ]),
    );
    assert.ok(cases.every(({ massError }) => Number(massError) < 1e-9));
    assert.ok(Number(cases[1]!['floodedSquareKilometres']) > Number(cases[0]!['floodedSquareKilometres']));
    const layers = run['layers'] as Json[];
    assert.deepEqual(
      layers.map((layer) => layer['id']),
      ['depth', 'arrival', 'probability', 'least', 'worst'],
    );
    for (const { url } of layers) assert.equal((await city.call('leader', 'GET', String(url))).headers.get('content-type'), 'image/png');
    const outlines = (await (await city.call('leader', 'GET', `/lagen/${key}/flut/rechnungen/${String(id)}/depth.geojson`)).json()) as { features: Json[] };
    assert.ok(JSON.stringify(outlines.features).includes('MultiPolygon'));
    const page = await (await city.call('leader', 'GET', `/lagen/${key}/flut/rechnungen/${String(id)}`)).text();
    for (const said of ['Womit gerechnet wurde', 'Fassung 1.0', 'Erfundenes Gelände']) assert.ok(page.includes(said), said);
    const { items } = (await city.json('leader', 'GET', `${base()}/rechnungen/${String(id)}/einrichtungen?limit=1`)) as { items: Json[] };
    assert.equal(items.length, 1);
    assert.match(await (await city.call('leader', 'GET', `/lagen/${key}/flut/rechnungen/${String(id)}/einrichtungen.csv`)).text(), /Minuten bis zum Wasser/);
    const view = expectOk(await enterLage(city.ctx, city.leader, key, 'read'));
    const { objects } = await readPicture(city.ctx.database.read, view);
    assert.ok(objects.some((one) => one.id === `forecast:${String(id)}` && one.source.kind === 'model'));
    const kinds = (await city.ctx.journal.readStream(city.ctx.database.read, `lage:${view.lage.id}`)).map(({ kind }) => kind);
    assert.ok(kinds.includes('flood.run-ordered') && kinds.includes('flood.run-finished'));
  });

  it('goes on behind the last member that is kept', async () => {
    const { id } = await order({ model: 'hll', hours: 1, peakAfterHours: 1, breachAfterHours: 0.5, peaksMetres: [6], title: 'Bruch' });
    await finish(id);
    const before = await sql<{ number: number; facts: object }>`select number, facts from flood.member where run_id = ${String(id)} order by number`.execute(
      city.ctx.database.read,
    );
    // as if the process had died after the first of two
    await sql`delete from flood.member where run_id = ${String(id)} and number = 2`.execute(city.ctx.database.read);
    await sql`update flood.member set facts = jsonb_set(facts, '{steps}', '-1') where run_id = ${String(id)}`.execute(city.ctx.database.read);
    await sql`update flood.run set status = 'running', summary = null, finished_at = null, lease_until = ${city.ctx.clock().subtract({ seconds: 1 })} where id = ${String(id)}`.execute(
      city.ctx.database.read,
    );
    await finish(id);
    const { cases } = (await city.json('leader', 'GET', `${base()}/rechnungen/${String(id)}`)) as { cases: Json[] };
    assert.equal(cases[0]!['steps'], -1, 'the first was not calculated again');
    assert.deepEqual(Number(cases[1]!['steps']), (before.rows[1]!.facts as { steps: number }).steps);
  });

  it('is ended by who may assess, and its thread with it', async () => {
    const { id } = await order({ peaksMetres: [6, 6.2, 6.4, 6.6, 6.8], hours: 12 });
    const calculation = finish(id);
    const stopped = await city.json('leader', 'POST', `${base()}/rechnungen/${String(id)}/abbruch`);
    assert.equal(stopped['status'], 'cancelled');
    await calculation;
    assert.equal((await city.json('leader', 'GET', `${base()}/rechnungen/${String(id)}`))['status'], 'cancelled');
    assert.equal((await city.call('leader', 'POST', `${base()}/rechnungen/${String(id)}/abbruch`)).status, 409);
  });

  it('says all that is wrong at once, and keeps what was typed', async () => {
    const answer = await city.call('leader', 'POST', `${base()}/rechnungen`, {
      gridId,
      peaksMetres: [99],
      hours: 90,
      roughness: 0.001,
      gates: { fehlt: 'open' },
    });
    assert.equal(answer.status, 422);
    const { errors } = (await answer.json()) as { errors: { field: string }[] };
    assert.deepEqual([...new Set(errors.map(({ field }) => field))].toSorted(), ['gates', 'hours', 'peaksMetres', 'roughness']);
    const page = await city.form('leader', `/lagen/${key}/flut/rechnungen`, { gridId, title: 'Nacht', peaksMetres: 'hoch', hours: '8', model: 'hll' });
    assert.equal(page.status, 422);
    assert.match(await page.text(), /value="hoch"/);
  });
});

describe('a height grid is brought', () => {
  const asc = (corner: string, cells = '1 2 -9999\n3 -1 5\n6 7 8'): string => `ncols 3\nnrows 3\n${corner}\ncellsize 10\nNODATA_value -9999\n${cells}\n`;
  const bring = (text: string, over: Record<string, string> = {}): Promise<Response> => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ name: 'Probe', source: 'Test', inletBelowMetres: '3', ...over })) form.set(name, value);
    form.set('file', new File([text], 'probe.asc'));
    return Promise.resolve(city.server.request(`${base()}/gitter`, { method: 'POST', headers: { cookie: 'kontor_session=leader' }, body: form }));
  };
  it('as ESRI ASCII grid, with what is missing; the same again is the same', async () => {
    const made = await bring(asc('xllcorner 565000\nyllcorner 5930000'));
    assert.equal(made.status, 201, await made.clone().text());
    const grid = (await made.json()) as Json;
    assert.deepEqual([grid['columns'], grid['missing'], grid['lowestMetres'], grid['highestMetres']], [3, 1, -1, 8]);
    assert.equal(((await (await bring(asc('xllcorner 565000\nyllcorner 5930000'))).json()) as Json)['id'], grid['id']);
  });
  for (const [name, text, over, said] of [
    ['degrees', asc('xllcorner 9.9\nyllcorner 53.5'), {}, /EPSG:25832/],
    ['too few heights', asc('xllcorner 565000\nyllcorner 5930000', '1 2 3'), {}, /Nach 3 von 9 Höhen/],
    ['words', asc('xllcorner 565000\nyllcorner 5930000', '1 2 hoch 4 5 6 7 8 9'), {}, /keine Zahl/],
    ['something else', '<html>', {}, /weder ein GeoTIFF noch/],
    ['a size that would fill the memory', 'ncols 99999999\nnrows 99999999\nxllcorner 565000\nyllcorner 5930000\ncellsize 1\n', {}, /höchstens 16000000/],
    ['a place where no water comes in', asc('xllcorner 565000\nyllcorner 5930000'), { inletBelowMetres: '-20' }, /kein Wasser/],
    ['wrong structures', asc('xllcorner 565000\nyllcorner 5930000'), { structures: '{"features":[{}]}' }, /Bauwerk 1/],
  ] as const)
    it(`refuses ${name} with a sentence that helps`, async () => {
      const answer = await bring(text, over);
      assert.equal(answer.status, 422);
      assert.match(await answer.text(), said);
    });

  it('as GeoTIFF in EPSG:25832, and refuses one in degrees or broken', async () => {
    const { writeArrayBuffer } = await import('geotiff');
    const folder = await mkdtemp(join(tmpdir(), 'kontor-flood-'));
    const read = async (name: string, bytes: Uint8Array) => {
      await writeFile(join(folder, name), bytes);
      return readGridFile(join(folder, name));
    };
    const about = { height: 3, width: 4, ModelPixelScale: [10, 10, 0], GDAL_NODATA: '-9999', SampleFormat: [3], BitsPerSample: [32] };
    const values = Float32Array.from([1, 2, 3, 4, 5, 6, -9999, 8, 9, 10, 11, 12]);
    try {
      const plane = writeArrayBuffer(values, { ...about, ModelTiepoint: [0, 0, 0, 565_000, 5_930_030, 0], ProjectedCSTypeGeoKey: 25832, GTModelTypeGeoKey: 1 });
      const { heights, ...frame } = expectOk(await read('plane.tif', new Uint8Array(plane)));
      assert.deepEqual(frame, { columns: 4, rows: 3, cellMetres: 10, westMetres: 565_000, southMetres: 5_930_000 });
      assert.deepEqual([...heights], [1, 2, 3, 4, 5, 6, Number.NaN, 8, 9, 10, 11, 12]);
      const degrees = writeArrayBuffer(values, { ...about, ModelTiepoint: [0, 0, 0, 10, 53.5, 0], GeographicTypeGeoKey: 4326, GTModelTypeGeoKey: 2 });
      const refused = await read('degrees.tif', new Uint8Array(degrees));
      assert.ok(!refused.ok && /gdalwarp/.test(refused.problem.detail));
      const broken = await read('broken.tif', new Uint8Array(plane).slice(0, 60));
      assert.ok(!broken.ok && /beschädigt/.test(broken.problem.detail));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
