import { createHash } from 'node:crypto';

/** The way back: which text stood behind which placeholder of one call. */
export interface MaskKey {
  /** Letters that mark the placeholders of this call; the masked texts hold them nowhere else. */
  readonly tag: string;
  /** What stands before the tag: `Person`, `Antragstellerin`. */
  readonly labels: readonly string[];
  /** Original text by number and variant: `1`, `1.2`. */
  readonly originals: ReadonlyMap<string, string>;
}

/** Longest label; a model's own words in brackets are no longer taken for one. */
export const LONGEST_LABEL = 40;
const TAG_LETTERS = 'BCDFGHJKLMNPQRTVWXZ';

/** Letters that stand before a digit nowhere in the texts: no text can pretend to be a placeholder. */
export function freeTag(texts: readonly string[]): string | undefined {
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest();
  for (let n = 0; n < TAG_LETTERS.length ** 2; n++) {
    const at = (hash.readUInt32BE(0) + n) % TAG_LETTERS.length ** 2;
    const tag = TAG_LETTERS[Math.floor(at / TAG_LETTERS.length)]! + TAG_LETTERS[at % TAG_LETTERS.length]!;
    const taken = new RegExp(`${tag}\\s?\\d`, 'iu');
    if (!texts.some((text) => taken.test(text))) return tag;
  }
  return undefined;
}

export const placeholder = (label: string, tag: string, id: string): string => `[${label} ${tag}${id}]`;

/** Placeholders as models write them back: in brackets, in escaped brackets, or with the label alone. */
function placeholderPattern({ tag, labels }: MaskKey): RegExp {
  const id = String.raw`${tag}[ \u00a0]?(?<ID>\d{1,6}(?:\.\d{1,6})?)`;
  const inside = String.raw`[^[\]\\\n]{0,${LONGEST_LABEL}}?`;
  const bare =
    labels.length === 0 ? '' : String.raw`|(?<![\p{L}\p{N}])(?:${labels.map((label) => RegExp.escape(label)).join('|')}) ${id.replace('<ID>', '<bare>')}(?!\d)`;
  const whole = String.raw`\\\[${inside}${id.replace('<ID>', '<escaped>')}[ \u00a0]?\\\]|\[${inside}${id.replace('<ID>', '<plain>')}[ \u00a0]?\]${bare}`;
  return new RegExp(whole, 'giu');
}

interface Replaced {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** After a name in s, ß, x or z the genitive is an apostrophe: `Hans'`, not `Hanss`. */
const SIBILANT = /[sßxz]$/iu;

/** What stands behind the placeholders of a text; those that nobody gave out stay. */
function* replacements(text: string, key: MaskKey, from = 0): Generator<Replaced> {
  const pattern = placeholderPattern(key);
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const { escaped: a, plain: b, bare: c } = match.groups!;
    const original = key.originals.get((a ?? b ?? c)!);
    if (original === undefined) continue;
    const end = match.index + match[0].length;
    const genitive = SIBILANT.test(original) && /^s(?![\p{L}\p{N}])/u.test(text.slice(end, end + 3));
    yield { start: match.index, end: genitive ? end + 1 : end, text: genitive ? `${original}'` : original };
  }
}

/** The text with what stood behind its placeholders. `unmask(mask(x)) === x`. */
export const unmask = (text: string, key: MaskKey): string => unmaskedFrom(text, key, 0);

/** The rest of a text from `from` on; what stands before it is only looked at. */
function unmaskedFrom(text: string, key: MaskKey, from: number): string {
  let [result, at] = ['', from];
  for (const { start, end, text: original } of replacements(text, key, from)) {
    result += text.slice(at, start) + original;
    at = end;
  }
  return result + text.slice(at);
}

/** Placeholders in a text that this call never gave out: a model made them up. */
export function inventedPlaceholders(text: string, key: MaskKey): string[] {
  return [...text.matchAll(placeholderPattern(key))]
    .filter(({ groups }) => !key.originals.has((groups!['escaped'] ?? groups!['plain'] ?? groups!['bare'])!))
    .map(([whole]) => whole);
}

/** Signs after a placeholder that decide how it is read. */
const LOOK_AHEAD = 3;
/** Longer than any placeholder: so much is held back at most. */
const LONGEST = LONGEST_LABEL + 40;

/** As `unmask` for a text that comes in parts; a placeholder may be split over any of them. */
export class StreamUnmasker {
  readonly #key: MaskKey;
  #held = '';
  /** The last signs given out: whether a word begins depends on them. */
  #before = '';

  constructor(key: MaskKey) {
    this.#key = key;
  }

  /** @returns what is certain by now; the rest is held back, never more than a placeholder's length */
  push(part: string): string {
    this.#held += part;
    return this.#give(this.#certain());
  }

  /** @returns what was held back */
  end(): string {
    return this.#give(this.#held.length);
  }

  #give(cut: number): string {
    const text = this.#before + this.#held.slice(0, cut);
    const result = unmaskedFrom(text, this.#key, this.#before.length);
    this.#before = text.slice(-2);
    this.#held = this.#held.slice(cut);
    return result;
  }

  /** Up to here nothing that comes later changes how the text is read. */
  #certain(): number {
    const [before, held] = [this.#before, this.#held];
    let cut = held.length;
    for (const { start, end } of replacements(before + held, this.#key, before.length)) {
      if (end + LOOK_AHEAD > before.length + held.length) cut = Math.min(cut, start - before.length);
    }
    for (let at = Math.max(0, held.length - LONGEST); at < cut; at++) if (this.#mayBegin(at)) cut = at;
    return cut;
  }

  /** Whether a placeholder may begin here that is not whole yet. */
  #mayBegin(at: number): boolean {
    const rest = this.#held.slice(at);
    if (/^\\?\[[^[\]\n]*\\?$/.test(rest) || rest === '\\') return true;
    if (/[\p{L}\p{N}]$/u.test(this.#before + this.#held.slice(0, at))) return false;
    const [lower, tag] = [rest.toLowerCase(), this.#key.tag.toLowerCase()];
    return this.#key.labels.some((label) => {
      const start = `${label} ${tag}`.toLowerCase();
      return start.startsWith(lower) || (lower.startsWith(start) && /^[ \u00a0]?\d*(?:\.\d*)?$/.test(lower.slice(start.length)));
    });
  }
}
