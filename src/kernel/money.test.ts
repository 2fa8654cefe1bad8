import assert from 'node:assert/strict';
import { it } from 'node:test';
import { formatEuro } from './money.ts';

for (const [cents, text] of [
  [0, '0,00 €'],
  [5, '0,05 €'],
  [6500, '65,00 €'],
  [200_000, '2.000,00 €'],
  [123_456_789, '1.234.567,89 €'],
  [-150, '−1,50 €'],
] as const) {
  it(`DIN 5008: ${cents} cents are ${text}`, () => assert.equal(formatEuro(cents).replace('\u00a0', ' '), text));
}
