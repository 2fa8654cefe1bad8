/** Words before which a hyphen at the end of a line stays: `Bau- und Wohnungsamt`. */
const JOINING = /^(?:und|oder|bzw\.?|sowie|bis|noch|als|wie|statt|&|\/)(?![\p{L}\p{N}])/u;

/**
 * Two lines of a paragraph as one text: a word divided at the end of the line is whole again; a hyphen that belongs to
 * the word stays.
 */
export function joinedLines(before: string, after: string): string {
  const [line, next] = [before.trimEnd(), after.trimStart()];
  if (line === '' || next === '') return line + next;
  if (line.endsWith('\u{AD}')) return line.slice(0, -1) + next;
  if (/[\p{L}\p{N}][-‐]$/u.test(line)) {
    if (JOINING.test(next)) return `${line} ${next}`;
    if (/^\p{Ll}/u.test(next) && /\p{L}[-‐]$/u.test(line)) return line.slice(0, -1) + next;
    if (/^[\p{L}\p{N}]/u.test(next)) return line + next;
  }
  return `${line} ${next}`;
}

const LISTED = /^\s*(?:[-–—•*·▪●○]|\(?\d{1,3}[.)]|\(?[a-z]\))\s/;

/**
 * The text of a page that was read from a picture, with its lines joined to paragraphs. Lines much shorter than the
 * longest end where they end: addresses, headings, rows.
 */
export function paragraphsOf(text: string): string {
  const lines = text
    .replaceAll('\r', '')
    .split('\n')
    .map((line) => line.trim());
  const longest = Math.max(1, ...lines.map(({ length }) => length));
  const paragraphs: string[] = [];
  let open = '';
  let last = '';
  for (const line of lines) {
    const goesOn = open !== '' && line !== '' && last.length > longest * 0.6 && !LISTED.test(line);
    if (goesOn) open = joinedLines(open, line);
    else {
      if (open !== '') paragraphs.push(open + (line === '' ? '\n' : ''));
      open = line;
    }
    last = line;
  }
  if (open !== '') paragraphs.push(open);
  return paragraphs.join('\n').trimEnd();
}
