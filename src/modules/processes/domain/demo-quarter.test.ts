import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectOk } from '../../../kernel/result.ts';
import { checkInputs } from './check-inputs.ts';
import { demoPopulation, demoWays, type DemoFeature } from './demo-quarter.ts';
import { combinations } from './ensemble.ts';
import type { GeoJsonFeature } from './process.ts';
import { walk } from './walk.ts';

const featuresOf = (some: Iterable<DemoFeature>): readonly GeoJsonFeature[] => [...some].map((one) => ({ type: 'Feature', ...one }));

describe("the demo's quarter", () => {
  it('is the same every time, and its ids differ', () => {
    assert.deepEqual([...demoWays(7)], [...demoWays(7)]);
    for (const some of [[...demoWays(7)], [...demoPopulation(7)]]) assert.equal(new Set(some.map(({ id }) => id)).size, some.length);
  });
  it('hangs together: from one corner everybody is reached, and within ten minutes only some', () => {
    const [ways, population] = [featuresOf(demoWays(7)), featuresOf(demoPopulation(7))];
    const area = {
      type: 'Polygon',
      coordinates: [
        [
          [10.03, 53.552],
          [10.06, 53.552],
          [10.06, 53.564],
          [10.03, 53.564],
          [10.03, 53.552],
        ],
      ], // west to east, south to north
    };
    const corner = (ways[0]!.geometry!.coordinates as readonly unknown[])[0];
    const inputs = { area, minutes: [10, 60], destinations: { type: 'Point', coordinates: corner } };
    const checked = expectOk(checkInputs(walk.description, inputs));
    const [ten, hour] = combinations(checked.numbers).map(walk.prepare(checked, { ways, population }));
    assert.equal(population.length, 700);
    assert.equal(hour!.numbers['people'], hour!.numbers['peopleTotal']);
    assert.equal(
      hour!.numbers['peopleTotal'],
      population.reduce((sum, { properties }) => sum + Number(properties['people']), 0),
    );
    assert.ok(ten!.numbers['peopleShare']! > 10 && ten!.numbers['peopleShare']! < 95, String(ten!.numbers['peopleShare']));
  });
});
