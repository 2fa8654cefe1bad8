/** What a program could take for an instruction to load or run something, and what hides text from the reader. */
// oxlint-disable-next-line no-control-regex -- taking control characters out is the point
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;
/** Addresses that readers' programs make into links by themselves. */
const SCHEMES = ['https://', 'http://', 'ftps://', 'ftp://'] as const;
const SCHEME = /(?:https?|ftps?):\/\//gi;
/** From its first sign: a run of them is read once. */
const IMAGE = /(?<!!)!+\[/g;
const LONGEST_HELD = 'https://'.length;

/**
 * Text of a model as it may be shown: no tag, no link, no image, nothing that a page or a word processor would load
 * by itself. What looked like one stays readable as plain text.
 */
export function cleanOutput(text: string): string {
  const cleaner = new OutputCleaner();
  return cleaner.push(text) + cleaner.end();
}

/** The same for text that arrives in pieces: however it is cut, the whole is the same. */
export class OutputCleaner {
  #held = '';

  /** @returns what can be shown now; an end that may become something else waits for the next piece */
  push(piece: string): string {
    const text = plain(this.#held + piece);
    const cut = text.length - heldAt(text);
    this.#held = text.slice(cut);
    return neutral(text.slice(0, cut));
  }

  end(): string {
    const rest = neutral(this.#held);
    this.#held = '';
    return rest;
  }
}

/** Taking one part out may join its neighbours to another: again until nothing is left. */
function plain(text: string): string {
  let [before, after] = ['', text];
  while (before !== after) {
    before = after;
    after = before.replaceAll(UNSEEN, '').replaceAll(SCHEME, '').replaceAll(IMAGE, '[');
  }
  return after;
}

/** Signs that begin a tag, and the joints of links in Markdown. */
function neutral(text: string): string {
  return text
    .replaceAll(/<(?=[a-z/!?])/gi, '‹')
    .replaceAll('](', '] (')
    .replaceAll('][', '] [')
    .replaceAll(']:', '] :');
}

/** How many signs at the end may still become something else, with the signs before them that wait for their neighbour. */
function heldAt(text: string): number {
  const end = text.slice(-LONGEST_HELD).toLowerCase();
  let length = Math.min(LONGEST_HELD, end.length);
  while (length > 0 && !SCHEMES.some((scheme) => scheme.startsWith(end.slice(-length)))) length -= 1;
  // half of a sign outside the basic plane
  if (length === 0 && /[\ud800-\udbff]$/.test(text)) length = 1;
  let from = text.length - length;
  while (from > 0 && '<!]'.includes(text[from - 1]!)) from -= 1;
  return text.length - from;
}

/** The same for every text inside a value that a model wrote. */
export function cleanValue(value: unknown, clean: (text: string) => string = cleanOutput): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((one) => cleanValue(one, clean));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (key === '__proto__' ? [] : [[key, cleanValue(one, clean)]])));
}
