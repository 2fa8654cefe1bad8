/**
 * Reads a QR code (ISO/IEC 18004) as a phone does, from what is drawn: format with its mask and level, code words through the
 * mask, blocks put apart, every block checked by its syndromes, bytes of the text. Versions 1 to 6 of level M, which is
 * what addresses of the city need. Shares nothing with the library that draws.
 */
export interface ReadQr {
  readonly text: string;
  readonly version: number;
  readonly level: 'L' | 'M' | 'Q' | 'H';
  /** Empty modules around it, the fewest of the four sides. */
  readonly quiet: number;
}

/** By version: blocks, code words of a block, data words of a block. */
const LEVEL_M: readonly (readonly [number, number, number])[] = [
  [1, 26, 16],
  [1, 44, 28],
  [1, 70, 44],
  [2, 50, 32],
  [2, 67, 43],
  [4, 43, 27],
];
const LEVELS = ['M', 'L', 'H', 'Q'] as const;
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** @param dark of a square of `side` modules, quiet zone included */
export function readQr(dark: (x: number, y: number) => boolean, side: number): ReadQr {
  const all = Array.from({ length: side * side }, (_, at) => [at % side, Math.floor(at / side)] as const).filter(([x, y]) => dark(x, y));
  const edge = Math.min(...all.map(([x, y]) => Math.min(x, y)));
  const far = Math.max(...all.map(([x, y]) => Math.max(x, y)));
  const size = far - edge + 1;
  const version = (size - 17) / 4;
  if (!Number.isInteger(version) || version < 1 || version > LEVEL_M.length) throw new Error(`no version has ${size} modules`);
  const module = (x: number, y: number): number => Number(dark(x + edge, y + edge));
  const format = formatOf(module);
  const bits = bitsOf(module, size, version, MASKS[format & 7]!);
  const level = LEVELS[format >> 3]!;
  if (level !== 'M') throw new Error(`level ${level} instead of M`);
  return { text: textOf(dataOf(bits, version)), version, level, quiet: Math.min(edge, side - 1 - far) };
}

/** Five bits of level and mask beside the upper left finder, whose ten check bits must fit. */
function formatOf(module: (x: number, y: number) => number): number {
  const places = [0, 1, 2, 3, 4, 5, 7, 8].map((x) => [x, 8]).concat([7, 5, 4, 3, 2, 1, 0].map((y) => [8, y]));
  const read = places.reduce((bits, [x, y]) => (bits << 1) | module(x!, y!), 0) ^ 0b101010000010010;
  const format = read >> 10;
  let rest = format << 10;
  for (let bit = 14; bit >= 10; bit--) if ((rest >> bit) & 1) rest ^= 0b10100110111 << (bit - 10);
  if (rest !== (read & 0x3ff)) throw new Error('the format is damaged');
  return format;
}

function bitsOf(module: (x: number, y: number) => number, size: number, version: number, mask: (x: number, y: number) => boolean): number[] {
  const middle = size - 7;
  const reserved = (x: number, y: number): boolean =>
    (x < 9 && y < 9) ||
    (x >= size - 8 && y < 9) ||
    (x < 9 && y >= size - 8) ||
    x === 6 ||
    y === 6 ||
    (version > 1 && Math.abs(x - middle) <= 2 && Math.abs(y - middle) <= 2);
  const bits: number[] = [];
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--;
    for (let step = 0; step < size; step++) {
      const y = up ? size - 1 - step : step;
      for (const x of [right, right - 1]) if (!reserved(x, y)) bits.push(module(x, y) ^ Number(mask(x, y)));
    }
    up = !up;
  }
  return bits;
}

function dataOf(bits: readonly number[], version: number): number[] {
  const [blocks, words, data] = LEVEL_M[version - 1]!;
  const read = Array.from({ length: blocks * words }, (_, at) => bits.slice(8 * at, 8 * at + 8).reduce((byte, bit) => (byte << 1) | bit, 0));
  const apart = Array.from({ length: blocks }, (_, block) => Array.from({ length: words }, (_, at) => read[at * blocks + block]!));
  for (const block of apart)
    for (let root = 0; root < words - data; root++) {
      const value = block.reduce((sum, word) => times(sum, power(root)) ^ word, 0);
      if (value !== 0) throw new Error('a block is damaged');
    }
  return apart.flatMap((block) => block.slice(0, data));
}

function textOf(data: readonly number[]): string {
  if (data[0]! >> 4 !== 4) throw new Error('no bytes are encoded');
  const nibble = (at: number): number => (at % 2 === 0 ? data[at / 2]! >> 4 : data[(at - 1) / 2]! & 15);
  const byte = (at: number): number => (nibble(at) << 4) | nibble(at + 1);
  const length = byte(1);
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from({ length }, (_, at) => byte(3 + 2 * at)));
}

/** In the field of 256 elements by x^8 + x^4 + x^3 + x^2 + 1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}
const power = (exponent: number): number => Array.from({ length: exponent }).reduce<number>((value) => times(value, 2), 1);
