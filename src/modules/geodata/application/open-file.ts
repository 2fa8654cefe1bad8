import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UnreadableFile, type FileCrs, type SourceRow } from '../domain/source.ts';
import { ENDINGS, FORMATS, READERS, type FileFormat, type ReadWish } from './formats.ts';

export interface OpenFile {
  /** Name and content: the same file is the same source. */
  readonly source: string;
  readonly format: FileFormat;
  readonly rows: AsyncIterable<SourceRow>;
  readonly crs: () => FileCrs;
  /** How the file was understood, in German sentences; whole once its first row has been read. */
  readonly notes: readonly string[];
}

export interface OpenWish extends ReadWish {
  readonly format?: FileFormat;
  readonly crs?: FileCrs;
  /** What the file is called, where it lies under another name. */
  readonly name?: string;
}

/** Opens a file on this machine for import. @throws UnreadableFile in plain German */
export async function openFile(path: string, wish: OpenWish = {}): Promise<OpenFile> {
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isFile() !== true) throw new UnreadableFile(`Die Datei ${path} gibt es nicht. Prüfen Sie den Namen.`);
  const name = wish.name ?? basename(path);
  const format = wish.format ?? ENDINGS.find(([ending]) => name.toLowerCase().endsWith(ending))?.[1];
  if (format === undefined) throw new UnreadableFile(`Was für eine Datei ${name} ist, sagt ihr Name nicht. Nennen Sie das Format: ${FORMATS.join(', ')}.`);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return { ...read(path, format, wish), source: `${name} sha256:${hash.digest('hex')}`, format };
}

function read(path: string, format: FileFormat, wish: OpenWish): Pick<OpenFile, 'rows' | 'crs' | 'notes'> {
  const notes: string[] = [];
  let found: FileCrs | undefined;
  const { rows, otherwise } = READERS[format](path, wish, (told) => {
    found = told.crs ?? found;
    notes.push(...told.notes);
  });
  const crs = (): FileCrs => {
    const known = wish.crs ?? found ?? otherwise;
    if (known === undefined) throw new UnreadableFile('Die Datei nennt kein Koordinatensystem. Nennen Sie es: CRS84, 25832 oder 3857.');
    return known;
  };
  return { rows, crs, notes };
}
