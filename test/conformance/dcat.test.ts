import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { parse } from 'yaml';
import { expectOk } from '../../src/kernel/result.ts';
import { STRATEGY_FILE } from '../../src/demo-strategy.ts';
import { loadStrategy } from '../../src/modules/cockpit/public.ts';
import { cockpitOn } from '../../src/strategy.ts';
import { follow } from '../../src/modules/indicators/public.ts';
import { importFeatures, setCollection } from '../../src/modules/geodata/public.ts';
import { ACTORS } from '../support/test-server.ts';
import { wholeCity, type WholeCity } from '../support/whole-city.ts';

let city: WholeCity;
before(async () => {
  city = await wholeCity();
  const about = {
    owner: 'Bezirksamt Altona',
    contact: 'daten@altona.example',
    licence: 'https://www.govdata.de/dl-de/by-2-0',
    attribution: 'Bezirksamt Altona 2026',
    keywords: ['Bank'],
  };
  expectOk(await setCollection(city.ctx, ACTORS.administration, { id: 'baenke', title: 'Bänke', description: 'Sitzbänke.', about }));
  expectOk(await setCollection(city.ctx, ACTORS.administration, { id: 'innen', title: 'Innen', access: 'internal' }));
  async function* rows() {
    yield { row: 1, value: { geometry: { type: 'Point', coordinates: [9.9, 53.5] }, properties: {} } };
    yield { row: 2, value: { geometry: { type: 'Point', coordinates: [10, 53.6] }, properties: {} } };
  }
  expectOk(await importFeatures(city.ctx, ACTORS.administration, { collection: 'baenke', source: 'x', format: 'test', rows: rows(), crs: () => 'CRS84' }));
});
after(() => city.close());

type Node = Record<string, unknown>;

it('DCAT-AP.de: each open collection is a dataset with what the profile demands, and none that is kept inside', async () => {
  const answer = await city.server.request('/ogc/dcat');
  assert.equal(answer.headers.get('content-type'), 'application/ld+json; charset=utf-8');
  const catalogue = (await answer.json()) as Node;
  for (const name of ['dct:title', 'dct:description', 'dct:publisher', 'dcat:dataset']) assert.ok(catalogue[name] !== undefined, name);
  assert.equal((catalogue['dct:publisher'] as Node)['foaf:name'], city.ctx.settings.city);
  const datasets = catalogue['dcat:dataset'] as Node[];
  assert.deepEqual(
    datasets.map((one) => new URL(String(one['@id'])).pathname).filter((path) => path.startsWith('/ogc')),
    ['/ogc/collections/baenke'],
  );
  const [bench] = datasets;
  for (const name of ['dct:title', 'dct:description', 'dct:identifier', 'dct:modified', 'dcat:contactPoint', 'dcat:keyword'])
    assert.ok(bench![name] !== undefined, name);
  assert.equal((bench!['dct:publisher'] as Node)['foaf:name'], 'Bezirksamt Altona');
  assert.deepEqual((bench!['dct:spatial'] as Node)['dcat:bbox'], {
    '@value': 'POLYGON((9.9 53.5, 10 53.5, 10 53.6, 9.9 53.6, 9.9 53.5))',
    '@type': 'geo:wktLiteral',
  });
  for (const distribution of bench!['dcat:distribution'] as Node[]) {
    assert.deepEqual(distribution['dct:license'], { '@id': 'http://dcat-ap.de/def/licenses/dl-by-de/2.0' });
    const { pathname, search } = new URL((distribution['dcat:accessURL'] as { '@id': string })['@id']);
    assert.equal((await city.server.request(pathname + search)).status, 200, `${pathname}${search} is there`);
  }
  const prefixes = new Set(Object.keys(catalogue['@context'] as object));
  const used = JSON.stringify(catalogue).match(/"([a-z]+):[A-Za-z]+":/g) ?? [];
  for (const name of used) assert.ok(prefixes.has(name.slice(1).split(':')[0]!), `${name} has a known prefix`);
});

it('DCAT-AP.de: what the city tells of its own work is in it, with files that any page may read', async () => {
  const keeper = { kind: 'staff', staffId: ACTORS.administration.staffId, roles: ['strategie'], authorities: [] } as const;
  expectOk(await loadStrategy(cockpitOn(city.ctx), keeper, parse(readFileSync(STRATEGY_FILE, 'utf8')), 'Erste Fassung.'));
  await sql`insert into cockpit.report (quarter, sha256, made_at) values ('2026-q3', ${'a'.repeat(64)}, now())`.execute(city.ctx.database.read);
  await sql`insert into guides.consultation_month (month, thing, key, count) values ('2026-10-01', 'all', '', 20)`.execute(city.ctx.database.read);
  await city.ctx.database.write((tx) =>
    city.ctx.journal.append(tx, { kind: 'system', job: 'guides.count' }, city.ctx.clock(), [
      { stream: 'guides:consultations', kind: 'guides.consultations', payload: { count: 20 } },
    ]),
  );
  await follow(city.ctx);
  const catalogue = (await (await city.server.request('/ogc/dcat')).json()) as Node;
  const own = (catalogue['dcat:dataset'] as Node[]).filter((one) => !String(one['@id']).includes('/ogc/'));
  const paths = own.map((one) => new URL(String(one['@id'])).pathname);
  assert.deepEqual(paths.toSorted(), [
    '/strategie/aufwand',
    '/strategie/berichte',
    '/strategie/daten',
    '/strategie/kennzahlen',
    '/transparenz',
    '/transparenz/beratungen',
  ]);
  for (const one of own) {
    const name = String(one['@id']);
    for (const member of ['dct:title', 'dct:description', 'dct:identifier', 'dct:modified', 'dct:publisher', 'dcat:theme', 'dcat:keyword'])
      assert.ok(one[member] !== undefined, `${name} ${member}`);
    assert.match(JSON.stringify(one['dct:description']), /Von der Demo erfunden\./);
    assert.equal((await city.server.request(new URL(name).pathname)).status, 200, name);
    const distributions = one['dcat:distribution'] as Node[];
    const kinds = distributions.map((file) =>
      String((file['dct:format'] as Node)['@id'])
        .split('/')
        .at(-1),
    );
    assert.ok(kinds.includes('JSON') && (kinds.includes('CSV') || kinds.includes('PDF')), name);
    for (const file of distributions) {
      assert.deepEqual(file['dct:license'], { '@id': 'http://dcat-ap.de/def/licenses/dl-by-de/2.0' });
      assert.equal((file['dcatde:licenseAttributionByText'] as Node)['@value'], city.ctx.settings.city);
      const { pathname } = new URL((file['dcat:accessURL'] as { '@id': string })['@id']);
      const answer = await city.server.request(pathname, { headers: { origin: 'https://zeitung.example' } });
      assert.equal(answer.headers.get('access-control-allow-origin'), '*', pathname);
      // the report of this test has an entry and no file
      if (pathname.endsWith('.pdf')) continue;
      assert.equal(answer.status, 200, pathname);
      assert.equal(answer.headers.get('cache-control'), 'public, max-age=60', pathname);
      assert.match(answer.headers.get('link')!, /rel="license"/, pathname);
      assert.equal((file['dcat:mediaType'] as { '@id': string })['@id'].split('media-types/')[1], answer.headers.get('content-type')!.split(';')[0], pathname);
      const again = await city.server.request(pathname, { headers: { 'if-none-match': answer.headers.get('etag')! } });
      assert.equal(again.status, 304, pathname);
      await answer.body?.cancel();
    }
  }
});
