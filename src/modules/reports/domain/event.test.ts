import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leadOf, placeOf, sumOf, type Member } from './event.ts';
import { printOf } from './text-print.ts';

const AT = Temporal.Instant.from('2026-11-28T19:00:00Z');
let serial = 0;
const member = (over: Partial<Member> = {}): Member => ({
  id: `m${serial++}`,
  lageId: 'l',
  eventId: 'e',
  origin: 'person',
  sourceName: `Florian ${serial}`,
  organisation: null,
  sourceRef: null,
  originRef: null,
  text: `Worte ${serial}`,
  category: 'fire',
  lon: null,
  lat: null,
  uncertaintyMetres: null,
  eventAt: AT,
  receivedAt: AT,
  pictures: [],
  claims: [],
  state: 'new',
  quarantined: false,
  collapsed: 0,
  collapsedText: null,
  reliability: 'B',
  credibility: 3,
  print: printOf(`Worte ${serial}`),
  ...over,
});

describe('an event is the sum of its reports', () => {
  for (const [rule, members, expected] of [
    ['new while nobody has judged', [member()], { state: 'new', hidden: false }],
    ['checked when one is', [member(), member({ state: 'checked' })], { state: 'checked' }],
    ['refused when all are', [member({ state: 'refused' })], { state: 'refused' }],
    ['hidden while only the public says it', [member({ quarantined: true })], { hidden: true }],
    ['graded by what everybody may see', [member({ quarantined: true, credibility: 2 }), member({ credibility: 5 })], { hidden: false, credibility: 5 }],
    ['what most say it is', [member({ category: 'other' }), member({ category: 'other' }), member({ category: 'fire' })], { category: 'fire' }],
    [
      'of the more urgent kind where two say two',
      [member({ category: 'blocked-road' }), member({ category: 'person-in-water' })],
      { category: 'person-in-water' },
    ],
  ] as [string, Member[], object][])
    it(rule, () => assert.deepEqual({ ...sumOf(members), ...expected }, sumOf(members)));

  it('lies where the exact reports say; one far off moves nothing', () => {
    const at = (lon: number, uncertaintyMetres: number): Member => member({ lon, lat: 53.545, uncertaintyMetres });
    const place = placeOf([at(9.94, 10), at(9.94, 10), at(9.99, 50)])!;
    assert.ok(Math.abs(place.lon - 9.94) < 1e-9);
    assert.equal(place.uncertaintyMetres, 7);
    assert.equal(placeOf([member()]), undefined);
  });

  it('is told by the report that is surest', () => {
    const checked = member({ state: 'checked', text: 'geprüft' });
    assert.equal(leadOf([member({ credibility: 1 }), checked, member({ state: 'refused', credibility: 1 })]), checked);
  });
});
