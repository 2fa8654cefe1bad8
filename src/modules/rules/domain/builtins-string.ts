import { builtin, library } from './builtin.ts';
import { toNumber, type Num } from './number.ts';
import { xpathRegex, xpathReplacement } from './regex.ts';
import type { Value } from './value.ts';

/** From a position (from the end, when negative) and for a length, in characters rather than UTF-16 units. */
function substring(text: string, start: Num, length?: Num): Value {
  const letters = [...text];
  const from = Math.trunc(toNumber(start));
  if (from === 0 || Math.abs(from) > letters.length) return null;
  const first = from > 0 ? from - 1 : letters.length + from;
  if (length === undefined) return letters.slice(first).join('');
  const many = Math.trunc(toNumber(length));
  return many < 1 ? null : letters.slice(first, first + many).join('');
}

function matches(input: string, pattern: string, flags: string | null = ''): Value {
  return xpathRegex(pattern, flags ?? '', false)?.test(input) ?? null;
}

function replace(input: string, pattern: string, replacement: string, flags: string | null = ''): Value {
  const regex = xpathRegex(pattern, flags ?? '', true);
  if (regex === null) return null;
  return flags?.includes('q') === true ? input.replace(regex, () => replacement) : input.replace(regex, xpathReplacement(replacement));
}

function split(text: string, delimiter: string): Value {
  const regex = xpathRegex(delimiter, '', true);
  if (regex === null) return null;
  const parts: string[] = [];
  let from = 0;
  for (const found of text.matchAll(regex)) {
    if (found[0] === '') continue;
    parts.push(text.slice(from, found.index));
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}

/** Null is left out (OMG DMN 1.4, table 66). */
function join(list: readonly Value[], delimiter: string | null = null): Value {
  const parts = list.filter((one) => one !== null);
  return parts.every((one) => typeof one === 'string') ? parts.join(delimiter ?? '') : null;
}

/** Texts (OMG DMN 1.5, 10.3.4.3). */
export const STRING_FUNCTIONS = library(
  builtin('substring', ['string: string, start position: number, length?: number', substring]),
  builtin('string length', ['string: string', (text: string) => [...text].length]),
  builtin('upper case', ['string: string', (text: string) => text.toUpperCase()]),
  builtin('lower case', ['string: string', (text: string) => text.toLowerCase()]),
  builtin('substring before', [
    'string: string, match: string',
    (text: string, match: string) => {
      const at = text.indexOf(match);
      return at < 0 ? '' : text.slice(0, at);
    },
  ]),
  builtin('substring after', [
    'string: string, match: string',
    (text: string, match: string) => {
      const at = text.indexOf(match);
      return at < 0 ? '' : text.slice(at + match.length);
    },
  ]),
  builtin('contains', ['string: string, match: string', (text: string, match: string) => text.includes(match)]),
  builtin('starts with', ['string: string, match: string', (text: string, match: string) => text.startsWith(match)]),
  builtin('ends with', ['string: string, match: string', (text: string, match: string) => text.endsWith(match)]),
  builtin('matches', ['input: string, pattern: string, flags?: string|null', matches]),
  builtin('replace', ['input: string, pattern: string, replacement: string, flags?: string|null', replace]),
  builtin('split', ['string: string, delimiter: string', split]),
  builtin('string join', ['list: list, delimiter?: string|null', join]),
);
