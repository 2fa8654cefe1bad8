import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Output } from './command.ts';

/** A file as the API answers it. */
export interface Packed {
  readonly name: string;
  readonly base64: string;
}

/** Writes what the city answered into a folder; what is there stays. @param check how to look at it. @returns the exit status */
export async function laidDown({ name, base64 }: Packed, into: string, check: string, out: Output): Promise<number> {
  await mkdir(into, { recursive: true });
  const path = join(into, basename(name));
  try {
    await writeFile(path, Buffer.from(base64, 'base64'), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    out.complain(`${path} gibt es schon. Benennen Sie die Datei um oder wählen Sie einen anderen Ordner mit --into.`);
    return 1;
  }
  out.print(`Geschrieben: ${path}. Prüfen: ./kontor ${check} ${path}`);
  return 0;
}
