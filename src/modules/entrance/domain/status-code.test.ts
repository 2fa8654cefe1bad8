import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asFileNumber, isStatusCode, statusCode } from './status-code.ts';

const SECRET = 'ein Geheimnis von mindestens 32 Zeichen';
const ID = '0190a000-0000-7000-8000-000000000001';

describe('the code of a case', () => {
  it('is ten signs in two groups, none of which looks like another or makes a word', () => {
    for (let version = 1; version <= 200; version++) assert.match(statusCode(SECRET, ID, version), /^[BCDFGHJKMNPQRSTVWXZ2-9]{5}-[BCDFGHJKMNPQRSTVWXZ2-9]{5}$/);
  });
  it('follows from secret, case and version alone', () => {
    assert.equal(statusCode(SECRET, ID, 1), statusCode(SECRET, ID, 1));
    const others = [statusCode(SECRET, ID, 2), statusCode(`${SECRET}!`, ID, 1), statusCode(SECRET, ID.replace(/1$/, '2'), 1)];
    assert.equal(new Set([statusCode(SECRET, ID, 1), ...others]).size, 4);
  });
  it('uses every sign about equally often', () => {
    const counts = new Map<string, number>();
    const codes = 2000;
    for (let version = 0; version < codes; version++)
      for (const sign of statusCode(SECRET, ID, version).replace('-', '')) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    assert.equal(counts.size, 27);
    const expected = (codes * 10) / 27;
    for (const [sign, count] of counts) assert.ok(Math.abs(count - expected) < expected * 0.2, `${sign}: ${count}`);
  });
  for (const typed of ['BCDFG-HJK23', 'bcdfg-hjk23', 'BCDFGHJK23', ' bcdfg hjk23 ', 'BCDFG–HJK23'])
    it(`«${typed}» is it`, () => assert.ok(isStatusCode(typed, 'BCDFG-HJK23')));
  for (const typed of ['', 'BCDFG', 'BCDFG-HJK24', 'BCDFG-HJK233', '\u0000', 'BCDFG_HJK23'])
    it(`${JSON.stringify(typed)} is not`, () => assert.ok(!isStatusCode(typed, 'BCDFG-HJK23')));
  it('a file number is read as people type it', () => {
    for (const typed of ['bf-2026-000042-k', ' BF-2026-000042-K ', 'BF–2026–000042–K', 'BF-2026 -000042-K'])
      assert.equal(asFileNumber(typed), 'BF-2026-000042-K');
  });
});
