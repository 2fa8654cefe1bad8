import { promisify } from 'node:util';
import { constants, deflate, inflate } from 'node:zlib';

const deflating = promisify(deflate);
const inflating = promisify(inflate);

/** Numbers as compressed bytes, off the thread that answers people. */
export const pack = async (numbers: Float32Array | Uint16Array | Uint8Array): Promise<Uint8Array> =>
  deflating(Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength), { level: constants.Z_BEST_SPEED });

async function unpacked(packed: Uint8Array, most: number): Promise<ArrayBuffer> {
  const bytes = await inflating(packed, { maxOutputLength: most });
  // a buffer of its own: numbers of 16 and 32 bits must begin at an even place
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

export const unpack32 = async (packed: Uint8Array, cells: number): Promise<Float32Array> => new Float32Array(await unpacked(packed, cells * 4));
export const unpack16 = async (packed: Uint8Array, cells: number): Promise<Uint16Array> => new Uint16Array(await unpacked(packed, cells * 2));
export const unpack8 = async (packed: Uint8Array, cells: number): Promise<Uint8Array> => new Uint8Array(await unpacked(packed, cells));
