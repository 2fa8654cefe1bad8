import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { addCollection } from '../../../../test/support/geodata-rows.ts';
import { engines, temporaryDatabase } from '../../../../test/support/temporary-database.ts';
import { expectOk } from '../../../kernel/result.ts';
import type { Database } from '../../../platform/database/port.ts';
import { checkCql2 } from '../domain/cql2-check.ts';
import { planCql2 } from '../domain/cql2-plan.ts';
import { parseCql2Text } from '../domain/cql2-text.ts';
import { CRS84, crsNamed } from '../domain/crs.ts';
import { compileCql2 } from './compile-cql2.ts';

const KINDS = { name: 'text', n: 'integer', open: 'boolean', day: 'date', at: 'instant', tags: 'object', odd: 'mixed' } as const;
const square = (lon: number, lat: number, size: number): object => ({
  type: 'Polygon',
  coordinates: [
    [
      [lon, lat],
      [lon + size, lat],
      [lon + size, lat + size],
      [lon, lat + size],
      [lon, lat],
    ],
  ],
});
const FEATURES = [
  {
    id: 'a',
    geometry: { type: 'Point', coordinates: [10, 53.5] },
    properties: { name: 'Ärztehaus', n: 1, open: true, day: '2026-01-31', at: '2026-01-31T08:00:00Z', tags: ['x', 'y'], odd: 1 },
  },
  {
    id: 'b',
    geometry: { type: 'Point', coordinates: [9.9, 53.6] },
    properties: { name: '100%_ig', n: 2, open: false, day: '2026-02-01', at: '2026-02-01T08:00:00+02:00', tags: ['y'], odd: 'eins' },
  },
  { id: 'c', geometry: square(9.95, 53.45, 0.1), properties: { name: 'Fläche', n: -3.5, tags: [], odd: null } },
  { id: 'd', geometry: null, properties: {} },
];

for (const engine of engines) {
  describe(`CQL2 on ${engine}`, () => {
    let database: Database;
    before(async () => {
      ({ database } = await temporaryDatabase(engine));
      await addCollection(database, { id: 'orte', properties: KINDS }, FEATURES);
    });
    after(() => database.close());
    const ask = async (filter: string, crs = CRS84): Promise<string> => {
      const tree = expectOk(checkCql2(expectOk(parseCql2Text(filter)), KINDS));
      const { rows } = await sql<{
        id: string;
      }>`select f.id from geodata.feature f where f.collection_id = 'orte' and ${compileCql2(planCql2(tree, KINDS, crs))} order by f.seq`.execute(
        database.read,
      );
      return rows.map(({ id }) => id).join('');
    };
    const TABLE: readonly (readonly [string, string])[] = [
      ['n = 1', 'a'],
      ['n <> 1', 'bc'],
      ['NOT n = 1', 'bc'],
      ['n BETWEEN -4 AND 1', 'ac'],
      ['n IN (1, 2)', 'ab'],
      ['n * 2 + 1 > 3 or n / 0 = 1', 'b'],
      ['n ^ 2 > 4', 'c'],
      ['n % 2 = 0', 'b'],
      ['n div 2 = -1', 'c'],
      ['-n = 3.5', 'c'],
      ['open', 'a'],
      ['open = false', 'b'],
      ['name IS NULL', 'd'],
      ['odd IS NULL', 'cd'],
      ['odd = 1', 'a'],
      ["odd = 'eins'", 'b'],
      ["name LIKE '%haus'", 'a'],
      ["name LIKE '100\\%\\_ig'", 'b'],
      ["CASEI(name) = CASEI('ÄRZTEHAUS')", 'a'],
      ["ACCENTI(name) LIKE ACCENTI('Flache')", 'c'],
      ["ACCENTI(CASEI(name)) LIKE 'arzte%'", 'a'],
      ["id = 'd'", 'd'],
      ["day = DATE('2026-01-31')", 'a'],
      ["day < DATE('2026-02-02')", 'ab'],
      ["at > TIMESTAMP('2026-02-01T05:59:59Z')", 'b'],
      ["T_AFTER(at, DATE('2026-01-31'))", 'ab'],
      ["T_DURING(at, INTERVAL('2026-01-31', '2026-01-31'))", 'a'],
      ["T_INTERSECTS(day, INTERVAL('2026-02-01', '..'))", 'b'],
      ["T_EQUALS(at, TIMESTAMP('2026-02-01T06:00:00Z'))", 'b'],
      ["T_BEFORE(INTERVAL(day, at), DATE('2026-02-01'))", 'a'],
      ["A_CONTAINS(tags, ('x'))", 'a'],
      ["A_OVERLAPS(tags, ('y', 'z'))", 'ab'],
      ["A_CONTAINEDBY(tags, ('y', 'z'))", 'bc'],
      ['S_INTERSECTS(geometry, BBOX(9.9, 53.4, 10.1, 53.55))', 'ac'],
      ['S_INTERSECTS(geometry, BBOX(-180, -90, 180, 90))', 'abc'],
      ['S_INTERSECTS(geometry, BBOX(170, -90, -170, 90))', ''],
      ['S_EQUALS(geometry, POINT(9.9 53.6))', 'b'],
      ['S_DISJOINT(geometry, POINT(9.9 53.6))', 'ac'],
      ['S_CONTAINS(geometry, POINT(10 53.5))', 'ac'],
      ['S_WITHIN(geometry, POLYGON((9.8 53.55, 10 53.55, 10 53.7, 9.8 53.7, 9.8 53.55)))', 'b'],
      ['S_CROSSES(geometry, LINESTRING(9 53.5, 11 53.51))', 'c'],
      ['S_OVERLAPS(geometry, BBOX(10, 53.5, 11, 54))', 'c'],
      ['S_INTERSECTS(geometry, POLYGON((9.8 53.4, 10.2 53.7, 10.2 53.4, 9.8 53.7, 9.8 53.4)))', 'bc'],
    ];
    for (const [filter, ids] of TABLE) it(filter, async () => assert.equal(await ask(filter), ids));
    it('takes the coordinates of the filter in its own system', async () => {
      assert.equal(await ask('S_EQUALS(geometry, POINT(53.6 9.9))', crsNamed('http://www.opengis.net/def/crs/EPSG/0/4326')), 'b');
      assert.equal(await ask('S_INTERSECTS(geometry, BBOX(559000, 5939000, 560000, 5940000))', crsNamed('http://www.opengis.net/def/crs/EPSG/0/25832')), 'b');
      assert.equal(await ask('S_INTERSECTS(geometry, BBOX(1102000, 7092000, 1102100, 7096000))', crsNamed('http://www.opengis.net/def/crs/EPSG/0/3857')), 'b');
    });
  });
}
