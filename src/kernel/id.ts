import { createHash } from 'node:crypto';
import { randomBytes } from 'node:crypto';

declare const brand: unique symbol;
/** A UUIDv7 that belongs to one kind of thing, so that ids are never mixed up. */
export type Id<Name extends string> = string & { readonly [brand]: Name };

/**
 * A new UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, then random bits.
 * @param epochMilliseconds the present time, passed in
 */
export function newId<Name extends string>(epochMilliseconds: number): Id<Name> {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(epochMilliseconds, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Name>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads an id from outside; `undefined` when it is no UUID. */
export function parseId<Name extends string>(text: string): Id<Name> | undefined {
  return UUID.test(text) ? (text as Id<Name>) : undefined;
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Check character by ISO/IEC 7064, MOD 37,36, over the letters and digits of `text`: finds every
 * single wrong symbol and nearly every swap of neighbours.
 */
export function checkCharacter(text: string): string {
  let product = 36;
  for (const symbol of text.toUpperCase()) {
    const value = ALPHANUMERIC.indexOf(symbol);
    if (value < 0) continue;
    const sum = (product + value) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return ALPHANUMERIC[(37 - product) % 36]!;
}

/** A public file number: `BF-2026-000042-K`; the last symbol is the check character. */
export function fileNumber(prefix: string, year: number, serial: number): string {
  const body = `${prefix}-${year}-${String(serial).padStart(6, '0')}`;
  return `${body}-${checkCharacter(body)}`;
}

/** Whether `text` is a well-formed file number with the right check character. */
export function isFileNumber(text: string): boolean {
  const match = /^([A-Z]{2,4}-\d{4}-\d{6,})-([0-9A-Z])$/.exec(text.toUpperCase());
  return match !== null && checkCharacter(match[1]!) === match[2];
}

/** A UUID that depends only on `text` (RFC 9562 section 5.8, version 8). */
export function uuidFrom(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The id in an address; for what is none, an id that nobody bears, so that it is looked for and not found. */
export const idOrNobody = (text: string): string => parseId(text) ?? '0190a000-0000-7000-8000-000000000000';
