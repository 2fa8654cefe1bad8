import { pdfLoading } from '../../../platform/documents/pdf-loading.ts';
import { TILE } from '../domain/tiles.ts';
import type { Boxes, Compared, RefusalCode, Seen } from './child-orders.ts';
import { imageFacts } from './image-facts.ts';

type Canvas = import('@napi-rs/canvas').Canvas;
type Paint = import('@napi-rs/canvas').SKRSContext2D;

/** Why a file cannot be shown. */
export class ReaderRefusal extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** A file whose pages can be drawn. */
export interface OpenFile {
  look(): Promise<Seen>;
  boxes(): Promise<Boxes>;
  text(page: number): Promise<string>;
  /** Draws a page so that its pixel (left, top) at `scale` is the canvas's origin. */
  paint(paint: Paint, page: number, scale: number, left: number, top: number): Promise<void>;
  close(): Promise<void>;
}

const MAX_PIXELS = 120_000_000;
const MAX_PAGES_LISTED = 500;
const MAX_TEXT = 20_000;

/** Reads a PDF; nothing in it runs, and nothing is loaded that is not beside pdf.js. */
async function loadPdf(bytes: Uint8Array) {
  const task = await pdfLoading(bytes, MAX_PIXELS);
  task.onPassword = () => {
    throw new ReaderRefusal('encrypted', 'password');
  };
  return { pdf: await task.promise, close: () => task.destroy() };
}

type Pdf = Awaited<ReturnType<typeof loadPdf>>['pdf'];

function pageOf(pdf: Pdf, number: number) {
  if (!Number.isInteger(number) || number < 1 || number > pdf.numPages) throw new ReaderRefusal('no-page', String(number));
  return pdf.getPage(number);
}

async function boxesOf(pdf: Pdf): Promise<Boxes> {
  const boxes = [];
  for (let number = 1; number <= Math.min(pdf.numPages, MAX_PAGES_LISTED); number++) {
    const { width, height } = (await pageOf(pdf, number)).getViewport({ scale: 1 });
    boxes.push({ width, height });
  }
  return { count: pdf.numPages, boxes };
}

async function lookAt(pdf: Pdf): Promise<Seen> {
  const { count, boxes } = await boxesOf(pdf);
  const { info, metadata } = await pdf.getMetadata();
  const claim = pdfAClaim(String(metadata?.getRaw() ?? ''));
  const version = (info as { PDFFormatVersion?: unknown }).PDFFormatVersion;
  return {
    kind: 'pdf',
    count,
    pages: boxes.map(({ width, height }) => ({ widthMm: (width / 72) * 25.4, heightMm: (height / 72) * 25.4 })),
    ...(typeof version === 'string' ? { version } : {}),
    ...(claim === undefined ? {} : { pdfAClaim: claim }),
    scripts: await pdf.hasJSActions(),
    attachments: (await pdf.getAttachments()) !== null,
  };
}

/** ISO 19005: `pdfaid:part` and `pdfaid:conformance`, as attribute or as element of the XMP. */
function pdfAClaim(xmp: string): string | undefined {
  const part = /pdfaid:part(?:="|>)\s*(\d)/.exec(xmp)?.[1];
  return part === undefined ? undefined : part + (/pdfaid:conformance(?:="|>)\s*([A-FU])/i.exec(xmp)?.[1]?.toUpperCase() ?? '');
}

export async function openPdf(bytes: Uint8Array): Promise<OpenFile> {
  const { pdf, close } = await loadPdf(bytes);
  let boxes: Promise<Boxes> | undefined;
  return {
    boxes: () => (boxes ??= boxesOf(pdf)),
    look: () => lookAt(pdf),
    async text(number) {
      const { items } = await (await pageOf(pdf, number)).getTextContent();
      return items
        .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
        .join('')
        .slice(0, MAX_TEXT);
    },
    async paint(paint, number, scale, left, top) {
      const page = await pageOf(pdf, number);
      const viewport = page.getViewport({ scale, offsetX: -left, offsetY: -top });
      // pdf.js speaks of the browser's canvas; this one has the same methods
      await page.render({ canvas: null, canvasContext: paint, viewport, background: '#ffffff' }).promise;
    },
    close,
  };
}

/** A picture is shown as one page, as large as its pixels say at their resolution, else at 150 dpi. */
export async function openImage(bytes: Uint8Array): Promise<OpenFile> {
  const facts = imageFacts(bytes);
  if (facts === undefined) throw new ReaderRefusal('damaged', 'picture');
  if (facts.widthPx * facts.heightPx > MAX_PIXELS) throw new ReaderRefusal('bomb', 'pixels');
  const { loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(Buffer.from(bytes));
  const points = 72 / (facts.dpi ?? 150);
  const box = { width: image.width * points, height: image.height * points };
  return {
    boxes: async () => ({ count: 1, boxes: [box] }),
    look: async () => ({
      kind: 'image',
      count: 1,
      pages: [{ widthMm: (box.width / 72) * 25.4, heightMm: (box.height / 72) * 25.4 }],
      image: facts,
      scripts: false,
      attachments: false,
    }),
    text: async () => '',
    async paint(paint, number, scale, left, top) {
      if (number !== 1) throw new ReaderRefusal('no-page', String(number));
      paint.drawImage(image, -left, -top, box.width * scale, box.height * scale);
    },
    close: async () => {},
  };
}

async function blank(width: number, height: number): Promise<{ canvas: Canvas; paint: Paint }> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const canvas = createCanvas(width, height);
  const paint = canvas.getContext('2d');
  paint.fillStyle = '#ffffff';
  paint.fillRect(0, 0, width, height);
  return { canvas, paint };
}

export async function drawTile(file: OpenFile, at: { page: number; scale: number; x: number; y: number }): Promise<Uint8Array> {
  const { canvas, paint } = await blank(TILE, TILE);
  await file.paint(paint, at.page, at.scale, at.x * TILE, at.y * TILE);
  return canvas.encode('png');
}

/** A whole page as JPEG. */
export async function drawPicture(file: OpenFile, page: number, scale: number): Promise<{ jpeg: Uint8Array; width: number; height: number }> {
  const { boxes } = await file.boxes();
  const box = boxes[page - 1];
  if (box === undefined) throw new ReaderRefusal('no-page', String(page));
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  if (width * height > MAX_PIXELS / 2) throw new ReaderRefusal('memory', 'pixels');
  const { canvas, paint } = await blank(width, height);
  await file.paint(paint, page, scale, 0, 0);
  return { jpeg: await canvas.encode('jpeg', 88), width, height };
}

/** Cells of 8 pixels: smaller differences than a letter belong together. */
const CELL = 8;
/** Differences of anti-aliasing are none. */
const NOISE = 48;

/** What is only in the old one is red, only in the new one green, the same grey. */
export async function drawCompared(a: OpenFile, b: OpenFile, page: number, pixels: number): Promise<Compared> {
  const [old, next] = [(await a.boxes()).boxes[page - 1], (await b.boxes()).boxes[page - 1]];
  if (old === undefined || next === undefined) throw new ReaderRefusal('no-page', String(page));
  const scale = pixels / Math.max(old.width, old.height, next.width, next.height);
  const width = Math.ceil(Math.max(old.width, next.width) * scale);
  const height = Math.ceil(Math.max(old.height, next.height) * scale);
  const [one, two] = [await blank(width, height), await blank(width, height)];
  await a.paint(one.paint, page, scale, 0, 0);
  await b.paint(two.paint, page, scale, 0, 0);
  const before = one.paint.getImageData(0, 0, width, height);
  const after = two.paint.getImageData(0, 0, width, height).data;
  const columns = Math.ceil(width / CELL);
  const cells = new Uint8Array(columns * Math.ceil(height / CELL));
  for (let i = 0, n = 0; n < width * height; i += 4, n++) {
    const was = (before.data[i]! * 2 + before.data[i + 1]! * 5 + before.data[i + 2]!) >> 3;
    const is = (after[i]! * 2 + after[i + 1]! * 5 + after[i + 2]!) >> 3;
    const differs = Math.abs(was - is) > NOISE;
    if (differs) cells[Math.floor(Math.floor(n / width) / CELL) * columns + Math.floor((n % width) / CELL)] = 1;
    const grey = 255 - ((255 - is) >> 1);
    before.data[i] = differs ? (was < is ? 200 : 0) : grey;
    before.data[i + 1] = differs ? (was < is ? 0 : 130) : grey;
    before.data[i + 2] = differs ? 0 : grey;
  }
  one.paint.putImageData(before, 0, 0);
  return { png: await one.canvas.encode('png'), areas: countAreas(cells, columns) };
}

function countAreas(cells: Uint8Array, columns: number): number {
  let areas = 0;
  for (let start = 0; start < cells.length; start++) {
    if (cells[start] !== 1) continue;
    areas++;
    const waiting = [start];
    cells[start] = 2;
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const column = (at % columns) + dx;
          const next = at + dy * columns + dx;
          if (column >= 0 && column < columns && cells[next] === 1) {
            cells[next] = 2;
            waiting.push(next);
          }
        }
      }
    }
  }
  return areas;
}
