/**
 * A language model of a few hundred kilobytes whose weights are noise: it loads, streams and counts like a real one, and
 * what it writes means nothing. Its weights come from a fixed seed, so that every machine writes the same file.
 */
const LAYERS = 2;
const EMBEDDING = 64;
const HEADS = 4;
const FEED_FORWARD = 128;
export const TINY_CONTEXT = 1024;
const ALIGNMENT = 32;

/** Numbers of the format GGUF 3. */
const TYPE = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const;
const TOKEN = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;
const TENSOR_F32 = 0;

type Value =
  | { readonly type: 'uint32' | 'int32' | 'float32'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'array'; readonly of: 'int32' | 'float32' | 'string'; readonly value: readonly (number | string)[] };

interface Tensor {
  readonly name: string;
  /** The fastest first. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export function tinyGguf(): Uint8Array {
  const tokens = vocabulary();
  const tensors = weights(tokens);
  const metadata = Object.entries(describe(tokens));
  const head = [Buffer.from('GGUF', 'ascii'), uint32(3), uint64(tensors.length), uint64(metadata.length)];
  for (const [key, value] of metadata) head.push(string(key), uint32(TYPE[value.type]), encoded(value));
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    head.push(string(name), uint32(shape.length), ...shape.map(uint64), uint32(TENSOR_F32), uint64(offset));
    offset += aligned(data.byteLength);
  }
  return Buffer.concat([padded(Buffer.concat(head)), ...tensors.map(({ data }) => padded(Buffer.from(data.buffer, data.byteOffset, data.byteLength)))]);
}

interface Token {
  readonly text: string;
  readonly type: number;
}

/** Three marks, every byte, and single letters: any text can be read, and no merge is needed. */
function vocabulary(): readonly Token[] {
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const letters = [...'▁abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789.,:;!?-()[]{}"\'/'];
  return [
    { text: '<unk>', type: TOKEN.unknown },
    { text: '<s>', type: TOKEN.control },
    { text: '</s>', type: TOKEN.control },
    ...bytes.map((text) => ({ text, type: TOKEN.byte })),
    ...letters.map((text) => ({ text, type: TOKEN.normal })),
  ];
}

const describe = (tokens: readonly Token[]): Readonly<Record<string, Value>> => ({
  'general.architecture': { type: 'string', value: 'llama' },
  'general.name': { type: 'string', value: 'tiny noise' },
  'general.alignment': { type: 'uint32', value: ALIGNMENT },
  'llama.context_length': { type: 'uint32', value: TINY_CONTEXT },
  'llama.embedding_length': { type: 'uint32', value: EMBEDDING },
  'llama.block_count': { type: 'uint32', value: LAYERS },
  'llama.feed_forward_length': { type: 'uint32', value: FEED_FORWARD },
  'llama.attention.head_count': { type: 'uint32', value: HEADS },
  'llama.attention.head_count_kv': { type: 'uint32', value: HEADS },
  'llama.rope.dimension_count': { type: 'uint32', value: EMBEDDING / HEADS },
  'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
  'llama.vocab_size': { type: 'uint32', value: tokens.length },
  'tokenizer.ggml.model': { type: 'string', value: 'llama' },
  'tokenizer.ggml.tokens': { type: 'array', of: 'string', value: tokens.map(({ text }) => text) },
  'tokenizer.ggml.scores': { type: 'array', of: 'float32', value: tokens.map((_, place) => -place) },
  'tokenizer.ggml.token_type': { type: 'array', of: 'int32', value: tokens.map(({ type }) => type) },
  'tokenizer.ggml.unknown_token_id': { type: 'uint32', value: 0 },
  'tokenizer.ggml.bos_token_id': { type: 'uint32', value: 1 },
  'tokenizer.ggml.eos_token_id': { type: 'uint32', value: 2 },
});

function weights(tokens: readonly Token[]): readonly Tensor[] {
  const random = noise(20_261_129);
  const matrix = (name: string, from: number, to: number): Tensor => ({
    name: `${name}.weight`,
    shape: [from, to],
    data: Float32Array.from({ length: from * to }, () => random() / Math.sqrt(from)),
  });
  const norm = (name: string): Tensor => ({ name: `${name}.weight`, shape: [EMBEDDING], data: new Float32Array(EMBEDDING).fill(1) });
  const output = matrix('output', EMBEDDING, tokens.length);
  // It writes letters only and never an end of its own: the bound, a grammar or the asker ends it.
  for (const [place, { type }] of tokens.entries()) if (type !== TOKEN.normal) output.data.fill(0, place * EMBEDDING, (place + 1) * EMBEDDING);
  return [
    matrix('token_embd', EMBEDDING, tokens.length),
    ...Array.from({ length: LAYERS }, (_, layer) => `blk.${layer}`).flatMap((layer) => [
      norm(`${layer}.attn_norm`),
      ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((name) => matrix(`${layer}.${name}`, EMBEDDING, EMBEDDING)),
      norm(`${layer}.ffn_norm`),
      matrix(`${layer}.ffn_gate`, EMBEDDING, FEED_FORWARD),
      matrix(`${layer}.ffn_up`, EMBEDDING, FEED_FORWARD),
      matrix(`${layer}.ffn_down`, FEED_FORWARD, EMBEDDING),
    ]),
    norm('output_norm'),
    output,
  ];
}

/** Even noise between -1.7 and 1.7 (variance 1), the same in every run: a linear congruential generator. */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * Math.sqrt(3);
  };
}

function encoded(value: Value): Buffer {
  if (value.type === 'array') return Buffer.concat([uint32(TYPE[value.of]), uint64(value.value.length), ...value.value.map((one) => scalar(value.of, one))]);
  return scalar(value.type, value.value);
}

function scalar(type: 'uint32' | 'int32' | 'float32' | 'string', value: number | string): Buffer {
  if (type === 'string') return string(String(value));
  const buffer = Buffer.alloc(4);
  if (type === 'float32') buffer.writeFloatLE(Number(value));
  else if (type === 'int32') buffer.writeInt32LE(Number(value));
  else buffer.writeUInt32LE(Number(value));
  return buffer;
}

const uint32 = (value: number): Buffer => scalar('uint32', value);

function uint64(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([uint64(bytes.length), bytes]);
}

const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);
