/** NUL and halves of surrogate pairs, as `JSON.stringify` writes them: no database keeps them as text. */
const NO_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;
/** No data of a city are deeper; a database would run out of stack long before JavaScript does. */
const DEEPEST = 200;

/** A text from an address or a form as a database can keep it: NUL becomes the sign for what could not be read. */
export const storableText = (text: string): string => text.replaceAll('\0', '\u{FFFD}');

/** Whether a database can keep this JSON. @param json as `JSON.stringify` writes it */
export function isStorableJson(json: string): boolean {
  return !NO_TEXT.test(json) && isShallow(json);
}

/** Whether it is nested at most 200 levels: `JSON.stringify` itself runs out of stack far beyond. */
export function isShallow(json: string): boolean {
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
      if (depth > DEEPEST) return false;
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return true;
}
