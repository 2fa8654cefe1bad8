/** NUL and halves of surrogate pairs, as `JSON.stringify` writes them: no database keeps them as text. */
const NO_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;
/** No data of a city are deeper; a database would run out of stack long before JavaScript does. */
const DEEPEST = 200;

/** A text from an address or a form as a database can keep it: NUL becomes the sign for what could not be read. */
export const storableText = (text: string): string => text.replaceAll('\0', '\u{FFFD}');

/** As `storableText` with every text of a value, halves of surrogate pairs too. The value is at most so deep as `isShallow` allows. */
export function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value.toWellFormed());
  if (Array.isArray(value)) return value.map(storableValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [storableText(name.toWellFormed()), storableValue(one)]));
}

/** Whether a database can keep this value as JSON; some are nested deeper than JavaScript can write. */
export function isStorable(value: unknown): boolean {
  try {
    const json = JSON.stringify(value);
    return !NO_TEXT.test(json) && isShallow(json);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether it is nested at most so many levels, told without building anything: `JSON.stringify` itself runs out of stack far beyond. */
export function isShallow(json: string, most = DEEPEST): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (quoted) {
      if (code === 92) at += 1;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > most) return false;
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return true;
}

/** Of something that came from outside and is only looked at, so much is kept. */
const LONGEST_LOOK = 2000;
// oxlint-disable-next-line no-control-regex -- these are what is made visible
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** A bounded look at a text from outside, as a database keeps it and a page shows it: control characters become visible signs. */
export const lookAt = (raw: string): string => raw.slice(0, LONGEST_LOOK).toWellFormed().replaceAll(CONTROL, '\u{FFFD}');
