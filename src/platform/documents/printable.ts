/** What cannot be shown is shown as this, never left out silently. */
export const REPLACEMENT = '\ufffd';

/**
 * Whether a character is dropped without a trace: controls, byte order marks, zero-width signs and
 * the marks that turn the reading direction around (they can make a letter read otherwise than its
 * text says). A soft hyphen stays: it is a wish for hyphenation.
 */
function isInvisible(point: number): boolean {
  if (point === 0x0a || point === 0xad) return false;
  return (
    point < 0x20 ||
    (point >= 0x7f && point <= 0x9f) ||
    (point >= 0x200b && point <= 0x200f) ||
    (point >= 0x202a && point <= 0x202e) ||
    (point >= 0x2060 && point <= 0x206f) ||
    (point >= 0xfe00 && point <= 0xfe0f) ||
    point === 0xfeff ||
    point === 0x61c ||
    point === 0x34f ||
    (point >= 0xe0000 && point <= 0xe0fff)
  );
}

/** Private use areas: PDF/A level A forbids them, as nobody knows what they mean. */
function isPrivate(point: number): boolean {
  return (point >= 0xe000 && point <= 0xf8ff) || point >= 0xf0000;
}

/** Widest run without a space that fits the narrowest column, in small letters … */
const WIDEST_RUN = 42;
/** … a wider one may be broken after every so many, or it would run off the sheet and be lost. */
const BREAK_EVERY = 20;

/** Width in small letters: capitals, signs and other scripts count as the widest of them. */
const widthOf = (character: string): number => (/\p{M}/u.test(character) ? 0 : /\p{Ll}/u.test(character) ? 1 : 1.7);

/** The text with places to break in runs that (nearly) no German compound word reaches. */
function breakable(text: string): string {
  return text
    .split(/([ \n])/)
    .map((run) => (run.length <= WIDEST_RUN / 1.7 ? run : brokenUp(run)))
    .join('');
}

function brokenUp(run: string): string {
  const characters = [...run];
  if (characters.reduce((sum, one) => sum + widthOf(one), 0) <= WIDEST_RUN) return run;
  // A word is broken with a hyphen, anything else (a link, a number) without.
  const mark = /^\p{P}*[\p{L}\p{M}]+\p{P}*$/u.test(run) ? '\u00ad' : '\u200b';
  let out = '';
  let width = 0;
  for (const character of characters) {
    const own = widthOf(character);
    if (width + own > BREAK_EVERY && own > 0) {
      out += mark;
      width = 0;
    }
    out += character;
    width += own;
  }
  return out;
}

/** The text in NFC with every character that the fonts lack replaced by U+FFFD. */
export function printable(text: string, covered: ReadonlySet<number>): string {
  let out = '';
  for (const character of text.toWellFormed().normalize('NFC').replaceAll('\r\n', '\n').replaceAll('\t', ' ')) {
    const point = character.codePointAt(0)!;
    if (isInvisible(point)) continue;
    out += point === 0x0a || point === 0xad || (covered.has(point) && !isPrivate(point)) ? character : REPLACEMENT;
  }
  return breakable(out);
}

/** JSON with every string (and key) made printable. */
export function printableJson(value: unknown, covered: ReadonlySet<number>): string {
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return printable(part, covered);
    if (Array.isArray(part)) return part.map(walk);
    if (part !== null && typeof part === 'object') {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [printable(key, covered), walk(inner)]));
    }
    return part;
  };
  // A first round through JSON lets toJSON speak (dates, ids) and refuses cycles.
  return JSON.stringify(walk(JSON.parse(JSON.stringify(value ?? null))));
}
