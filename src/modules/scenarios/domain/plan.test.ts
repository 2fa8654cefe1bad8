import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expectOk } from '../../../kernel/result.ts';
import { LIMITS } from './limits.ts';
import { planGeoJson, readPlan, typedPlan, withFeatures, type TypedFeature } from './plan.ts';
import { reckonedMs } from '../../../../test/support/reckoned-time.ts';

const typed = (wish: Partial<TypedFeature> & Pick<TypedFeature, 'kind' | 'places'>) => typedPlan({ name: '', ...wish });
const messageOf = (result: ReturnType<typeof readPlan>): string => (result.ok ? 'ok' : (result.problem.fields?.[0]?.message ?? ''));

describe('a plan typed into a form', () => {
  it('takes no longer for a line of nothing but spaces', () => {
    const started = reckonedMs();
    for (const line of [`10${' '.repeat(200_000)}x`, `10,${' '.repeat(200_000)}`])
      assert.match(messageOf(typed({ kind: 'tree', places: line })), /ist keine Stelle/);
    assert.ok(reckonedMs() - started < 1000);
  });
  it('is a building through its corners, closed by itself, with a usual height', () => {
    const [building] = expectOk(typed({ kind: 'building', places: '10.0, 53.55\n10.001, 53.55\n10.001, 53.551' }));
    assert.deepEqual(building, {
      kind: 'building',
      heightMetres: 15,
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [10, 53.55],
            [10.001, 53.55],
            [10.001, 53.551],
            [10, 53.55],
          ],
        ],
      },
    });
  });
  it('is a tree or a destination on each place, and a closed way along them', () => {
    assert.equal(expectOk(typed({ kind: 'tree', places: '10 53.5\n\n10.1 53.5', crownMetres: 8 })).length, 2);
    assert.equal(expectOk(typed({ kind: 'closed', places: '10 53.5\n10.1 53.5' }))[0]!.geometry.type, 'LineString');
    assert.equal(expectOk(typed({ kind: 'closed', places: '10 53.5' }))[0]!.geometry.type, 'Point');
  });
  it('takes commas and points as decimal signs, and metres of EPSG:25832', () => {
    for (const places of ['10.0012, 53.5501', '10,0012; 53,5501', '10,0012 53,5501', '10.0012 53.5501', ' 10.0012;53.5501 '])
      assert.deepEqual(expectOk(typed({ kind: 'destination', places }))[0]!.geometry.coordinates, [10.0012, 53.5501], places);
    const [lon, lat] = expectOk(typed({ kind: 'destination', places: '566335.9, 5934013.6' }))[0]!.geometry.coordinates as [number, number];
    assert.ok(Math.abs(lon - 10.0012) < 0.001 && Math.abs(lat - 53.5501) < 0.001, `${lon} ${lat}`);
  });
  it('says what is wrong', () => {
    for (const [wish, said] of [
      [{ kind: 'building', places: '10 53.5\n10.1 53.5' }, /mindestens drei Ecken/],
      [{ kind: 'tree', places: '' }, /mindestens eine Stelle/],
      [{ kind: 'tree', places: 'am Rathaus' }, /„am Rathaus“ ist keine Stelle/],
      [{ kind: 'tree', places: '53.5, 10' }, /zuerst die Länge/],
      [{ kind: 'tree', places: '10 53.5', crownMetres: 200 }, /Krone .* 0,5 bis 60/],
      [{ kind: 'building', places: '10 53.5\n10.1 53.5\n10.1 53.6', heightMetres: Number.NaN }, /Höhe .* 1 bis 500/],
      [{ kind: 'tree', places: '10 53.5', name: 'x'.repeat(121) }, /höchstens 120 Zeichen/],
    ] as const)
      assert.match(messageOf(typed(wish)), said);
  });
});

describe('a plan as GeoJSON', () => {
  it('comes back as it went out', () => {
    const spot = fc.tuple(fc.integer({ min: 60, max: 150 }), fc.integer({ min: 480, max: 550 })).map(([x, y]): [number, number] => [x / 10, y / 10]);
    const tree = fc.record({
      kind: fc.constant('tree' as const),
      heightMetres: fc.integer({ min: 1, max: 120 }),
      crownMetres: fc.integer({ min: 1, max: 60 }),
      at: spot,
    });
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 20 }), (trees) => {
        const plan = expectOk(
          withFeatures(
            [],
            trees.map(({ at, ...one }) => ({ ...one, geometry: { type: 'Point' as const, coordinates: at } })),
          ),
        );
        assert.deepEqual(expectOk(withFeatures([], expectOk(readPlan(planGeoJson(plan), 'plan')))), plan);
      }),
    );
  });
  it('is refused where it is no plan, and never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        readPlan(value, 'plan');
        readPlan({ type: 'FeatureCollection', features: [value] }, 'plan', 'tree');
        readPlan({ type: 'Feature', properties: value, geometry: { type: 'Polygon', coordinates: value } }, 'plan', 'building');
      }),
    );
    const tree = { type: 'Feature', properties: { kind: 'tree' }, geometry: { type: 'Point', coordinates: [10, 53.5] } };
    for (const [value, said] of [
      [{ type: 'FeatureCollection' }, /fehlt die Liste features/],
      [{ ...tree, properties: {} }, /sagt mit der Eigenschaft kind/],
      [{ ...tree, properties: { kind: 'bomb' } }, /sagt mit der Eigenschaft kind/],
      [{ ...tree, geometry: { type: 'LineString', coordinates: [[10, 53.5]] } }, /dieser Art: Point/],
      [{ type: 'FeatureCollection', features: Array.from({ length: LIMITS.planFeatures + 1 }, () => tree) }, /zu viele Objekte/],
      [
        { type: 'Feature', properties: { kind: 'closed' }, geometry: { type: 'LineString', coordinates: Array.from({ length: 5001 }, () => [10, 53.5]) } },
        /zu viele Ecken/,
      ],
    ] as const)
      assert.match(messageOf(readPlan(value, 'plan')), said);
  });
  it('has at most 5,000 corners, however many times something is added', () => {
    const way = (corners: number) =>
      ({ kind: 'closed', geometry: { type: 'LineString', coordinates: Array.from({ length: corners }, () => [10, 53.5] as const) } }) as const;
    const plan = expectOk(withFeatures([], [way(3000)]));
    const full = withFeatures(plan, [way(2001)]);
    assert.match(full.ok ? 'ok' : full.problem.detail, /zusammen höchstens 5\.000 Ecken/);
    assert.equal(expectOk(withFeatures(plan, [way(2000)])).length, 2);
  });
  it('numbers features on, never twice, and holds at most 500', () => {
    const tree = { kind: 'tree', geometry: { type: 'Point', coordinates: [10, 53.5] } } as const;
    const three = expectOk(withFeatures([], [tree, tree, tree]));
    const kept = three.filter(({ id }) => id !== '2');
    assert.deepEqual(
      expectOk(withFeatures(kept, [tree])).map(({ id }) => id),
      ['1', '3', '4'],
    );
    assert.equal(
      withFeatures(
        three,
        Array.from({ length: 498 }, () => tree),
      ).ok,
      false,
    );
  });
});
