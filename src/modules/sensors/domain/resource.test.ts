import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseResource } from './parse-resource.ts';

describe('SensorThings API 1.1, 9.2: paths to what is asked for', () => {
  for (const [path, steps, property, form] of [
    ['Things', ['Thing'], '', 'plain'],
    ['Things(1)', ['Thing 1'], '', 'plain'],
    ['Things(1)/name', ['Thing 1'], 'name', 'plain'],
    ['Things(1)/properties/a/b', ['Thing 1'], 'properties/a/b', 'plain'],
    ['Things(1)/name/$value', ['Thing 1'], 'name', 'value'],
    ['Things(1)/Datastreams', ['Thing 1', 'Datastream'], '', 'plain'],
    ['Things(1)/Datastreams/$ref', ['Thing 1', 'Datastream'], '', 'ref'],
    [
      'Things(1)/Datastreams(2)/Observations(3)/FeatureOfInterest/feature',
      ['Thing 1', 'Datastream 2', 'Observation 3', 'FeatureOfInterest'],
      'feature',
      'plain',
    ],
    ['Observations(1)/MultiDatastream/ObservedProperties(4)', ['Observation 1', 'MultiDatastream', 'ObservedProperty 4'], '', 'plain'],
  ] as const)
    it(path, () => {
      const read = parseResource(path);
      assert.ok(read.ok, read.ok ? '' : read.problem.detail);
      assert.deepEqual(
        read.value.steps.map(({ entity, id }) => (id === undefined ? entity : `${entity} ${String(id)}`)),
        steps,
      );
      assert.equal(read.value.property.join('/'), property);
      assert.equal(read.value.form, form);
    });

  for (const [path, position, detail] of [
    ['', 0, /hier steht nichts mehr/],
    ['things', 0, /Es gibt Things, Locations/],
    ["Things('1')", 7, /Ziffern/],
    ['Things(-1)', 7, /Ziffern/],
    ['Things(1', 8, /„\)“/],
    ['Things(1)/', 10, /nicht stehen/],
    ['Things/Datastreams', 6, /Things\(1\)/],
    ['Things/name', 6, /Things\(1\)/],
    ['Things(1)/farbe', 10, /„farbe“/],
    ['Things(1)/constructor', 10, /„constructor“/],
    ['Things(1)/name/x', 14, /keine Teile/],
    ['Things(1)/$value', 10, /nicht stehen/],
    ['Things(1)/name/$ref', 15, /nicht stehen/],
    ['Datastreams(1)/Thing(2)', 20, /nur ein Ziel/],
  ] as const)
    it(`refused: ${path}`, () => {
      const read = parseResource(path);
      assert.ok(!read.ok, 'was understood');
      assert.match(read.problem.detail, detail);
      assert.equal(read.problem.position, position);
    });

  it('any path is refused or understood, and nothing else', () => {
    const parts = fc.constantFrom('Things', 'Datastreams', 'Thing', 'name', 'properties', '(1)', '(', ')', '/', '$ref', '$value', 'x', '..', '%');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((list) => list.join('')),
        ),
        (path) => {
          const read = parseResource(path);
          if (!read.ok) assert.ok(read.problem.position >= 0 && read.problem.position <= path.length);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
