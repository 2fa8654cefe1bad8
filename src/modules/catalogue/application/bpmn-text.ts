/**
 * Width of a text in Fira Sans, in pixels, reckoned on the safe side: a server has no fonts to measure with.
 * Advance widths in em by class of sign, rounded up.
 */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const sign of text) em += widthOf(sign);
  return em * fontSize;
}

function widthOf(sign: string): number {
  if (/[iljI.,:;'!|’ ]/.test(sign)) return 0.29;
  if (/[frt()[\]/\u00ad-]/.test(sign)) return 0.38;
  if (/[mwMW@%—]/.test(sign)) return 0.88;
  if (/\p{Lu}/u.test(sign)) return 0.66;
  // East Asian signs and pictures are as wide as they are high
  return (sign.codePointAt(0) ?? 0) > 0x2e80 ? 1.05 : 0.57;
}

/** Lines of a text that fit the width; a word that is too long is divided with a hyphen. More than `most` lines end in an ellipsis. */
export function wrapText(text: string, width: number, fontSize: number, most = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .trim()
    .split(/\s+/)
    .flatMap((one) => divided(one, width, fontSize))) {
    const joined = line === '' || line.endsWith('\u00ad') ? line.replace('\u00ad', '') + word : `${line} ${word}`;
    if (line !== '' && textWidth(joined.replace('\u00ad', '-'), fontSize) > width) {
      lines.push(line);
      line = word;
    } else line = joined;
  }
  if (line !== '') lines.push(line);
  const shown = lines.map((one) => one.replace(/\u00ad$/, '-'));
  if (shown.length <= most) return shown;
  return [...shown.slice(0, most - 1), shortened(shown[most - 1]!, width, fontSize)];
}

function shortened(line: string, width: number, fontSize: number): string {
  let cut = line;
  while (cut !== '' && textWidth(`${cut}…`, fontSize) > width) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}

/** Parts of a word that each fit; all but the last end in a soft hyphen, or in the hyphen that was there. */
function divided(word: string, width: number, fontSize: number): string[] {
  if (textWidth(word, fontSize) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const sign of word) {
    if (part !== '' && textWidth(`${part}${sign}-`, fontSize) > width) {
      const at = goodBreak(part);
      const head = part.slice(0, at);
      parts.push(/[-/]$/.test(head) ? head : `${head}\u00ad`);
      part = part.slice(at);
    }
    part += sign;
  }
  return [...parts, part];
}

/** After a hyphen that is there; else before a consonant that a vowel follows, as German syllables go; else anywhere. */
function goodBreak(part: string): number {
  const hyphen = Math.max(part.lastIndexOf('-'), part.lastIndexOf('/'));
  if (hyphen > 1) return hyphen + 1;
  for (let at = part.length - 1; at > Math.max(3, part.length - 7); at--) {
    if (/[aeiouäöüy][bcdfghjklmnpqrstvwxzß][aeiouäöüy]/i.test(part.slice(at - 1, at + 2))) return at;
  }
  return part.length;
}
