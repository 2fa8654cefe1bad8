import { createHmac, timingSafeEqual } from 'node:crypto';

/** No vowels, so that no code is a word, and no signs that look alike. */
const SIGNS = 'BCDFGHJKMNPQRSTVWXZ23456789';
const LENGTH = 10;

/**
 * The code of a case, e.g. `BCDFG-HJK23`: 10 of 27 signs, 47 bits. It follows from the city's secret, the case and the
 * version, so that nothing has to be kept and a renewed one makes the former worthless.
 */
export function statusCode(secret: string, caseId: string, version: number): string {
  const digest = createHmac('sha256', secret).update(`entrance.status-code\n${caseId}\n${version}`).digest('hex');
  // 256 bits over 27^10 values: no sign is likelier than another by more than 2^-200
  let rest = BigInt(`0x${digest}`);
  let code = '';
  for (let place = 0; place < LENGTH; place++) {
    code += SIGNS[Number(rest % BigInt(SIGNS.length))]!;
    rest /= BigInt(SIGNS.length);
  }
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

const plain = (text: string): string => text.toUpperCase().replaceAll(/[\s–—-]/g, '');

/** Whether what was typed is the code; spaces, hyphens and case do not matter. Takes as long for every wrong one. */
export function isStatusCode(typed: string, code: string): boolean {
  const [a, b] = [plain(typed), plain(code)].map((text) => createHmac('sha256', 'compare').update(text).digest());
  return timingSafeEqual(a!, b!);
}

/** A file number as it is kept; people leave out hyphens' neighbours, case and spaces. */
export const asFileNumber = (typed: string): string => typed.toUpperCase().replaceAll(/\s/g, '').replaceAll(/[–—]/g, '-').slice(0, 40);
