import { readFile, stat } from 'node:fs/promises';
import type { Output } from './command.ts';

/** What one of the readers takes at most, with room for its own refusal of what is larger. */
const MOST_BYTES = 300 * 1024 * 1024;

/** A file's bytes; `undefined`, with the reason said, where it cannot be read. */
export async function bytesOf(path: string, out: Output): Promise<Uint8Array | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() === true && found.size <= MOST_BYTES) return readFile(path);
  out.complain(
    found?.isFile() === true ? `${path}: Die Datei ist größer als 300 MB. Teilen Sie sie auf.` : `${path}: Die Datei gibt es nicht. Prüfen Sie den Pfad.`,
  );
  return undefined;
}

/** Every sentence of a refusal, each with the file's name. @returns the exit status */
export function complainAll(
  path: string,
  { detail, fields }: { readonly detail: string; readonly fields?: readonly { readonly message: string }[] },
  out: Output,
): number {
  for (const message of fields?.map((one) => one.message) ?? [detail]) out.complain(`${path}: ${message}`);
  return 1;
}

/** @returns the exit status */
export function noSuchService(key: string | undefined, known: Iterable<string>, out: Output): number {
  out.complain(`Die Leistung «${key}» gibt es nicht oder sie hat Fehler. «./kontor service lint» nennt sie. Es gibt: ${[...known].join(', ')}.`);
  return 1;
}
