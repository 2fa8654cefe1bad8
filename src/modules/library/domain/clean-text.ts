// oxlint-disable-next-line no-control-regex -- these are what is taken out; a form feed ends a page
const CONTROL = /[\u0001-\u0008\u000B\u000E-\u001F\u007F\uFEFF]/g;

/** A text as a database keeps it and a page shows it: whole signs, lines end in one way, no control characters. */
export const cleaned = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\0', '\u{FFFD}')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u2028\u2029]/g, '\n')
    .replaceAll(CONTROL, '');

/** Bytes as text: UTF-8, UTF-16 where a mark says so, else as Windows wrote German; `guessed` when nothing said which. */
export function decodedText(bytes: Uint8Array): { readonly text: string; readonly guessed: boolean } {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { text: new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes), guessed: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), guessed: false };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { text: new TextDecoder('windows-1252').decode(bytes), guessed: true };
  }
}
