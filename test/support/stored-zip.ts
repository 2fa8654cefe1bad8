import { crc32 } from 'node:zlib';

/** A ZIP (APPNOTE 6.3.3) of texts as they stand, or of bytes that are packed already by deflate. */
export function storedZip(files: Readonly<Record<string, string>>, deflated: Readonly<Record<string, Uint8Array>> = {}): Buffer {
  const entries = [
    ...Object.entries(files).map(([name, text]) => ({ name, method: 0, bytes: Buffer.from(text) })),
    ...Object.entries(deflated).map(([name, bytes]) => ({ name, method: 8, bytes: Buffer.from(bytes) })),
  ];
  const [locals, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, method, bytes } of entries) {
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(method, 4);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(bytes.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), bytes]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), head, place, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end]);
}
