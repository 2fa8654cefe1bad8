import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openState, readSpans, slotComplaint, slotsOn, spansOn } from './opening.ts';
import type { PlaceFacts } from './place.ts';
import { estimatedWait } from './queue.ts';
import { readPlace, type TypedPlace } from './read-place.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const at = (text: string): Temporal.Instant => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).toInstant();

const popup: PlaceFacts = {
  key: 'passage',
  name: 'Pop-up in der Passage',
  kind: 'popup',
  address: 'Musterpassage 1',
  position: { lon: 10, lat: 53.55 },
  note: '',
  offers: ['online-ausweis'],
  access: ['step-free'],
  hours: {
    '1': [
      ['10:00', '12:00'],
      ['13:00', '19:00'],
    ],
    '2': [['10:00', '19:00']],
  },
  closedOn: ['2026-12-08'],
  startsOn: day('2026-12-01'),
  endsOn: day('2026-12-31'),
  slotMinutes: 30,
  desks: 2,
};

describe('opening hours', () => {
  it('follow weekday, dates of a pop-up and single closed days', () => {
    assert.deepEqual(spansOn(popup, day('2026-12-07')).length, 2);
    assert.deepEqual(spansOn(popup, day('2026-12-08')), [], 'closed on this Tuesday');
    assert.deepEqual(spansOn(popup, day('2026-11-24')), [], 'not yet there');
    assert.deepEqual(spansOn(popup, day('2027-01-04')), [], 'gone');
  });
  it('say until when, or when it opens next', () => {
    assert.deepEqual(openState(popup, at('2026-12-07T11:59')), { open: true, until: '12:00' });
    assert.deepEqual(openState(popup, at('2026-12-07T12:00')), { open: false, next: { day: day('2026-12-07'), from: '13:00' } });
    assert.deepEqual(openState(popup, at('2026-12-07T19:00')), { open: false, next: { day: day('2026-12-14'), from: '10:00' } });
    assert.deepEqual(openState(popup, at('2026-12-30T10:00')), { open: false });
  });
  it('make slots that end in time, on the hour of the city also when clocks change', () => {
    const slots = slotsOn(popup, day('2026-12-07')).map((one) => one.toZonedDateTimeISO('Europe/Berlin').toPlainTime().toString({ smallestUnit: 'minute' }));
    assert.deepEqual(slots.slice(0, 5), ['10:00', '10:30', '11:00', '11:30', '13:00']);
    assert.equal(slots.at(-1), '18:30');
    const sunday = { ...popup, hours: { '7': [['10:00', '11:00']] as const }, startsOn: day('2026-03-01') };
    assert.equal(slotsOn(sunday, day('2026-03-29'))[0]!.toString(), '2026-03-29T08:00:00Z');
    assert.equal(slotsOn(sunday, day('2026-03-22'))[0]!.toString(), '2026-03-22T09:00:00Z');
  });
  it('are read as people write them, or refused in a whole sentence', () => {
    assert.deepEqual(readSpans('10-12:30, 14.00 bis 19 Uhr'), {
      spans: [
        ['10:00', '12:30'],
        ['14:00', '19:00'],
      ],
    });
    assert.deepEqual(readSpans('  '), { spans: [] });
    for (const wrong of ['vormittags', '25-26', '12-10', '10-14, 12-16', '10:75-11'])
      assert.match((readSpans(wrong) as { complaint: string }).complaint, /^„.+\.$/s, wrong);
  });
});

describe('an appointment', () => {
  const now = at('2026-12-01T09:00');
  for (const [what, when, sentence] of [
    ['in the past', '2026-12-01T08:30', /schon vorbei/],
    ['on a closed day', '2026-12-08T10:00', /Am 08\.12\.2026 ist dieser Ort geschlossen/],
    ['on a weekday without hours', '2026-12-09T10:00', /geschlossen/],
    ['after the pop-up has gone', '2027-01-05T10:00', /So weit im Voraus/],
    ['between two slots', '2026-12-07T10:10', /beginnt hier kein Termin/],
    ['in the lunch break', '2026-12-07T12:00', /beginnt hier kein Termin/],
  ] as const) {
    it(`${what} is refused`, () => assert.match(slotComplaint(popup, at(when), now) ?? '', sentence));
  }
  it('after the last day names it', () => assert.match(slotComplaint(popup, at('2027-01-04T10:00'), at('2026-12-28T10:00')) ?? '', /bis zum 31\.12\.2026/));
  it('at a slot is fine', () => assert.equal(slotComplaint(popup, at('2026-12-07T13:00'), now), undefined));
});

describe('the wait', () => {
  it('is the median shared by the guides, and unknown with less than five measured', () => {
    assert.equal(estimatedWait(3, [600, 600, 600, 600], 1), undefined);
    assert.equal(estimatedWait(3, [60, 600, 600, 600, 6000], 1), 30);
    assert.equal(estimatedWait(3, [60, 600, 600, 600, 6000], 2), 15);
    assert.equal(estimatedWait(0, [600, 600, 600, 600, 600], 0), 0);
  });
});

describe('a place', () => {
  const typed: TypedPlace = {
    ...popup,
    position: popup.position,
    hours: { '1': '10-19' },
    startsOn: '2026-12-01',
    endsOn: '',
    closedOn: ['2026-12-24'],
  };
  it('is read', () => {
    const read = readPlace(typed, () => true);
    assert.ok(read.ok);
    assert.equal(read.value.endsOn, null);
    assert.deepEqual(read.value.hours, { '1': [['10:00', '19:00']] });
  });
  it('outside the city, without hours, before its beginning or under a taken name is refused at its field', () => {
    const faults = (change: Partial<TypedPlace>, inCity = true): readonly string[] => {
      const read = readPlace({ ...typed, ...change }, () => inCity);
      return read.ok ? [] : (read.problem.fields ?? []).map(({ field }) => field);
    };
    assert.deepEqual(faults({}, false), ['position']);
    assert.deepEqual(faults({ hours: {} }), ['hours.1']);
    assert.deepEqual(faults({ endsOn: '2026-11-30' }), ['endsOn']);
    assert.deepEqual(faults({ endsOn: '2026-02-30' }), ['endsOn']);
    assert.deepEqual(faults({ key: 'termin' }), ['key']);
    assert.deepEqual(faults({ name: ' ', offers: [], desks: 99, slotMinutes: 1, position: undefined, closedOn: ['morgen'] }), [
      'name',
      'position',
      'closedOn',
      'slotMinutes',
      'desks',
      'offers',
    ]);
  });
});
