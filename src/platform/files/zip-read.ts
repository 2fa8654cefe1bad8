import { crc32, inflateRawSync } from 'node:zlib';
import type { Problem } from '../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { ZipEntry } from './zip.ts';

/** What an archive may unpack to. */
export interface ZipLimits {
  readonly maxFiles: number;
  /** Of all files together, unpacked. */
  readonly maxBytes: number;
}

export const ZIP_LIMITS: ZipLimits = { maxFiles: 2000, maxBytes: 200 * 1024 * 1024 };

const bad = (sentence: string): { readonly ok: false; readonly problem: Problem<'invalid-input'> } => refuse({ kind: 'invalid-input', detail: sentence });
const BROKEN = 'Die ZIP-Datei ist beschädigt. Lassen Sie sich die Datei noch einmal schicken.';
const UNREADABLE = 'Die ZIP-Datei ist verschlüsselt, aufgeteilt oder größer als 4 GB. Packen Sie sie als einfache ZIP-Datei.';

/** A file as the central directory describes it. */
interface Described {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * Reads a ZIP of somebody else (APPNOTE 6.3.3: stored or deflated) with suspicion. Refused are: names
 * that leave their folder or come twice, links, files that share bytes (the trick of overlapping zip
 * bombs), sizes and checksums that are not true, archives that unpack to more than the limits.
 */
export function unzip(bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): Result<readonly ZipEntry[], Problem<'invalid-input'>> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const described = directoryOf(buffer, limits);
    return described.ok ? unpacked(buffer, described.value) : described;
  } catch (error) {
    // an offset that points past the end, a stream that is no deflate
    if (error instanceof RangeError || (error instanceof Error && 'code' in error)) return bad(BROKEN);
    throw error;
  }
}

/** The files that the central directory names, checked against the limits before a byte is unpacked. */
function directoryOf(buffer: Buffer, limits: ZipLimits): Result<readonly Described[], Problem<'invalid-input'>> {
  const end = endOf(buffer);
  if (end === undefined) return bad('Die Datei ist keine ZIP-Datei. Wählen Sie die ZIP-Datei, wie Sie sie erhalten haben.');
  const count = buffer.readUInt16LE(end + 10);
  const start = buffer.readUInt32LE(end + 16);
  if (buffer.readUInt32LE(end + 4) !== 0 || count === 0xffff || start === 0xffffffff) return bad(UNREADABLE);
  if (count > limits.maxFiles) return bad(`Die ZIP-Datei enthält mehr als ${limits.maxFiles} Dateien. Teilen Sie sie auf.`);
  const files: Described[] = [];
  const names = new Set<string>();
  let total = 0;
  let at = start;
  for (let index = 0; index < count; index++) {
    const entry = describedAt(buffer, at);
    if (!entry.ok) return entry;
    at = entry.value.next;
    if (entry.value.file === undefined) continue;
    const { name, size } = entry.value.file;
    const known = name.normalize('NFC').toLowerCase();
    if (names.has(known)) return bad(`Die ZIP-Datei enthält «${name}» zweimal. Geben Sie jeder Datei einen eigenen Namen.`);
    names.add(known);
    total += size;
    if (total > limits.maxBytes) return bad(`Entpackt ist der Inhalt größer als ${Math.floor(limits.maxBytes / 1_048_576)} MB. Teilen Sie ihn auf.`);
    files.push(entry.value.file);
  }
  return at === end ? ok(files) : bad(BROKEN);
}

/** The end record: the last one whose comment reaches exactly to the end of the file. */
function endOf(buffer: Buffer): number | undefined {
  for (let at = buffer.length - 22; at >= Math.max(0, buffer.length - 22 - 0xffff); at--) {
    if (buffer.readUInt32LE(at) === 0x06054b50 && buffer.readUInt16LE(at + 20) === buffer.length - at - 22) return at;
  }
  return undefined;
}

const SYMBOLIC_LINK = 0o120000;
const FILE_TYPE = 0o170000;

/** @returns the file and where the next entry begins; no file for a folder */
function describedAt(buffer: Buffer, at: number): Result<{ readonly file: Described | undefined; readonly next: number }, Problem<'invalid-input'>> {
  if (buffer.readUInt32LE(at) !== 0x02014b50) return bad(BROKEN);
  const flags = buffer.readUInt16LE(at + 8);
  const [method, nameLength, extraLength, commentLength] = [10, 28, 30, 32].map((offset) => buffer.readUInt16LE(at + offset)) as [
    number,
    number,
    number,
    number,
  ];
  const [crc, packed, size] = [16, 20, 24].map((offset) => buffer.readUInt32LE(at + offset)) as [number, number, number];
  const offset = buffer.readUInt32LE(at + 42);
  if ((flags & 1) !== 0 || [packed, size, offset].includes(0xffffffff) || buffer.readUInt16LE(at + 34) !== 0) return bad(UNREADABLE);
  if (method !== 0 && method !== 8)
    return bad('Eine Datei im ZIP ist mit einem Verfahren gepackt, das Kontor nicht liest. Packen Sie mit dem üblichen Verfahren (Deflate).');
  const name = nameOf(buffer.subarray(at + 46, at + 46 + nameLength));
  if (name === undefined)
    return bad('Ein Dateiname im ZIP führt aus dem Ordner hinaus oder ist nicht lesbar. Benennen Sie die Dateien mit Buchstaben, Ziffern, Punkt und Strich.');
  if (((buffer.readUInt32LE(at + 38) >>> 16) & FILE_TYPE) === SYMBOLIC_LINK)
    return bad(`«${name}» im ZIP ist eine Verknüpfung. Legen Sie die Datei selbst bei.`);
  const next = at + 46 + nameLength + extraLength + commentLength;
  if (name.endsWith('/')) return size === 0 ? ok({ file: undefined, next }) : bad(BROKEN);
  return ok({ file: { name, method, crc, packed, size, offset }, next });
}

/** A relative path in UTF-8; `undefined` where it could leave the folder or hide what it is. */
function nameOf(bytes: Uint8Array): string | undefined {
  let name: string;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  // oxlint-disable-next-line no-control-regex -- control characters and marks that turn the reading direction
  if (name === '' || name.length > 255 || /[\u0000-\u001F\u007F\\:\u202A-\u202E\u2066-\u2069]/.test(name) || name.startsWith('/')) return undefined;
  const parts = name.replace(/\/$/, '').split('/');
  return parts.some((part) => part === '' || part === '.' || part === '..') ? undefined : name;
}

/** Every file with its bytes, in the order of the directory. */
function unpacked(buffer: Buffer, files: readonly Described[]): Result<readonly ZipEntry[], Problem<'invalid-input'>> {
  const entries: ZipEntry[] = [];
  const ranges: (readonly [number, number])[] = [];
  for (const file of files) {
    const { name, method, packed, size, crc, offset } = file;
    if (buffer.readUInt32LE(offset) !== 0x04034b50 || buffer.readUInt16LE(offset + 8) !== method) return bad(BROKEN);
    const nameLength = buffer.readUInt16LE(offset + 26);
    const start = offset + 30 + nameLength + buffer.readUInt16LE(offset + 28);
    const end = start + packed;
    if (end > buffer.length || buffer.toString('utf8', offset + 30, offset + 30 + nameLength) !== name) return bad(BROKEN);
    if (ranges.some(([from, to]) => offset < to && from < end)) return bad(BROKEN);
    ranges.push([offset, end]);
    const data = buffer.subarray(start, end);
    // one byte more than promised would be a lie already
    const content = method === 0 ? data : inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
    if (content.length !== size || crc32(content) !== crc) return bad(BROKEN);
    entries.push({ name, bytes: content });
  }
  return ok(entries);
}
