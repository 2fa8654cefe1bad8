import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { itemsAnswer } from '../../src/modules/geodata/http/ogc-items.ts';
import type { DataVisit } from '../../src/platform/http/route.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { addCollection } from '../support/geodata-rows.ts';
import { engines } from '../support/temporary-database.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

const CRS = 'http://www.opengis.net/def/crs';
const TREES = Array.from({ length: 25 }, (_, index) => ({
  id: `baum-${index}`,
  geometry: index === 24 ? null : { type: 'Point', coordinates: [9.9 + index / 100, 53.5 + index / 100] },
  properties: { art: index % 2 === 0 ? 'Linde' : 'Eiche', umfang: index * 10, gepflanzt: index === 3 ? null : `20${10 + (index % 10)}-05-01` },
}));

interface Page {
  features: { id: string; geometry: { coordinates: number[] } | null; properties: Record<string, unknown> }[];
  links: { rel: string; href: string }[];
  numberReturned: number;
  numberMatched?: number;
}

for (const engine of engines) {
  describe(`OGC API Features on ${engine}`, () => {
    let city: WholeCity;
    let server: CityServer;
    before(async () => {
      city = await wholeCity({ engine });
      const { database } = city.ctx;
      await addCollection(database, { id: 'baeume', title: 'Bäume', properties: { art: 'text', umfang: 'integer', gepflanzt: 'date' } }, TREES);
      await addCollection(database, { id: 'geheim', access: 'internal', properties: {} }, [TREES[0]!]);
      server = serverOf(city, (token) => ACTORS[token as TestActor]);
    });
    after(() => city.close());
    const ITEMS = '/ogc/collections/baeume/items';
    const page = async (query: string): Promise<Page> => {
      const answer = await server.request(`${ITEMS}?${query}`);
      const text = await answer.text();
      assert.equal(answer.status, 200, text);
      return JSON.parse(text) as Page;
    };

    it('/req/core/root-success, /req/core/conformance-success, /req/core/fc-md-success', async () => {
      for (const path of ['/ogc', '/ogc/conformance', '/ogc/collections', '/ogc/collections/baeume', '/ogc/collections/baeume/queryables']) {
        const answer = await server.request(path);
        assert.equal(answer.status, 200, path);
        assert.equal(answer.headers.get('access-control-allow-origin'), '*');
      }
      const { links } = (await (await server.request('/ogc')).json()) as { links: { rel: string }[] };
      for (const rel of ['self', 'service-desc', 'conformance', 'data']) assert.ok(links.some((link) => link.rel === rel));
    });

    const CASES: readonly (readonly [requirement: string, query: string, ids: string])[] = [
      ['/req/core/fc-bbox-response', 'bbox=9.895,53.4,9.925,54', '0 1 2'],
      ['/req/crs/fc-bbox-crs-action', `bbox=53.4,9.895,54,9.925&bbox-crs=${CRS}/EPSG/0/4326`, '0 1 2'],
      ['/req/crs/fc-bbox-crs-action', `bbox=559000,5920000,561300,5940000&bbox-crs=${CRS}/EPSG/0/25832`, '0 1 2'],
      ['/req/crs/fc-bbox-crs-action', `bbox=1102000,7000000,1104400,7100000&bbox-crs=${CRS}/EPSG/0/3857`, '0 1 2'],
      ['/req/core/fc-time-response (without a time: always)', 'datetime=2011-01-01/2011-12-31', '1 3 11 21'],
      ['/req/core/fc-time-response (open)', 'datetime=2019-01-01/..', '3 9 19'],
      ['/rec/core/fc-filters', 'art=Eiche&umfang=30', '3'],
      ['/req/filter/filter-param', "filter=art='Linde' AND umfang<50", '0 2 4'],
      ['/req/filter/filter-lang-param', `filter-lang=cql2-json&filter=${JSON.stringify({ op: 'in', args: [{ property: 'umfang' }, [10, 50]] })}`, '1 5'],
      ['/req/filter/filter-crs-param', `filter-crs=${CRS}/EPSG/0/4326&filter=S_INTERSECTS(geometry,POINT(53.51 9.91))`, '1'],
      ['/req/filter/mixing-expressions', 'filter=umfang>200&art=Linde&bbox=-180,-90,180,90', '22'],
      ['nothing found', 'umfang=7', ''],
    ];
    for (const [requirement, query, expected] of CASES) {
      it(`${requirement}: ${query}`, async () => {
        const answer = await page(new URLSearchParams(Object.fromEntries(new URLSearchParams(query))).toString() + '&limit=100');
        assert.equal(answer.features.map(({ id }) => id.slice(5)).join(' '), expected);
        assert.equal(answer.numberReturned, answer.features.length);
        assert.equal(answer.numberMatched, undefined);
      });
    }

    const REFUSED: readonly (readonly [requirement: string, query: string, sentence: RegExp])[] = [
      ['/req/core/query-param-unknown', 'gibtsnicht=1', /^gibtsnicht: Diesen Parameter/],
      ['/req/core/query-param-invalid', 'limit=0', /ganze Zahl/],
      ['/req/core/query-param-invalid', 'bbox=1,2,3', /vier Zahlen/],
      ['/req/core/query-param-invalid', 'datetime=gestern', /keine Zeit/],
      ['/req/core/query-param-invalid', 'umfang=viel', /eine Zahl/],
      ['/req/core/query-param-invalid', 'cursor=xx', /Zeiger/],
      ['/req/crs/fc-crs-valid-value', `crs=${CRS}/EPSG/0/1`, /Koordinatensystem/],
      ['/req/filter/response (400)', 'filter=umfang>', /Zeichen 8/],
      ['/req/filter/response (400)', 'filter=fehlt=1', /gibt es hier nicht/],
      ['a number too large', 'filter=umfang^99999>1', /Rechnung/],
    ];
    for (const [requirement, query, sentence] of REFUSED) {
      it(`refuses: ${requirement}: ${query}`, async () => {
        const answer = await server.request(
          `${ITEMS}?${new URLSearchParams(Object.fromEntries([query.split(/=(.*)/s).slice(0, 2)] as [string, string][])).toString()}`,
        );
        assert.equal(answer.status, 400);
        assert.match(((await answer.json()) as { detail: string }).detail, sentence);
      });
    }

    it('/req/core/fc-limit-response, /req/core/fc-links: pages without gaps or doubles, each link with every option', async () => {
      const seen: string[] = [];
      let path = `${ITEMS}?limit=4&art=Linde&f=json`;
      for (;;) {
        const answer = (await (await server.request(path)).json()) as Page;
        seen.push(...answer.features.map(({ id }) => id));
        const next = answer.links.find(({ rel }) => rel === 'next');
        if (next === undefined) break;
        const url = new URL(next.href);
        assert.equal(url.searchParams.get('art'), 'Linde');
        path = url.pathname + url.search;
      }
      assert.deepEqual(
        seen,
        TREES.filter(({ properties }) => properties.art === 'Linde').map(({ id }) => id),
      );
      const first = await page('');
      assert.deepEqual([first.numberReturned, first.numberMatched], [10, 25]);
    });

    it('/req/crs/crs-action, /req/crs/ogc-crs-header: geometry in the system asked for', async () => {
      const crs = async (uri: string): Promise<readonly [string | null, number[]]> => {
        const answer = await server.request(`${ITEMS}/baum-0?crs=${uri}`);
        return [answer.headers.get('content-crs'), ((await answer.json()) as Page['features'][0]).geometry!.coordinates];
      };
      assert.deepEqual(await crs(`${CRS}/OGC/1.3/CRS84`), [`<${CRS}/OGC/1.3/CRS84>`, [9.9, 53.5]]);
      assert.deepEqual(await crs(`${CRS}/EPSG/0/4326`), [`<${CRS}/EPSG/0/4326>`, [53.5, 9.9]]);
      const [, [east, north]] = await crs(`${CRS}/EPSG/0/25832`);
      assert.ok(Math.abs(east! - 559_692) < 100 && Math.abs(north! - 5_928_300) < 500, `${east} ${north}`);
      const [, [x]] = await crs(`${CRS}/EPSG/0/3857`);
      assert.ok(Math.abs(x! - 1_102_062.96) < 0.1);
    });

    it('a feature has an ETag, and unchanged it costs no transfer', async () => {
      const answer = await server.request(`${ITEMS}/baum-0`);
      const again = await server.request(`${ITEMS}/baum-0`, { headers: { 'if-none-match': answer.headers.get('etag')! } });
      assert.equal(again.status, 304);
      assert.equal((await server.request(`${ITEMS}/nie`)).status, 404);
    });

    it('what is kept inside is not there for the public', async () => {
      for (const path of ['/ogc/collections/geheim', '/ogc/collections/geheim/items', '/ogc/collections/geheim/items/baum-0']) {
        assert.equal((await server.request(path)).status, 404, path);
        assert.equal((await server.request(path, { headers: as('leitung') })).status, 200, path);
      }
      const { collections } = (await (await server.request('/ogc/collections')).json()) as { collections: { id: string }[] };
      assert.ok(!collections.some(({ id }) => id === 'geheim'));
    });

    it('a row whose day the calendar does not know spoils no question about time', async () => {
      const rows = ['2026-02-31', '2026-02-28', '2026-13-01T00:00:00Z', '2026-02-28T25:00:00Z', '2026-02-28T12:00:00+01:00', '0000-01-01', 'nie'];
      const at = (index: number): string => `t-${index}`;
      await addCollection(
        city.ctx.database,
        { id: 'zeiten', properties: { am: 'instant' } },
        rows.map((am, index) => ({ id: at(index), geometry: null, properties: { am } })),
      );
      const answer = await server.request('/ogc/collections/zeiten/items?datetime=2026-02-01/2026-03-31&limit=100');
      assert.deepEqual(
        ((await answer.json()) as Page).features.map(({ id }) => id),
        [at(1), at(4)],
      );
    });

    it('a question that costs too much is answered 503, with what to do', async () => {
      const costly = { ...city.ctx, database: { ...city.ctx.database, askBounded: async () => 'too-costly' as const } };
      const visit = { params: { id: 'baeume' }, query: new URLSearchParams("filter=art='Linde'"), actor: { kind: 'anonymous' }, header: () => undefined };
      const answer = await itemsAnswer(costly, visit as unknown as DataVisit);
      assert.equal(answer.status, 503);
      assert.match(answer.body as string, /Grenzen Sie sie ein/);
    });

    it('refusals are the documents that the whole city writes, with the number of the request', async () => {
      for (const [path, status] of [
        [`${ITEMS}?limit=0`, 400],
        [`${ITEMS}?f=xml`, 400],
        ['/ogc/collections/keine', 404],
        [`${ITEMS}/keins`, 404],
        ['/ogc/collections/keine/tiles/WebMercatorQuad/1/1/1', 404],
      ] as const) {
        const answer = await server.request(path);
        const { instance, title, status: said } = (await answer.json()) as Record<string, unknown>;
        assert.deepEqual([answer.status, said], [status, status], path);
        assert.equal(instance, `urn:uuid:${answer.headers.get('x-request-id')}`);
        assert.equal(title, status === 404 ? 'Nicht gefunden' : 'Bitte prüfen Sie Ihre Angaben');
      }
    });

    it('an address with NUL leads nowhere, and is no failure', async () => {
      for (const path of ['/ogc/collections/%00', '/ogc/collections/%00/items', `${ITEMS}/%00`, '/ogc/collections/a%00/tiles/WebMercatorQuad/1/1/1'])
        assert.equal((await server.request(path)).status, 404, path);
      for (const query of ['art=%00', "filter=art%3D'%00'"]) assert.ok((await server.request(`${ITEMS}?${query}`)).status < 500, query);
    });

    it('people read pages, in three languages', async () => {
      for (const path of ['/ogc', '/ogc/collections/baeume', ITEMS, `${ITEMS}/baum-0`])
        for (const lang of ['de', 'en', 'leicht']) {
          const answer = await city.server.request(`${path}?lang=${lang}`, { headers: { accept: 'text/html' } });
          assert.equal(answer.status, 200, path);
          assert.match(await answer.text(), /<h1/);
        }
    });
  });
}
