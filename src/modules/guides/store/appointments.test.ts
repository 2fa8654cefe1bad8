import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { migrationFolders } from '../../../../test/support/migration-folders.ts';
import { emptyDatabase, engines } from '../../../../test/support/temporary-database.ts';
import { migrate, readMigrations } from '../../../platform/database/migrate.ts';

const PLACE = '0190a000-0000-7000-8000-00000000ab01';

for (const engine of engines) {
  describe(`what appointments take, on ${engine}`, () => {
    it('is reckoned for those that were given before, also where one desk was given twice; after that it cannot be', async () => {
      const { database } = await emptyDatabase(engine);
      try {
        const own = (await readMigrations(migrationFolders())).filter(({ schema }) => schema === 'guides');
        const old = own.filter(({ name }) => name < '0003');
        await migrate(database, old);
        const db = database.read;
        await sql`insert into guides.place (id, key, name, kind, address, lon, lat, note, offers, access, hours, closed_on, starts_on, slot_minutes, desks, changed_at)
          values (${PLACE}, 'ort', 'Ort', 'office', 'Weg 1', 10, 53.5, '', '{}', '{}', '{}', '{}', '2026-01-01', 30, 1, now())`.execute(db);
        const give = (from: string, code: string, cancelled: string | null = null) =>
          sql`insert into guides.appointment (id, place_id, starts_at, desk, code_hash, topic, lang, booked_at, cancelled_at)
            values (gen_random_uuid(), ${PLACE}, ${`2026-12-01T${from}:00Z`}, 1, ${code}, 'konto', 'de', now(), ${cancelled}::timestamptz)`.execute(db);
        await give('10:00', 'a');
        await give('10:20', 'b');
        await give('10:10', 'c', '2026-11-01T10:00:00Z');
        await migrate(database, own);
        const { rows } = await sql<{ code: string; minutes: number }>`select code_hash as code, extract(epoch from ends_at - starts_at)::int / 60 as minutes
          from guides.appointment order by code`.execute(db);
        assert.deepEqual(
          rows.map(({ code, minutes }) => `${code} ${minutes}`),
          ['a 20', 'b 30', 'c 30'],
        );
        const take = (from: string, until: string, desk: number, code: string) =>
          sql`insert into guides.appointment (id, place_id, starts_at, ends_at, desk, code_hash, topic, lang, booked_at)
            values (gen_random_uuid(), ${PLACE}, ${`2026-12-01T${from}:00Z`}, ${`2026-12-01T${until}:00Z`}, ${desk}, ${code}, 'konto', 'de', now())
            on conflict do nothing returning 1`.execute(db);
        assert.equal((await take('10:45', '11:15', 1, 'd')).rows.length, 0, 'in part');
        assert.equal((await take('10:45', '11:15', 2, 'e')).rows.length, 1, 'another desk');
        assert.equal((await take('10:50', '11:20', 1, 'f')).rows.length, 1, 'one after the other');
      } finally {
        await database.close();
      }
    });
  });
}
