import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fits, readTopic, type PatternTopic } from './topic.ts';

describe('Topics of MQTT (OGC 18-088, 14)', () => {
  for (const [filter, key, property, select] of [
    ['v1.1/Things', 'Things', [], undefined],
    ['v1.1/Observations', 'Observations', [], undefined],
    ['v1.1/Things(1)', 'Things(1)', [], undefined],
    ['v1.1/Datastreams(5)/Observations', 'Datastreams(5)/Observations', [], undefined],
    ['v1.1/Things(1)/Datastreams(5)/Observations', 'Datastreams(5)/Observations', [], undefined],
    ['v1.1/Datastreams(5)/Thing', 'Datastreams(5)/Thing', [], undefined],
    ['v1.1/Datastreams(5)/observedArea', 'Datastreams(5)', ['observedArea'], undefined],
    ['v1.1/Things(1)/properties/owner', 'Things(1)', ['properties', 'owner'], undefined],
    ['v1.1/Datastreams(5)/Observations?$select=result,phenomenonTime', 'Datastreams(5)/Observations', [], 'result,phenomenonTime'],
  ] as const)
    it(filter, () => {
      const read = readTopic(filter);
      assert.ok(read.ok && read.value.kind === 'resource', JSON.stringify(read));
      assert.deepEqual([read.value.key, read.value.property, read.value.options[0]?.text], [key, property, select]);
    });
  for (const filter of [
    '',
    'v1.1',
    'v1.1/',
    'v1.0/Things',
    '$SYS/broker',
    'v1.1/Quatsch',
    'v1.1/Things(1',
    'v1.1/Things(1)/Datastreams/$count',
    'v1.1/Things/$ref',
    'v1.1/Datastreams(5)/Thing/Locations',
    'v1.1/Things?$filter=id eq 1',
    'v1.1/Things?$select=quatsch',
    'v1.1/Things(1)/name?$select=name',
    'v1.1/Th+/x',
    'v1.1/#/x',
    'a/#',
    '$SYS/#',
  ])
    it(`refuses ${JSON.stringify(filter)}`, () => assert.equal(readTopic(filter).ok, false));

  const pattern = (filter: string): PatternTopic => {
    const read = readTopic(filter);
    assert.ok(read.ok && read.value.kind === 'pattern');
    return read.value;
  };
  for (const [filter, topic, expected] of [
    ['#', 'v1.1/Things(1)', true],
    ['v1.1/#', 'v1.1/Things(1)', true],
    ['v1.1/+', 'v1.1/Things(1)', true],
    ['v1.1/+', 'v1.1/Datastreams(5)/Observations', false],
    ['v1.1/+/Observations', 'v1.1/Datastreams(5)/Observations', true],
    ['+/+/Observations', 'v1.1/Datastreams(5)/Observations', true],
    ['v1.1/+/+/+', 'v1.1/Datastreams(5)/Observations', false],
    ['v1.1/Datastreams(5)/#', 'v1.1/Datastreams(5)', true],
  ] as const)
    it(`${filter} ${expected ? 'fits' : 'does not fit'} ${topic}`, () => assert.equal(fits(pattern(filter), topic), expected));
});
