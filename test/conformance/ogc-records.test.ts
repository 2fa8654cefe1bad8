import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { expectOk } from '../../src/kernel/result.ts';
import { importFeatures, setCollection, type NewCollection } from '../../src/modules/geodata/public.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

const CATALOGUE = '/ogc/collections/Katalog';
const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const OF_ALTONA = { owner: 'Bezirksamt Altona', contact: 'daten@altona.example', licence: 'https://www.govdata.de/dl-de/by-2-0', attribution: 'Altona 2026' };
const COLLECTIONS: readonly (NewCollection & { readonly place?: readonly [number, number] })[] = [
  {
    id: 'baenke',
    title: 'Bänke',
    description: 'Sitzbänke in Parks.',
    about: { ...OF_ALTONA, keywords: ['Park', 'Sitzen'], renewedEvery: 'P1Y' },
    place: [9.9, 53.5],
  },
  {
    id: 'brunnen',
    title: 'Trinkbrunnen',
    about: { keywords: ['Wasser'], licence: 'https://example.org/eigene' },
    dataAsOf: Temporal.PlainDate.from('2025-06-01'),
    place: [10.1, 53.6],
  },
  { id: 'leer', title: 'Noch leer', dataAsOf: Temporal.PlainDate.from('2026-02-01') },
  { id: 'innen', title: 'Innen', access: 'internal' },
];

interface Found {
  readonly features: { id: string; properties: Record<string, unknown>; geometry: unknown; time: unknown; links: { rel: string; href: string }[] }[];
  readonly numberMatched: number;
  readonly links: { rel: string; href: string }[];
}

describe('OGC API Records', () => {
  let city: WholeCity;
  let server: ReturnType<typeof serverOf>;
  before(async () => {
    city = await wholeCity({ clock: () => NOW });
    server = serverOf(city, (token) => ACTORS[token as TestActor]);
    for (const { place, ...one } of COLLECTIONS) {
      expectOk(await setCollection(city.ctx, ACTORS.administration, one));
      if (place === undefined) continue;
      async function* rows() {
        yield { row: 1, value: { geometry: { type: 'Point', coordinates: place }, properties: {} } };
      }
      expectOk(await importFeatures(city.ctx, ACTORS.administration, { collection: one.id, source: 'x', format: 'test', rows: rows(), crs: () => 'CRS84' }));
    }
  });
  after(() => city.close());
  const ask = async (query: string, headers = {}): Promise<Found> => {
    const answer = await server.request(`${CATALOGUE}/items?${query}`, { headers });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return JSON.parse(text) as Found;
  };
  const ids = ({ features }: Found): string => features.map(({ id }) => id).join(' ');

  it('/req/autodiscovery/links, /req/record-collection: the landing page leads to the catalogue, whose items are records', async () => {
    const { links } = (await (await server.request('/ogc')).json()) as Found;
    const { pathname } = new URL(links.find(({ rel }) => rel === 'http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog')!.href);
    const catalogue = (await (await server.request(pathname)).json()) as { id: string; itemType: string; links: { rel: string }[] };
    assert.deepEqual([catalogue.id, catalogue.itemType], ['Katalog', 'record']);
    assert.ok(catalogue.links.some(({ rel }) => rel === 'items'));
    const { collections } = (await (await server.request('/ogc/collections')).json()) as { collections: { id: string }[] };
    assert.ok(collections.some(({ id }) => id === 'Katalog'));
  });

  const CASES: readonly (readonly [requirement: string, query: string, ids: string])[] = [
    ['/req/record-core-query-parameters/param-bbox', 'bbox=9.8,53.4,10,53.55', 'baenke'],
    ['/req/record-core-query-parameters/param-bbox', 'bbox=9.8,53.4,0,10.2,53.7,9', 'baenke brunnen'],
    ['/req/record-core-query-parameters/param-bbox', 'bbox=170,-90,10,90', 'baenke'],
    ['/req/record-core-query-parameters/param-datetime', 'datetime=2026-01-01/..', 'baenke leer'],
    ['/req/record-core-query-parameters/param-datetime', 'datetime=2025-06-01', 'baenke brunnen'],
    ['/req/record-core-query-parameters/param-q', 'q=PARK', 'baenke'],
    ['/req/record-core-query-parameters/param-q', 'q=in parks', 'baenke'],
    ['/req/record-core-query-parameters/param-q', 'q=parks in', ''],
    ['/req/record-core-query-parameters/param-q', 'q=wasser,sitzen', 'baenke brunnen'],
    ['/req/record-core-query-parameters/param-type', 'type=dataset', 'baenke brunnen leer'],
    ['/req/record-core-query-parameters/param-type', 'type=service', ''],
    ['/req/record-core-query-parameters/param-ids', 'ids=leer,brunnen,innen', 'brunnen leer'],
    ['/req/record-core-query-parameters/param-externalIds', 'externalIds=http://localhost:8080/ogc/collections/baenke', 'baenke'],
    ['all together', 'q=park&bbox=9,53,11,54&type=dataset', 'baenke'],
  ];
  for (const [requirement, query, expected] of CASES)
    it(`${requirement}: ${query}`, async () => {
      const found = await ask(query);
      assert.equal(ids(found), expected);
      assert.equal(found.numberMatched, found.features.length);
    });

  it('pages lead on with every option they had', async () => {
    const first = await ask('limit=2&type=dataset');
    assert.equal(ids(first), 'baenke brunnen');
    const { search } = new URL(first.links.find(({ rel }) => rel === 'next')!.href);
    const second = await ask(search.slice(1));
    assert.equal(ids(second), 'leer');
    assert.equal(
      second.links.find(({ rel }) => rel === 'next'),
      undefined,
    );
  });

  it('a record and DCAT-AP.de say the same', async () => {
    const { features } = await ask('');
    const dcat = (await (await server.request('/ogc/dcat')).json()) as {
      'dcat:dataset': ({ 'dct:identifier': string } & Record<'dct:title' | 'dct:modified', Record<string, unknown>>)[];
    };
    // what the city publishes of itself (strategy, burden, use) stands in DCAT alone: it is no collection
    const collections = dcat['dcat:dataset'].filter((one) => one['dct:identifier'].includes('/ogc/collections/'));
    assert.deepEqual(
      features.map(({ properties }) => [(properties['externalIds'] as { value: string }[])[0]!.value, properties['title'], properties['updated']]),
      collections.map((one) => [one['dct:identifier'], one['dct:title']['@value'], one['dct:modified']['@value']]),
    );
    const [bench, well] = features;
    assert.deepEqual(bench!.properties['contacts'], [{ organization: 'Bezirksamt Altona', roles: ['owner'], emails: [{ value: 'daten@altona.example' }] }]);
    assert.deepEqual([bench!.properties['license'], well!.properties['license']], ['DL-DE-BY-2.0', 'other']);
    assert.deepEqual([bench!.time, well!.time], [null, { date: '2025-06-01' }]);
    for (const { links } of features)
      for (const { href, rel } of links) {
        if (rel === 'license') continue;
        const { pathname, search } = new URL(href);
        assert.equal((await server.request(pathname + search)).status, 200, href);
      }
  });

  it('what is kept inside is for staff alone, in the list and by its address', async () => {
    assert.equal((await server.request(`${CATALOGUE}/items/innen`)).status, 404);
    assert.equal((await server.request(`${CATALOGUE}/items/innen`, { headers: as('leitung') })).status, 200);
    assert.match(ids(await ask('', as('leitung'))), /innen/);
  });

  it('what cannot be understood is refused with its place', async () => {
    for (const query of [
      'limit=0',
      'bbox=1,2,3',
      'bbox=a,b,c,d',
      'bbox=1,9,2,3',
      'datetime=gestern',
      'datetime=2026-02-31',
      'cursor=x',
      'farbe=rot',
      'f=xml',
    ]) {
      const answer = await server.request(`${CATALOGUE}/items?${query}`);
      assert.equal(answer.status, 400, query);
      assert.match(((await answer.json()) as { detail: string }).detail, new RegExp(`^${query.split('=')[0]}`));
    }
  });

  it('people read owner, licence, freshness and quality, in three languages', async () => {
    for (const [lang, fresh] of [
      ['de', 'aktuell'],
      ['en', 'up to date'],
      ['leicht', 'neu'],
    ]) {
      for (const path of [CATALOGUE, `${CATALOGUE}/items`, '/ogc']) {
        const text = await (await server.request(`${path}?lang=${lang}`, { headers: { accept: 'text/html' } })).text();
        for (const said of ['Bezirksamt Altona', 'dl-de/by-2-0', fresh!, 'Trinkbrunnen']) assert.ok(text.includes(said), `${path} ${lang}: ${said}`);
        assert.ok(!text.includes('Innen<'));
      }
    }
  });
});
