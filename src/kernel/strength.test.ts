import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseStrength, printStrength } from './strength.ts';

describe('strength in German notation', () => {
  for (const [text, read] of [
    ['1/2/6//9', '1/2/6//9'],
    [' 1 / 2 / 6 ', '1/2/6//9'],
    ['0/1/5//6', '0/1/5//6'],
    ['1-2-6=9', '1/2/6//9'],
    ['1/2/6/9', '1/2/6//9'],
  ] as const)
    it(`reads ${text}`, () => {
      const one = parseStrength(text);
      assert.notEqual(typeof one, 'string');
      assert.equal(printStrength(one as Exclude<typeof one, string>), read);
    });
  it('checks the sum and says it', () => assert.match(parseStrength('1/2/6//10') as string, /sind 9, nicht 10/));
  for (const text of ['', '9', '1/2', 'a/b/c', '-1/2/3', '9999/1/0'])
    it(`refuses ${JSON.stringify(text)} with a sentence`, () => assert.equal(typeof parseStrength(text), 'string'));
});
