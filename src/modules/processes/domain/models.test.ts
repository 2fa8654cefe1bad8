import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fromUtm32, toUtm32 } from '../../../kernel/geo.ts';
import { expectOk } from '../../../kernel/result.ts';
import { checkInputs } from './check-inputs.ts';
import { combinations } from './ensemble.ts';
import { findModel } from './models.ts';
import { emptyMask, gridOver } from './grid.ts';
import type { Spot } from './plane.ts';
import { shadeOn, shadowOfOneMetre } from './shade.ts';
import type { GeoJsonFeature } from './process.ts';

const ORIGIN = toUtm32({ lon: 9.93, lat: 53.55 });
/** Metres east and north of a corner in Hamburg, as degrees. */
const at = (x: number, y: number): Spot => {
  const { lon, lat } = fromUtm32(ORIGIN.eastingMetres + x, ORIGIN.northingMetres + y);
  return [lon, lat];
};
const square = (x: number, y: number, width: number, height = width): GeoJsonFeature['geometry'] => ({
  type: 'Polygon',
  coordinates: [[at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height), at(x, y)]],
});
const feature = (geometry: GeoJsonFeature['geometry'], properties: object = {}, id?: string): GeoJsonFeature => ({
  type: 'Feature',
  ...(id === undefined ? {} : { id }),
  geometry,
  properties: properties as Record<string, unknown>,
});
const point = (x: number, y: number, properties: object = {}, id?: string) => feature({ type: 'Point', coordinates: at(x, y) }, properties, id);
const line = (spots: readonly Spot[], properties: object = {}, id?: string) =>
  feature({ type: 'LineString', coordinates: spots.map(([x, y]) => at(x, y)) }, properties, id);
const all = (...features: readonly GeoJsonFeature[]) => ({ type: 'FeatureCollection', features });
const AREA = square(0, 0, 200);

function run(id: string, inputs: Record<string, unknown>, data: Readonly<Record<string, readonly GeoJsonFeature[]>> = {}) {
  const model = findModel(id)!;
  const checked = expectOk(checkInputs(model.description, { area: AREA, ...inputs }));
  const calculate = model.prepare(checked, data);
  return combinations(checked.numbers).map((parameters) => ({ parameters, ...calculate(parameters) }));
}
const near = (actual: number | null | undefined, expected: number, off: number, what = ''): void =>
  assert.ok(actual !== null && actual !== undefined && Math.abs(actual - expected) <= off, `${what} ${String(actual)} is not ${expected} ± ${off}`);

describe('shade', () => {
  // The shadow of a w × w block reaches |dx| and |dy| beyond it and covers w·(|dx| + |dy|) of open ground.
  it('of a block is its width times how far the shadow reaches east and north', () => {
    const [noon] = run('shade', { hour: 13, date: '2026-06-21', addBuildings: all(feature(square(90, 90, 20), { heightMetres: 20 })) });
    const { sunElevation, shadedArea, openArea } = noon!.numbers;
    near(openArea, 200 * 200 - 20 * 20, 1);
    // 13:00 in summer is 11:00 UTC; true noon at 9.93° E is about 11:22 UTC, so the sun stands some degrees east of south
    const length = 20 / Math.tan((sunElevation! * Math.PI) / 180);
    const least = 20 * length; // the sun due south
    assert.ok(shadedArea! >= least - 20 && shadedArea! <= 20 * length * Math.SQRT2 + 20, `${String(shadedArea)} of ${least}`);
  });
  // by hand: at 45° a shadow is as long as high
  for (const [azimuthDegrees, expected] of [
    [180, 20 * 20],
    [90, 20 * 20],
    [225, 20 * 2 * 20 * Math.SQRT1_2],
  ] as const)
    it(`of a block of 20 m with the sun at 45° and ${azimuthDegrees}° covers ${expected.toFixed(0)} m²`, () => {
      const grid = gridOver({ west: 0, south: 0, east: 100, north: 100 }, 0.5, 1e6);
      const patch: readonly Spot[] = [
        [40, 40],
        [60, 40],
        [60, 60],
        [40, 60],
        [40, 40],
      ];
      const oneMetre = shadowOfOneMetre({ elevationDegrees: 45, azimuthDegrees })!;
      const { shadedCells, openCells } = shadeOn(grid, emptyMask(grid).fill(1), [{ patch: [patch], heightMetres: 20 }], [], oneMetre);
      near(openCells / 4, 10_000 - 400, 1e-9);
      near(shadedCells / 4, expected, 12);
    });
  it('of a tree is a drum: its disc swept from 30 % of its height to its top', () => {
    const grid = gridOver({ west: 0, south: 0, east: 100, north: 100 }, 0.5, 1e6);
    const tree = { spot: [50, 30] as Spot, crownMetres: 8, heightMetres: 20 };
    const { shadedCells } = shadeOn(grid, emptyMask(grid).fill(1), [], [tree], shadowOfOneMetre({ elevationDegrees: 45, azimuthDegrees: 180 })!);
    near(shadedCells / 4, Math.PI * 16 + 8 * 14, 5);
  });
  it('stands open in a courtyard where the sun reaches it, and closed where it does not', () => {
    const ring = (height: number) => {
      const hole = (square(80, 80, 40)!.coordinates as Spot[][])[0]!;
      const outer = (square(60, 60, 80)!.coordinates as Spot[][])[0]!;
      return feature({ type: 'Polygon', coordinates: [outer, hole] }, { heightMetres: height });
    };
    const share = (height: number) => run('shade', { area: square(80, 80, 40), hour: 13, addBuildings: all(ring(height)) })[0]!.numbers['shadedShare']!;
    assert.ok(share(5) > 0 && share(5) < 20, String(share(5)));
    assert.equal(share(200), 100);
  });
  it('is none at night, and the share is unknown then', () => {
    const [night] = run('shade', { hour: 2, addBuildings: all(feature(square(90, 90, 20), { heightMetres: 20 })) });
    assert.equal(night!.numbers['shadedShare'], null);
    assert.deepEqual(night!.layers['shade']!.features, []);
  });
  it('a tree of the city counts until the plan removes it, and an unknown crown is the one given', () => {
    const trees = [point(100, 100, { kronendurchmesser_m: 8 }, 'a'), point(50, 50, {}, 'b')];
    const area = (inputs: object) => run('shade', { hour: 13, crown: 4, ...inputs }, { trees })[0]!.numbers['shadedArea']!;
    assert.ok(area({}) > area({ removeTrees: ['b'] }) && area({ removeTrees: ['b'] }) > 0);
    assert.equal(area({ removeTrees: ['a', 'b'] }), 0);
    assert.ok(area({ crown: 8 }) > area({}));
  });
  it('never shrinks when a building grows or another one comes', () => {
    const block = fc.record({ x: fc.integer({ min: 0, max: 150 }), y: fc.integer({ min: 0, max: 150 }), height: fc.integer({ min: 3, max: 60 }) });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), fc.integer({ min: 9, max: 17 }), (blocks, hour) => {
        const lit = (some: readonly { x: number; y: number; height: number }[]) => {
          const buildings = all(...some.map(({ x, y, height }) => feature(square(x, y, 15), { heightMetres: height })));
          const { openArea, shadedArea } = run('shade', { hour, addBuildings: buildings })[0]!.numbers;
          return openArea! - shadedArea!;
        };
        const before = lit(blocks);
        assert.ok(lit(blocks.map((one) => ({ ...one, height: one.height + 5 }))) <= before);
        assert.ok(lit(blocks.slice(1)) >= before);
      }),
      { numRuns: 15, seed: 7 },
    );
  });
});

describe('canopy', () => {
  it('is the area of the discs, and two crowns at one place count once', () => {
    const one = run('canopy', { addTrees: all(point(100, 100, { crownMetres: 20 })) })[0]!.numbers;
    near(one['canopyArea'], Math.PI * 100, 6);
    near(one['coverShare'], (100 * Math.PI * 100) / 40_000, 0.02);
    const two = run('canopy', { addTrees: all(point(100, 100, { crownMetres: 20 }), point(100, 100, { crownMetres: 20 })) })[0]!.numbers;
    assert.equal(two['canopyArea'], one['canopyArea']);
    assert.equal(two['trees'], 2);
  });
  it('grows by g·t up to 25 m, and never shrinks what is wider', () => {
    const grown = run('canopy', { years: [0, 20, 60], growth: 0.5, addTrees: all(point(100, 100, { crownMetres: 10 })) });
    for (const [index, diameter] of [10, 20, 25].entries()) near(grown[index]!.numbers['canopyArea'], (Math.PI * diameter ** 2) / 4, 8);
    const wide = run('canopy', { years: [0, 60], addTrees: all(point(100, 100, { crownMetres: 30 })) });
    assert.equal(wide[0]!.numbers['canopyArea'], wide[1]!.numbers['canopyArea']);
  });
  it('counts crowns that reach in from beside, and only the part inside', () => {
    const { canopyArea, trees } = run('canopy', { addTrees: all(point(0, 100, { crownMetres: 20 })) })[0]!.numbers;
    near(canopyArea, (Math.PI * 100) / 2, 12);
    assert.ok(trees === 0 || trees === 1);
    near(
      run('canopy', {}, { trees: [point(-5, 100, { kronendurchmesser_m: 20 })] })[0]!.numbers['canopyArea'],
      61.4,
      6,
      'a segment: r²·acos(d/r) − d·√(r²−d²)',
    );
  });
  it('is at most the sum of the crowns, at least the widest, and no more than the area', () => {
    const tree = fc.record({ x: fc.integer({ min: 30, max: 170 }), y: fc.integer({ min: 30, max: 170 }), crown: fc.integer({ min: 1, max: 25 }) });
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 30 }), (trees) => {
        const { canopyArea, area } = run('canopy', { addTrees: all(...trees.map(({ x, y, crown }) => point(x, y, { crownMetres: crown }))) })[0]!.numbers;
        const discs = trees.map(({ crown }) => (Math.PI * crown ** 2) / 4);
        const slack = trees.reduce((sum, { crown }) => sum + crown, 2);
        assert.ok(canopyArea! <= discs.reduce((sum, one) => sum + one, 0) + slack && canopyArea! >= Math.max(...discs) - slack && canopyArea! <= area!);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

describe('noise', () => {
  const road = (dtv: number) =>
    all(
      line(
        [
          [-400, 100],
          [600, 100],
        ],
        { dtv, speedKmh: 50 },
      ),
    );
  const LIMITS = [55, 60, 65] as const;
  it('bands lie inside each other, and more traffic makes each larger', () => {
    const [calm, busy] = run('noise', { traffic: [50, 200], addRoads: road(8_000) });
    for (const limit of LIMITS) assert.ok(busy!.numbers[`area${limit}`]! >= calm!.numbers[`area${limit}`]!);
    for (const { numbers } of [calm!, busy!]) assert.ok(numbers['area55']! >= numbers['area60']! && numbers['area60']! >= numbers['area65']!);
  });
  it('people and façades count by where they are; a closed road is silent', () => {
    const data = {
      population: [point(100, 105, { people: 30 }), point(100, 195, { people: 7 })],
      buildings: [feature(square(90, 110, 20), { heightMetres: 10 })],
    };
    const [open] = run('noise', { addRoads: road(20_000) }, data);
    assert.deepEqual([open!.numbers['people'], open!.numbers['people65'], open!.numbers['buildings65']], [37, 30, 1]);
    const closed = all(
      line([
        [-400, 100],
        [600, 100],
      ]),
    );
    const [silent] = run('noise', { addRoads: road(20_000), closed }, data);
    assert.deepEqual([silent!.numbers['people55'], silent!.numbers['area55'], silent!.numbers['buildings55']], [0, 0, 0]);
  });
  it('roads without a count say nothing', () => {
    const [none] = run(
      'noise',
      {},
      {
        roads: [
          line([
            [0, 100],
            [200, 100],
          ]),
        ],
      },
    );
    assert.deepEqual([none!.numbers['roads'], none!.numbers['area55']], [0, 0]);
  });
});

describe('walking', () => {
  // A street 400 m long with a branch of 300 m at its middle; 4.8 km/h are 80 m a minute.
  const ways = [
    line(
      [
        [0, 10],
        [200, 10],
        [400, 10],
      ],
      {},
      'street',
    ),
    line(
      [
        [200, 10],
        [200, 160],
        [200, 310],
      ],
      {},
      'branch',
    ),
  ];
  const population = [point(0, 10, { people: 10 }, 'west'), point(200, 310, { people: 5 }, 'north'), point(400, 10, { people: 3 }, 'east')];
  const walk = (inputs: object) =>
    run('walk', { area: square(-50, -50, 600), destinations: { type: 'Point', coordinates: at(400, 10) }, ...inputs }, { ways, population });
  it('counts who comes in time, and how long they walk', () => {
    const [four, five, ten] = walk({ minutes: [4, 5.5, 10] });
    assert.deepEqual(
      [four, five, ten].map((one) => one!.numbers['people']),
      [3, 13, 18],
    );
    near(ten!.numbers['meanMinutes'], (10 * 400 + 5 * 500) / 18 / 80, 1e-3);
    near(ten!.numbers['waysMetres'], 700, 0.01);
    near(five!.numbers['peopleShare'], (100 * 13) / 18, 1e-9);
  });
  it('slower people reach less', () => {
    const [slow, fast] = walk({ speed: [3, 6], minutes: 5.5 });
    assert.deepEqual([slow!.numbers['people'], fast!.numbers['people']], [3, 18]);
  });
  it('a closed way, by its id or drawn, cuts off who lives behind it; a new one brings them back', () => {
    assert.equal(walk({ closedIds: ['branch'] })[0]!.numbers['people'], 13);
    assert.equal(
      walk({
        closed: all(
          line([
            [200, 40],
            [200, 300],
          ]),
        ),
      })[0]!.numbers['people'],
      13,
    );
    assert.equal(
      walk({
        closedIds: ['branch'],
        addWays: all(
          line([
            [200, 310],
            [400, 10],
          ]),
        ),
      })[0]!.numbers['people'],
      18,
    );
  });
  it('without a destination says so', () => {
    assert.throws(() => run('walk', {}), /Es gibt kein Ziel/);
  });
});
