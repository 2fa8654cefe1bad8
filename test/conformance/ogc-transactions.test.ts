import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { expectOk } from '../../src/kernel/result.ts';
import { collectionsFor, setCollection } from '../../src/modules/geodata/public.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { engines } from '../support/temporary-database.ts';
import { ACTORS, as, type TestActor } from '../support/test-server.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

const feature = (properties: object, lon = 10): object => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [lon, 53.5] }, properties });

for (const engine of engines) {
  describe(`OGC API Features 4 on ${engine}`, () => {
    let city: WholeCity;
    let server: CityServer;
    before(async () => {
      city = await wholeCity({ engine });
      server = serverOf(city, (token) => ACTORS[token as TestActor]);
      expectOk(await setCollection(city.ctx, ACTORS.administration, { id: 'baenke', title: 'Bänke' }));
      expectOk(await setCollection(city.ctx, ACTORS.administration, { id: 'schilder', title: 'Schilder', keyProperty: 'nr' }));
    });
    after(() => city.close());
    const send = (method: string, path: string, body?: object, headers: Record<string, string> = {}, who: TestActor = 'administration') =>
      server.request(`/ogc/collections/${path}`, {
        method,
        headers: { ...as(who), 'content-type': 'application/geo+json', origin: 'http://localhost:8080', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const read = async (path: string): Promise<{ etag: string; properties: unknown; geometry: { coordinates: number[] } }> => {
      const answer = await server.request(`/ogc/collections/${path}`);
      assert.equal(answer.status, 200);
      return { etag: answer.headers.get('etag')!, ...((await answer.json()) as { properties: unknown; geometry: { coordinates: number[] } }) };
    };
    const total = async (id: string): Promise<number> => (await collectionsFor(city.ctx, ACTORS.administration)).find((one) => one.id === id)!.features;

    it('/req/create-replace-delete: POST answers 201 with the address; the feature is there, counted and findable', async () => {
      const made = await send('POST', 'baenke/items', feature({ holz: 'Eiche' }));
      assert.equal(made.status, 201, await made.clone().text());
      const path = new URL(made.headers.get('location')!).pathname.replace('/ogc/collections/', '');
      assert.equal((await read(path)).etag, made.headers.get('etag'));
      assert.equal(await total('baenke'), 1);
      const found = (await (await server.request("/ogc/collections/baenke/items?filter=holz = 'Eiche'&bbox=9.9,53.4,10.1,53.6")).json()) as {
        features: object[];
      };
      assert.equal(found.features.length, 1);
    });
    it('/req/create-replace-delete and /req/update: PUT replaces, PATCH merges (RFC 7396), DELETE removes, each with the version seen', async () => {
      assert.equal((await send('POST', 'schilder/items', feature({ nr: 7, text: 'Halt', alt: true }))).status, 201);
      const first = await read('schilder/items/7');
      const merged = await send('PATCH', 'schilder/items/7', { properties: { text: 'Vorfahrt', alt: null } }, { 'if-match': first.etag });
      assert.equal(merged.status, 204, await merged.clone().text());
      const second = await read('schilder/items/7');
      assert.deepEqual([second.properties, second.etag], [{ nr: 7, text: 'Vorfahrt' }, merged.headers.get('etag')]);
      assert.notEqual(first.etag, second.etag);
      assert.equal((await send('PUT', 'schilder/items/7', feature({ nr: 7 }, 10.5), { 'if-match': second.etag })).status, 204);
      const third = await read('schilder/items/7');
      assert.deepEqual([third.properties, third.geometry.coordinates], [{ nr: 7 }, [10.5, 53.5]]);
      assert.equal((await send('DELETE', 'schilder/items/7', undefined, { 'if-match': third.etag })).status, 204);
      assert.equal((await server.request('/ogc/collections/schilder/items/7')).status, 404);
      assert.equal(await total('schilder'), 0);
    });
    it('a year stands on the page as a year', async () => {
      await send('POST', 'baenke/items', { ...feature({ jahr: 1963, breite: 1234.5 }), id: 'alte-bank' });
      const text = await (await server.request('/ogc/collections/baenke/items/alte-bank?f=html')).text();
      assert.match(text, />1963</);
      assert.match(text, />1\.234,5</);
    });
    it('/req/optimistic-locking-etags: a feature deleted and made anew is another one', async () => {
      await send('POST', 'schilder/items', feature({ nr: 70 }));
      const { etag } = await read('schilder/items/70');
      assert.equal((await send('DELETE', 'schilder/items/70', undefined, { 'if-match': etag })).status, 204);
      await send('POST', 'schilder/items', feature({ nr: 70, text: 'neu' }));
      assert.equal((await send('DELETE', 'schilder/items/70', undefined, { 'if-match': etag })).status, 412);
      assert.equal((await send('DELETE', 'schilder/items/70', undefined, { 'if-match': '"1"' })).status, 412);
      assert.equal((await send('DELETE', 'schilder/items/70', undefined, { 'if-match': '*' })).status, 428);
    });

    it('/req/optimistic-locking-etags: 428 without a version, 412 with an old one, and of two at once one wins', async () => {
      await send('POST', 'schilder/items', feature({ nr: 8 }));
      const { etag } = await read('schilder/items/8');
      assert.equal((await send('PATCH', 'schilder/items/8', { properties: { a: 1 } })).status, 428);
      const both = await Promise.all([1, 2].map((a) => send('PATCH', 'schilder/items/8', { properties: { a } }, { 'if-match': etag })));
      assert.deepEqual(
        both.map(({ status }) => status).toSorted((a, b) => a - b),
        [204, 412],
      );
      assert.equal((await send('DELETE', 'schilder/items/8', undefined, { 'if-match': etag })).status, 412);
    });
    for (const [name, body, status, field] of [
      ['no feature', { type: 'Tisch' }, 400, 'type'],
      ['a place off the earth', feature({ nr: 1 }, 999), 400, 'geometry'],
      ['no key', feature({}), 400, 'properties.nr'],
      ['properties that are a list', { type: 'Feature', geometry: null, properties: [] }, 400, 'properties'],
    ] as const)
      it(`refuses ${name}, naming the field`, async () => {
        const before = await total('schilder');
        const answer = await send('POST', 'schilder/items', body);
        assert.equal(answer.status, status);
        assert.equal(((await answer.json()) as { errors: { field: string }[] }).errors[0]?.field, field);
        assert.equal(await total('schilder'), before);
      });
    it('refuses a second with the same key, another name for the same feature, and what is not there', async () => {
      await send('POST', 'schilder/items', feature({ nr: 9 }));
      assert.equal((await send('POST', 'schilder/items', feature({ nr: 9 }))).status, 409);
      const { etag } = await read('schilder/items/9');
      assert.equal((await send('PUT', 'schilder/items/9', feature({ nr: 10 }), { 'if-match': etag })).status, 400);
      assert.equal((await send('DELETE', 'schilder/items/404', undefined, { 'if-match': '"1"' })).status, 404);
      assert.equal((await send('POST', 'nirgends/items', feature({}))).status, 404);
    });
    it('only the administration and devices write, and the journal names who', async () => {
      for (const who of ['citizen', 'leitung', 'revision'] as const) assert.equal((await send('POST', 'baenke/items', feature({}), {}, who)).status, 403);
      const kinds = await city.ctx.journal.readStream(city.ctx.database.read, 'geodata:schilder');
      assert.ok(kinds.some(({ kind }) => kind === 'geodata.feature-deleted') && kinds.every(({ actor }) => actor.startsWith('staff:')));
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from geodata.feature where collection_id = 'schilder'`.execute(
        city.ctx.database.read,
      );
      assert.equal(rows[0]!.n, await total('schilder'));
    });
  });
}
