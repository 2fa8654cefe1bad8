/** Check digits of numbers that name a person. Each takes the number without spaces, in capitals. */

/** Steuer-ID (§ 139b AO; ISO 7064 MOD 11,10): eleven digits, of the first ten one stands two or three times, none more often. */
export function isTaxId(text: string): boolean {
  if (!/^[1-9]\d{10}$/.test(text)) return false;
  const counts = new Map<string, number>();
  for (const digit of text.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  if (repeated.length !== 1 || repeated[0]! > 3) return false;
  return taxIdCheckDigit(text.slice(0, 10)) === Number(text[10]);
}

export function taxIdCheckDigit(ten: string): number {
  let product = 10;
  for (const digit of ten) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10;
}

const letterAsDigits = (letter: string): string => String(letter.charCodeAt(0) - 64).padStart(2, '0');
const crossSum = (n: number): number => Math.floor(n / 10) + (n % 10);
const weighted = (digits: string, weights: readonly number[]): number =>
  [...digits].reduce((sum, digit, at) => sum + crossSum(Number(digit) * weights[at]!), 0);

/** Versicherungsnummer (§ 147 SGB VI, § 4 VKVV): area, birth date, letter, serial, check digit. */
export function isPensionNumber(text: string): boolean {
  const match = /^(\d{2})(\d{2})(\d{2})\d{2}[A-Z]\d{3}$/.exec(text);
  if (match === null) return false;
  // the day may be raised by 33 or 66 when a month has run out of numbers
  const [day, month] = [Number(match[2]), Number(match[3])];
  if (day < 1 || day > 97 || month > 12) return false;
  return pensionCheckDigit(text.slice(0, 11)) === Number(text[11]);
}

export function pensionCheckDigit(eleven: string): number {
  return weighted(eleven.slice(0, 8) + letterAsDigits(eleven[8]!) + eleven.slice(9), [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10;
}

/** Krankenversichertennummer (§ 290 SGB V): a letter and nine digits, the last one checks. */
export const isHealthInsuranceNumber = (text: string): boolean => /^[A-Z]\d{9}$/.test(text) && healthCheckDigit(text.slice(0, 9)) === Number(text[9]);

export function healthCheckDigit(nine: string): number {
  return weighted(letterAsDigits(nine[0]!) + nine.slice(1), [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10;
}

/** Luhn (ISO/IEC 7812-1) over a card number of the great networks. */
export function isCard(text: string): boolean {
  if (!/^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12})$/.test(text)) return false;
  return luhnSum(text) % 10 === 0;
}

export function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, at) => sum + (at % 2 === 0 ? Number(digit) : crossSum(Number(digit) * 2)), 0);
}

/** Serial of a German identity card or passport with its check digit (ICAO 9303: weights 7, 3, 1). */
export const isIdCard = (text: string): boolean =>
  /^[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d$/.test(text) && /\d/.test(text.slice(1, 9)) && idCardCheckDigit(text.slice(0, 9)) === Number(text[9]);

export const idCardCheckDigit = (nine: string): number => [...nine].reduce((sum, symbol, at) => sum + Number.parseInt(symbol, 36) * [7, 3, 1][at % 3]!, 0) % 10;
