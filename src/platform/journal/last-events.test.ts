import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { engines, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { lastEvents } from './last-events.ts';

const MANY = 20_000;

for (const engine of engines)
  it(`finds the last entry of each kind by one step in an index, also of kinds that never were (${engine})`, async (t) => {
    const { database } = await temporaryDatabase(engine);
    t.after(() => database.close());
    await sql`insert into platform.journal (seq, at, stream, kind, actor, payload, previous_hash, hash)
      select n, now(), 's', 'a.kind-' || n % 3, '{}', '{}', 'p', 'h' || n from generate_series(1, ${MANY}::int) n`.execute(database.read);
    const found = await lastEvents(database.read, ['a.kind-1', 'a.kind-2', 'a.kind', 'a.kind-9', 'z', '']);
    assert.deepEqual(Object.fromEntries([...found].map(([kind, { seq }]) => [kind, seq])), { 'a.kind-1': 19_999, 'a.kind-2': 20_000 });
  });
