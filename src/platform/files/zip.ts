import { crc32 } from 'node:zlib';

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** 1980-01-01, the first day a ZIP knows: the same content gives the same bytes. */
const DOS_DATE = 0x0021;
const UTF8_NAMES = 0x0800;

/**
 * A ZIP without compression (APPNOTE 6.3.3): PDF and pictures are compressed already. Below 4 GB and
 * 65,535 files, which the limits on uploads see to.
 * @throws when it is larger
 */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  if (entries.length > 65_535) throw new Error('a ZIP of this kind holds at most 65,535 files');
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const path = Buffer.from(name, 'utf8');
    const common = commonHeader(path, bytes);
    const local = Buffer.concat([signature(0x04034b50), common, path, bytes]);
    directory.push(Buffer.concat([signature(0x02014b50), Buffer.from([20, 0]), common, Buffer.alloc(10), uint32(offset), path]));
    parts.push(local);
    offset += local.length;
    if (offset > 0xffffffff) throw new Error('a ZIP of this kind holds less than 4 GB');
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, index, signature(0x06054b50), end]);
}

const signature = (value: number): Buffer => uint32(value);
function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** What the local header and the directory share: version 2.0, UTF-8 names, stored, date, CRC, sizes, name length. */
function commonHeader(path: Buffer, bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(UTF8_NAMES, 2);
  header.writeUInt16LE(DOS_DATE, 8);
  header.writeUInt32LE(crc32(bytes), 10);
  header.writeUInt32LE(bytes.length, 14);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt16LE(path.length, 22);
  return header;
}
