import assert from 'node:assert/strict';
import { after, before, describe, it, test } from 'node:test';
import { sql } from 'kysely';
import fc from 'fast-check';
import { refuse } from '../../kernel/result.ts';
import { engines, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import type { Database } from '../database/port.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { memoryLog } from '../../../test/support/test-server.ts';
import { journalCheck, journalState } from './journal-check.ts';
import { createJournal, verifyJournal } from './journal.ts';

const AT = Temporal.Instant.from('2026-11-24T09:00:00.123456789Z');
const ACTOR = { kind: 'staff', staffId: 's1', roles: ['sachbearbeitung'], authorities: [] } as const;

for (const engine of engines) {
  describe(`journal on ${engine}`, () => {
    let database: Database;
    let beats = 0;
    const journal = createJournal(() => (beats += 1));
    const fill = (count: number): Promise<void> =>
      database.write((tx) =>
        journal.append(
          tx,
          ACTOR,
          AT,
          Array.from({ length: count }, (_, i) => ({
            stream: `case:${i % 3}`,
            kind: i % 2 === 0 ? 'probe.gerade' : 'probe.ungerade',
            payload: { i, text: 'Größe „ä“\n🌳' },
          })),
        ),
      );
    before(async () => {
      ({ database } = await temporaryDatabase(engine));
      await fill(12);
    });
    after(() => database.close());

    /** Does what only somebody with the database's password could, checks, and undoes it. */
    async function afterTampering(statement: string): Promise<Awaited<ReturnType<typeof verifyJournal>>> {
      let verdict: Awaited<ReturnType<typeof verifyJournal>> | undefined;
      await database.transaction(async (tx) => {
        await sql`alter table platform.journal disable trigger all`.execute(tx);
        await sql.raw(statement).execute(tx);
        verdict = await verifyJournal(tx);
        return refuse('undo');
      });
      return verdict!;
    }

    it('numbers without gaps, oldest first, and verifies whole', async () => {
      const entries = await journal.readAfter(database.read, 0);
      assert.deepEqual(
        entries.map((entry) => entry.seq),
        Array.from({ length: 12 }, (_, i) => i + 1),
      );
      assert.equal(entries[3]!.actor, 'staff:s1');
      assert.deepEqual(entries[3]!.payload, { i: 3, text: 'Größe „ä“\n🌳' });
      const verdict = await verifyJournal(database.read);
      assert.deepEqual(verdict, { entries: 12, headHash: entries[11]!.hash });
    });

    it('reads from a number on, by kind, and by stream', async () => {
      assert.deepEqual(
        (await journal.readAfter(database.read, 9)).map(({ seq }) => seq),
        [10, 11, 12],
      );
      assert.deepEqual(
        (await journal.readAfter(database.read, 0, { kinds: ['probe.gerade'], limit: 2 })).map(({ seq }) => seq),
        [1, 3],
      );
      assert.deepEqual(
        (await journal.readStream(database.read, 'case:1')).map(({ seq }) => seq),
        [2, 5, 8, 11],
      );
    });

    it('tells its readers after the commit, not after a rollback', async () => {
      beats = 0;
      await database.transaction(async (tx) => (await journal.append(tx, ACTOR, AT, [{ stream: 'x', kind: 'probe.nie', payload: {} }]), refuse('nein')));
      assert.equal(beats, 0);
      assert.equal((await journal.readStream(database.read, 'x')).length, 0);
    });

    for (const statement of [
      "update platform.journal set payload = '{}' where seq = 2",
      'delete from platform.journal where seq = 2',
      'truncate platform.journal',
    ]) {
      it(`is append-only: refuses "${statement.split(' ')[0]}"`, async () => {
        await assert.rejects(
          database.write((tx) => sql.raw(statement).execute(tx)),
          /append-only/,
        );
      });
    }

    const TAMPERED: readonly [string, string, number, string][] = [
      ['a changed payload', "update platform.journal set payload = replace(payload, '4', '5') where seq = 5", 5, 'changed'],
      ['a changed actor', "update platform.journal set actor = 'staff:other' where seq = 7", 7, 'changed'],
      ['a changed time', "update platform.journal set at = at + interval '1 microsecond' where seq = 1", 1, 'changed'],
      ['a missing entry', 'delete from platform.journal where seq = 6', 6, 'missing'],
      ['a missing first entry', 'delete from platform.journal where seq = 1', 1, 'missing'],
      ['a missing last entry', 'delete from platform.journal where seq = 12', 12, 'missing'],
      ['a truncated end', 'delete from platform.journal where seq > 8', 9, 'missing'],
      ['nothing left', 'delete from platform.journal', 1, 'missing'],
      ['a head set back', 'update platform.journal_head set seq = 10', 12, 'changed'],
      ['a head taken away', 'delete from platform.journal_head', 12, 'changed'],
      [
        'two entries swapped',
        'update platform.journal set seq = -seq where seq in (3, 4); update platform.journal set seq = case seq when -3 then 4 else 3 end where seq < 0',
        3,
        'reordered',
      ],
      ['a gap closed by renumbering', 'delete from platform.journal where seq = 4; update platform.journal set seq = seq - 1 where seq > 4', 4, 'reordered'],
      [
        'an entry recomputed with its hash',
        "update platform.journal set payload = '{}', hash = encode(sha256(convert_to(previous_hash || E'\\n' || seq || E'\\n' || to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || E'\\n' || stream || E'\\n' || kind || E'\\n' || actor || E'\\n' || '{}', 'UTF8')), 'hex') where seq = 5",
        6,
        'reordered',
      ],
    ];
    for (const [what, statement, seq, kind] of TAMPERED) {
      it(`finds ${what} and names entry ${seq}`, async () => {
        const { broken } = await afterTampering(statement);
        assert.equal(broken?.seq, seq);
        assert.equal(broken.what, kind);
        assert.match(broken.detail, new RegExp(`\\b${seq}\\b`));
      });
    }

    it('keeps its order when many append at once', async () => {
      await Promise.all(
        Array.from({ length: 30 }, (_, i) => database.write((tx) => journal.append(tx, ACTOR, AT, [{ stream: 'viele', kind: 'probe.viele', payload: { i } }]))),
      );
      const verdict = await verifyJournal(database.read);
      assert.equal(verdict.broken, undefined);
      assert.equal(verdict.entries, 42);
    });

    it('never makes two transactions wait for each other, whichever journals first', async () => {
      await sql`create table probe_row (id int primary key, n int not null)`.execute(database.read);
      await sql`insert into probe_row values (1, 0)`.execute(database.read);
      const entry = (tx: Parameters<typeof journal.append>[0]) => journal.append(tx, ACTOR, AT, [{ stream: 'reihe', kind: 'probe.reihe', payload: {} }]);
      const touch = (tx: Parameters<typeof journal.append>[0]) => sql`update probe_row set n = n + 1 where id = 1`.execute(tx);
      const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
      await Promise.all([
        database.write(async (tx) => (await entry(tx), await pause(), void (await touch(tx)))),
        database.write(async (tx) => (await touch(tx), await pause(), await entry(tx))),
      ]);
      assert.equal((await journal.readStream(database.read, 'reihe')).length, 2);
      assert.equal((await verifyJournal(database.read)).entries, 44);
    });

    it('verifies across pages of a long journal', async () => {
      for (let i = 0; i < 3; i += 1) await fill(500);
      assert.equal((await verifyJournal(database.read)).entries, 1544);
    });

    describe('the state that the administration sees', () => {
      const log = memoryLog();
      const night = () => journalCheck(database, log, () => AT).handle({} as never);

      it('is proved from the first entry before the first night, and from the last whole proof after it', async () => {
        assert.deepEqual(await journalState(database.read), { entries: 1544 });
        await night();
        await fill(2);
        assert.deepEqual(await journalState(database.read), {
          entries: 1546,
          provedWhole: { at: Temporal.Instant.from('2026-11-24T09:00:00.123456Z'), seq: 1544 },
        });
      });

      it('finds a broken end at once, and what was changed long ago in the night; then the log has it too', async () => {
        const seen: (string | undefined)[] = [];
        await database.transaction(async (tx) => {
          await sql`alter table platform.journal disable trigger all`.execute(tx);
          await sql`update platform.journal set payload = '{}' where seq = 1545`.execute(tx);
          seen.push((await journalState(tx)).broken);
          return refuse('undo');
        });
        assert.match(seen[0] ?? '', /1545/);
        await sql`alter table platform.journal disable trigger all`.execute(database.read);
        const { rows } = await sql<{ payload: string }>`select payload from platform.journal where seq = 3`.execute(database.read);
        await sql`update platform.journal set payload = '{}' where seq = 3`.execute(database.read);
        await night();
        assert.match((await journalState(database.read)).broken ?? '', /Eintrag 3\b/);
        assert.ok(log.lines.some((line) => line.event === 'journal.broken' && line.facts['seq'] === 3));
        await sql`update platform.journal set payload = ${rows[0]!.payload} where seq = 3`.execute(database.read);
        await sql`alter table platform.journal enable trigger all`.execute(database.read);
        await night();
        assert.equal((await journalState(database.read)).broken, undefined);
      });
    });
  });
}

test('canonical JSON: equal values have equal bytes whatever the order of keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reordered = Object.fromEntries(Object.entries(value).reverse());
      assert.equal(canonicalJson(reordered), canonicalJson(value));
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
    }),
  );
});
