import { mod97 } from '../../../kernel/check-digits.ts';

/**
 * Kassenzeichen: the payment reference of a claim, as a creditor reference by ISO 11649: `RF`, two
 * check digits (ISO 7064 MOD 97-10), then up to 21 letters and digits. Banks check it when a
 * transfer is typed, and it finds the claim again on a bank statement.
 */

/** @param year of the claim @param serial number of the claim, 1 or more; gaps are harmless */
export function kassenzeichen(year: number, serial: number): string {
  const body = `K${year}${String(serial).padStart(8, '0')}`;
  return `RF${String(98 - mod97(`${body}RF00`)).padStart(2, '0')}${body}`;
}

/** Whether `text` is a creditor reference of ours with the right check digits; spaces and case do not matter. */
export function isKassenzeichen(text: string): boolean {
  const plain = plainKassenzeichen(text);
  return /^RF\d{2}K\d{12,}$/.test(plain) && plain.length <= 25 && mod97(plain.slice(4) + plain.slice(0, 4)) === 1;
}

/** Without spaces, in capitals: as it is kept. */
export const plainKassenzeichen = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

/** In groups of four, as people copy it. */
export const printedKassenzeichen = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1 ');

/**
 * Every Kassenzeichen in a line of a bank statement, however it was spaced, each once. More than one
 * is for a person to decide.
 */
export function kassenzeichenIn(text: string): string[] {
  const found = plainKassenzeichen(text).match(/RF\d{2}K\d{12}/g) ?? [];
  return [...new Set(found.filter(isKassenzeichen))];
}
