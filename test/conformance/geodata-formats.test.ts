import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { expectOk } from '../../src/kernel/result.ts';
import { importFeatures, openFile, rejectsOf, setCollection, type ImportRun, type OpenWish } from '../../src/modules/geodata/public.ts';
import { featuresOfPlan } from '../../src/modules/plans/public.ts';
import { createJournal } from '../../src/platform/journal/journal.ts';
import type { Database } from '../../src/platform/database/port.ts';
import { repositoryRoot } from '../support/temporary-city.ts';
import { engines, temporaryDatabase } from '../support/temporary-database.ts';
import { storedZip } from '../support/stored-zip.ts';

const REAL = join(repositoryRoot, '../shared/data');
const noData = existsSync(REAL) ? false : 'Die echten Daten unter ../shared/data fehlen hier.';
const noGdal = spawnSync('ogr2ogr', ['--version']).status === 0 ? false : 'ogr2ogr (gdal-bin) ist hier nicht installiert.';
const ADMIN = { kind: 'staff', staffId: '0190a000-0000-7000-8000-000000000005', roles: ['administration'], authorities: [] } as const;
const NOW = Temporal.Instant.from('2026-11-28T12:00:00Z');
const ORIGIN = [565_000, 5_934_000] as const;

for (const engine of engines) {
  describe(`formats into collections on ${engine}`, () => {
    let database: Database;
    let folder: string;
    const ctx = () => ({ database, journal: createJournal(), clock: () => NOW });
    before(async () => {
      ({ database } = await temporaryDatabase(engine));
      folder = mkdtempSync(join(tmpdir(), 'kontor-formats-'));
    });
    after(async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    });
    const take = async (path: string, id: string, wish: OpenWish = {}): Promise<ImportRun> => {
      expectOk(await setCollection(ctx(), ADMIN, { id, title: id }));
      return expectOk(await importFeatures(ctx(), ADMIN, { ...(await openFile(path, { plans: featuresOfPlan, ...wish })), collection: id }));
    };
    const counts = ({ created, changed, unchanged, rejected }: ImportRun) => [created, changed, unchanged, rejected];
    const km2 = async (id: string): Promise<number> => {
      const { rows } = await sql<{
        km2: number;
      }>`select (sum(st_area(geometry)) / 1e6)::float8 as km2 from geodata.feature where collection_id = ${id}`.execute(database.read);
      return rows[0]!.km2;
    };

    for (const [ending, layer] of [
      ['fgb', undefined],
      ['gpkg', 'hamburg_stadtteile'],
    ] as const)
      it(
        `takes the real Stadtteile as .${ending} in UTM 32 with the same area as from GeoJSON, and again without a change`,
        { skip: noData || noGdal },
        async () => {
          const source = join(REAL, 'hamburg/hamburg_stadtteile.geojson');
          const path = join(folder, `stadtteile.${ending}`);
          const done = spawnSync('ogr2ogr', ['-t_srs', 'EPSG:25832', ...(layer === undefined ? [] : ['-nln', layer]), path, source], { encoding: 'utf8' });
          assert.equal(done.status, 0, done.stderr);
          assert.deepEqual(counts(await take(source, `json_${ending}`)), [180, 0, 0, 0]);
          assert.deepEqual(counts(await take(path, `own_${ending}`)), [180, 0, 0, 0]);
          const [expected, area] = [await km2(`json_${ending}`), await km2(`own_${ending}`)];
          assert.ok(Math.abs(area - expected) < 1e-6 * expected, `${area} and ${expected} km²`);
          assert.deepEqual(counts(await take(path, `own_${ending}`)), [0, 0, 180, 0]);
        },
      );
    it('takes a B-Plan (XPlanGML 6.0)', { skip: noData }, async () => {
      const path = join(REAL, 'xplanung/Blankenese29.gml');
      const written = readFileSync(path, 'utf8');
      const run = await take(path, 'plan');
      assert.deepEqual(counts(run), [255, 0, 0, 0]);
      const { rows } = await sql<{ n: number; areas: number }>`select count(*)::int as n,
        count(*) filter (where properties ->> 'class' = 'BP_BaugebietsTeilFlaeche')::int as areas from geodata.feature
        where collection_id = 'plan' and st_within(geometry, st_makeenvelope(540000, 5910000, 600000, 5960000, 25832))`.execute(database.read);
      assert.deepEqual(rows, [{ n: run.created, areas: written.match(/<xplan:BP_BaugebietsTeilFlaeche /g)?.length }]);
    });
    it('takes the four real buildings, where they are put, and rejects them where nobody says', { skip: noData }, async () => {
      const houses = ['civic-building', 'courtyard-office', 'gabled-townhouse', 'urban-corner-house'];
      for (const [index, name] of houses.entries()) {
        const path = join(REAL, 'cityjson', `${name}.city.json`);
        assert.deepEqual(counts(await take(path, 'houses', { origin: [ORIGIN[0] + 100 * index, ORIGIN[1]] })), [1, 0, 0, 0]);
        const lost = await take(path, 'lost');
        assert.deepEqual(counts(lost), [0, 0, 0, 1]);
        assert.match((await rejectsOf(ctx(), lost.id, 1))[0]!.reason, /örtlich/);
      }
      const { rows } = await sql<{ height: number; parts: number; metres: number }>`select (properties ->> 'height')::float8 as height,
        (select count(*)::int from jsonb_object_keys(properties -> 'cityjson' -> 'CityObjects')) as parts,
        st_distance(geometry, st_setsrid(st_makepoint(${ORIGIN[0]}::float8, ${ORIGIN[1]}::float8), 25832)) as metres
        from geodata.feature where collection_id = 'houses' and id = 'DEHHALKAJ0000opW'`.execute(database.read);
      assert.equal(rows[0]!.parts, 32);
      assert.ok(Math.abs(rows[0]!.height - 29.888) < 0.01 && rows[0]!.metres < 20, JSON.stringify(rows[0]));
    });
    it('takes the stops of a timetable, alone and out of its archive, by their numbers', async () => {
      const stops = 'stop_id,stop_name,stop_lat,stop_lon\nde:1,"Rathaus, U",53.5509,9.9939\nde:2,Jungfernstieg,53.5525,9.9929\nde:3,Nirgends,,\n';
      writeFileSync(join(folder, 'stops.txt'), stops);
      writeFileSync(join(folder, 'gtfs.zip'), storedZip({ 'agency.txt': 'x\n', 'stops.txt': stops }));
      const first = await take(join(folder, 'stops.txt'), 'stops');
      assert.deepEqual(counts(first), [2, 0, 0, 1]);
      assert.deepEqual(counts(await take(join(folder, 'gtfs.zip'), 'stops')), [0, 0, 2, 1]);
      const { rows } = await sql<{ body: string }>`select body from geodata.feature where collection_id = 'stops' and id = 'de:1'`.execute(database.read);
      assert.deepEqual((JSON.parse(rows[0]!.body) as { properties: object }).properties, { stop_id: 'de:1', stop_name: 'Rathaus, U' });
    });
  });
}
