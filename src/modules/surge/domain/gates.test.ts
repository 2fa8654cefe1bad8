import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectedFrom } from './forecast.ts';
import { byUrgency, dueOf, judge, stateOfResult, type GateState, type Judged } from './gates.ts';

const NOW = Temporal.Instant.from('2026-11-28T13:00:00Z');
const ago = (minutes: number): Temporal.Instant => NOW.subtract({ minutes });
const sensor = (state: GateState, since: number, last = 1) => ({ state, since: ago(since), at: ago(last), name: 'S' });
const person = (state: GateState, minutes: number) => ({ state, at: ago(minutes), by: 'P', remark: '' });
const gate = (over: object) => ({ sensor: null, person: null, closingMinutes: 30, streamId: 1, ...over });

describe('how a gate stands', () => {
  const cases: readonly [string, object, Partial<Judged>][] = [
    ['nobody says anything: unknown, its sensor silent', {}, { state: 'unknown', source: 'nobody', silent: true }],
    ['without a sensor none is silent', { streamId: null }, { state: 'unknown', silent: false }],
    ['the sensor alone', { sensor: sensor('open', 60) }, { state: 'open', source: 'sensor', contradiction: false }],
    ['a silent sensor says nothing any more', { sensor: sensor('closed', 60, 20) }, { state: 'unknown', silent: true }],
    ['a person alone', { streamId: null, person: person('closed', 200) }, { state: 'closed', source: 'person' }],
    ['both agree', { sensor: sensor('closed', 60), person: person('closed', 30) }, { state: 'closed', contradiction: false }],
    [
      'a gate that went shut after a person saw it open is no contradiction',
      { sensor: sensor('closed', 20), person: person('open', 60) },
      { state: 'closed', contradiction: false },
    ],
    [
      'a person sees it open though the sensor says closed: the worse one holds',
      { sensor: sensor('closed', 60), person: person('open', 10) },
      { state: 'open', source: 'person', contradiction: true },
    ],
    [
      'a person says closed, the sensor goes on to say open: the worse one holds',
      { sensor: sensor('open', 300), person: person('closed', 10) },
      { state: 'open', source: 'sensor', contradiction: true },
    ],
    ['the sensor opens after a person closed it', { sensor: sensor('open', 5), person: person('closed', 60) }, { state: 'open', contradiction: true }],
    [
      'while it closes, sensor and person may differ for as long as closing takes',
      { sensor: sensor('closing', 10), person: person('closed', 5) },
      { contradiction: false },
    ],
    ['but not for longer', { sensor: sensor('closing', 120), person: person('closed', 50) }, { contradiction: true }],
    [
      'a silent sensor does not contradict a later look',
      { sensor: sensor('open', 300, 40), person: person('closed', 10) },
      { state: 'closed', source: 'person', contradiction: false, silent: true },
    ],
  ];
  for (const [name, over, expected] of cases) it(name, () => assert.partialDeepStrictEqual(judge(gate(over), NOW), expected));

  it('results of sensors are numbers or words, anything else is unknown', () => {
    assert.deepEqual([0, 2, 'closing', 'kaputt', 7, null].map(stateOfResult), ['open', 'closed', 'closing', 'unknown', 'unknown', 'unknown']);
  });
});

describe('what must be closed until when', () => {
  const peaks = [{ kind: 'HW' as const, at: NOW.add({ hours: 6 }), metres: 6, plusMinus: 0 }];
  const expected = expectedFrom({ issuer: 'x', issuedAt: NOW, peaks, curve: [], synthetic: true }, NOW, { at: NOW, metres: 0 });
  const due = (closingMetres: number, closingMinutes = 30) => dueOf({ closingMetres, closingMinutes }, expected, NOW);

  it('closing begins its own time and half an hour before the water', () => {
    const { waterAt, minutesLeft } = due(3);
    assert.ok(Math.abs(waterAt!.epochMilliseconds - NOW.add({ hours: 3 }).epochMilliseconds) < 60_000);
    assert.equal(minutesLeft, 120);
  });
  it('a gate above the peak has no deadline', () => assert.equal(due(6.2).minutesLeft, null));
  it('shut gates come last, the most urgent first', () => {
    const row = (code: string, state: GateState, minutesLeft: number | null) =>
      ({ gate: { code }, judged: { state, contradiction: false }, due: { minutesLeft } }) as unknown as Parameters<typeof byUrgency>[0];
    const rows = [row('a', 'closed', -5), row('b', 'open', 40), row('c', 'unknown', null), row('d', 'open', -10)];
    assert.deepEqual(
      rows.toSorted(byUrgency).map(({ gate: { code } }) => code),
      ['d', 'b', 'c', 'a'],
    );
  });
});
