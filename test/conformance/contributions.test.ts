import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fillDemoContributions } from '../../src/demo-contributions.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { demoAccounts } from '../../src/modules/identity/public.ts';
import { contributionsOn } from '../../src/neighbours-contributions.ts';
import { participationOn } from '../../src/neighbours.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { engines } from '../support/temporary-database.ts';
import { serverOf, wholeCity, type WholeCity } from '../support/whole-city.ts';

const OFFICER: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000de30', roles: ['sachbearbeitung'], authorities: ['bezirksamt-altona'] };

/** Of the demo's 21, two wait, one is hidden and one is merged. */
const PUBLISHED = 17;

interface Items {
  readonly numberMatched?: number;
  readonly features: readonly {
    readonly id: string;
    readonly geometry: { readonly type: string } | null;
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
}

for (const engine of engines) {
  describe(`contributions in the whole city on ${engine}`, () => {
    let city: WholeCity;
    let server: CityServer;
    before(async () => {
      city = await wholeCity({ engine });
      const [katharina] = await demoAccounts(city.ctx.database.read);
      const actors: Readonly<Record<string, Actor>> = { officer: OFFICER, citizen: { kind: 'citizen', accountId: katharina!.id, trust: 'hoch' } };
      server = serverOf(city, (token) => actors[token]);
      const contexts = {
        procedure: city.ctx,
        rounds: participationOn(city.ctx),
        contributions: contributionsOn(city.ctx, 'a secret of at least thirty-two characters'),
      };
      await fillDemoContributions(contexts, () => {});
      await fillDemoContributions(contexts, () => assert.fail('there is nothing left to fill'));
    });
    after(() => city.close());

    const text = async (path: string, who = ''): Promise<string> =>
      (await server.request(path, { headers: { cookie: `kontor_session=${who}`, accept: path.startsWith('/ogc') ? 'application/json' : 'text/html' } })).text();
    const items = async (query = ''): Promise<Items> => JSON.parse(await text(`/ogc/collections/beitraege/items?limit=100${query}`)) as Items;
    /** The collection follows by a job: looked at until it has. */
    async function until(what: (found: Items) => boolean): Promise<Items> {
      for (let tries = 0; ; tries += 1) {
        const found = await items().catch(() => ({ features: [] }));
        if (what(found)) return found;
        if (tries > 200) assert.fail(`the collection has ${found.features.length} features`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }

    it('the demo’s participation and its early display lead to each other', async () => {
      const map = await text('/beteiligung/ottensen-77');
      const display = /href="(\/beteiligung\/[0-9a-f-]{36})"/.exec(map)?.[1];
      assert.ok(display !== undefined);
      assert.match(await text(display), /href="\/beteiligung\/ottensen-77"/);
      assert.match(await text('/beteiligung'), /href="\/beteiligung\/ottensen-77"/);
    });

    it('what is published is a collection of the OGC API, with every kind of geometry and without persons', async () => {
      const found = await until(({ features }) => features.length === PUBLISHED);
      assert.deepEqual([...new Set(found.features.map(({ geometry }) => geometry?.type ?? 'none'))].toSorted(), ['LineString', 'Point', 'Polygon', 'none']);
      assert.ok(found.features.every(({ properties }) => properties['participation'] === 'ottensen-77' && !('accountId' in properties)));
      assert.doesNotMatch(JSON.stringify(found), /Kredite|Bushaltestelle/);
      const green = await items(`&filter=${encodeURIComponent("category = 'Grün und Bäume'")}&filter-lang=cql2-text`);
      assert.equal(green.features.length, 4);
    });

    it('what is hidden or deleted leaves the collection, what comes back is there again', async () => {
      const { features } = await until((found) => found.features.length === PUBLISHED);
      const { id } = features[0]!;
      const act = (command: object): Promise<Response> =>
        server.request(`/api/contributions/${id}/moderation`, {
          method: 'POST',
          headers: { cookie: 'kontor_session=officer', 'content-type': 'application/json' },
          body: JSON.stringify(command),
        });
      assert.equal((await act({ action: 'hide', because: 'thema' })).status, 200);
      await until((found) => found.features.length === PUBLISHED - 1 && !found.features.some((one) => one.id === id));
      assert.equal((await act({ action: 'publish' })).status, 200);
      await until((found) => found.features.length === PUBLISHED);
    });

    it('what somebody wrote with their account is in what the city hands out about them', async () => {
      const sent = await server.request('/api/contributions/participations/ottensen-77/contributions', {
        method: 'POST',
        headers: { cookie: 'kontor_session=citizen', 'content-type': 'application/json' },
        body: JSON.stringify({ category: 'verkehr', title: 'Mit Konto', text: 'Von mir.', withAccount: true }),
      });
      assert.equal(sent.status, 201, await sent.clone().text());
      assert.match(await text('/api/account/export', 'citizen'), /"beitraege":\[\{"kind":"Beitrag".*Mit Konto/);
    });
  });
}
