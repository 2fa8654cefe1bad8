import { Duplex } from 'node:stream';
import { constants, createGzip } from 'node:zlib';

/** A stream compressed piece by piece: each can be read as soon as it was written, and what was said before makes it short. */
export function packedStream(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  // a small window for each reader: what repeats in a stream of events repeats soon
  const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH, level: 6, memLevel: 7, windowBits: 14 });
  const { readable, writable } = Duplex.toWeb(gzip) as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;
  return stream.pipeThrough({ readable, writable });
}
