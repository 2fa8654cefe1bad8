export type MarkupToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open'; readonly name: string; readonly attributes: string; readonly empty: boolean }
  | { readonly kind: 'close'; readonly name: string };

const TAG = /<(\/?)([A-Za-z_][^\s/>"'<]{0,100})((?:[^>"']|"[^"]*"|'[^']*'){0,4000}?)(\/?)>/y;
/** What stands in them is no text. */
const RAW = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math', 'textarea', 'select']);

/**
 * The tags and texts of HTML or XML, one by one, without building a tree: nothing is fetched, no entity is defined,
 * nothing can nest too deep. Comments, instructions and declarations are left out; in HTML also what is no text.
 */
export function* markupOf(source: string, html: boolean): Generator<MarkupToken> {
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    if (open !== at) {
      const text = source.slice(at, open < 0 ? source.length : open);
      yield { kind: 'text', text: unescaped(text) };
      if (open < 0) return;
    }
    const skipped = skipAt(source, open);
    if (skipped !== undefined) {
      if (skipped.text !== undefined) yield { kind: 'text', text: skipped.text };
      at = skipped.end;
      continue;
    }
    TAG.lastIndex = open;
    const tag = TAG.exec(source);
    if (tag === null) {
      yield { kind: 'text', text: '<' };
      at = open + 1;
      continue;
    }
    const name = html ? tag[2]!.toLowerCase() : tag[2]!;
    at = TAG.lastIndex;
    if (tag[1] === '/') yield { kind: 'close', name };
    else if (html && RAW.has(name) && tag[4] !== '/') at = endOfRaw(source, name, at);
    else yield { kind: 'open', name, attributes: tag[3]!, empty: tag[4] === '/' };
  }
}

/** Comments, CDATA, instructions and declarations. */
function skipAt(source: string, at: number): { readonly end: number; readonly text?: string } | undefined {
  const until = (mark: string, from: number): number => {
    const end = source.indexOf(mark, from);
    return end < 0 ? source.length : end + mark.length;
  };
  if (source.startsWith('<!--', at)) return { end: until('-->', at + 4) };
  if (source.startsWith('<![CDATA[', at)) {
    const end = until(']]>', at + 9);
    return { end, text: source.slice(at + 9, Math.max(at + 9, end - 3)) };
  }
  if (source.startsWith('<?', at) || source.startsWith('<!', at)) return { end: until('>', at) };
  return undefined;
}

function endOfRaw(source: string, name: string, from: number): number {
  const end = new RegExp(`</${name}\\s*>`, 'gi');
  end.lastIndex = from;
  return end.exec(source) === null ? source.length : end.lastIndex;
}

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u{A0}', shy: '\u{AD}' },
  ...{ auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è' },
  ...{ sect: '§', euro: '€', ndash: '–', mdash: '—', hellip: '…', bdquo: '„', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', sup2: '²', sup3: '³' },
  ...{ rsquo: '’', lsquo: '‘', sbquo: '‚', bull: '•', middot: '·', deg: '°', times: '×', copy: '©', reg: '®', frac12: '½', para: '¶' },
};

/** A text with its character references read; one that nobody knows stays as it stands. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,10}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number.parseInt(decimal, 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\u{FFFD}';
  });
}

/** An attribute of a tag. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found === null ? undefined : unescaped(found[1] ?? found[2]!);
}
