import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { engines, temporaryDatabase } from '../../../../test/support/temporary-database.ts';
import type { Database } from '../../../platform/database/port.ts';
import type { NewObservation } from '../domain/observation.ts';
import { keepSingle } from './group-commit.ts';
import { keepObservations } from './keep-observations.ts';

async function stream(database: Database, id: number, place?: string): Promise<void> {
  await database.write(async (tx) => {
    await sql`insert into sensors.sensor (id, name, description, encoding_type, metadata) values (1, 's', '', '', '""') on conflict do nothing`.execute(tx);
    await sql`insert into sensors.thing (id, name, description) values (${id}, 't', '')`.execute(tx);
    await sql`insert into sensors.stream (id, name, description, observation_type, unit, thing_id, sensor_id) values (${id}, 'd', '', '', '{}', ${id}, 1)`.execute(
      tx,
    );
    if (place === undefined) return;
    await sql`insert into sensors.location (id, name, description, encoding_type, location, geometry)
      values (${id}, 'Anleger', '', 'application/geo+json', '{}', st_geomfromtext(${place}, 4326))`.execute(tx);
    await sql`insert into sensors.thing_location values (${id}, ${id})`.execute(tx);
  });
}

interface Summary {
  observations: number;
  start: string;
  end: string;
  latest: number;
  latestStart: string;
  area: string | null;
}
async function summary(database: Database, id: number): Promise<Summary> {
  const at = (column: string) => sql.raw(`to_char(${column} at time zone 'utc', 'MM-DD HH24:MI')`);
  const { rows } = await sql<Summary>`select observations::int, ${at('phenomenon_start')} as start, ${at('phenomenon_end')} as "end", latest_id::int as latest,
    ${at('latest_start')} as "latestStart", st_astext(observed_area) as area from sensors.summary where stream_id = ${id}`.execute(database.read);
  return rows[0]!;
}
const row = (streamId: number, phenomenonStart: string, number: number, more: Partial<NewObservation> = {}): NewObservation => ({
  streamId,
  phenomenonStart,
  number,
  ...more,
});

for (const engine of engines) {
  describe(`observations on ${engine}`, () => {
    let database: Database;
    before(async () => {
      ({ database } = await temporaryDatabase(engine));
      await stream(database, 1, 'POINT(9.97 53.54)');
      await stream(database, 2);
    });
    after(() => database.close());

    it('lie in the partition of their month, over the turn of a year and far from now', async () => {
      const kept = await keepObservations({ database }, [
        row(1, '2025-12-31T23:59:59.999Z', 1),
        row(1, '2026-01-01T00:00:00Z', 2),
        row(1, '1999-02-03T00:00:00+01:00', 3),
      ]);
      assert.equal(new Set(kept.map(({ id }) => id)).size, 3);
      const { rows } = await sql<{
        part: string;
        number: number;
      }>`select tableoid::regclass::text as part, result_number as number from sensors.observation where stream_id = 1 order by number`.execute(database.read);
      assert.deepEqual(
        rows.map(({ part }) => part),
        ['sensors.observation_2025_12', 'sensors.observation_2026_01', 'sensors.observation_1999_02'],
      );
    });
    it('at the ends of the calendar lie together: no device makes partitions without end', async () => {
      await stream(database, 33);
      const instants = [
        '9999-12-31T23:59:59Z',
        '2100-01-01T00:00:00Z',
        '2099-12-31T23:59:59Z',
        '1970-01-01T00:00:00Z',
        '1969-12-31T23:59:59Z',
        '0001-01-01T00:00:00Z',
      ];
      await keepObservations(
        { database },
        instants.map((instant, index) => row(33, instant, index)),
      );
      const { rows } = await sql<{
        part: string;
      }>`select tableoid::regclass::text as part from sensors.observation where stream_id = 33 order by result_number`.execute(database.read);
      const parts = ['late', 'late', '2099_12', '1970_01', 'early', 'early'];
      assert.deepEqual(
        rows.map(({ part }) => part),
        parts.map((part) => `sensors.observation_${part}`),
      );
    });
    it('keep a summary: the late one counts but never becomes the latest', async () => {
      const [first] = await keepObservations({ database }, [row(1, '2026-03-01T12:00:00Z', 5)]);
      await keepObservations({ database }, [row(1, '2026-02-01T12:00:00Z', 4), row(1, '2026-03-01T11:00:00Z', 4, { phenomenonEnd: '2026-03-01T13:00:00Z' })]);
      const { latest, observations, start, end, latestStart } = await summary(database, 1);
      assert.deepEqual([latest, observations, start, end, latestStart], [first!.id, 6, '02-02 23:00', '03-01 13:00', '03-01 12:00']);
    });
    it('of two at the same time the later written is the latest', async () => {
      const kept = await keepObservations({ database }, [row(1, '2026-04-01T00:00:00Z', 1), row(1, '2026-04-01T00:00:00Z', 2)]);
      assert.equal((await summary(database, 1)).latest, kept[1]!.id);
    });
    it('whose commit was lost on the way are refused and not kept twice', async () => {
      await stream(database, 34);
      let writes = 0;
      const losing: Database = {
        ...database,
        async write(work) {
          writes += 1;
          const done = await database.write(work);
          // the first makes the partition
          if (writes > 1) throw new Error('Connection terminated unexpectedly');
          return done;
        },
      };
      const now = Temporal.Instant.from('2026-04-01T00:00:00Z');
      await keepObservations({ database }, [row(34, now.toString(), 0)]);
      const ctx = { database: losing, clock: () => now };
      const kept = await Promise.allSettled([1, 2, 3].map((result) => keepSingle(ctx, { streamId: 34, values: { result } })));
      assert.deepEqual(
        kept.map(({ status }) => status),
        ['rejected', 'rejected', 'rejected'],
      );
      assert.equal(writes, 2);
      assert.equal((await summary(database, 34)).observations, 4, 'the first one, and each of the three once');
    });
    it('are of the feature made once from the place; a thing without a place has none', async () => {
      const kept = await keepObservations({ database }, [row(1, '2026-04-02T00:00:00Z', 1), row(2, '2026-04-02T00:00:00Z', 1)]);
      assert.ok(kept[0]!.featureId !== undefined);
      assert.equal(kept[1]!.featureId, undefined);
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from sensors.feature`.execute(database.read);
      assert.equal(rows[0]!.n, 1);
      assert.equal((await summary(database, 1)).area, 'POINT(9.97 53.54)');
      assert.equal((await summary(database, 2)).area, null);
    });
    it('the observed area grows with the features', async () => {
      await sql`insert into sensors.feature (id, name, description, encoding_type, feature, geometry) values (500, 'f', '', '', '{}', st_geomfromtext('POINT(10 53.6)', 4326))`.execute(
        database.read,
      );
      await keepObservations({ database }, [row(1, '2026-04-03T00:00:00Z', 1, { featureId: 500 })]);
      assert.equal((await summary(database, 1)).area, 'POLYGON((9.97 53.54,9.97 53.6,10 53.6,10 53.54,9.97 53.54))');
    });
    it('keep results of any kind as they are, beside plain numbers', async () => {
      const result = { text: 'Ü "quer", {a}', list: [1, null, true] };
      const rest = { quality: 'gut', validStart: '2026-05-01T00:00:00Z', validEnd: '2026-05-02T00:00:00Z', parameters: { tiefe: 3 } };
      const [odd, plain] = await keepObservations({ database }, [
        { streamId: 2, phenomenonStart: '2026-05-01T00:00:00Z', result, ...rest },
        row(2, '2026-05-01T01:00:00Z', 1.5),
      ]);
      const { rows } = await sql<
        Record<string, unknown>
      >`select id::int, result, result_number, result_quality, parameters, valid_end::text is not null as ends from sensors.observation where id = any(${[odd!.id, plain!.id]}) order by id`.execute(
        database.read,
      );
      assert.deepEqual(rows, [
        { id: odd!.id, result, result_number: null, result_quality: 'gut', parameters: { tiefe: 3 }, ends: true },
        { id: plain!.id, result: null, result_number: 1.5, result_quality: null, parameters: null, ends: false },
      ]);
    });
    it('many writers at once lose nothing, count right, and make one partition', async () => {
      await stream(database, 3, 'POINT(10 53.5)');
      const { observations } = await summary(database, 1);
      await Promise.all(
        Array.from({ length: 20 }, (_, writer) =>
          keepObservations(
            { database },
            [3, 1].map((id) => row(id, `2026-07-01T00:${String(writer).padStart(2, '0')}:00Z`, writer)),
          ),
        ),
      );
      assert.equal((await summary(database, 3)).observations, 20);
      assert.equal((await summary(database, 1)).observations, observations + 20);
      assert.equal((await summary(database, 3)).latestStart, '07-01 00:19');
    });
  });
}
