import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { gridAt, MAX_ZOOM, PICTURE_LEVELS, pictureScale, scaleAt, type PageBox } from '../domain/tiles.ts';
import { notFound, type SheetsProblem } from '../domain/problems.ts';
import type { CaseDocument, SheetsContext } from './context.ts';
import { openSheet, type OpenSheet } from './open-sheet.ts';

type At = { readonly caseId: string; readonly uploadId: string };

/** A page of a sheet as it is shown: measures, words, the size of its picture. */
export interface ShownPage {
  /** From 1. */
  readonly page: number;
  readonly count: number;
  readonly box: PageBox;
  readonly level: number;
  /** Pixels of the picture at this level. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture for one point of the page. */
  readonly scale: number;
  readonly words: string;
}

/** Looks at one page. @param level of `PICTURE_LEVELS` */
export async function showPage(ctx: SheetsContext, { source }: OpenSheet, page: number, level: number): Promise<Result<ShownPage, SheetsProblem>> {
  const boxes = await ctx.drawings.boxes(source);
  if (!boxes.ok) return boxes;
  const box = boxes.value.boxes[page - 1];
  if (box === undefined || !PICTURE_LEVELS.includes(level)) return refuse(NO_PAGE);
  const words = await ctx.drawings.text(source, page);
  if (!words.ok) return words;
  const scale = pictureScale(box, level);
  const pixels = (points: number): number => Math.max(1, Math.round(points * scale));
  return ok({ page, count: boxes.value.count, box, level, width: pixels(box.width), height: pixels(box.height), scale, words: words.value });
}

const NO_PAGE: SheetsProblem = { kind: 'not-found', detail: 'Diese Seite gibt es nicht. Gehen Sie zurück zur ersten Seite.' };

/** The whole page as a JPEG. */
export async function pagePicture(ctx: SheetsContext, actor: Actor, at: At, page: number, level: number): Promise<Result<Uint8Array, SheetsProblem>> {
  const sheet = await openSheet(ctx, actor, at.caseId, at.uploadId);
  return sheet.ok ? ctx.drawings.picture(sheet.value.source, page, level) : sheet;
}

/** A tile of 512 pixels as a PNG. */
export async function pageTile(
  ctx: SheetsContext,
  actor: Actor,
  at: At,
  tile: { page: number; zoom: number; x: number; y: number },
): Promise<Result<Uint8Array, SheetsProblem>> {
  const sheet = await openSheet(ctx, actor, at.caseId, at.uploadId);
  return sheet.ok ? ctx.drawings.tile(sheet.value.source, tile) : sheet;
}

/** Tiles of a page at each zoom step, for programs. */
export const gridsOf = (box: PageBox): { zoom: number; columns: number; rows: number }[] =>
  Array.from({ length: MAX_ZOOM + 1 }, (_, zoom) => ({ zoom, ...gridAt(box, zoom) }));

/** Pixels of a tile for one point of the page, by zoom step; steps that would draw no finer are left out. */
export const tileScales = (box: PageBox): number[] => [...new Set(Array.from({ length: MAX_ZOOM + 1 }, (_, zoom) => scaleAt(box, zoom)))];

export interface ComparedSheets {
  readonly sheet: OpenSheet;
  readonly before: CaseDocument;
  readonly page: number;
  /** Pages both have. */
  readonly count: number;
  /** Areas that differ. */
  readonly areas: number;
  readonly png: Uint8Array;
}

/** Two versions of a page side by side in one picture. */
export async function compareSheets(
  ctx: SheetsContext,
  actor: Actor,
  at: At & { readonly beforeId: string },
  page: number,
): Promise<Result<ComparedSheets, SheetsProblem>> {
  const [sheet, before] = [await openSheet(ctx, actor, at.caseId, at.uploadId), await openSheet(ctx, actor, at.caseId, at.beforeId)];
  if (!sheet.ok || !before.ok) return refuse(notFound);
  const [pages, pagesBefore] = [await ctx.drawings.boxes(sheet.value.source), await ctx.drawings.boxes(before.value.source)];
  if (!pages.ok) return pages;
  if (!pagesBefore.ok) return pagesBefore;
  const compared = await ctx.drawings.compare(before.value.source, sheet.value.source, page);
  if (!compared.ok) return compared;
  const { png, areas } = compared.value;
  return ok({ sheet: sheet.value, before: before.value.document, page, count: Math.min(pages.value.count, pagesBefore.value.count), areas, png });
}
