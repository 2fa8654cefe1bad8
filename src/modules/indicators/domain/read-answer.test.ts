import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectOk } from '../../../kernel/result.ts';
import { aggregated, atPointer, csvRows, readAnswer, readDay, readNumber, readObservations } from './read-answer.ts';
import type { Source } from './source.ts';

const TODAY = Temporal.PlainDate.from('2026-11-24');
const source = (more: Partial<Source>): Source => ({
  ...{ kind: 'csv', url: 'https://daten.example/x', value: 'wert', day: 'tag', query: '', aggregate: 'mean', days: 1, everyHours: 24, staleAfterDays: 40 },
  ...more,
});
const refusal = (of: Source, text: string): string => {
  const read = readAnswer(of, text, TODAY);
  assert.ok(!read.ok);
  return read.problem.detail;
};

describe('numbers and days as sources write them', () => {
  for (const [text, german, value] of [
    ['12,5', false, 12.5],
    ['1.234,5', false, 1234.5],
    ['1,234.5', true, 1234.5],
    ['641.528', true, 641_528],
    ['641.528', false, 641.528],
    ['641,528', false, 641_528],
    ['1.234.567', false, 1_234_567],
    ['12,5 %', true, 0.125],
    ['-3', false, -3],
    ['1e3', false, 1000],
  ] as const)
    it(`${text} ${german ? 'in a German file' : ''}`, () => assert.equal(readNumber(text, german), value));
  it('what is no number is none', () => {
    for (const text of ['', 'k. A.', '12 Bäume', '--', '1,2,x']) assert.equal(readNumber(text), undefined, text);
  });
  it('days of all kinds; a month is its last day', () => {
    assert.deepEqual(['24.11.2026', '2026-02', '2025', '2026-11-24T23:30:00Z', '31.02.2026', 'gestern'].map(readDay), [
      '2026-11-24',
      '2026-02-28',
      '2025-12-31',
      '2026-11-25',
      undefined,
      undefined,
    ]);
  });
  it('with a time or a zone, as XML Schema and SensorThings write them', () => {
    assert.deepEqual(['2026-11-29T10:00:00', '2026-11-29T10:00', '2026-11-29+01:00', '2026-11-29Z', '2026-11-29T23:30:00.5+00:00'].map(readDay), [
      ...['2026-11-29', '2026-11-29', '2026-11-29', '2026-11-29', '2026-11-30'],
    ]);
  });
  for (const odd of ['+012026-11-29', '-002026-01-01', '0001-01-01', '2126-11-29', '20261129', '2026-02-30', '2026-13-01', '0026-11', '1.1.0026', '9999'])
    it(`${odd} is no day of a source`, () => assert.equal(readDay(odd), undefined));
  for (const odd of ['2026-11-29[u-ca=hebrew]', '2026-11-29T10:00:00Z[Europe/Berlin]', '2026-11-29 10 Uhr', '2026-11-29T99:00:00Z', ''])
    it(`„${odd}“ is none either`, () => assert.equal(readDay(odd), undefined));
});

describe('CSV', () => {
  it('with semicolons, quotes, a byte order mark and German numbers', () =>
    assert.deepEqual(expectOk(readAnswer(source({}), '\uFEFFtag;"wert";x\r\n01.10.2026;"1.234,5";"a;b"\r\n01.09.2026;641.528;\r\n', TODAY)), [
      { day: '2026-09-01', value: 641_528 },
      { day: '2026-10-01', value: 1234.5 },
    ]));
  it('without a column of days the last row is of today', () =>
    assert.deepEqual(expectOk(readAnswer(source({ day: '' }), 'wert\n1\n2\n', TODAY)), [{ day: '2026-11-24', value: 2 }]));
  it('names the column, the row and the day that is not there', () => {
    assert.match(refusal(source({ value: 'Wert' }), 'tag,wert\n2026-01-01,3'), /Spalte „Wert“ gibt es nicht. Die Datei hat: tag, wert/);
    assert.match(refusal(source({}), 'tag,wert\n2026-01-01,viele'), /„viele“ \(Zeile 2\) ist keine Zahl/);
    assert.match(refusal(source({}), 'tag,wert\n32.13.2026,1'), /„32.13.2026“ \(Zeile 2\) ist kein Tag/);
    assert.match(refusal(source({}), 'tag,wert\n2026-01-01,1\n+012026-11-29,1'), /„\+012026-11-29“ \(Zeile 3\) ist kein Tag/);
    assert.match(refusal(source({}), 'tag,wert\n2031-01-01,1'), /liegt nach dem 24.11.2026/);
    assert.match(refusal(source({}), 'tag,wert\n'), /nennt keinen Wert/);
  });
  it('keeps separators inside quotes', () =>
    assert.deepEqual(csvRows('a,b\n"x, ""y""","1\n2"'), [
      ['a', 'b'],
      ['x, "y"', '1\n2'],
    ]));
});

describe('JSON by pointer (RFC 6901)', () => {
  const json = { a: [{ 'b/c': 7.5 }], 'm~n': { on: '2026-11' } };
  it('finds what it points at, with its escapes', () => {
    assert.equal(atPointer(json, '/a/0/b~1c'), 7.5);
    assert.equal(atPointer(json, '/m~0n/on'), '2026-11');
    assert.equal(atPointer(json, '/a/1'), undefined);
    assert.equal(atPointer(json, '/a/length'), 1, 'own property of a list');
    assert.equal(atPointer(json, '/constructor'), undefined);
  });
  it('reads value and day, and says at which pointer nothing is', () => {
    const of = source({ kind: 'json', value: '/a/0/b~1c', day: '/m~0n/on' });
    assert.deepEqual(expectOk(readAnswer(of, JSON.stringify(json), TODAY)), [{ day: '2026-11-30', value: 7.5 }]);
    assert.match(refusal({ ...of, value: '/a' }, JSON.stringify(json)), /An „\/a“ steht/);
    assert.match(refusal(of, '<html>'), /kein JSON/);
  });
});

describe('SPARQL 1.1 results', () => {
  const results = {
    head: { vars: ['monat', 'anteil'] },
    results: {
      bindings: [
        {
          monat: { type: 'literal', datatype: 'http://www.w3.org/2001/XMLSchema#gYearMonth', value: '2026-09' },
          anteil: { type: 'literal', datatype: 'http://www.w3.org/2001/XMLSchema#decimal', value: '0.42' },
        },
        { monat: { type: 'literal', datatype: 'http://www.w3.org/2001/XMLSchema#gYearMonth', value: '2026-10' } },
      ],
    },
  };
  it('takes bound rows', () =>
    assert.deepEqual(expectOk(readAnswer(source({ kind: 'sparql', value: '?anteil', day: 'monat' }), JSON.stringify(results), TODAY)), [
      { day: '2026-09-30', value: 0.42 },
    ]));
  it('an unbound variable and an ASK are refused', () => {
    assert.match(refusal(source({ kind: 'sparql', value: 'x' }), JSON.stringify(results)), /bindet \?x nirgends/);
    assert.match(refusal(source({ kind: 'sparql' }), '{"head":{},"boolean":true}'), /SELECT/);
  });
});

describe('SensorThings observations', () => {
  it('reads a page and where the next is', () => {
    const page = { value: [{ result: 3 }, { result: 5 }], '@iot.nextLink': 'https://x/next' };
    assert.deepEqual(expectOk(readObservations(JSON.stringify(page))), { results: [3, 5], next: 'https://x/next' });
    const odd = readObservations('{"value":[{"result":"kaputt"}]}');
    assert.ok(!odd.ok && /keine Zahl/.test(odd.problem.detail));
  });
  it('makes one figure of many', () => {
    assert.deepEqual(
      (['mean', 'sum', 'min', 'max', 'last', 'count'] as const).map((by) => aggregated([4, 1, 7], by)),
      [4, 12, 1, 7, 7, 3],
    );
    assert.equal(aggregated([], 'mean'), undefined);
    assert.equal(aggregated([], 'count'), 0);
  });
});
