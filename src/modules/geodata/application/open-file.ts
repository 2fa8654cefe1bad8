import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { readCsv } from '../domain/read-csv.ts';
import { readGeoJson } from '../domain/read-geojson.ts';
import { UnreadableFile, type FileCrs, type SourceRow } from '../domain/source.ts';

export const FORMATS = ['geojson', 'csv'] as const;
export type FileFormat = (typeof FORMATS)[number];

const ENDINGS: Readonly<Record<string, FileFormat>> = {
  geojson: 'geojson',
  json: 'geojson',
  ndjson: 'geojson',
  geojsonl: 'geojson',
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
};

export interface OpenFile {
  /** Name and content: the same file is the same source. */
  readonly source: string;
  readonly format: FileFormat;
  readonly rows: AsyncIterable<SourceRow>;
  readonly crs: () => FileCrs;
  /** How the file was understood, in German sentences; whole once its first row has been read. */
  readonly notes: readonly string[];
}

/** Opens a file on this machine for import. @throws UnreadableFile in plain German */
export async function openFile(path: string, wish: { readonly format?: FileFormat; readonly crs?: FileCrs } = {}): Promise<OpenFile> {
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isFile() !== true) throw new UnreadableFile(`Die Datei ${path} gibt es nicht. Prüfen Sie den Namen.`);
  const format = wish.format ?? ENDINGS[path.split('.').at(-1)!.toLowerCase()];
  if (format === undefined)
    throw new UnreadableFile(`Was für eine Datei ${basename(path)} ist, sagt ihr Name nicht. Nennen Sie --format ${FORMATS.join('|')}.`);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return { ...read(createReadStream(path), format, wish.crs), source: `${basename(path)} sha256:${hash.digest('hex')}`, format };
}

function read(chunks: AsyncIterable<Uint8Array>, format: FileFormat, wished: FileCrs | undefined): Pick<OpenFile, 'rows' | 'crs' | 'notes'> {
  const notes: string[] = [];
  let found: FileCrs = 'CRS84';
  const crs = (): FileCrs => wished ?? found;
  switch (format) {
    case 'geojson':
      return {
        rows: readGeoJson(chunks, (head) => {
          found = head.crs ?? found;
          if (head.crs !== undefined) notes.push(`Die Datei nennt ihr Koordinatensystem: ${head.crs}.`);
          if (head.encoding !== 'utf-8')
            notes.push('Die Datei ist in Windows-1252 geschrieben, nicht in UTF-8, wie es GeoJSON verlangt. Sie wurde so gelesen.');
        }),
        crs,
        notes,
      };
    case 'csv':
      return {
        rows: readCsv(chunks, (shape) => {
          found = shape.crs;
          notes.push(
            `Trennzeichen „${shape.delimiter === '\t' ? 'Tabulator' : shape.delimiter}“, Zeichensatz ${shape.encoding}, Ort aus „${shape.x}“ und „${shape.y}“, verstanden als ${shape.crs === '25832' ? 'EPSG:25832' : 'Länge und Breite'}.`,
          );
        }),
        crs,
        notes,
      };
  }
}
