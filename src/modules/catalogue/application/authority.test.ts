import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { pointInRing, type Position, type Ring } from '../../../kernel/geo.ts';
import { expectOk } from '../../../kernel/result.ts';
import { BORDER_METRES, districtAt, responsibleFor } from './authority.ts';
import { loadServices, type Services } from './load-services.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const BOROUGHS = join(ROOT, '../shared/data/hamburg/hamburg_stadtteile.geojson');

let city: Services;
before(async () => {
  city = await loadServices(join(ROOT, 'services'), Temporal.PlainDate.from('2026-11-24'));
});
const baumfaellung = () => city.packages.get('baumfaellung')!;
const treeAt = (lon: number, lat: number) => ({ trees: [{ position: { lon, lat } }] });

const places: readonly (readonly [place: string, lon: number, lat: number, authority: string])[] = [
  ['Rathaus Altona', 9.9352, 53.5467, 'bezirksamt-altona'],
  ['Rathausmarkt', 9.9932, 53.5505, 'bezirksamt-mitte'],
  ['Osterstraße', 9.9512, 53.5763, 'bezirksamt-eimsbuettel'],
  ['Stadtpark', 10.0196, 53.5967, 'bezirksamt-nord'],
  ['Wandsbek Markt', 10.0677, 53.5722, 'bezirksamt-wandsbek'],
  ['Schloss Bergedorf', 10.2117, 53.4886, 'bezirksamt-bergedorf'],
  ['Rathaus Harburg', 9.9836, 53.4608, 'bezirksamt-harburg'],
];
for (const [place, lon, lat, authority] of places) {
  test(`§ 3 Abs. 1 Nr. 1 HmbVwVfG: for a tree at ${place} decides ${authority}`, () => {
    assert.equal(expectOk(responsibleFor(baumfaellung(), treeAt(lon, lat), city)).authority.id, authority);
  });
}

for (const [place, lon, lat] of [
  ['Berlin', 13.4, 52.5],
  ['Norderstedt', 10.01, 53.7],
  ['Wedel', 9.7, 53.583],
  ['Buchholz', 9.87, 53.33],
] as const) {
  test(`a tree in ${place} is refused at its field, with what to do next`, () => {
    const result = responsibleFor(baumfaellung(), treeAt(lon, lat), city);
    assert.ok(!result.ok);
    assert.match(result.problem.detail, /nicht in Hamburg.*Wählen Sie/);
    assert.equal(result.problem.fields?.length, 1);
  });
}

test('every tree counts, not only the first: the refusal names the one it means', () => {
  const fieldOf = (second: { lon: number; lat: number }) => {
    const result = responsibleFor(baumfaellung(), { trees: [{ position: { lon: 9.9352, lat: 53.5467 } }, { position: second }] }, city);
    return result.ok ? undefined : [result.problem.fields![0]!.field, result.problem.detail];
  };
  assert.deepEqual(fieldOf({ lon: 13.4, lat: 52.5 }), ['trees.1.position', 'Dieser Ort liegt nicht in Hamburg. Wählen Sie den Ort auf der Karte neu.']);
  assert.match(fieldOf({ lon: 9.9836, lat: 53.4608 })![1]!, /anderen Bezirk.*eigenen Antrag/);
  assert.equal(fieldOf({ lon: 9.9355, lat: 53.547 }), undefined);
});

for (const answers of [{}, { trees: [] }, { trees: 'x' }, { trees: [{ position: 'hier' }] }, { trees: [{ position: { lon: 'x', lat: null } }] }]) {
  test(`no place, no authority: ${JSON.stringify(answers)}`, () => assert.equal(responsibleFor(baumfaellung(), answers, city).ok, false));
}

test('one authority for the whole city needs no place', () => {
  assert.equal(expectOk(responsibleFor(city.packages.get('bewohnerparkausweis')!, {}, city)).authority.id, 'landesbetrieb-verkehr');
});

test('every district has an authority, with a seat for the Rechtsbehelfsbelehrung (§ 37 Abs. 6 HmbVwVfG)', () => {
  assert.equal(city.districts.length, 7);
  for (const { id } of city.districts) assert.match(city.authorities.find((one) => one.district === id)!.remedySeat, /\d{5} Hamburg$/);
});

test(`nearer than ${BORDER_METRES} m to a border a person should look`, () => {
  const [lon, lat] = city.districts.find((one) => one.id === 'altona')!.rings[0]![0]!;
  assert.equal(districtAt(city.districts, { lon: 9.9352, lat: 53.5467 })!.nearBorder, false);
  const beside = [
    [0.0005, 0],
    [-0.0005, 0],
    [0, 0.0005],
    [0, -0.0005],
  ].flatMap(([dx, dy]) => districtAt(city.districts, { lon: lon + dx!, lat: lat + dy! }) ?? []);
  assert.ok(beside.length > 0);
  assert.ok(beside.every((found) => found.nearBorder));
});

interface Borough {
  readonly properties: { readonly Bezirk_Nam: string; readonly Stadtteil: string };
  readonly geometry: { readonly coordinates: readonly (readonly Ring[])[] };
}

/** Points spread evenly over the real city, with the Bezirk each lies in; the island Neuwerk left out. */
async function samples(): Promise<{ place: Position; bezirk: string }[]> {
  const { features } = JSON.parse(await readFile(BOROUGHS, 'utf8')) as { features: readonly Borough[] };
  const found: { place: Position; bezirk: string }[] = [];
  for (let lon = 9.7; lon < 10.35; lon += 0.0085) {
    for (let lat = 53.39; lat < 53.76; lat += 0.0051) {
      const home = features.find((one) =>
        one.geometry.coordinates.some((rings) => pointInRing({ lon, lat }, rings[0]!) && !rings.slice(1).some((hole) => pointInRing({ lon, lat }, hole))),
      );
      if (home !== undefined) found.push({ place: { lon, lat }, bezirk: home.properties.Bezirk_Nam });
    }
  }
  return found;
}

describe('the simplified outlines against the real Stadtteile (LGV Hamburg)', { skip: existsSync(BOROUGHS) ? false : `no Stadtteile at ${BOROUGHS}` }, () => {
  test('at least 97 % of the city get the right Bezirk; nearly all of the rest are flagged as near a border', async () => {
    const points = await samples();
    assert.ok(points.length > 2000, `only ${points.length} samples`);
    const wrong = points.filter(({ place, bezirk }) => districtAt(city.districts, place)?.district.name !== bezirk);
    const unflagged = wrong.filter(({ place }) => districtAt(city.districts, place)?.nearBorder === false);
    assert.ok(wrong.length / points.length <= 0.03, `${wrong.length} of ${points.length} wrong`);
    assert.ok(unflagged.length / points.length <= 0.005, `${unflagged.length} of ${points.length} wrong without a flag`);
  });

  test('outlines do not overlap: one place has one Bezirk', async () => {
    const double = (await samples()).filter(({ place }) => city.districts.filter((one) => one.rings.some((ring) => pointInRing(place, ring))).length > 1);
    assert.deepEqual(double, []);
  });
});
