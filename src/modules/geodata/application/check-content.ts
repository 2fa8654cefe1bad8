import { open } from 'node:fs/promises';
import { UnreadableFile } from '../domain/source.ts';
import { ENDINGS, FORMATS, type FileFormat } from './formats.ts';

const LOOKED_AT = 64 * 1024;

type Kind = 'flatgeobuf' | 'sqlite' | 'zip' | 'json' | 'xml' | 'text';
const KINDS: Readonly<Record<FileFormat, readonly Kind[]>> = {
  geojson: ['json'],
  csv: ['text', 'json'],
  flatgeobuf: ['flatgeobuf'],
  geopackage: ['sqlite'],
  cityjson: ['json'],
  xplangml: ['xml'],
  gtfs: ['zip', 'text'],
};
const LIKELY: Readonly<Record<Kind, FileFormat>> = {
  flatgeobuf: 'flatgeobuf',
  sqlite: 'geopackage',
  zip: 'gtfs',
  json: 'geojson',
  xml: 'xplangml',
  text: 'csv',
};
const NAMES: Readonly<Record<Kind, string>> = {
  flatgeobuf: 'FlatGeobuf',
  sqlite: 'eine Datenbank (GeoPackage)',
  zip: 'ein ZIP-Archiv',
  json: 'JSON',
  xml: 'XML oder eine Webseite',
  text: 'reiner Text',
};

/**
 * The format a file has by what is in it; its name and what somebody said about it must fit. @throws UnreadableFile
 * @param wished what somebody said
 */
export async function formatOf(path: string, name: string, wished?: FileFormat): Promise<FileFormat> {
  const head = await headOf(path);
  const kind = kindOf(head);
  const byName = ENDINGS.find(([ending]) => name.toLowerCase().endsWith(ending))?.[1];
  const cityJson = kind === 'json' && /"type"\s*:\s*"CityJSON/.test(head.toString('latin1'));
  const format = wished ?? (cityJson ? 'cityjson' : byName) ?? LIKELY[kind];
  if (!KINDS[format].includes(kind))
    throw new UnreadableFile(
      `${name.slice(0, 200)} soll ${format} sein, ist aber ${NAMES[kind]}. Prüfen Sie die Datei oder nennen Sie das Format: ${FORMATS.join(', ')}.`,
    );
  return format;
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function kindOf(head: Buffer): Kind {
  if (head.length === 0) throw new UnreadableFile('Die Datei ist leer.');
  const beginning = head.subarray(0, 16).toString('latin1');
  if (/^fgb.fgb/s.test(beginning)) return 'flatgeobuf';
  if (beginning === 'SQLite format 3\0') return 'sqlite';
  if (beginning.startsWith('PK\u0003\u0004')) return 'zip';
  if (/^(\u00ff\u00fe|\u00fe\u00ff)/.test(beginning)) throw new UnreadableFile('Die Datei ist in UTF-16 geschrieben. Speichern Sie sie als UTF-8.');
  // GML and the like: texts hold no zero
  if (head.includes(0)) throw new UnreadableFile('Das ist weder Text noch ein Format, das die Stadt lesen kann. Prüfen Sie, ob es die richtige Datei ist.');
  const text = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  return text.startsWith('<') ? 'xml' : /^[[{]/.test(text) ? 'json' : 'text';
}
