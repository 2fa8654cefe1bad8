import type { PdfFile } from './pdf-file.ts';
import { PdfSyntaxError } from './pdf-lexer.ts';
import { isArray, isDict, isName, isString, textOf, type PdfValue } from './pdf-values.ts';
import type { Attachment } from './port.ts';

const MAX_FILES = 50;
const MAX_DEPTH = 8;

/** The files in the catalog's `EmbeddedFiles` name tree (ISO 32000-1, 7.11.4). */
export function embeddedFiles(file: PdfFile): Attachment[] {
  const names = file.resolve(file.catalog.get('Names'));
  if (!isDict(names)) return [];
  const found: Attachment[] = [];
  walk(file, names.get('EmbeddedFiles'), 0, found);
  return found;
}

function walk(file: PdfFile, node: PdfValue | undefined, depth: number, found: Attachment[]): void {
  const dict = file.resolve(node);
  if (!isDict(dict)) return;
  if (depth > MAX_DEPTH) throw new PdfSyntaxError('nested too deep');
  const kids = file.resolve(dict.get('Kids'));
  if (isArray(kids)) for (const kid of kids.slice(0, MAX_FILES)) walk(file, kid, depth + 1, found);
  const pairs = file.resolve(dict.get('Names'));
  if (!isArray(pairs)) return;
  for (let i = 1; i < pairs.length; i += 2) {
    if (found.length >= MAX_FILES) throw new PdfSyntaxError('too many attachments');
    found.push(attachment(file, pairs[i]));
  }
}

function attachment(file: PdfFile, value: PdfValue | undefined): Attachment {
  const spec = file.dict(value);
  const { dict, bytes } = file.stream(file.dict(spec.get('EF')).get('F'));
  const name = file.resolve(spec.get('UF') ?? spec.get('F'));
  const description = file.resolve(spec.get('Desc'));
  const subtype = file.resolve(dict.get('Subtype'));
  return {
    name: isString(name) ? safeName(textOf(name)) : 'anhang',
    mediaType: isName(subtype) ? subtype.name : 'application/octet-stream',
    bytes,
    description: isString(description) ? textOf(description) : '',
  };
}

/** The last part of the path alone: an attachment never names a folder. */
const safeName = (name: string): string => name.split(/[/\\]/).at(-1)!.slice(0, 120) || 'anhang';
