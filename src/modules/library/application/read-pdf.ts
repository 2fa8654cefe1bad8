import { pdfLoading } from '../../../platform/documents/pdf-loading.ts';
import { cleaned } from '../domain/clean-text.ts';
import { laidOut, type PlacedText } from '../domain/layout.ts';
import type { OpenedFile, RawPage } from './reader-orders.ts';
import { CannotRead, type OpenDocument } from './open-document.ts';

const MAX_PIXELS = 100_000_000;
/** Resolution for character recognition: what Tesseract was trained on. */
const DOTS_PER_INCH = 300;
const MOST_SIDE = 5000;
const MOST_ITEMS = 50_000;
/** A page with fewer letters than that and a picture on it is a scan with a stamp. */
const FEW_LETTERS = 40;
/** Signs without meaning: a font that does not say what its signs are. */
const GARBAGE = /[\u{FFFD}\u{E000}-\u{F8FF}]/gu;

/** Opens a PDF; nothing in it runs, and nothing is loaded that is not beside pdf.js. */
async function loaded(bytes: Uint8Array) {
  const task = await pdfLoading(bytes, MAX_PIXELS);
  try {
    return { pdf: await task.promise, close: () => task.destroy() };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    throw new CannotRead(name === 'PasswordException' ? 'encrypted' : 'damaged');
  }
}

type PdfPage = Awaited<ReturnType<Awaited<ReturnType<typeof loaded>>['pdf']['getPage']>>;

export async function openPdf(bytes: Uint8Array, fallbackTitle: string): Promise<OpenDocument> {
  const { pdf, close } = await loaded(bytes);
  if (pdf.numPages < 1) throw new CannotRead('damaged');
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const named = (info as { Title?: unknown }).Title;
  const title = typeof named === 'string' && named.trim().length > 2 ? cleaned(named).trim().slice(0, 200) : fallbackTitle;
  const opened: OpenedFile = { title, format: 'pdf', count: pdf.numPages, warnings: [] };
  return {
    opened,
    page: async (number) => rawPage(await pdf.getPage(number), number),
    picture: async (number) => picture(await pdf.getPage(number)),
    close,
  };
}

async function rawPage(page: PdfPage, number: number): Promise<RawPage> {
  const content = await page.getTextContent();
  const [x0, , , y1] = page.view as [number, number, number, number];
  const items: PlacedText[] = [];
  for (const item of content.items.slice(0, MOST_ITEMS)) {
    if (!('str' in item) || item.str === '') continue;
    const [a, b, c, d, x, y] = item.transform as [number, number, number, number, number, number];
    // words that stand on their side are marks at the margin
    if (Math.abs(b) > Math.abs(a) || Math.abs(c) > Math.abs(d)) continue;
    items.push({ text: cleaned(item.str), x: x - x0, y: y1 - y, width: item.width, size: Math.hypot(c, d) || item.height || 10 });
  }
  const { text, headings, tables } = laidOut(items);
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const garbage = text.match(GARBAGE)?.length ?? 0;
  const meaningless = garbage > letters / 2;
  const picture = (letters < FEW_LETTERS || meaningless) && (await paintsPicture(page, letters === 0 || meaningless));
  page.cleanup();
  return {
    page: { number, text, headings, ocr: false },
    tables: tables.map((rows) => ({ page: number, rows })),
    picture,
  };
}

/** Whether there is something to recognise. @param drawn whether shapes may be letters, too: drawn as outlines, or in a font without meaning */
async function paintsPicture(page: PdfPage, drawn: boolean): Promise<boolean> {
  const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const { fnArray } = await page.getOperatorList();
  const pictures = [OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject, OPS.paintImageXObjectRepeat];
  const painting = new Set<number>(drawn ? [...pictures, OPS.constructPath, OPS.showText] : pictures);
  return fnArray.some((one) => painting.has(one));
}

async function picture(page: PdfPage): Promise<Uint8Array> {
  const { width, height } = page.getViewport({ scale: 1 });
  const scale = Math.min(DOTS_PER_INCH / 72, MOST_SIDE / Math.max(width, height));
  const viewport = page.getViewport({ scale });
  const { createCanvas } = await import('@napi-rs/canvas');
  const canvas = createCanvas(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
  // pdf.js speaks of the browser's canvas; this one has the same methods
  await page.render({ canvas: null, canvasContext: canvas.getContext('2d') as never, viewport, background: '#ffffff' }).promise;
  page.cleanup();
  return canvas.encode('png');
}
