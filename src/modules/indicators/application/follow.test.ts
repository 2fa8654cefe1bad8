import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { random } from '../../../../test/support/indicator-histories.ts';
import { engines, temporaryDatabase } from '../../../../test/support/temporary-database.ts';
import type { Database } from '../../../platform/database/port.ts';
import { createJournal } from '../../../platform/journal/journal.ts';
import { FOLLOWED } from '../domain/event-kinds.ts';
import type { Fact } from '../domain/facts.ts';
import { readCheckpoint } from '../store/figures.ts';
import { follow, followOnce } from './follow.ts';
import { verifyFigures } from './verify.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');

for (const engine of engines)
  describe(`following the journal on ${engine}`, () => {
    let database: Database;
    const journal = createJournal();
    const ctx = () => ({ database, journal, clock: () => NOW });
    before(async () => ({ database } = await temporaryDatabase(engine)));
    after(() => database.close());

    const write = (facts: readonly Fact[]): Promise<void> =>
      database.write(async (tx) => {
        for (const { at, stream, kind, payload } of facts) await journal.append(tx, { kind: 'system', job: 'probe' }, at, [{ stream, kind, payload }]);
      });

    it('keeps figures equal to a full recomputation, in runs of any size', async () => {
      const sample = fc.sample(fc.tuple(random.long, fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 })), { numRuns: 12, seed: 7 });
      for (const [facts, sizes] of sample) {
        await write(facts);
        for (const size of sizes) await followOnce(ctx(), size);
        assert.equal((await verifyFigures(ctx())).difference, undefined);
      }
      await follow(ctx(), { batch: 7 });
      const { difference, cells, seq } = await verifyFigures(ctx());
      assert.equal(difference, undefined);
      assert.ok(cells > 5 && seq > 400, `${cells} cells up to ${seq}`);
    });
    it('a run that breaks off leaves figures and checkpoint as they were', async () => {
      await write(fc.sample(random.long, { numRuns: 3, seed: 11 }).flat());
      const before = await readCheckpoint(database.read);
      const failing = { ...ctx(), clock: (): never => assert.fail('broken off') };
      await assert.rejects(followOnce(failing, 50), /broken off/);
      assert.equal((await readCheckpoint(database.read)).seq, before.seq);
      await follow(ctx());
      assert.equal((await verifyFigures(ctx())).difference, undefined);
    });
    it('two that follow at once count nothing twice', async () => {
      await write(fc.sample(random.long, { numRuns: 4, seed: 13 }).flat());
      await Promise.all([follow(ctx(), { batch: 10 }), follow(ctx(), { batch: 13 }), follow(ctx(), { batch: 5 })]);
      assert.equal((await verifyFigures(ctx())).difference, undefined);
      assert.deepEqual(await follow(ctx()), { entries: 0, more: false });
    });
    it('stops when its time is over, and goes on from there', async () => {
      await write(fc.sample(random.long, { numRuns: 2, seed: 17 }).flat());
      const stopped = await follow(ctx(), { milliseconds: 0, batch: 3 });
      assert.deepEqual(stopped, { entries: 3, more: true });
      await follow(ctx());
      assert.equal((await verifyFigures(ctx())).difference, undefined);
    });
    it('while more is waiting the figures are those of the last entry that was read, and then those of now', async () => {
      await write(fc.sample(random.long, { numRuns: 1, seed: 19 }).flat());
      const { seq } = await readCheckpoint(database.read);
      const [first] = await journal.readAfter(database.read, seq, { kinds: FOLLOWED, limit: 1 });
      assert.equal((await followOnce(ctx(), 1)).more, true);
      assert.equal((await readCheckpoint(database.read)).followedAt?.toString(), first!.at.toString());
      await follow(ctx());
      assert.equal((await readCheckpoint(database.read)).followedAt?.toString(), NOW.toString());
    });
    it('knows when the oldest entry was made, also where nobody kept it at first', async () => {
      const all = await journal.readAfter(database.read, 0, { kinds: FOLLOWED, limit: 10_000 });
      const oldest = all.reduce((a, { at }) => (Temporal.Instant.compare(at, a) < 0 ? at : a), all[0]!.at);
      assert.equal((await readCheckpoint(database.read)).firstAt?.toString(), oldest.toString());
      await sql`update indicators.checkpoint set first_at = null`.execute(database.read);
      await follow(ctx());
      assert.equal((await readCheckpoint(database.read)).firstAt?.toString(), all[0]!.at.toString());
    });
    it('verify names the first figure that somebody changed', async () => {
      await sql`update indicators.cell set counts = counts || '{"decided": 999}' where (month, service) =
        (select month, service from indicators.cell where service <> '' order by month, service limit 1)`.execute(database.read);
      const { difference } = await verifyFigures(ctx());
      assert.equal(difference?.name, 'decided');
      assert.equal(difference.kept, 999);
    });
  });
