import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Output } from './command.ts';

/** A draft of a package, as every import makes it. */
export interface Draft {
  readonly key: string;
  /** By path below the folder of services. */
  readonly files: Readonly<Record<string, string>>;
  readonly findings: readonly string[];
}

/** Writes a draft as a new folder; an author's work is never overwritten. @returns the exit status */
export async function writeDraft({ key, files, findings }: Draft, into: string, out: Output): Promise<number> {
  const folder = join(into, key);
  if ((await stat(folder).catch(() => undefined)) !== undefined) {
    out.complain(`${folder} gibt es schon. Benennen Sie den Ordner um oder wählen Sie einen anderen mit --into.`);
    return 1;
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(into, name)), { recursive: true });
    await writeFile(join(into, name), content, { flag: 'wx' });
  }
  for (const finding of findings) out.print(`Hinweis: ${finding}`);
  out.print(`Entwurf in ${folder}. Als Nächstes: ./kontor service lint ${key}`);
  return 0;
}
