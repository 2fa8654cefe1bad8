/** Crockford's alphabet: no sign that is read as another. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;

export const RECOVERY_CODES = 10;
/** Random bytes of one code: 80 bits need no slow hash. */
export const CODE_BYTES = 10;
const CODE_SIGNS = (CODE_BYTES * 8) / 5;

/** A code as people write it down: `7Q4M-K2XD-9HPA-03TB`. @param bytes `CODE_BYTES` random ones */
export function recoveryCodeFrom(bytes: Uint8Array): string {
  if (bytes.length !== CODE_BYTES) throw new Error(`a recovery code is made of ${CODE_BYTES} bytes`);
  let rest = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let signs = '';
  for (let i = 0; i < CODE_SIGNS; i += 1) {
    signs = SIGNS[Number(rest % 32n)]! + signs;
    rest /= 32n;
  }
  return signs.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-');
}

/** What was typed, as it was made: without dashes and spaces, and with the signs that are often misread. @returns `undefined` for what cannot be a code */
export function readRecoveryCode(typed: string): string | undefined {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return signs.length === CODE_SIGNS && [...signs].every((sign) => SIGNS.includes(sign)) ? signs : undefined;
}
