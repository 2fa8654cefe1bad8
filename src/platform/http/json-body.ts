import type { Problem } from '../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { isShallow, isStorable, storableValue } from '../../kernel/storable.ts';

/** A JSON body: 5 MB holds every form and the larger GeoJSON; files come as uploads. */
const MAX_BYTES = 5 * 1024 * 1024;
const DRAIN_BYTES = 200 * 1024 * 1024;

const tooLarge = (maxBytes: number): Problem => ({
  kind: 'too-large',
  detail: `Die Anfrage ist größer als ${Math.round(maxBytes / 1024 / 1024)} MB. Senden Sie weniger auf einmal und Dateien als Upload.`,
});
const NOT_JSON: Problem = { kind: 'invalid-input', detail: 'Die Anfrage enthält kein gültiges JSON. Prüfen Sie die Schreibweise.' };
const WRONG_TYPE: Problem = { kind: 'invalid-input', detail: 'Senden Sie JSON und den Kopf „Content-Type: application/json“.' };

const NOT_STORABLE: Problem = {
  kind: 'invalid-input',
  detail: 'Die Anfrage enthält Zeichen, die kein Text sind, oder ist tiefer als 200 Stufen geschachtelt. Nehmen Sie das heraus.',
};

/** As `readJson`, for data that are kept as they come. */
export async function readStorableJson(...args: Parameters<typeof readJson>): ReturnType<typeof readJson> {
  const read = await readJson(...args);
  if (!read.ok) return read;
  return isStorable(read.value.value ?? null) ? read : refuse(NOT_STORABLE);
}

/** As `readJson`, for words of people: a sign that no database keeps becomes the sign for what could not be read. */
export async function readCleanJson(...args: Parameters<typeof readJson>): ReturnType<typeof readJson> {
  const read = await readJson(...args);
  if (!read.ok || isStorable(read.value.value ?? null)) return read;
  return isShallow(read.value.text) ? ok({ ...read.value, value: storableValue(read.value.value) }) : refuse(NOT_STORABLE);
}

export interface JsonBody {
  readonly text: string;
  readonly value: unknown;
}

/** Reads a JSON body up to the limit; an empty body is `undefined`. */
export async function readJson(
  contentType: string | undefined,
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number = MAX_BYTES,
): Promise<Result<JsonBody, Problem>> {
  const bytes = await readBytes(body, maxBytes);
  if (bytes === undefined) return refuse(tooLarge(maxBytes));
  if (bytes.byteLength === 0) return ok({ text: '', value: undefined });
  if (contentType === undefined || !/^application\/([\w.-]+\+)?json\b/i.test(contentType)) return refuse(WRONG_TYPE);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return ok({ text, value: JSON.parse(text) as unknown });
  } catch {
    return refuse(NOT_JSON);
  }
}

/** `undefined` when the body is too large; it has been read away then, so that the answer arrives. */
export async function readBytes(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Buffer | undefined> {
  if (body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of body) {
    received += chunk.byteLength;
    if (received <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (received > DRAIN_BYTES) break;
  }
  return received > maxBytes ? undefined : Buffer.concat(chunks);
}
