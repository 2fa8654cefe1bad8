import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluateFeel, feelMistake } from '../../rules/public.ts';
import { circleFrom, divisorsIn, formulaMistake, namesIn, valueOf } from './formula.ts';
import type { Feel } from './feel.ts';

const feel: Feel = { evaluate: evaluateFeel, mistake: feelMistake };
const KNOWN = ['received', 'decided', 'automated', 'counter', 'online_share'];
const mistake = (formula: string): string => formulaMistake(formula, KNOWN, feel) ?? '';

describe('a formula is refused with its place', () => {
  for (const good of [
    'automated / decided',
    '(received - counter) / (received + counter)',
    'if decided > 0 then automated / decided else 0',
    '-received ** 2',
    'min(received, 3) * 1.5',
    '100',
  ])
    it(`takes ${good}`, () => assert.equal(mistake(good), ''));
  for (const [formula, place] of [
    ['automated / 0', /An Stelle 13 wird durch „0“ geteilt, und das ist immer 0/],
    ['1 + automated / (decided - decided)', /An Stelle 17 wird durch „\(decided - decided\)“/],
    ['automated / (0 * decided)', /An Stelle 13/],
    ['received / -(counter - counter) ** 2', /An Stelle 12/],
    ['received / min(0, decided)', /„min\(0, decided\)“/],
    ['automatet / decided', /„automatet“ an Stelle 1 gibt es nicht. Meinen Sie „automated“\?/],
    ['received / qqqqqq', /„qqqqqq“ an Stelle 12 gibt es nicht. Die Liste/],
    ['received / ', /nicht zu lesen/],
    ['(received', /nicht zu lesen/],
    ['received; drop', /An Stelle 9 steht „;“/],
    ['"text"', /An Stelle 1/],
    ['received > 3', /ergibt keine Zahl/],
    ['for x in received return x', /„for“ an Stelle 1/],
    ['', /Schreiben Sie die Formel auf/],
    ['1'.repeat(501), /Kürzen Sie/],
  ] as const)
    it(`refuses ${formula.slice(0, 40)}`, () => assert.match(mistake(formula), place));
  it('finds every divisor with its sign and power', () => {
    assert.deepEqual(
      divisorsIn('a / -b ** 2 + c / (d + (e)) / min(f, g) ** h').map(({ text }) => text),
      ['-b ** 2', '(d + (e))', 'min(f, g) ** h'],
    );
    assert.deepEqual(namesIn('if a > 0 then b / a else abs(c)'), ['a', 'b', 'c']);
  });
});

describe('a division by what can be zero', () => {
  it('gives a number where it is not', () => assert.equal(valueOf('automated / decided', { automated: 1, decided: 4 }, feel), 0.25));
  it('is unknown where it is, and says which divisor', () =>
    assert.deepEqual(valueOf('1 + automated / decided', { automated: 1, decided: 0 }, feel), { kind: 'zero', divisor: { text: 'decided', at: 17 } }));
  it('is guarded by if', () => assert.equal(valueOf('if decided > 0 then automated / decided else 0', { automated: 1, decided: 0 }, feel), 0));
  it('an unknown part is named, not called zero', () =>
    assert.deepEqual(valueOf('received / (received + counter)', { received: 3, counter: null }, feel), { kind: 'unknown-name', name: 'counter' }));
});

describe('circles', () => {
  const uses: Readonly<Record<string, readonly string[]>> = { a: ['b', 'd'], b: ['c'], c: ['a'], d: [] };
  const of = (name: string): readonly string[] => uses[name] ?? [];
  it('are told as the way round', () => {
    assert.deepEqual(circleFrom('a', of), ['a', 'b', 'c', 'a']);
    assert.deepEqual(circleFrom('d', of), undefined);
    assert.deepEqual(
      circleFrom('e', (name) => (name === 'e' ? ['e'] : [])),
      ['e', 'e'],
    );
  });
});
