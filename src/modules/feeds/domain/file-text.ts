/** How a file is written, as it says itself or as its bytes can only be read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface FileText {
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * Words of a file by its content: a byte order mark counts first, then valid UTF-8; all else is windows-1252, as tables
 * are written on German desks. @returns `undefined` when it holds no text at all
 */
export function textOfFile(bytes: Uint8Array): FileText | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return read(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return read(bytes, 'utf-16be');
  if (bytes.includes(0)) return undefined;
  return readUtf8(bytes) ?? read(bytes, 'windows-1252');
}

const read = (bytes: Uint8Array, encoding: Encoding): FileText => ({ text: new TextDecoder(encoding).decode(bytes), encoding });

function readUtf8(bytes: Uint8Array): FileText | undefined {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return undefined;
  }
}
