import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isIban } from './check-digits.ts';

for (const [iban, right] of [
  ['DE89 3704 0044 0532 0130 00', true],
  ['de89370400440532013000', true],
  ['GB29 NWBK 6016 1331 9268 19', true],
  ['DE88 3704 0044 0532 0130 00', false],
  ['DE89 3704 0044 0532 0131 00', false],
  ['', false],
  ['37040044', false],
] as const) {
  it(`ISO 13616: «${iban}» is ${right ? 'an' : 'no'} IBAN`, () => assert.equal(isIban(iban), right));
}
