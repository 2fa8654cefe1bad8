import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { AREA, fillQuarter } from '../support/scenario-quarter.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';
import type { CityServer } from '../../src/platform/http/server.ts';

let city: WholeCity;
let server: CityServer;
before(async () => {
  city = await wholeCity();
  await fillQuarter(city.ctx);
  server = serverOf(city, (token) => (token in ACTORS ? ACTORS[token as TestActor] : undefined));
});
after(() => city.close());

// oxlint-disable-next-line typescript/no-explicit-any -- answers are asserted on, field by field
type Json = any;

async function call(method: string, path: string, who?: TestActor, body?: unknown): Promise<{ status: number; json: Json }> {
  const answer = await server.request(`/api/twin${path}`, {
    method,
    headers: { ...(who === undefined ? {} : as(who)), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: await answer.json().catch(() => undefined) };
}

async function good(method: string, path: string, who?: TestActor, body?: unknown): Promise<Json> {
  const { status, json } = await call(method, path, who, body);
  assert.ok(status < 300, `${method} ${path}: ${status} ${JSON.stringify(json)}`);
  return json;
}

const WISH = { title: 'Schatten am Platz', question: 'Wo wird es kühler?', area: AREA };
const BUILDING = {
  type: 'Feature',
  properties: { kind: 'building', heightMetres: 30, name: 'Neubau' },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [10.002, 53.5502],
        [10.0028, 53.5502],
        [10.0028, 53.5506],
        [10.002, 53.5506],
        [10.002, 53.5502],
      ],
    ],
  },
};
const TREE = { type: 'Feature', properties: { kind: 'tree', crownMetres: 8, heightMetres: 12 }, geometry: { type: 'Point', coordinates: [10.0031, 53.5515] } };
const PLACE = { type: 'Feature', properties: { kind: 'destination' }, geometry: { type: 'Point', coordinates: [10.0025, 53.5515] } };

async function withVariant(who: TestActor = 'citizen'): Promise<{ id: string; variant: string }> {
  const { id } = await good('POST', '/scenarios', who, WISH);
  const { id: variant } = await good('POST', `/scenarios/${id}/variants`, who, { name: 'Mit Neubau' });
  await good('POST', `/scenarios/${id}/variants/${variant}/features`, who, { type: 'FeatureCollection', features: [BUILDING, TREE] });
  return { id, variant };
}

/** Waits for the city's own runner: models are calculated in threads. */
async function finished(id: string, who: TestActor = 'citizen'): Promise<Json> {
  for (let tries = 0; tries < 300; tries++) {
    const whole = await good('GET', `/scenarios/${id}`, who);
    if (whole.runs.every((run: Json) => run.status !== 'running')) return whole;
    await city.jobs.drain();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the runs do not end');
}

describe('a scenario', () => {
  it('begins with a variant that changes nothing, takes a plan, and every change is journalled', async () => {
    const { id, variant } = await withVariant();
    const whole = await good('GET', `/scenarios/${id}`, 'citizen');
    assert.deepEqual(
      whole.variants.map(({ name, plan }: Json) => [name, plan.features.length]),
      [
        ['Wie es ist', 0],
        ['Mit Neubau', 2],
      ],
    );
    assert.equal(whole.variants[1].plan.features[0].properties.heightMetres, 30);
    await good('DELETE', `/scenarios/${id}/variants/${variant}/features/2`, 'citizen');
    const entries = await city.ctx.journal.readStream(city.ctx.database.read, `scenarios:scenario:${id}`);
    assert.deepEqual(
      entries.map(({ kind }) => kind),
      ['scenarios.scenario-made', 'scenarios.variant-made', 'scenarios.plan-drawn', 'scenarios.plan-erased'],
    );
    assert.ok(!JSON.stringify(entries).includes('Neubau'), 'words stay out of the journal');
  });

  it('runs each model on all variants and compares them with the first', { timeout: 120_000 }, async () => {
    const { id, variant } = await withVariant();
    await good('POST', `/scenarios/${id}/variants/${variant}/features`, 'citizen', PLACE);
    for (const [process, parameters] of [
      ['shade', { hour: [12, 14] }],
      ['canopy', {}],
      ['noise', {}],
    ] as const) {
      assert.equal((await good('POST', `/scenarios/${id}/runs`, 'citizen', { process, parameters })).ordered, 2);
      await finished(id);
    }
    const whole = await finished(id);
    assert.deepEqual(
      whole.runs.map(({ status, message }: Json) => [status, message]).filter(([status]: Json) => status !== 'successful'),
      [],
    );
    const { rows, runs } = await good('GET', `/scenarios/${id}/comparison?process=shade`, 'citizen');
    const shaded = rows.find((row: Json) => row.id === 'shadedShare');
    assert.equal(shaded.cells[0].difference, null);
    assert.ok(shaded.cells[1].difference > 0.5, `a tall building gives more shade: ${JSON.stringify(shaded)}`);
    assert.ok(shaded.cells[1].minimum <= shaded.cells[1].value && shaded.cells[1].value <= shaded.cells[1].maximum);
    const { provenance } = runs[1];
    assert.equal(provenance.version, '1.0.1');
    assert.deepEqual(provenance.data.map(({ collection, dataAsOf }: Json) => [collection, dataAsOf]).toSorted(), [
      ['gebaeude', '2026-11-01'],
      ['strassenbaeume', '2026-11-01'],
    ]);
    assert.ok(provenance.uncertainty.de.length > 40);
    assert.equal(provenance.inputs.addBuildings.features.length, 1);
    const canopy = (await good('GET', `/scenarios/${id}/comparison?process=canopy`, 'citizen')).rows;
    assert.equal(canopy.find((row: Json) => row.id === 'trees').cells[1].difference, 1);
    const { key } = await good('POST', `/scenarios/${id}/share`, 'citizen', { days: 1 });
    const picture = `/zwilling/szenarien/${id}/karte.svg?variante=${variant}&lauf=${runs[1].id}`;
    const drawnFor = async (path: string, who?: TestActor) => {
      const answer = await server.request(path, { headers: who === undefined ? {} : as(who) });
      return answer.status === 200 ? (await answer.text()).match(/class="(shade|building|house|area)"/g)?.toSorted() : answer.status;
    };
    const all = ['class="area"', 'class="building"', ...Array.from({ length: 4 }, () => 'class="house"'), 'class="shade"'];
    assert.deepEqual(await drawnFor(picture, 'citizen'), all);
    assert.deepEqual(await drawnFor(`${picture}&schluessel=${key}`), all);
    assert.deepEqual([await drawnFor(picture), await drawnFor(`${picture}&schluessel=${'A'.repeat(43)}`, 'otherCitizen')], [404, 404]);
    const shared = await good('GET', `/shared-scenarios/${key}`);
    const sharedRun = shared.runs.find((run: Json) => run.id === runs[1].id);
    assert.equal((await server.request(sharedRun.map)).status, 200, 'the map of a shared result needs no session');
    const map = await server.request(runs[1].map, { headers: as('citizen') });
    assert.equal(((await map.json()) as Json).type, 'FeatureCollection');
    assert.equal((await server.request(runs[1].map, { headers: as('otherCitizen') })).status, 404);
    // a changed plan makes the result old, and it says so
    await good('DELETE', `/scenarios/${id}/variants/${variant}/features/1`, 'citizen');
    const after = await good('GET', `/scenarios/${id}`, 'citizen');
    assert.deepEqual(
      after.runs.filter((run: Json) => run.variantId === variant).map(({ stale }: Json) => stale),
      [true, true, true],
    );
    assert.deepEqual(after.presets.shade, { hour: [12, 14] });
  });

  it('with destinations of the first variant is stale when that one changes', { timeout: 60_000 }, async () => {
    const { id, variant } = await withVariant();
    const { variants } = await good('GET', `/scenarios/${id}`, 'citizen');
    const base = variants[0].id;
    await good('POST', `/scenarios/${id}/variants/${base}/features`, 'citizen', PLACE);
    for (const process of ['walk', 'canopy']) await good('POST', `/scenarios/${id}/runs`, 'citizen', { process });
    const stale = (whole: Json) =>
      whole.runs
        .filter((run: Json) => run.variantId === variant)
        .map((run: Json) => [run.process, run.status, run.stale])
        .toSorted();
    const found = [
      ['canopy', 'successful', false],
      ['walk', 'successful', false],
    ];
    assert.deepEqual(stale(await finished(id)), found);
    await good('DELETE', `/scenarios/${id}/variants/${base}/features/1`, 'citizen');
    assert.deepEqual(stale(await good('GET', `/scenarios/${id}`, 'citizen')), [found[0], ['walk', 'successful', true]]);
  });

  it('tells at its field what a model cannot take, and starts nothing then', async () => {
    const { id } = await withVariant();
    for (const [body, field] of [
      [{ process: 'weather' }, 'process'],
      [{ process: 'shade', parameters: { hour: 99 } }, 'p.hour'],
      [{ process: 'shade', parameters: { date: 'morgen' } }, 'p.date'],
    ] as const) {
      const { status, json } = await call('POST', `/scenarios/${id}/runs`, 'citizen', body);
      assert.deepEqual([status, json.errors[0].field], [422, field]);
    }
    await good('PUT', `/scenarios/${id}`, 'citizen', { ...WISH, data: { trees: 'gibtsnicht' } });
    const { json } = await call('POST', `/scenarios/${id}/runs`, 'citizen', { process: 'canopy' });
    assert.match(json.errors[0].message, /gibtsnicht/);
    const whole = await good('GET', `/scenarios/${id}`, 'citizen');
    assert.deepEqual([whole.runs, whole.missing], [[], ['gibtsnicht']]);
  });

  it('is the owner’s alone until it is opened; readers change nothing', async () => {
    const { id, variant } = await withVariant();
    const strangers: readonly (TestActor | undefined)[] = [undefined, 'otherCitizen', 'sachbearbeitung', 'administration'];
    const seen = async () => Promise.all(strangers.map(async (who) => (await call('GET', `/scenarios/${id}`, who)).status));
    assert.deepEqual(await seen(), [404, 404, 404, 404]);
    await good('PUT', `/scenarios/${id}/visibility`, 'citizen', { visibility: 'staff' });
    assert.deepEqual(await seen(), [404, 404, 200, 200]);
    await good('PUT', `/scenarios/${id}/visibility`, 'citizen', { visibility: 'public' });
    assert.deepEqual(await seen(), [200, 200, 200, 200]);
    const writes: readonly (readonly [string, string, unknown])[] = [
      ['PUT', `/scenarios/${id}`, WISH],
      ['DELETE', `/scenarios/${id}`, undefined],
      ['PUT', `/scenarios/${id}/visibility`, { visibility: 'private' }],
      ['POST', `/scenarios/${id}/variants`, { name: 'x' }],
      ['DELETE', `/scenarios/${id}/variants/${variant}`, undefined],
      ['POST', `/scenarios/${id}/variants/${variant}/features`, TREE],
      ['PUT', `/scenarios/${id}/variants/${variant}/plan`, TREE],
      ['DELETE', `/scenarios/${id}/variants/${variant}/features/1`, undefined],
      ['POST', `/scenarios/${id}/runs`, { process: 'canopy' }],
      ['POST', `/scenarios/${id}/share`, { days: 7 }],
      ['POST', `/scenarios/${id}/invitation`, { days: 7 }],
    ];
    for (const [method, path, body] of writes) {
      assert.equal((await call(method, path, 'otherCitizen', body)).status, 403, `${method} ${path}`);
      assert.equal((await call(method, path, undefined, body)).status, 401, `${method} ${path}`);
    }
    assert.equal((await good('GET', `/scenarios/${id}`, 'citizen')).variants.length, 2);
  });

  it('is shown by a link until the link ends, and worked on by who has the other one', async () => {
    const { id, variant } = await withVariant();
    const { key } = await good('POST', `/scenarios/${id}/share`, 'citizen', { days: 7 });
    const shared = await good('GET', `/shared-scenarios/${key}`);
    assert.deepEqual([shared.title, shared.role, shared.shareUntil], [WISH.title, 'reader', null]);
    assert.equal((await call('GET', `/shared-scenarios/${'A'.repeat(43)}`)).status, 404);
    const { key: join } = await good('POST', `/scenarios/${id}/invitation`, 'citizen', { days: 1 });
    assert.equal((await call('GET', `/shared-scenarios/${join}`)).status, 404, 'one key does not open the other door');
    assert.equal((await good('POST', '/scenario-invitations', 'otherCitizen', { key: join })).id, id);
    await good('POST', `/scenarios/${id}/variants/${variant}/features`, 'otherCitizen', TREE);
    assert.equal((await call('DELETE', `/scenarios/${id}`, 'otherCitizen')).status, 403);
    assert.equal((await good('GET', '/scenarios?which=own', 'otherCitizen')).items.filter((one: Json) => one.id === id).length, 1);
    await good('DELETE', `/scenarios/${id}/share`, 'citizen');
    await good('DELETE', `/scenarios/${id}/invitation`, 'citizen');
    assert.equal((await call('GET', `/shared-scenarios/${key}`)).status, 404);
    assert.equal((await call('GET', `/scenarios/${id}`, 'otherCitizen')).status, 404);
  });

  it('shows comments of readers once the owner has let them through', async () => {
    const { id } = await withVariant();
    assert.equal((await call('POST', `/scenarios/${id}/comments`, 'otherCitizen', { text: 'Darf ich?' })).status, 404);
    await good('PUT', `/scenarios/${id}/visibility`, 'citizen', { visibility: 'public' });
    const { id: comment, state } = await good('POST', `/scenarios/${id}/comments`, 'otherCitizen', { text: '<b>Zu hoch</b>' });
    assert.equal(state, 'waiting');
    const seen = async (who?: TestActor) => (await good('GET', `/scenarios/${id}`, who)).comments.length;
    assert.deepEqual([await seen(), await seen('leitung'), await seen('otherCitizen'), await seen('citizen')], [0, 0, 1, 1]);
    assert.equal((await call('PUT', `/scenarios/${id}/comments/${comment}`, 'otherCitizen', { state: 'shown' })).status, 403);
    await good('PUT', `/scenarios/${id}/comments/${comment}`, 'citizen', { state: 'shown' });
    const whole = await good('GET', `/scenarios/${id}`);
    assert.deepEqual(
      whole.comments.map(({ as: said, text }: Json) => [said, text]),
      [['citizen', '<b>Zu hoch</b>']],
    );
    assert.ok(!JSON.stringify(whole).includes(ACTORS.otherCitizen.accountId), 'nobody is named');
    assert.equal((await call('POST', `/scenarios/${id}/comments`, 'otherCitizen', { text: 'x'.repeat(2001) })).status, 422);
  });
});

describe('results on data kept inside', () => {
  it('are for staff only, wherever the scenario is shown', { timeout: 60_000 }, async () => {
    await fillQuarter(city.ctx, ['gebaeude'], 'internal');
    try {
      const { id } = await withVariant('sachbearbeitung');
      await good('POST', `/scenarios/${id}/runs`, 'sachbearbeitung', { process: 'shade', parameters: { hour: 12 } });
      const whole = await finished(id, 'sachbearbeitung');
      assert.equal(whole.runs[0].status, 'successful', whole.runs[0].message);
      await good('PUT', `/scenarios/${id}/visibility`, 'sachbearbeitung', { visibility: 'public' });
      const open = await good('GET', `/scenarios/${id}`, 'citizen');
      assert.deepEqual(
        open.runs.map(({ figures, provenance, map }: Json) => [figures, provenance, map]),
        [
          [null, null, null],
          [null, null, null],
        ],
      );
      assert.match(open.runs[0].message, /nur für Beschäftigte/);
      assert.equal((await server.request(whole.runs[0].map)).status, 404);
    } finally {
      await fillQuarter(city.ctx, ['gebaeude'], 'open');
    }
  });

  it('are closed with their collection, when it is kept inside later', { timeout: 60_000 }, async () => {
    const { id, variant } = await withVariant();
    await good('POST', `/scenarios/${id}/runs`, 'citizen', { process: 'canopy' });
    const whole = await finished(id);
    await good('PUT', `/scenarios/${id}/visibility`, 'citizen', { visibility: 'public' });
    const { id: runId, map } = whole.runs[0];
    assert.ok(map !== null && whole.runs[0].figures !== null);
    await fillQuarter(city.ctx, ['strassenbaeume'], 'internal');
    try {
      for (const who of [undefined, 'citizen'] as const) {
        const { runs } = await good('GET', `/scenarios/${id}`, who);
        assert.deepEqual([runs[0].figures, runs[0].provenance, runs[0].map], [null, null, null]);
        assert.equal((await server.request(map, { headers: who === undefined ? {} : as(who) })).status, 404);
      }
      const drawn = await server.request(`/zwilling/szenarien/${id}/karte.svg?variante=${variant}&lauf=${runId}`);
      assert.doesNotMatch(await drawn.text(), /class="canopy"/);
      assert.notEqual((await good('GET', `/scenarios/${id}`, 'sachbearbeitung')).runs[0].figures, null);
    } finally {
      await fillQuarter(city.ctx, ['strassenbaeume'], 'open');
    }
    assert.notEqual((await good('GET', `/scenarios/${id}`)).runs[0].figures, null);
  });
});
