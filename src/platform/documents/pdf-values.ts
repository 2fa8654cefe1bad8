/** A name such as `/Type`, without the slash. */
export interface PdfName {
  readonly name: string;
}
/** A string; `start` and `end` are its place in the file, with the brackets. */
export interface PdfString {
  readonly bytes: Buffer;
  readonly hex: boolean;
  readonly start: number;
  readonly end: number;
}
export interface PdfRef {
  readonly ref: number;
  readonly generation: number;
}
export type PdfDict = ReadonlyMap<string, PdfValue>;
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | readonly PdfValue[] | PdfDict;

export const isName = (value: PdfValue | undefined): value is PdfName => typeof value === 'object' && value !== null && 'name' in value;
export const isString = (value: PdfValue | undefined): value is PdfString => typeof value === 'object' && value !== null && 'bytes' in value;
export const isRef = (value: PdfValue | undefined): value is PdfRef => typeof value === 'object' && value !== null && 'ref' in value;
export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map;
export const isArray = (value: PdfValue | undefined): value is readonly PdfValue[] => Array.isArray(value);

/** A text string (ISO 32000-1, 7.9.2.2): UTF-16 with mark, UTF-8 with mark, or (nearly) Latin-1. */
export function textOf(value: PdfString): string {
  const { bytes } = value;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
  return bytes.toString('latin1');
}

/** A text string as source: UTF-16BE in hexadecimal, so nothing needs escaping. */
export function textSource(text: string): string {
  const swapped = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return `<${swapped.toString('hex')}>`;
}

/** The source of a value, as written into an incremental update. */
export function sourceOf(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(6).replace(/\.?0+$/, '');
  if (isArray(value)) return `[${value.map(sourceOf).join(' ')}]`;
  if (isName(value)) return nameSource(value.name);
  if (isString(value)) return `<${value.bytes.toString('hex')}>`;
  if (isRef(value)) return `${value.ref} ${value.generation} R`;
  if (isDict(value)) return `<<${[...value].map(([key, inner]) => `${nameSource(key)} ${sourceOf(inner)}`).join(' ')}>>`;
  throw new Error('no PDF value');
}

const nameSource = (name: string): string =>
  `/${name.replaceAll(/[^\x21-\x7e]|[#()<>[\]{}/%]/g, (sign) => `#${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
