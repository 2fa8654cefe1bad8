import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isShallow, isStorable } from './storable.ts';

describe('JSON a database can keep', () => {
  for (const [name, value, expected] of [
    ['plain text, umlauts and pictures', { a: 'Bäume 🌳 {[' }, true],
    ['a backslash before u0000', { a: '\\u0000' }, true],
    ['brackets in texts', { a: '['.repeat(500) }, true],
    ['NUL', { a: 'x\u0000y' }, false],
    ['NUL behind a backslash', { a: '\\\u0000' }, false],
    ['NUL in a name', { 'a\u0000': 1 }, false],
    ['a pair', JSON.parse('{"a": "\\ud83c\\udf33"}'), true],
    ['half of a pair', { a: '\ud83c' }, false],
  ] as const)
    it(`${expected ? 'is' : 'is not'}: ${name}`, () => assert.equal(isStorable(value), expected));
  it('is not: what is nested without end', () => {
    assert.equal(isStorable(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))), false);
    assert.deepEqual([isShallow('[["["]]', 2), isShallow('[[[]]]', 2)], [true, false]);
    assert.equal(isStorable(JSON.parse('['.repeat(200) + ']'.repeat(200))), true);
    assert.equal(isStorable(JSON.parse('{"a":'.repeat(201) + '1' + '}'.repeat(201))), false);
  });
});
