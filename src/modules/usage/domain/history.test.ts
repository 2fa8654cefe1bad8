import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readHistory, wholeNumber, type Period, type ReadResult } from './history.ts';
import { readMatomoCsv, readMatomoJson } from './matomo.ts';
import { decoded } from './read-csv.ts';

const OCTOBER: Period = { firstDay: Temporal.PlainDate.from('2026-10-01'), lastDay: Temporal.PlainDate.from('2026-10-31') };

const taken = (result: ReadResult): string[] => {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.counts.map(({ firstDay, lastDay, measure, subject, count }) =>
    `${firstDay}..${lastDay} ${measure} ${subject} ${count}`.replace('  ', ' '),
  );
};
const mistakes = (result: ReadResult): string[] => {
  assert.ok(!result.ok, 'it was taken');
  return result.mistakes.map(({ line, column, message }) => `${line}:${column} ${message}`);
};

describe('History as a plain table', () => {
  it('is read with days, periods, quotes and thousands', () => {
    const text =
      'von;bis;messgröße;gegenstand;anzahl\n2026-10-01;;Besuche;;1.250\r\n1.10.2026;31.10.2026;Seitenaufrufe;"/hund;neu?name=Bello";44\n\n2026-10-02;;Besuche;;7\n';
    const read = readHistory(text, OCTOBER);
    assert.deepEqual(taken(read), ['2026-10-01..2026-10-01 visits 1250', '2026-10-01..2026-10-31 page-views /hund;neu 44']);
    assert.equal(read.ok && read.value.tooFew, 1, 'seven are left out');
  });
  it('is refused whole, with line and column of each mistake', () => {
    const text =
      'von,messgröße,anzahl\n2026-10-01,Besuche,100\n2026-13-01,Besuche,100\n2026-10-03,Klicks,20\n2026-10-04,Besuche,viele\n2026-10-01,Besuche,50\n2026-11-01,Besuche,70\n';
    assert.deepEqual(
      mistakes(readHistory(text, OCTOBER)).map((one) => one.split(' ')[0]),
      ['3:1', '4:2', '5:3', '6:3', '7:3'],
    );
    assert.match(mistakes(readHistory('"offen', OCTOBER))[0]!, /^1:1 Ein Anführungszeichen/);
    assert.match(mistakes(readHistory('a;b\n1;2', OCTOBER))[0]!, /^1:1 In der ersten Zeile/);
    assert.match(mistakes(readHistory('von;messgröße;anzahl\n', OCTOBER))[0]!, /Es steht keine Zahl/);
  });
  it('numbers: marks between thousands are taken, a decimal sign never becomes one', () => {
    for (const [typed, count] of [
      ['1.250', 1250],
      ['1,250', 1250],
      ["1'250'000", 1250000],
      ['1\u00a0250', 1250],
      ['1\u202f250', 1250],
      ['12', 12],
    ] as const)
      assert.equal(wholeNumber(typed), count, typed);
    for (const typed of ['1.234,567', '1,234.567', '0.500', '0,123', '12,5', '1.25', '-5', '1e3', '0x10', '12.0', '', ' ', '1.2345', '1234567890123'])
      assert.equal(wholeNumber(typed), undefined, typed);
  });
  it('days that two rows count are refused: a month beside its days, periods that overlap, also out of order', () => {
    const head = 'von;bis;messgröße;gegenstand;anzahl\n';
    const wrong = mistakes(readHistory(`${head}2026-10-05;;Besuche;;100\n2026-10-01;2026-10-31;Besuche;;3000\n2026-10-20;;Besuche;;90\n`, OCTOBER));
    assert.deepEqual(
      wrong.map((one) => one.slice(0, 30)),
      ['2:5 Diese Tage zählt schon Zei', '4:5 Diese Tage zählt schon Zei'],
    );
    taken(readHistory(`${head}2026-10-01;2026-10-31;Besuche;/hund;3000\n2026-10-05;;Besuche;;100\n2026-10-05;;Seitenaufrufe;/hund;100\n`, OCTOBER));
  });
  it('columns: one too many is told at its place, and words of the language itself are no columns', () => {
    const head = 'von;messgröße;gegenstand;anzahl\n';
    assert.match(mistakes(readHistory(`${head}2026-10-01;Besuche;a;b;100\n`, OCTOBER))[0]!, /^2:5 Die Zeile hat mehr als 4 Spalten/);
    assert.match(mistakes(readHistory(`${head}2026-10-01;constructor;;100\n`, OCTOBER))[0]!, /^2:2 „constructor“ wird nicht gezählt/);
    assert.match(mistakes(readMatomoCsv('label,constructor\n/hund,100\n', OCTOBER))[0]!, /Das ist keine Tabelle aus Matomo/);
    assert.match(mistakes(readMatomoCsv('label,nb_visits\nLübeck, Hamburg,120\n', OCTOBER))[0]!, /^2:3 Die Zeile hat mehr als 2 Spalten/);
    assert.match(mistakes(readMatomoCsv('label,nb_visits,nb_hits\n/hund,120\n', OCTOBER))[0]!, /^2:3 Die Zeile ist zu kurz/);
  });
});

describe('Matomo', () => {
  it('tables by day, in the words of the interface or of its pages', () => {
    assert.deepEqual(taken(readMatomoCsv('date,nb_uniq_visitors,nb_visits,nb_actions\n2026-10-01,90,120,300\n2026-10-02,0,0,0\n', OCTOBER)), [
      '2026-10-01..2026-10-01 visits 120',
      '2026-10-01..2026-10-01 actions 300',
    ]);
    assert.deepEqual(taken(readMatomoCsv('Bezeichnung\tBesuche\tSeitenansichten\n/hund\t40\t66\n', OCTOBER)), [
      '2026-10-01..2026-10-31 visits /hund 40',
      '2026-10-01..2026-10-31 page-views /hund 66',
    ]);
  });
  it('its UTF-16 is read, and what is no text is not', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('label,nb_visits\nGrün,12\n', 'utf16le')]);
    assert.deepEqual(taken(readMatomoCsv(decoded(utf16)!, OCTOBER)), ['2026-10-01..2026-10-31 visits Grün 12']);
    assert.equal(decoded(Buffer.from([0xc3, 0x28])), undefined);
  });
  it('JSON of API.get by day, with days on which nothing was', () => {
    const text = JSON.stringify({ '2026-10-01': { nb_visits: 55, nb_actions: 120, bounce_rate: '40%' }, '2026-10-02': [] });
    assert.deepEqual(taken(readMatomoJson(text, OCTOBER)), ['2026-10-01..2026-10-01 visits 55', '2026-10-01..2026-10-01 actions 120']);
  });
  it('JSON of Actions.getPageUrls, for the period', () => {
    const text = JSON.stringify([{ label: '/hund?name=Bello', nb_visits: 31, nb_hits: 44, url: 'https://stadt.example/hund?name=Bello' }]);
    assert.deepEqual(taken(readMatomoJson(text, OCTOBER)), ['2026-10-01..2026-10-31 visits /hund 31', '2026-10-01..2026-10-31 page-views /hund 44']);
  });
  it('says what is no report, and where', () => {
    assert.match(mistakes(readMatomoJson('{"nb_visits": 12,\n oops}', OCTOBER))[0]!, /^2:\d+ Das ist kein JSON/);
    assert.match(mistakes(readMatomoJson('{"result":"error","message":"token"}', OCTOBER))[0]!, /mit einem Fehler geantwortet: token/);
    assert.match(mistakes(readMatomoJson('[{"label":"x"}]', OCTOBER))[0]!, /^1:1 Die Zeile hat weder/);
    assert.match(mistakes(readMatomoJson('{"nb_visits":"viele"}', OCTOBER))[0]!, /^1:1 nb_visits ist keine ganze Zahl/);
    assert.match(mistakes(readMatomoJson('{"nb_visits":1e21}', OCTOBER))[0]!, /^1:1 nb_visits ist keine ganze Zahl/);
    assert.deepEqual(taken(readMatomoJson('[{"label":"/a\\u0000b\\ud800","nb_visits":12}]', OCTOBER)), ['2026-10-01..2026-10-31 visits /a b\ufffd 12']);
    assert.match(mistakes(readMatomoCsv('a,b\n1,2\n', OCTOBER))[0]!, /^1:1 Das ist keine Tabelle aus Matomo/);
    assert.match(mistakes(readMatomoCsv('date,nb_visits\ngestern,12\n', OCTOBER))[0]!, /^2:1 „gestern“ ist kein Tag/);
  });
});
