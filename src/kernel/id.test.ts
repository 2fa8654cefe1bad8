import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fileNumber, isFileNumber, newId, parseId } from './id.ts';

describe('ids', () => {
  it('RFC 9562: version 7, in order of time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 47 }), fc.integer({ min: 1, max: 1000 }), (at, later) => {
        const [a, b] = [newId(at), newId(at + later)];
        return a < b && parseId(a) === a && a[14] === '7' && '89ab'.includes(a[19]!);
      }),
    );
  });
  it('what is no id is no id', () => {
    for (const text of ['', 'x', '../etc', '0190a000-0000-7000-8000-00000000000', "' or 1=1"]) assert.equal(parseId(text), undefined);
  });
});

describe('file numbers: ISO/IEC 7064 MOD 37,36', () => {
  const anyNumber = fc
    .tuple(fc.constantFrom('BF', 'BP', 'WNR'), fc.integer({ min: 2024, max: 2099 }), fc.integer({ min: 1, max: 999_999 }))
    .map(([prefix, year, serial]) => fileNumber(prefix, year, serial));
  it('a good number is good, in small letters too', () => {
    fc.assert(fc.property(anyNumber, (number) => isFileNumber(number) && isFileNumber(number.toLowerCase())));
  });
  it('every single wrong digit is found', () => {
    fc.assert(
      fc.property(anyNumber, fc.nat(), fc.integer({ min: 1, max: 9 }), (number, where, by) => {
        const digits = [...number].map((symbol, index) => (/\d/.test(symbol) && index < number.length - 1 ? index : -1)).filter((index) => index >= 0);
        const at = digits[where % digits.length]!;
        const wrong = number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1);
        return !isFileNumber(wrong);
      }),
    );
  });
});
