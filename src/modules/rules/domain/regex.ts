/** Name characters of XML, as `\i` and `\c` mean them in XPath. */
const INITIAL =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NAME = `${INITIAL}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}`;

const BLOCKS: Readonly<Record<string, string>> = {
  IsBasicLatin: '\\u{0}-\\u{7F}',
  'IsLatin-1Supplement': '\\u{80}-\\u{FF}',
  'IsLatinExtended-A': '\\u{100}-\\u{17F}',
  IsGreek: '\\u{370}-\\u{3FF}',
  IsGreekandCoptic: '\\u{370}-\\u{3FF}',
  IsCyrillic: '\\u{400}-\\u{4FF}',
  IsHebrew: '\\u{590}-\\u{5FF}',
  IsArabic: '\\u{600}-\\u{6FF}',
};

/** Flags of XPath's regular expressions; `x` and `q` are worked into the pattern. */
const FLAGS = /^[smixq]*$/;
const cache = new Map<string, RegExp | null>();

/**
 * A regular expression of XPath and XQuery Functions 3.1, 5.6.1, which FEEL uses (10.3.4.3); null where
 * the pattern or a flag is none.
 */
export function xpathRegex(pattern: string, flags: string, global: boolean): RegExp | null {
  const key = `${flags}/${global ? 'g' : ''}/${pattern}`;
  let found = cache.get(key);
  if (found === undefined) {
    found = compile(pattern, flags, global);
    if (cache.size > 500) cache.clear();
    cache.set(key, found);
  }
  return found;
}

function compile(pattern: string, flags: string, global: boolean): RegExp | null {
  if (!FLAGS.test(flags)) return null;
  const source = flags.includes('q') ? pattern.replace(/[\\^$.|?*+(){}[\]]/g, '\\$&') : translate(flags.includes('x') ? withoutSpaces(pattern) : pattern);
  const js = ['s', 'm', 'i'].filter((flag) => flags.includes(flag)).join('') + (global ? 'g' : '');
  if (source === null) return null;
  try {
    return new RegExp(source, `${js}v`);
  } catch {
    return null;
  }
}

/** With `x`, spaces count only inside of brackets. */
const withoutSpaces = (pattern: string): string => pattern.replace(/\\\S|\[(?:\\.|[^\]\\])*\]|\s+/gsu, (part) => (part.trim() === '' ? '' : part));

const SIGNS = /[(){}/|]|--|&&|!!|##|\$\$|%%|\*\*|\+\+|,,|\.\.|::|;;|<<|==|>>|\?\?|@@|\^\^|``|~~/y;

/** Rewrites what XPath writes otherwise: `\i`, `\c`, blocks, subtraction; refuses what it does not know. */
function translate(pattern: string): string | null {
  let out = '';
  /** Where the brackets that are open begin. */
  const open: number[] = [];
  for (let at = 0; at < pattern.length;) {
    const rest = pattern.slice(at);
    const escape = /^\\(?:[pP]\{(Is[\w-]+)\}|([iIcC])|([\s\S]))/u.exec(rest);
    if (escape !== null) {
      const [all, block, name] = escape;
      if (block !== undefined) {
        const range = BLOCKS[block];
        if (range === undefined) return null;
        out += `[${all[1] === 'P' ? '^' : ''}${range}]`;
      } else if (name !== undefined) out += `[${name === name.toUpperCase() ? '^' : ''}${name.toLowerCase() === 'i' ? INITIAL : NAME}]`;
      else if (all === '\\p' || all === '\\P') {
        const property = /^\\[pP]\{[^}]+\}/.exec(rest);
        if (property === null) return null;
        out += property[0];
        at += property[0].length - all.length;
      } else if (/\d/.test(all) && (open.length > 0 || all === '\\0')) return null;
      else out += all;
      at += all.length;
    } else if (rest.startsWith('-[') && open.length > 0) {
      // `[a-z-[aeiou]]` takes away; JavaScript wants both sides in brackets
      out = `${out.slice(0, open.at(-1))}[${out.slice(open.at(-1))}]--`;
      at += 1;
    } else if (rest[0] === '[') {
      open.push(out.length);
      const negated = rest[1] === '^';
      out += negated ? '[^' : '[';
      at += negated ? 2 : 1;
    } else if (rest[0] === ']' && open.length > 0) {
      open.pop();
      out += ']';
      at += 1;
    } else if (open.length > 0) {
      // in JavaScript's `v` mode some signs mean set operations; here they are letters
      SIGNS.lastIndex = at;
      const sign = SIGNS.exec(pattern)?.[0];
      out += sign === undefined ? rest[0] : [...sign].map((letter) => `\\${letter}`).join('');
      at += sign?.length ?? 1;
    } else {
      out += rest[0];
      at += 1;
    }
  }
  return out;
}

/** `$1` and `\$` of XPath's `fn:replace`, as JavaScript writes them. */
export const xpathReplacement = (replacement: string): string =>
  replacement.replace(/\\\$|\\\\|\$0|\$(?!\d)|\$(\d+)/g, (part) => {
    if (part === '\\$') return '$$';
    if (part === '\\\\') return '\\';
    if (part === '$0') return '$&';
    return part === '$' ? '$$' : part;
  });
