import { csvText, separatorOf } from '../domain/csv-text.ts';
import { cleaned, decodedText } from '../domain/clean-text.ts';
import { docxText, htmlText, odtText, plainText, type FlowText } from '../domain/flow-formats.ts';
import { binaryFormat, textFormat } from '../domain/format.ts';
import type { DocumentFormat, ReadWarning } from '../domain/read-document.ts';
import { markupOf } from '../domain/markup.ts';
import { CannotRead, type OpenDocument } from './open-document.ts';
import { openPdf } from './read-pdf.ts';

const MAX_PIXELS = 100_000_000;
const MAX_TEXT = 20_000_000;
const MOST_SIDE = 5000;
const LONGEST_TITLE = 200;
/** An office document unpacked: large enough for a book, too small for a bomb. */
const ZIP = { maxFiles: 5000, maxBytes: 150 * 1024 * 1024 };

/** Opens a file by what is in it; its name gives no more than a title. @throws {CannotRead} */
export async function openFile(bytes: Uint8Array, fileName: string): Promise<OpenDocument> {
  const title = titleOf(fileName);
  if (bytes.byteLength === 0) throw new CannotRead('empty');
  switch (binaryFormat(bytes)) {
    case 'pdf':
      return openPdf(bytes, title);
    case 'image':
      return openImage(bytes, title);
    case 'zip':
      return openOffice(bytes, title);
    case 'ole':
      // a DOCX with a password, or a format of before 2007
      throw new CannotRead(Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'unknown');
    case undefined:
      return openText(bytes, title);
  }
}

const titleOf = (fileName: string): string =>
  cleaned(fileName)
    .replaceAll(/[\n\t]/g, ' ')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .trim()
    .slice(0, LONGEST_TITLE) || 'Dokument';

async function openImage(bytes: Uint8Array, title: string): Promise<OpenDocument> {
  const { loadImage, createCanvas } = await import('@napi-rs/canvas');
  const image = await loadImage(Buffer.from(bytes)).catch(() => {
    throw new CannotRead('damaged');
  });
  if (image.width * image.height > MAX_PIXELS) throw new CannotRead('pixels');
  return {
    opened: { title, format: 'image', count: 1, warnings: [] },
    page: async (number) => ({ page: { number, text: '', headings: [], ocr: false }, tables: [], picture: true }),
    picture: async () => {
      const scale = Math.min(1, MOST_SIDE / Math.max(image.width, image.height));
      const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
      const canvas = createCanvas(width, height);
      const paint = canvas.getContext('2d');
      paint.fillStyle = '#ffffff';
      paint.fillRect(0, 0, width, height);
      paint.drawImage(image, 0, 0, width, height);
      return canvas.encode('png');
    },
    close: async () => {},
  };
}

async function openOffice(bytes: Uint8Array, title: string): Promise<OpenDocument> {
  const { unzip } = await import('../../../platform/files/zip-read.ts');
  const unpacked = unzip(bytes, ZIP);
  if (!unpacked.ok) throw new CannotRead(/^Entpackt|mehr als \d+ Dateien/.test(unpacked.problem.detail) ? 'bomb' : 'damaged');
  const part = (name: string): string | undefined => {
    const entry = unpacked.value.find((one) => one.name === name);
    return entry === undefined ? undefined : xmlOf(entry.bytes);
  };
  const docx = part('word/document.xml');
  if (docx !== undefined) return flowing('docx', docxText(docx), namedIn(part('docProps/core.xml'), 'dc:title') ?? title, []);
  const kind = unpacked.value.find((one) => one.name === 'mimetype');
  const odt = part('content.xml');
  if (odt === undefined || kind === undefined || !Buffer.from(kind.bytes).toString('latin1').startsWith('application/vnd.oasis.opendocument.text'))
    throw new CannotRead('unknown');
  const manifest = part('META-INF/manifest.xml');
  if (manifest?.includes('encryption-data') === true) throw new CannotRead('encrypted');
  return flowing('odt', odtText(odt), namedIn(part('meta.xml'), 'dc:title') ?? title, []);
}

function xmlOf(bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_TEXT * 4) throw new CannotRead('bomb');
  const { text } = decodedText(bytes);
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new CannotRead('entities');
  return text;
}

/** The words of the first such element. */
function namedIn(xml: string | undefined, name: string): string | undefined {
  let inside = false;
  for (const token of xml === undefined ? [] : markupOf(xml, false)) {
    if (token.kind === 'text' && inside && token.text.trim() !== '') return cleaned(token.text).trim().slice(0, LONGEST_TITLE);
    if (token.kind !== 'text' && token.name === name) inside = token.kind === 'open';
  }
  return undefined;
}

async function openText(bytes: Uint8Array, title: string): Promise<OpenDocument> {
  const { text: decoded, guessed } = decodedText(bytes);
  // a text has no NUL in it; what has is a format that nobody knows here
  if (decoded.slice(0, 65_536).includes('\0') && decoded.slice(0, 65_536).split('\0').length > 4) throw new CannotRead('unknown');
  if (decoded.length > MAX_TEXT) throw new CannotRead('bomb');
  const warnings: ReadWarning[] = guessed
    ? [
        {
          kind: 'encoding',
          detail: 'Die Datei sagt nicht, in welchem Zeichensatz sie geschrieben ist. Gelesen wurde sie als Windows-1252. Prüfen Sie die Umlaute.',
        },
      ]
    : [];
  const text = cleaned(decoded);
  if (text.trim() === '') throw new CannotRead('empty');
  switch (textFormat(text)) {
    case 'html': {
      const charset = /<meta[^>]{0,200}charset=["']?([\w-]{1,30})/i.exec(text.slice(0, 4096)) !== null;
      const flow = htmlText(text);
      return flowing('html', flow, flow.title?.slice(0, LONGEST_TITLE) ?? title, charset ? [] : warnings);
    }
    case 'mail': {
      const { readMail } = await import('./read-mail.ts');
      const mail = await readMail(bytes, title);
      return flowing('mail', mail, mail.title, mail.warnings);
    }
    case 'text': {
      const separator = separatorOf(text);
      return separator === undefined ? flowing('text', plainText(text), title, warnings) : flowing('csv', csvText(text, separator), title, warnings);
    }
  }
}

function flowing(format: DocumentFormat, { pages, tables }: FlowText, title: string, warnings: readonly ReadWarning[]): OpenDocument {
  return {
    opened: { title, format, count: pages.length, warnings },
    page: async (number) => ({ page: pages[number - 1]!, tables: tables.filter(({ page }) => page === number), picture: false }),
    picture: async () => {
      throw new CannotRead('damaged');
    },
    close: async () => {},
  };
}
