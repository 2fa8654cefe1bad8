import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { feelUse } from './feel-use.ts';

const names = (text: string): string[] =>
  feelUse(text).names.map(({ name, step, inFilter }) => `${name}${step === undefined ? '' : `.${step}`}${inFilter ? '[]' : ''}`);

describe('what an expression asks for', () => {
  const cases: readonly [text: string, names: readonly string[]][] = [
    ['a = "x" and (b or not(c))', ['a', 'b', 'c']],
    ['trees.position', ['trees.position']],
    ['trees[1].position', ['trees']],
    ['trees[growth = "hedge" and item.x > limit]', ['trees', 'growth[]', 'item.x[]', 'limit[]']],
    ['some t in trees satisfies t.girth > least', ['trees', 'least']],
    ['every t in trees, u in t.parts satisfies u = t', ['trees']],
    ['for i in 1..n return i + partial[1]', ['n']],
    ['{ a: x, b: a + y }.b', ['x', 'y']],
    ['function(q) q + z', ['z']],
    ['date(born) + duration("P18Y") <= date(today)', ['born', 'today']],
    ['string length(name) > 3', ['name']],
    ['if a then b else c', ['a', 'b', 'c']],
    ['a between low and high', ['a', 'low', 'high']],
    ['x instance of number', ['x']],
  ];
  for (const [text, expected] of cases) it(text, () => assert.deepEqual(names(text), expected));

  it('names with signs are read where they are known', () => {
    assert.deepEqual(
      feelUse('with-sign > 2 and two words = 1', 'expression', ['with-sign', 'two words']).names.map(({ name }) => name),
      ['with-sign', 'two words'],
    );
  });
  it('texts compared with a name, by =, != and in, on either side', () => {
    assert.deepEqual(feelUse('a = "x" or "y" != a or a in ("z", ["w"]) or f(a) = "no" or b in (> 3)').comparisons, [
      { name: 'a', value: 'x' },
      { name: 'a', value: 'y' },
      { name: 'a', value: 'z' },
      { name: 'a', value: 'w' },
    ]);
  });
  it('texts and numbers that stand in it, of cells too', () => {
    const use = feelUse('"a", "b"', 'tests');
    assert.deepEqual([use.texts, use.plain], [['a', 'b'], true]);
    assert.deepEqual(feelUse('>= 80', 'tests').numbers, [80]);
    assert.deepEqual(feelUse('not("a")', 'tests').texts, ['a']);
    assert.deepEqual(feelUse('-', 'tests'), feelUse('true'));
    assert.deepEqual(feelUse('? != null and ? < limit', 'tests').names, [{ name: 'limit', inFilter: false }]);
    assert.deepEqual(feelUse('0.1 < a and a < 1000000000000000000000').numbers, [0.1, 1e21]);
  });
  for (const text of ['a = 1 and not(b)', 'a in ("x", "y")', 'a between 1 and 2', 'a != null']) it(`plain: ${text}`, () => assert.ok(feelUse(text).plain));
  for (const text of ['a + 1 > 2', '-a > 2', 'f(a)', 'a.b', 'a[1]', '[1]', 'a in [1..2]', 'if a then b else c', '@"2026-01-01" < a']) {
    it(`not plain: ${text}`, () => assert.ok(!feelUse(text).plain));
  }
  it('what is no FEEL asks for nothing and is not plain', () =>
    assert.deepEqual(feelUse('a ='), { names: [], comparisons: [], texts: [], numbers: [], plain: false }));
});
