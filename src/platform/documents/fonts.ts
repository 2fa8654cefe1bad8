import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * The fonts of the letters, all under the SIL Open Font License, taken from npm so that nothing
 * depends on what is installed on the machine. Order is precedence: Fira Sans is the house type,
 * Noto covers what it lacks (DIN 91379, Arabic, Hebrew, symbols).
 */
const FONT_FILES = [
  'fira-sans/400Regular/FiraSans_400Regular.ttf',
  'fira-sans/400Regular_Italic/FiraSans_400Regular_Italic.ttf',
  'fira-sans/600SemiBold/FiraSans_600SemiBold.ttf',
  'noto-sans/400Regular/NotoSans_400Regular.ttf',
  'noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  'noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
  'noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
] as const;

const HOUSE_FONT = FONT_FILES[0];

/** The font files with the characters they can show. */
export interface LetterFonts {
  readonly blobs: readonly Buffer[];
  /** Code points that at least one font has. */
  readonly covered: ReadonlySet<number>;
  /** Code points of the house font alone. */
  readonly house: ReadonlySet<number>;
}

/** Reads the fonts once at the start (about 3 MB). Throws when a package is missing. */
export function loadFonts(): LetterFonts {
  const resolve = createRequire(import.meta.url).resolve;
  const covered = new Set<number>();
  let house: ReadonlySet<number> = covered;
  const blobs = FONT_FILES.map((file) => {
    const blob = readFileSync(resolve(`@expo-google-fonts/${file}`));
    const characters = charactersOf(blob);
    if (file === HOUSE_FONT) house = new Set(characters);
    for (const point of characters) covered.add(point);
    return blob;
  });
  return { blobs, covered, house };
}

/** Code points in the `cmap` table (OpenType 1.9, formats 4 and 12, as all our fonts have). */
export function charactersOf(font: Buffer): number[] {
  const cmap = tableOffset(font, 'cmap');
  const points = new Set<number>();
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const subtable = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4);
    const format = font.readUInt16BE(subtable);
    if (format === 4) readFormat4(font, subtable, points);
    if (format === 12) readFormat12(font, subtable, points);
  }
  return [...points];
}

function tableOffset(font: Buffer, tag: string): number {
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`font has no ${tag} table`);
}

function readFormat4(font: Buffer, at: number, points: Set<number>): void {
  const bytes = font.readUInt16BE(at + 6); // segCountX2
  for (let i = 0; i < bytes; i += 2) {
    const end = font.readUInt16BE(at + 14 + i);
    const start = font.readUInt16BE(at + 16 + bytes + i);
    const delta = font.readUInt16BE(at + 16 + 2 * bytes + i);
    const rangeAt = at + 16 + 3 * bytes + i;
    const range = font.readUInt16BE(rangeAt);
    for (let point = start; point <= end && point !== 0xffff; point++) {
      const listed = range === 0 ? point : font.readUInt16BE(rangeAt + range + 2 * (point - start));
      if (listed !== 0 && ((listed + delta) & 0xffff) !== 0) points.add(point);
    }
  }
}

function readFormat12(font: Buffer, at: number, points: Set<number>): void {
  for (let i = 0; i < font.readUInt32BE(at + 12); i++) {
    const group = at + 16 + i * 12;
    const glyph = font.readUInt32BE(group + 8);
    for (let point = font.readUInt32BE(group), n = 0; point <= font.readUInt32BE(group + 4); point++, n++) {
      if (glyph + n !== 0) points.add(point);
    }
  }
}
