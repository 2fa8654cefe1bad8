import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { csvRows, readRow, rowsAt } from './connector-rows.ts';
import { pauseSeconds, readDeclaration, type Mapping } from './connector.ts';

const NOW = Temporal.Instant.from('2026-11-28T12:00:00Z');
const mapping = (more: Partial<Mapping> = {}): Mapping => ({
  stream: 1,
  result: 'wert',
  timeFormat: 'iso',
  as: 'number',
  factor: 1,
  offset: 0,
  time: 'zeit',
  ...more,
});

describe('a row of a connector', () => {
  it('says time and result, in the units of the datastream', () => {
    for (const [row, more, time, result] of [
      [{ zeit: '2026-11-28T11:00:00Z', wert: 3.5 }, {}, '2026-11-28T11:00:00Z', 3.5],
      [{ zeit: '2026-11-28T11:00:00+01:00', wert: '12,5' }, {}, '2026-11-28T11:00:00+01:00', 12.5],
      [{ zeit: 1_795_000_000, wert: 512 }, { timeFormat: 'seconds', factor: 0.01 }, '2026-11-18T11:06:40.000Z', 5.12],
      [{ zeit: '1795000000123', wert: 0 }, { timeFormat: 'milliseconds', factor: 1.8, offset: 32 }, '2026-11-18T11:06:40.123Z', 32],
      [{ zeit: '28.11.2026 12:30', wert: 1 }, { timeFormat: 'local' }, '2026-11-28T11:30:00.000Z', 1],
      [{ zeit: '2026-07-01 12:30:15', wert: 1 }, { timeFormat: 'local' }, '2026-07-01T10:30:15.000Z', 1],
      [{ wert: 0.3 }, { time: undefined, factor: 0.1 }, '2026-11-28T12:00:00.000Z', 0.03],
      [{ zeit: '2026-11-28T11:00:00Z', wert: true }, { as: 'text' }, '2026-11-28T11:00:00Z', 'true'],
    ] as const) {
      const { time: at, ...wish } = { ...mapping(), ...more };
      assert.deepEqual(readRow(row, at === undefined ? wish : { ...wish, time: at }, NOW), { stream: 1, time, result });
    }
  });
  it('is rejected with its reason where it says nothing', () => {
    for (const [row, more, why] of [
      [{ zeit: '2026-11-28T11:00:00Z', wert: 'viel' }, {}, /keine Zahl/],
      [{ zeit: '2026-11-28T11:00:00Z', wert: null }, {}, /keine Zahl/],
      [{ zeit: '2026-11-28T11:00:00Z' }, {}, /keine Zahl/],
      [{ zeit: '2026-11-28T11:00:00Z', wert: '1e999' }, {}, /keine Zahl/],
      [{ zeit: '2026-11-28 11:00', wert: 1 }, {}, /keine Zeit/],
      [{ zeit: '31.02.2026 11:00', wert: 1 }, { timeFormat: 'local' }, /keine Zeit/],
      [{ zeit: 1e18, wert: 1 }, { timeFormat: 'seconds' }, /keine Zeit/],
      [{ zeit: '2026-11-30T11:00:00Z', wert: 1 }, {}, /Zukunft/],
      [null, {}, /keine Zahl/],
      [{ zeit: '2026-11-28T11:00:00Z', wert: 'a\0b' }, { as: 'text' }, /kein Text/],
    ] as const) {
      const read = readRow(row, { ...mapping(), ...more }, NOW);
      assert.ok('reason' in read && why.test(read.reason), JSON.stringify([row, read]));
    }
  });
  it('finds its datastream by its own key, in the row or in the topic', () => {
    const { stream: _stream, ...rest } = mapping();
    const row = { zeit: '2026-11-28T11:00:00Z', wert: 1, nr: 7, __proto__x: 1 };
    assert.equal((readRow(row, { ...rest, key: 'nr', property: 'p' }, NOW) as { key: string }).key, '7');
    assert.equal((readRow(row, { ...rest, key: '$topic.1', property: 'p' }, NOW, ['stadt', 'p9', 'luft']) as { key: string }).key, 'p9');
    for (const key of ['constructor', '__proto__', 'nr.toString', '$topic.9'])
      assert.ok('reason' in readRow(row, { ...rest, key, property: 'p' }, NOW, ['a']), key);
  });
});

it('rows are a list somewhere in the answer, or one object', () => {
  assert.deepEqual(rowsAt({ a: [{ b: [1, 2] }] }, 'a.0.b'), [1, 2]);
  assert.deepEqual(rowsAt({ x: 1 }, ''), [{ x: 1 }]);
  for (const [answer, path] of [
    [5, ''],
    [{}, 'a.b'],
    [null, ''],
    [{ a: 'x' }, 'a'],
  ] as const)
    assert.equal(typeof rowsAt(answer, path), 'string');
});

it('CSV comes with commas, semicolons or tabs, quotes and a byte order mark', () => {
  assert.deepEqual(csvRows('\uFEFFnr;"der ""Wert"""\r\n1;"2;5\n3"\r\n\r\n'), [{ nr: '1', 'der "Wert"': '2;5\n3' }]);
  assert.deepEqual(csvRows('a,b\n1'), [{ a: '1', b: '' }]);
  const wide = csvRows(`${';'.repeat(2_000_000)}x\n1`);
  assert.match(typeof wide === 'string' ? wide : 'read', /mehr als 1.000 Spalten/);
  assert.deepEqual(csvRows('a\tb\n1\t2'), [{ a: '1', b: '2' }]);
  assert.equal(typeof csvRows(''), 'string');
});

it('a declaration is understood whole or refused with the place of the mistake', () => {
  const rest = { kind: 'rest', url: 'https://a.example/', everySeconds: 60, mapping: { stream: 1, result: 'x' } };
  assert.equal(readDeclaration(rest).ok, true);
  for (const [wrong, why] of [
    [{ ...rest, kind: 'ftp' }, /kind ist rest, mqtt oder sensorthings/],
    [{ ...rest, everySeconds: 1 }, /everySeconds: Öfter als/],
    [{ ...rest, mapping: { result: 'x' } }, /mapping: Nennen Sie entweder/],
    [{ ...rest, mapping: { stream: 1, key: 'a', property: 'b', result: 'x' } }, /mapping: Nennen Sie entweder/],
    [{ ...rest, password: 'x' }, /password/],
    [{ ...rest, secret: 'geheim!' }, /secret: Ein Geheimnis wird mit seinem Namen/],
    [[], /./],
    [null, /./],
  ] as const) {
    const read = readDeclaration(wrong);
    assert.ok(!read.ok && why.test(JSON.stringify(read.problem)), JSON.stringify(read));
  }
});

it('failures are tried again ever more rarely, an hour apart at most', () => {
  const rest = readDeclaration({ kind: 'rest', url: 'https://a.example/', everySeconds: 60, mapping: { stream: 1, result: 'x' } });
  assert.ok(rest.ok);
  assert.deepEqual(
    [0, 1, 3, 4, 5, 9, 10, 1000].map((failures) => pauseSeconds(rest.value, failures)),
    [60, 60, 60, 80, 160, 2560, 3600, 3600],
  );
});
