import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { expectOk } from '../../src/kernel/result.ts';
import { collectionsFor, importFeatures, openFile, rejectsOf, removeCollection, setCollection, type ImportRun } from '../../src/modules/geodata/public.ts';
import { createJournal, verifyJournal } from '../../src/platform/journal/journal.ts';
import type { Database } from '../../src/platform/database/port.ts';
import { repositoryRoot } from '../support/temporary-city.ts';
import { engines, temporaryDatabase } from '../support/temporary-database.ts';

const REAL = join(repositoryRoot, '../shared/data/hamburg');
const skip = existsSync(REAL) ? false : 'Die echten Daten unter ../shared/data fehlen hier.';
const ADMIN = { kind: 'staff', staffId: '0190a000-0000-7000-8000-000000000005', roles: ['administration'], authorities: [] } as const;
const NOW = Temporal.Instant.from('2026-11-28T12:00:00Z');

for (const engine of engines) {
  describe(`import into collections on ${engine}`, () => {
    let database: Database;
    let folder: string;
    const ctx = () => ({ database, journal: createJournal(), clock: () => NOW });
    before(async () => {
      ({ database } = await temporaryDatabase(engine));
      folder = mkdtempSync(join(tmpdir(), 'kontor-import-'));
    });
    after(async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    });
    const file = (name: string, text: string | Uint8Array): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const take = async (path: string, id: string, more: { key?: string; replace?: boolean; progress?: (run: ImportRun) => void } = {}): Promise<ImportRun> => {
      expectOk(await setCollection(ctx(), ADMIN, { id, title: id, ...(more.key === undefined ? {} : { keyProperty: more.key }) }));
      return expectOk(
        await importFeatures(ctx(), ADMIN, {
          ...(await openFile(path)),
          collection: id,
          replace: more.replace === true,
          ...(more.progress && { progress: more.progress }),
        }),
      );
    };
    const counts = ({ created, changed, unchanged, rejected }: ImportRun) => [created, changed, unchanged, rejected];
    const points = (features: readonly (readonly [id: string, lon: number, name: string])[]): string =>
      JSON.stringify({
        type: 'FeatureCollection',
        features: features.map(([id, lon, name]) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [lon, 53.5] }, properties: { nr: id, name } })),
      });

    it('takes the 180 real Stadtteile, with areas that PostGIS finds valid and where they belong', { skip }, async () => {
      const path = join(REAL, 'hamburg_stadtteile.geojson');
      assert.deepEqual(counts(await take(path, 'stadtteile')), [180, 0, 0, 0]);
      const { rows } = await sql<{ n: number; valid: number; km2: number }>`
        select count(*)::int as n, count(*) filter (where st_isvalid(geometry))::int as valid, (sum(st_area(geometry)) / 1e6)::float8 as km2
        from geodata.feature where collection_id = 'stadtteile'`.execute(database.read);
      assert.equal(rows[0]!.n, 180);
      // Hamburg with Neuwerk and its mudflats has about 755 km²
      assert.ok(rows[0]!.km2 > 700 && rows[0]!.km2 < 900, String(rows[0]!.km2));
      const [stadtteile] = await collectionsFor(ctx(), ADMIN);
      assert.equal(stadtteile!.features, 180);
      const [west, south, east, north] = stadtteile!.extent!;
      assert.ok(west > 8.3 && south > 53.3 && east < 10.4 && north < 54.1, stadtteile!.extent!.join());
    });
    it('keeps the real stops as they are, all of them', { skip }, async () => {
      for (const name of ['hamburg_bus_stops', 'hamburg_train_stops', 'hamburg_healthcare_validated']) {
        const there = (JSON.parse(readFileSync(join(REAL, `${name}.geojson`), 'utf8')) as { features: { properties: object }[] }).features;
        const run = await take(join(REAL, `${name}.geojson`), name);
        assert.equal(run.created + run.rejected, there.length);
        const rejects = await rejectsOf(ctx(), run.id, 10);
        assert.ok(
          rejects.every(({ reason }) => /kommt in der Datei schon vor/.test(reason)),
          JSON.stringify(rejects.slice(0, 3)),
        );
        const again = await take(join(REAL, `${name}.geojson`), name);
        assert.deepEqual([again.created, again.changed, again.unchanged], [0, 0, run.created]);
      }
    });
    it('the same places come from degrees, from UTM 32, and as PostGIS reckons them', async () => {
      await take(file('grad.csv', 'nr,lon,lat\n1,9.9937,53.5511\n2,10.25,53.4\n'), 'grad', { key: 'nr' });
      await take(file('utm.csv', 'nr;ostwert;nordwert\n1;565853,42;5934026,02\n'), 'utm', { key: 'nr' });
      const { rows } = await sql<{ metres: number }>`
        select max(st_distance(geometry, st_transform(st_setsrid(st_makepoint((body::jsonb #>> '{geometry,coordinates,0}')::float8, (body::jsonb #>> '{geometry,coordinates,1}')::float8), 4326), 25832))) as metres
        from geodata.feature where collection_id = any (array['grad', 'utm'])`.execute(database.read);
      assert.ok(rows[0]!.metres < 0.02, `${rows[0]!.metres} m apart`);
    });
    it('comes again by its key: what changed is changed, what is the same stays, what is new is new', async () => {
      const first = file(
        'orte.geojson',
        points([
          ['a', 10, 'Alt'],
          ['b', 10.1, 'Bleibt'],
          ['c', 10.2, 'Geht'],
        ]),
      );
      assert.deepEqual(counts(await take(first, 'orte', { key: 'nr' })), [3, 0, 0, 0]);
      const second = file(
        'orte2.geojson',
        points([
          ['a', 10, 'Neu'],
          ['b', 10.1, 'Bleibt'],
          ['d', 10.3, 'Kommt'],
        ]),
      );
      assert.deepEqual(counts(await take(second, 'orte', { key: 'nr' })), [1, 1, 1, 0]);
      const { rows } = await sql<{ id: string; version: number }>`select id, version from geodata.feature where collection_id = 'orte' order by id`.execute(
        database.read,
      );
      assert.deepEqual(rows, [
        { id: 'a', version: 2 },
        { id: 'b', version: 1 },
        { id: 'c', version: 1 },
        { id: 'd', version: 1 },
      ]);
      const replaced = await take(second, 'orte', { key: 'nr', replace: true });
      assert.equal(replaced.message, '1 Objekte, die in der Datei fehlen, wurden entfernt.');
      assert.equal((await collectionsFor(ctx(), ADMIN)).find(({ id }) => id === 'orte')!.features, 3);
      const broken = file(
        'kaputt.geojson',
        points([
          ['a', 10, 'Neu'],
          ['b', 400, 'Weit weg'],
        ]),
      );
      assert.equal(
        (await take(broken, 'orte', { key: 'nr', replace: true })).message,
        '1 Objekte, die in der Datei fehlen, wurden entfernt.',
        'b is wrong in the file, not missing',
      );
      const empty = file('leer.geojson', points([]));
      assert.match((await take(empty, 'orte', { key: 'nr', replace: true })).message ?? '', /Deshalb wurde nichts entfernt/);
      assert.equal((await collectionsFor(ctx(), ADMIN)).find(({ id }) => id === 'orte')!.features, 2);
    });
    it('rejects rows with their reason and keeps the rest', async () => {
      const ring = [
        [10, 53],
        [10.1, 53],
        [10.1, 53.1],
      ];
      const odd = [
        { type: 'Feature', geometry: { type: 'Point', coordinates: [10, 53] }, properties: { nr: 1 } },
        { type: 'Feature', geometry: { type: 'Point', coordinates: [999, 53] }, properties: { nr: 2 } },
        { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { nr: 3 } },
        { type: 'Feature', geometry: { type: 'Kreis' }, properties: { nr: 4 } },
        { type: 'Feature', geometry: null, properties: {} },
        { type: 'Feature', geometry: null, properties: { nr: 1 } },
        { type: 'Feature', geometry: { type: 'Point', coordinates: ['10', 53] }, properties: { nr: 7 } },
        { type: 'Feature', geometry: null, properties: { nr: 8 } },
        { type: 'Feature', geometry: null, properties: { nr: 9, text: 'a\u0000b' } },
      ];
      const run = await take(file('schief.geojson', JSON.stringify({ type: 'FeatureCollection', features: odd })), 'schief', { key: 'nr' });
      assert.deepEqual(counts(run), [2, 0, 0, 7]);
      assert.deepEqual(
        (await rejectsOf(ctx(), run.id, 10)).map(({ row, reason }) => `${row} ${reason}`),
        [
          '2 Der Punkt 999, 53 liegt nicht auf der Erde. Prüfen Sie das Koordinatensystem.',
          '3 Ein Ring ist nicht geschlossen: der letzte Punkt muss der erste sein.',
          '4 Die Art der Geometrie ist nicht bekannt: Kreis.',
          '5 Das Merkmal „nr“ fehlt, das die Objekte unterscheidet.',
          '6 „1“ kommt in der Datei schon vor.',
          '7 Eine Koordinate ist keine Zahl.',
          '9 Die Zeile enthält Zeichen, die kein Text sind, oder ist zu tief geschachtelt.',
        ],
      );
    });
    it('goes on where it was interrupted, and counts once', async () => {
      const lines = Array.from({ length: 3500 }, (_, index) => `${index},${10 + index / 1e5},53.5`);
      const path = file('viele.csv', `nr,lon,lat\n${lines.join('\n')}\n`);
      await assert.rejects(
        take(path, 'viele', {
          key: 'nr',
          progress: ({ rowsRead }) => {
            if (rowsRead === 2000) throw new Error('der Strom fällt aus');
          },
        }),
        /Strom/,
      );
      const seen: number[] = [];
      const run = await take(path, 'viele', { key: 'nr', progress: ({ rowsRead }) => void seen.push(rowsRead) });
      assert.deepEqual(seen, [3000, 3500], 'the first two thousand are not read into the table again');
      assert.deepEqual(counts(run), [3500, 0, 0, 0]);
      const collection = (await collectionsFor(ctx(), ADMIN)).find(({ id }) => id === 'viele')!;
      assert.deepEqual([collection.features, collection.properties], [3500, { nr: 'integer' }]);
    });
    it('a file that is mostly wrong is not read to its end, and what was right stays', async () => {
      expectOk(await setCollection(ctx(), ADMIN, { id: 'unsinn', title: 'Unsinn' }));
      let read = 0;
      async function* endless() {
        for (;;) {
          read += 1;
          yield read === 1 ? { row: 1, value: { geometry: null, properties: {} } } : { row: read, reason: 'falsch' };
        }
      }
      const done = await importFeatures(ctx(), ADMIN, { collection: 'unsinn', source: 'x', format: 'csv', rows: endless(), crs: () => 'CRS84' });
      assert.ok(!done.ok && /Mehr als 10.000 Zeilen sind falsch/.test(done.problem.fields?.[0]?.message ?? ''));
      assert.ok(read < 12_000, `${read} rows were read`);
      assert.equal((await collectionsFor(ctx(), ADMIN)).find(({ id }) => id === 'unsinn')!.features, 1);
    });
    it('a file that cannot be read leaves a failed run with the reason, and what was kept before', async () => {
      expectOk(await setCollection(ctx(), ADMIN, { id: 'bruch', title: 'Bruch' }));
      const whole = points([
        ['a', 10, 'x'],
        ['b', 10, 'y'],
      ]);
      const done = await importFeatures(ctx(), ADMIN, { ...(await openFile(file('bruch.geojson', whole.slice(0, -30)))), collection: 'bruch' });
      assert.ok(!done.ok && /bricht mitten/.test(done.problem.fields?.[0]?.message ?? ''));
      const { rows } = await sql<{ state: string }>`select state from geodata.import_run where collection_id = 'bruch'`.execute(database.read);
      assert.deepEqual(rows, [{ state: 'failed' }]);
    });
    it('deletes a collection with everything in it, and the journal stays whole', async () => {
      assert.equal(expectOk(await removeCollection(ctx(), ADMIN, 'viele')).features, 3500);
      assert.ok(!(await collectionsFor(ctx(), ADMIN)).some(({ id }) => id === 'viele'));
      assert.equal((await verifyJournal(database.read)).broken, undefined);
    });
    it('shows what is kept inside to staff alone, and refuses a name that is none', async () => {
      expectOk(await setCollection(ctx(), ADMIN, { id: 'innen', title: 'Innen', access: 'internal' }));
      assert.ok((await collectionsFor(ctx(), ADMIN)).some(({ id }) => id === 'innen'));
      assert.ok(!(await collectionsFor(ctx(), { kind: 'anonymous' })).some(({ id }) => id === 'innen'));
      const refused = await setCollection(ctx(), ADMIN, { id: "x'); drop table", title: 'x' });
      assert.ok(!refused.ok && refused.problem.fields?.[0]?.field === 'collection');
    });
  });
}
