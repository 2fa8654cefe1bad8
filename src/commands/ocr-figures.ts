import { sampleLetters } from './sample-letters.ts';
import { SERVICES_DIRECTORY } from '../services-directory.ts';
import { loadServices } from '../modules/catalogue/public.ts';
import { readText, READER_PROGRAM, RECOGNITION_PROGRAM, confinedTesseract, systemTesseract, type ReadingPorts } from '../modules/library/public.ts';
import { expectOk } from '../kernel/result.ts';
import { ConfinedProcess } from '../platform/confined/confined-process.ts';
import { createTypesetter } from '../platform/documents/typesetter.ts';

/** Characters of a set of letters that were recognised wrongly, from a scan of one kind. */
export interface OcrFigure {
  readonly engine: string;
  readonly scan: (typeof SCANS)[number]['name'];
  /** Told beside the others, held to no limit. */
  readonly dirty: boolean;
  readonly pages: number;
  readonly characters: number;
  readonly errors: number;
  /** Errors to a character. */
  readonly rate: number;
}

/** How a letter comes out of a scanner. `dirty` is told and held to no limit: 2,500 specks as large as a dot of an ä. */
const SCANS = [
  { name: '300 dpi', scale: 1, degrees: 0, specks: 0, dirty: false },
  { name: '200 dpi', scale: 2 / 3, degrees: 0, specks: 0, dirty: false },
  { name: '300 dpi, 0,4° schief', scale: 1, degrees: 0.4, specks: 0, dirty: false },
  { name: '300 dpi, verschmutzt', scale: 1, degrees: 0, specks: 2500, dirty: true },
] as const;
const LETTERS = ['baumfaellung'] as const;
const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');

/** Letters that the city prints, scanned in several ways and read again; always the same. */
export async function ocrFigures(engines: 'all' | 'bundled' = 'all'): Promise<OcrFigure[]> {
  const reader = new ConfinedProcess(READER_PROGRAM, { milliseconds: 60_000, memoryBytes: 1_500_000_000 });
  const recogniser = new ConfinedProcess(RECOGNITION_PROGRAM, { milliseconds: 120_000, memoryBytes: 1_500_000_000, threads: true });
  try {
    const bundled = confinedTesseract(recogniser);
    const system = engines === 'all' ? await systemTesseract() : undefined;
    const letters = await printed(reader);
    const figures: OcrFigure[] = [];
    for (const recognition of system === undefined ? [bundled] : [bundled, system])
      for (const scan of SCANS) figures.push(await figureOf({ reader, recognition }, scan, letters));
    return figures;
  } finally {
    reader.close();
    recogniser.close();
  }
}

interface Letter {
  readonly png: Uint8Array;
  /** Its paragraphs as they were printed. */
  readonly paragraphs: readonly string[];
}

async function printed(reader: ConfinedProcess): Promise<Letter[]> {
  const services = await loadServices(SERVICES_DIRECTORY, Temporal.PlainDate.from('2026-11-24'));
  const typesetter = createTypesetter({ clock: () => NOW });
  const letters: Letter[] = [];
  for (const key of LETTERS) {
    const pkg = services.packages.get(key)!;
    const [data] = sampleLetters(pkg, services.authorities[0]!)['bescheid']!;
    const bytes = await typesetter.compile(pkg.letters.bescheid, data);
    const nobody = { name: 'none', recognise: () => Promise.reject(new Error('a printed letter has its words')) };
    const { pages } = expectOk(await readText({ fileName: key, bytes }, { reader, recognition: nobody }));
    await reader.ask({ do: 'open', sha256: key, fileName: key, bytes });
    for (const { number, text } of pages) {
      const drawn = expectOk(await reader.ask<{ readonly value: Uint8Array }>({ do: 'picture', sha256: key, page: number }));
      letters.push({
        png: drawn.value,
        paragraphs: text
          .split(/[\n\t]+/)
          .map(plain)
          .filter((one) => one.length >= 12),
      });
    }
  }
  return letters;
}

async function figureOf(ports: ReadingPorts, scan: (typeof SCANS)[number], letters: readonly Letter[]): Promise<OcrFigure> {
  let [characters, errors] = [0, 0];
  for (const [turn, { png, paragraphs }] of letters.entries()) {
    const bytes = await scanned(png, scan, turn);
    const { pages } = expectOk(await readText({ fileName: 'scan.png', bytes }, ports));
    const text = plain(pages[0]!.text);
    for (const paragraph of paragraphs) {
      characters += paragraph.length;
      errors += errorsIn(paragraph, text);
    }
  }
  return { engine: ports.recognition.name, scan: scan.name, dirty: scan.dirty, pages: letters.length, characters, errors, rate: errors / characters };
}

/** White space and the dots between parts of a line are no characters that a reader misses. */
const plain = (text: string): string => text.replaceAll(/[\s·]+/g, ' ').trim();

async function scanned(png: Uint8Array, { scale, degrees, specks }: (typeof SCANS)[number], seed: number): Promise<Uint8Array> {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(Buffer.from(png));
  const canvas = createCanvas(Math.round(image.width * scale), Math.round(image.height * scale));
  const paint = canvas.getContext('2d');
  paint.fillStyle = '#ffffff';
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.translate(canvas.width / 2, canvas.height / 2);
  paint.rotate((degrees * Math.PI) / 180);
  paint.drawImage(image, -canvas.width / 2, -canvas.height / 2, canvas.width, canvas.height);
  paint.resetTransform();
  let state = seed + 1;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  for (let n = 0; n < specks; n++) {
    paint.fillStyle = `rgba(0, 0, 0, ${(0.2 + 0.5 * random()).toFixed(2)})`;
    paint.fillRect(Math.floor(random() * canvas.width), Math.floor(random() * canvas.height), 2, 2);
  }
  return canvas.encode('png');
}

/** The fewest changes that make the paragraph of some piece of the text (Sellers 1980): what stands elsewhere counts nothing. */
export function errorsIn(paragraph: string, text: string): number {
  let before = new Uint32Array(text.length + 1);
  let row = new Uint32Array(text.length + 1);
  for (let at = 1; at <= paragraph.length; at++) {
    row[0] = at;
    const sign = paragraph.charCodeAt(at - 1);
    for (let to = 1; to <= text.length; to++) {
      const other = before[to - 1]! + (text.charCodeAt(to - 1) === sign ? 0 : 1);
      row[to] = Math.min(other, before[to]! + 1, row[to - 1]! + 1);
    }
    [before, row] = [row, before];
  }
  return before.reduce((least, one) => Math.min(least, one), paragraph.length);
}
