import { formatGermanDate } from '../../../kernel/time.ts';
import type { Attachment } from '../../../platform/documents/port.ts';
import type { DecisionSheet, StampedCopy, StampedFor } from '../../procedure/public.ts';
import { pointsOf } from '../domain/mark.ts';
import { copyScale, type PageBox } from '../domain/tiles.ts';
import type { SheetsContext } from './context.ts';
import { sourceOf } from './open-sheet.ts';
import { STAMPED_TEMPLATE } from './stamped-template.ts';

/** Of longer files only the pages with entries are drawn; the file itself is inside in any case. */
const ALL_PAGES_UP_TO = 20;

type SheetMark = DecisionSheet['marks'][number];

/**
 * A copy of a sheet: its pages as pictures with stamps and remarks upon them, a list of the entries, and
 * the file as it was handed in as an attachment. The pages are drawn by the process that reads files of
 * others; nothing of the file is opened here.
 */
export async function stampedCopy(ctx: SheetsContext, sheet: DecisionSheet, mediaType: string | undefined, about: StampedFor): Promise<StampedCopy> {
  const fileName = `Planblatt-${sheet.fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '')}-V${sheet.version}-${about.fileNumber}.pdf`;
  if (mediaType === undefined) return { fileName, reason: 'Das Blatt liegt nicht mehr in der Akte.' };
  const source = sourceOf(ctx, { sha256: sheet.sha256, mediaType });
  const boxes = await ctx.drawings.boxes(source);
  if (!boxes.ok) return { fileName, reason: boxes.problem.detail };
  const marked = new Set(sheet.marks.map(({ page }) => page));
  const pages = boxes.value.boxes
    .map((box, index) => ({ box, page: index + 1 }))
    .filter(({ page }) => boxes.value.count <= ALL_PAGES_UP_TO || marked.has(page));
  const drawn: Attachment[] = [];
  for (const { box, page } of pages) {
    const picture = await ctx.drawings.drawing(source, page, copyScale(box));
    if (!picture.ok) return { fileName, reason: picture.problem.detail };
    drawn.push({ name: `seite-${page}.jpg`, mediaType: 'image/jpeg', bytes: picture.value, description: `Seite ${page}`, drawn: true });
  }
  const original: Attachment = { name: sheet.fileName, mediaType, bytes: await source.bytes(), description: 'Die Datei, wie sie eingereicht wurde' };
  const data = {
    title: `Planblatt ${sheet.fileName}, Version ${sheet.version}, ${about.fileNumber}`,
    stamp: stampLines(about),
    fileName: sheet.fileName,
    version: sheet.version,
    sha256: sheet.sha256,
    pageCount: boxes.value.count,
    partly: pages.length < boxes.value.count,
    pages: pages.map(({ box, page }) => ({
      page,
      width: box.width,
      height: box.height,
      marks: sheet.marks.filter((one) => one.page === page).map((one) => placed(one, box)),
    })),
    entries: sheet.marks.map(({ number, page, kind, text, xMm, yMm }) => ({
      number,
      page,
      kind: KINDS[kind],
      text,
      place: `${millimetres(xMm)} / ${millimetres(yMm)} mm`,
    })),
  };
  return { fileName, pdf: await ctx.typesetter.compile(STAMPED_TEMPLATE, data, [...drawn, original]) };
}

const KINDS: Readonly<Record<SheetMark['kind'], string>> = { vermerk: 'Vermerk', auflage: 'Auflage', gruen: 'Gehört zum Bescheid', ungueltig: 'Ungültig' };
const millimetres = (mm: number): string => String(mm).replace('.', ',');
const stampLines = ({ authority, fileNumber, decidedOn }: StampedFor): string[] => [
  authority,
  `Bescheid vom ${formatGermanDate(decidedOn)}`,
  `Az. ${fileNumber}`,
];

/** Longer remarks are read in the list: on the drawing they would hide it. */
const ON_SHEET = 160;

/** Where on the page, in points, and how large: a stamp on an A0 sheet must be legible as the sheet is. */
function placed({ number, kind, text, xMm, yMm }: SheetMark, { width, height }: PageBox) {
  const size = Math.min(3, Math.max(0.6, Math.max(width, height) / 842));
  const [x, y] = [pointsOf(xMm), pointsOf(yMm)];
  // as many lines as the stamp and the words will need, so that nothing runs off the page
  const lines = 1 + (kind === 'gruen' ? 3 : 0) + Math.ceil(Math.min(text.length, ON_SHEET + 30) / 34);
  const box = { width: 170 * size, height: (12 + 12 * lines) * size };
  const within = (at: number, room: number): number => Math.max(0, Math.min(at, room));
  return {
    number,
    kind,
    size,
    text: text.length <= ON_SHEET ? text : `${text.slice(0, ON_SHEET)} … (weiter in der Liste)`,
    x,
    y,
    boxX: within(x + 6 * size, width - box.width),
    boxY: within(y + 4 * size, height - box.height),
    boxWidth: Math.min(box.width, width),
  };
}
