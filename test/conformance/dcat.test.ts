import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { parse } from 'yaml';
import { expectOk } from '../../src/kernel/result.ts';
import { STRATEGY_FILE } from '../../src/demo-strategy.ts';
import { loadStrategy } from '../../src/modules/cockpit/public.ts';
import { cockpitOn } from '../../src/strategy.ts';
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
  const [bench, ...none] = catalogue['dcat:dataset'] as Node[];
  assert.deepEqual(none, []);
  for (const name of ['dct:title', 'dct:description', 'dct:identifier', 'dct:modified', 'dcat:contactPoint', 'dcat:keyword'])
    assert.ok(bench![name] !== undefined, name);
  assert.equal((bench!['dct:publisher'] as Node)['foaf:name'], 'Bezirksamt Altona');
  assert.deepEqual((bench!['dct:spatial'] as Node)['dcat:bbox'], {
    '@value': 'POLYGON((9.9 53.5, 10 53.5, 10 53.6, 9.9 53.6, 9.9 53.5))',
    '@type': 'geo:wktLiteral',
  });
  for (const distribution of bench!['dcat:distribution'] as Node[]) {
    assert.deepEqual(distribution['dct:license'], { '@id': 'https://www.govdata.de/dl-de/by-2-0' });
    const { pathname, search } = new URL((distribution['dcat:accessURL'] as { '@id': string })['@id']);
    assert.equal((await city.server.request(pathname + search)).status, 200, `${pathname}${search} is there`);
  }
  const prefixes = new Set(Object.keys(catalogue['@context'] as object));
  const used = JSON.stringify(catalogue).match(/"([a-z]+):[A-Za-z]+":/g) ?? [];
  for (const name of used) assert.ok(prefixes.has(name.slice(1).split(':')[0]!), `${name} has a known prefix`);
});

it('DCAT-AP.de: the strategy is a dataset once there is one, with addresses that answer', async () => {
  const keeper = { kind: 'staff', staffId: ACTORS.administration.staffId, roles: ['strategie'], authorities: [] } as const;
  expectOk(await loadStrategy(cockpitOn(city.ctx), keeper, parse(readFileSync(STRATEGY_FILE, 'utf8')), 'Erste Fassung.'));
  const catalogue = (await (await city.server.request('/ogc/dcat')).json()) as Node;
  const strategy = (catalogue['dcat:dataset'] as Node[]).find((one) => String(one['@id']).endsWith('/strategie/daten'))!;
  for (const name of ['dct:title', 'dct:description', 'dct:identifier', 'dct:issued', 'dct:modified', 'dct:publisher', 'dcat:keyword'])
    assert.ok(strategy[name] !== undefined, name);
  const distributions = strategy['dcat:distribution'] as Node[];
  assert.equal(distributions.length, 2);
  for (const distribution of distributions) {
    assert.deepEqual(distribution['dct:license'], { '@id': 'https://www.govdata.de/dl-de/by-2-0' });
    const { pathname } = new URL((distribution['dcat:accessURL'] as { '@id': string })['@id']);
    assert.equal((await city.server.request(pathname)).status, 200, pathname);
  }
});
