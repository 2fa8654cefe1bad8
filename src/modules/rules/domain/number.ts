import { Decimal as Standard } from 'decimal.js';

/**
 * FEEL's numbers (OMG DMN 1.5, 10.3.2.1): decimals of 34 significant digits, IEEE 754-2008 Decimal128.
 * What has at most 15 digits is kept as a JavaScript number, which stands for exactly the decimal that
 * it prints as; only longer ones cost an object. So `0.1 + 0.2 = 0.3`, and whole numbers stay fast.
 */
export const Decimal = Standard.clone({ precision: 34, rounding: Standard.ROUND_HALF_EVEN, toExpNeg: -400, toExpPos: 400, minE: -6176, maxE: 6144 });
export type Decimal = Standard;
export type Num = number | Decimal;

const DIGITS_OF_A_DOUBLE = 15;

/** The shortest form of a decimal; null where it is no number (overflow, 0/0). */
export function canonical(value: Decimal): Num | null {
  if (!value.isFinite()) return null;
  if (value.precision() > DIGITS_OF_A_DOUBLE) return value;
  const number = value.toNumber();
  if (!Number.isFinite(number) || (number === 0 && !value.isZero())) return value;
  return number === 0 ? 0 : number;
}

export const isNumber = (value: unknown): value is Num => typeof value === 'number' || value instanceof Decimal;
export const decimalOf = (value: Num): Decimal => (typeof value === 'number' ? new Decimal(value) : value);
export const toNumber = (value: Num): number => (typeof value === 'number' ? value : value.toNumber());
export const isInteger = (value: Num): boolean => (typeof value === 'number' ? Number.isInteger(value) : value.isInteger());

/** A literal of the language or of a text; null where it is none. */
export function parseNumber(text: string): Num | null {
  return /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(text) ? canonical(new Decimal(text).toSignificantDigits(34)) : null;
}

/** As FEEL prints it: never with an exponent. */
export const printNumber = (value: Num): string => (Number.isSafeInteger(value) ? String(value) : decimalOf(value).toFixed());

export const compareNumbers = (a: Num, b: Num): number =>
  typeof a === 'number' && typeof b === 'number' ? (a < b ? -1 : a > b ? 1 : 0) : decimalOf(a).comparedTo(decimalOf(b));

const whole = (value: Num): value is number => Number.isSafeInteger(value);

export function add(a: Num, b: Num): Num | null {
  if (whole(a) && whole(b)) {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return canonical(decimalOf(a).plus(b));
}

export const negate = (a: Num): Num => (typeof a === 'number' ? (a === 0 ? 0 : -a) : a.negated());
export const subtract = (a: Num, b: Num): Num | null => add(a, negate(b));

export function multiply(a: Num, b: Num): Num | null {
  if (whole(a) && whole(b)) {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
  }
  return canonical(decimalOf(a).times(b));
}

/** Null for a division by zero. */
export function divide(a: Num, b: Num): Num | null {
  if (toNumber(b) === 0 && decimalOf(b).isZero()) return null;
  if (whole(a) && whole(b)) {
    const quotient = a / b;
    if (Number.isSafeInteger(quotient) && quotient * b === a) return quotient === 0 ? 0 : quotient;
  }
  return canonical(decimalOf(a).dividedBy(b));
}

const MOST_EXPONENT = 999_999_999;

/** Fractions as exponents too; null beyond the exponents that FEEL takes (OMG DMN 1.5, table 60). */
export const power = (a: Num, b: Num): Num | null => (decimalOf(b).abs().greaterThan(MOST_EXPONENT) ? null : canonical(decimalOf(a).pow(b)));

/** `dividend - divisor * floor(dividend / divisor)` (OMG DMN 1.5, 10.3.4.5): the sign of the divisor. */
export function modulo(dividend: Num, divisor: Num): Num | null {
  const by = decimalOf(divisor);
  if (by.isZero()) return null;
  const rest = decimalOf(dividend).modulo(by);
  return canonical(rest.isZero() || rest.isNegative() === by.isNegative() ? rest : rest.plus(by));
}

export const sumOf = (values: readonly Num[]): Num | null => values.reduce<Num | null>((sum, value) => (sum === null ? null : add(sum, value)), 0);

/** Scales that FEEL's rounding functions take (OMG DMN 1.5, 10.3.4.5). */
const LEAST_SCALE = -6111;
const MOST_SCALE = 6176;

/** Rounds to a number of digits after the point (before it, when negative). */
export function roundTo(value: Num, scale: Num, mode: Standard.Rounding): Num | null {
  const places = Math.trunc(toNumber(scale));
  if (places < LEAST_SCALE || places > MOST_SCALE) return null;
  const decimal = decimalOf(value);
  if (places >= 0) return decimal.decimalPlaces() <= places ? canonical(decimal) : canonical(decimal.toDecimalPlaces(places, mode));
  const unit = new Decimal(10).pow(-places);
  return canonical(decimal.dividedBy(unit).toDecimalPlaces(0, mode).times(unit));
}
