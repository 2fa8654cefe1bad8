import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../../kernel/id.ts';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { followedServices, usedServices } from './service-counts.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const SINCE = NOW.subtract({ hours: 24 * 730 });
const FEWEST = 10;

for (const engine of engines) {
  describe(`what is used and what followed, as counts of people alone (${engine})`, () => {
    let city: TemporaryCity;
    before(async () => void (city = await temporaryCity({ engine })));
    after(() => city.close());

    let serial = 0;
    const person = (): string => newId(NOW.epochMilliseconds);
    async function applied(accountId: string | null, service: string, daysAgo: number): Promise<void> {
      const at = NOW.subtract({ hours: Math.round(daysAgo * 24) });
      await sql`insert into procedure.case_file (id, file_number, service, package_hash, authority, account_id, status, version, state, submitted_at, changed_at, search_text)
        values (${newId(NOW.epochMilliseconds)}, ${`X-${(serial += 1)}`}, ${service}, 'h', 'a', ${accountId}, 'eingegangen', 1, '{}', ${at}, ${at}, to_tsvector(''))`.execute(
        city.database.read,
      );
    }
    const followed = async (withinDays = 90) =>
      (await followedServices(city.ctx, { since: SINCE, withinDays, fewest: FEWEST })).map(({ service, next, people }) => `${service}>${next} ${people}`);

    it('ten people are told, nine are not', async () => {
      for (let people = 1; people <= 10; people++) {
        const one = person();
        await applied(one, 'bau', 100);
        await applied(one, 'grabung', 60);
        if (people <= 9) await applied(one, 'baum', 50);
      }
      assert.deepEqual(await followed(), ['bau>grabung 10']);
    });
    it('one person with many cases is one person', async () => {
      const one = person();
      for (let many = 0; many < 30; many++) {
        await applied(one, 'hund', 30);
        await applied(one, 'park', 20);
      }
      assert.ok(!(await followed()).some((pair) => pair.startsWith('hund')));
      assert.ok(!(await usedServices(city.ctx, { since: SINCE, fewest: FEWEST })).some(({ service }) => service === 'hund'));
    });
    it('what came before, too late, at the same moment or long ago does not follow', async () => {
      for (let people = 0; people < 12; people++) {
        const one = person();
        await applied(one, 'a', 200);
        await applied(one, 'b', 200 - 91);
        await applied(one, 'c', 201);
        await applied(one, 'd', 200);
        await applied(one, 'e', 800);
        await applied(one, 'f', 790);
      }
      const pairs = await followed();
      assert.deepEqual(
        pairs.filter((pair) => /^[a-f]>/.test(pair)),
        ['c>a 12', 'c>d 12'],
      );
      assert.ok((await followed(91)).includes('a>b 12'));
    });
    it('cases without an account are nobody’s', async () => {
      for (let many = 0; many < 12; many++) await applied(null, 'amt', 10);
      assert.ok(!(await usedServices(city.ctx, { since: SINCE, fewest: FEWEST })).some(({ service }) => service === 'amt'));
    });
    it('what is used comes most used first, and of the asked time alone', async () => {
      const used = await usedServices(city.ctx, { since: NOW.subtract({ hours: 24 * 150 }), fewest: FEWEST });
      assert.deepEqual(
        used.map(({ service, people }) => `${service} ${people}`),
        ['b 12', 'bau 10', 'grabung 10'],
      );
    });
  });
}
