import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isCard, isHealthInsuranceNumber, isIdCard, isPensionNumber, isTaxId } from './number-checks.ts';

for (const [what, is, number, right] of [
  ['§ 139b AO', isTaxId, '86095742719', true],
  ['§ 139b AO', isTaxId, '86095742718', false],
  ['§ 139b AO: no digit stands twice', isTaxId, '12345678903', false],
  ['§ 147 SGB VI', isPensionNumber, '15070649C103', true],
  ['§ 147 SGB VI', isPensionNumber, '15070649C104', false],
  ['§ 147 SGB VI: no such month', isPensionNumber, '15072649C103', false],
  ['§ 290 SGB V', isHealthInsuranceNumber, 'A123456780', true],
  ['§ 290 SGB V', isHealthInsuranceNumber, 'A123456789', false],
  ['ISO/IEC 7812-1', isCard, '4111111111111111', true],
  ['ISO/IEC 7812-1', isCard, '4111111111111112', false],
  ['ICAO 9303', isIdCard, 'T220001293', true],
  ['ICAO 9303', isIdCard, 'T220001294', false],
] as const) {
  it(`${what}: «${number}» is ${right ? 'right' : 'wrong'}`, () => assert.equal(is(number), right));
}
