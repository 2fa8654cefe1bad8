import { UnreadableFile } from './source.ts';

export type Encoding = 'utf-8' | 'windows-1252';

/**
 * A file's text. UTF-8; when the first characters beyond ASCII are none in UTF-8, Windows-1252, as German
 * offices still write it. @throws UnreadableFile when a file mixes both
 */
export async function* decode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<{ readonly text: string; readonly encoding: Encoding }> {
  let decoder: TextDecoder | undefined;
  let encoding: Encoding = 'utf-8';
  let held: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    let bytes: Uint8Array = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    held = new Uint8Array();
    if (decoder === undefined) {
      const from = bytes.length - trailing(bytes);
      held = bytes.subarray(from);
      bytes = bytes.subarray(0, from);
      encoding = encodingOf(bytes) ?? encoding;
      if (encodingOf(bytes) !== undefined) {
        decoder = new TextDecoder(encoding, { fatal: true });
        bytes = Buffer.concat([bytes, held]);
        held = new Uint8Array();
      }
    }
    yield { text: textOf(decoder, bytes, true), encoding };
  }
  if (decoder === undefined) {
    encoding = encodingOf(held) ?? encoding;
    decoder = new TextDecoder(encoding, { fatal: true });
  }
  yield { text: textOf(decoder, held, false), encoding };
}

/** Bytes at the end that may be the beginning of a character. */
function trailing(bytes: Uint8Array): number {
  let count = 0;
  while (count < 3 && count < bytes.length && bytes[bytes.length - 1 - count]! > 0x7f) count += 1;
  return count;
}

/** `undefined` while everything is ASCII, which both are. */
function encodingOf(bytes: Uint8Array): Encoding | undefined {
  if (bytes.every((byte) => byte <= 0x7f)) return undefined;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

function textOf(decoder: TextDecoder | undefined, bytes: Uint8Array, stream: boolean): string {
  if (decoder === undefined) return Buffer.from(bytes).toString('latin1');
  try {
    return decoder.decode(bytes, { stream });
  } catch (error) {
    throw new UnreadableFile('Die Datei mischt Zeichensätze. Speichern Sie sie als UTF-8.', { cause: error });
  }
}
