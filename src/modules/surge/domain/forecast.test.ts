import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readForecastCsv } from './forecast-csv.ts';
import { expectedFrom, forecastProblems, interpolate, mainPeak, reaches, risen, trendOf, type NewForecast, type Peak } from './forecast.ts';

const NOW = Temporal.Instant.from('2026-11-28T13:00:00Z');
const at = (hours: number): Temporal.Instant => NOW.add({ minutes: Math.round(hours * 60) });
const peak = (kind: 'HW' | 'NW', hours: number, metres: number): Peak => ({ kind, at: at(hours), metres, plusMinus: 0.2 });
const good: NewForecast = { issuer: 'BSH', issuedAt: NOW, peaks: [peak('NW', 3, 1), peak('HW', 9, 6)], curve: [], synthetic: false };
const fieldsOf = (over: Partial<NewForecast>): string[] => forecastProblems({ ...good, ...over }, NOW).map(({ field }) => field);

describe('a forecast', () => {
  it('that can be is taken', () => assert.deepEqual(fieldsOf({}), []));

  const refused: readonly [string, Partial<NewForecast>, string][] = [
    ['issued in the future', { issuedAt: at(0.1) }, 'issuedAt'],
    ['older than a day', { issuedAt: at(-25), peaks: [peak('HW', 9, 6)] }, 'issuedAt'],
    ['without issuer', { issuer: ' ' }, 'issuer'],
    ['without high water', { peaks: [peak('NW', 3, 1)] }, 'peaks'],
    ['in centimetres instead of metres', { peaks: [peak('HW', 9, 600)] }, 'peaks.0'],
    ['for next week', { peaks: [peak('HW', 100, 6)] }, 'peaks.0'],
    ['with low water above high water', { peaks: [peak('NW', 3, 6.5), peak('HW', 9, 6)] }, 'peaks.1'],
    ['with peaks too close', { peaks: [peak('NW', 3, 1), peak('HW', 4, 6)] }, 'peaks.1'],
    ['without a number', { peaks: [peak('HW', 9, Number.NaN)] }, 'peaks.0'],
    [
      'whose curve jumps',
      {
        curve: [
          { at: at(1), metres: 1 },
          { at: at(1.1), metres: 3 },
        ],
      },
      'curve.1',
    ],
    [
      'whose curve runs backwards',
      {
        curve: [
          { at: at(2), metres: 1 },
          { at: at(1), metres: 1 },
        ],
      },
      'curve.1',
    ],
    [
      'whose curve contradicts its peak',
      {
        curve: [
          { at: at(3), metres: 1 },
          { at: at(9), metres: 5 },
          { at: at(10), metres: 5 },
        ],
      },
      'peaks.1',
    ],
  ];
  for (const [name, over, field] of refused) it(`${name} is refused at ${field}`, () => assert.ok(fieldsOf(over).includes(field), fieldsOf(over).join()));

  it('between peaks the tide is a half cosine from what was measured last', () => {
    const expected = expectedFrom(good, NOW, { at: NOW, metres: 3 });
    assert.equal(expected.metres[0], 3);
    assert.ok(Math.abs(expected.metres[3 * 12]! - 1) < 1e-9);
    assert.ok(Math.abs(expected.metres[6 * 12]! - 3.5) < 1e-9);
    assert.ok(Math.abs(Math.max(...expected.metres) - 6) < 1e-9);
  });

  it('says when the water reaches a height, and that it does not', () => {
    const expected = expectedFrom(good, NOW, { at: NOW, metres: 2 });
    const when = reaches(expected, 3.5)!;
    assert.ok(Math.abs(when.epochMilliseconds - at(6).epochMilliseconds) < 60_000, when.toString());
    assert.equal(reaches(expected, 6.01), undefined);
    assert.equal(reaches(expected, 1.5)?.toString(), NOW.toString());
  });

  it('the main peak is the highest that is to come', () => {
    const peaks = [peak('HW', -1, 7), peak('HW', 9, 5), peak('HW', 21, 6)];
    assert.equal(mainPeak({ peaks }, NOW)?.metres, 6);
    assert.equal(mainPeak({ peaks: peaks.slice(0, 1) }, NOW)?.metres, 7);
  });

  it('rises when the same tide is expected higher', () => {
    assert.equal(risen(good, { ...good, peaks: [peak('HW', 9.3, 6.4)] }, NOW), 0.4);
    assert.equal(risen(good, { ...good, peaks: [peak('HW', 21, 6.4)] }, NOW), undefined);
    assert.equal(risen(undefined, good, NOW), undefined);
  });

  it('the trend is the slope of the last hour, and none with too few readings', () => {
    const readings = Array.from({ length: 12 }, (_, i) => ({ at: NOW.subtract({ minutes: 55 - i * 5 }), metres: 3 + i * 0.05 }));
    assert.equal(trendOf(readings, NOW), 60);
    assert.equal(trendOf(readings.slice(-2), NOW), undefined);
    assert.equal(interpolate(readings, NOW.add({ minutes: 1 }).epochMilliseconds), undefined);
  });
});

describe('a forecast as CSV', () => {
  const rows =
    'issuer;issuedAt;kind;at;metres;plusMinus\nBSH;2026-11-28T14:00:00+01:00;HW;2026-11-28T23:00:00+01:00;5,35;0,2\n;;K;2026-11-28T23:05:00+01:00;5,34;';
  it('is read with semicolons and decimal commas', () => {
    const read = readForecastCsv(rows);
    assert.ok(read.ok);
    assert.equal(read.value.issuer, 'BSH');
    assert.deepEqual([read.value.peaks[0]!.metres, read.value.peaks[0]!.plusMinus, read.value.curve.length], [5.35, 0.2, 1]);
  });
  for (const [text, message] of [
    ['', /erste Zeile/],
    ['issuer;issuedAt;kind;at;metres\nBSH;gestern;HW;x;5', /Zeile 2: issuedAt/],
    [rows.replace(';HW;', ';TW;'), /Zeile 2: kind/],
    [rows.replace('5,34', 'viel'), /Zeile 3: metres/],
  ] as const)
    it(`says which line is wrong: ${message.source}`, () => {
      const read = readForecastCsv(text);
      assert.ok(!read.ok);
      assert.match(read.problem.detail, message);
    });
});
