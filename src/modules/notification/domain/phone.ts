/** Minutes a code works, and how often it may be typed wrong. */
export const CODE_MINUTES = 10;
export const CODE_TRIES = 5;
/** Codes that one account, or one number, may ask for in an hour. */
export const CODES_AN_HOUR = 3;
/** SMS to one account in 24 hours; what is beyond goes by mail. */
export const SMS_A_DAY = 10;

/** A number as the network knows it (E.164), from how people write it; German ones without +49 too. @returns `undefined` for none */
export function readPhone(typed: string): string | undefined {
  const text = typed.trim();
  if (!/^[+\d][\d\s()/.-]*$/.test(text)) return undefined;
  const digits = text.replace(/\(0\)/g, '').replace(/\D/g, '');
  const full = text.startsWith('+') ? digits : digits.startsWith('00') ? digits.slice(2) : digits.startsWith('0') ? `49${digits.slice(1)}` : undefined;
  return full !== undefined && /^[1-9]\d{7,14}$/.test(full) ? `+${full}` : undefined;
}

/** The number with its middle hidden, for pages. */
export const hidden = (number: string): string => `${number.slice(0, 5)} … ${number.slice(-3)}`;

/** Six digits, from a random number below a million. */
export const codeOf = (random: number): string => String(random).padStart(6, '0');

/** What was typed as a code. */
export const readCode = (typed: string): string | undefined => /^\d{6}$/.exec(typed.replace(/\s/g, ''))?.[0];
