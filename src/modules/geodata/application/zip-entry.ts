import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { UnreadableFile } from '../domain/source.ts';

const END = 0x06054b50;
const END_BYTES = 22;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const MOST_DIRECTORY_BYTES = 16 * 1024 * 1024;
const MOST_UNPACKED_BYTES = 256 * 1024 * 1024;
const BROKEN = 'Die ZIP-Datei ist beschädigt oder verschlüsselt. Lassen Sie sich die Datei noch einmal schicken.';

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly offset: number;
}

/** Whether the file begins as a ZIP does. */
export async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    return (await bytesAt(file, 0, 4)).toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await file.close();
  }
}

/**
 * One file out of a ZIP (APPNOTE 6.3.3: stored or deflated), unpacked as it is read: what else is in the
 * archive is never touched, however large. @throws UnreadableFile
 */
export async function* zipEntry(path: string, name: string, mostBytes = MOST_UNPACKED_BYTES): AsyncGenerator<Uint8Array> {
  const { method, packed, start } = await placeOf(path, name);
  if (packed === 0) return;
  const stored = createReadStream(path, { start, end: start + packed - 1 });
  // a pipeline destroys both ends whoever fails or leaves first; a pipe would leave one waiting
  const bytes = method === 0 ? stored : pipeline(stored, createInflateRaw(), () => {});
  let unpacked = 0;
  try {
    for await (const chunk of bytes) {
      unpacked += (chunk as Uint8Array).length;
      if (unpacked > mostBytes) throw new UnreadableFile(`„${name}“ ist ausgepackt größer als ${Math.ceil(mostBytes / 1024 / 1024)} MB. Teilen Sie die Datei.`);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(BROKEN, { cause: error });
  } finally {
    stored.destroy();
  }
}

/** Where the packed bytes lie. */
async function placeOf(path: string, name: string): Promise<{ readonly method: number; readonly packed: number; readonly start: number }> {
  const file = await open(path);
  try {
    const { method, packed, offset } = await findEntry(file, name);
    const local = await bytesAt(file, offset, LOCAL_BYTES);
    if (local.length < LOCAL_BYTES) throw new UnreadableFile(BROKEN);
    return { method, packed, start: offset + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28) };
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(BROKEN, { cause: error });
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function findEntry(file: FileHandle, name: string): Promise<Entry> {
  const { size } = await file.stat();
  const tail = await bytesAt(file, Math.max(0, size - END_BYTES - 0xffff), END_BYTES + 0xffff);
  let end = tail.length - END_BYTES;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new UnreadableFile(BROKEN);
  const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (length > MOST_DIRECTORY_BYTES || start === 0xffffffff) throw new UnreadableFile(BROKEN);
  const directory = await bytesAt(file, start, length);
  for (let at = 0; at + CENTRAL_BYTES <= directory.length && directory.readUInt32LE(at) === CENTRAL;) {
    const nameEnd = at + CENTRAL_BYTES + directory.readUInt16LE(at + 28);
    if (directory.toString('utf8', at + CENTRAL_BYTES, nameEnd) === name) return entryAt(directory, at);
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  throw new UnreadableFile(`In der ZIP-Datei fehlt „${name}“.`);
}

function entryAt(directory: Buffer, at: number): Entry {
  const [flags, method] = [directory.readUInt16LE(at + 8), directory.readUInt16LE(at + 10)];
  if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw new UnreadableFile(BROKEN);
  return { method, packed: directory.readUInt32LE(at + 20), offset: directory.readUInt32LE(at + 42) };
}
