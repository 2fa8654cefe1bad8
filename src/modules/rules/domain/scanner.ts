import { FeelSyntaxError } from './syntax.ts';

const NAME_START = /[?\p{L}\p{Nl}_\u{1F000}-\u{1FAFF}\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]/u;
const NAME_PART = /[?\p{L}\p{Nl}\p{N}\p{M}_\u00B7\u203F-\u2040\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]/u;
const SPACE = /[\s\u0085\u180e\u200b\ufeff]/u;
const SIMPLE = /^[?\p{L}_][?\p{L}\p{N}_]*$/u;

export const RESERVED = new Set([
  'and',
  'or',
  'if',
  'then',
  'else',
  'for',
  'return',
  'some',
  'every',
  'in',
  'satisfies',
  'between',
  'instance',
  'of',
  'function',
  'external',
  'null',
  'true',
  'false',
]);

/** Whether a name needs to be known before it can be read (`monthly rate`, `a-b`). */
export const isSimpleName = (name: string): boolean => SIMPLE.test(name) && !RESERVED.has(name);

/** One spelling of a name: single spaces, none around signs. */
export const spell = (name: string): string =>
  name
    .trim()
    .replace(/[\s\u0085\u180e\u200b\ufeff]+/gu, ' ')
    .replace(/ ?([./\-'+*’]) ?/gu, '$1');

/** Parts of a name: words and signs. */
const partsOf = (name: string): readonly string[] => name.match(/[./\-'+*’]|[^\s./\-'+*’]+/gu) ?? [];

interface KnownName {
  readonly name: string;
  readonly parts: readonly string[];
}

/** Names that hold spaces or signs, by their first part; the longest first. */
export class Lexicon {
  readonly #byFirst = new Map<string, readonly KnownName[]>();
  readonly #below: Lexicon | undefined;

  /** @param below names that hold as well: those of the language, which every expression knows */
  constructor(names: Iterable<string> = [], below?: Lexicon) {
    this.#below = below;
    for (const name of names) this.add(name);
  }

  add(name: string): void {
    if (isSimpleName(name)) return;
    const parts = partsOf(name);
    if (parts.length === 0) return;
    const known = this.startingWith(parts[0]!);
    if (known.some((one) => one.name === spell(name))) return;
    this.#byFirst.set(
      parts[0]!,
      [...known, { name: spell(name), parts }].toSorted((a, b) => b.parts.length - a.parts.length),
    );
  }

  startingWith(word: string): readonly KnownName[] {
    return this.#byFirst.get(word) ?? this.#below?.startingWith(word) ?? [];
  }
}

/** Reads characters, spaces, comments, numbers, texts and names. */
export class Scanner {
  readonly source: string;
  readonly lexicon: Lexicon;
  at = 0;

  constructor(source: string, lexicon: Lexicon) {
    this.source = source;
    this.lexicon = lexicon;
    this.skip();
  }

  fail(expected: string): never {
    const rest = this.source.slice(this.at, this.at + 20);
    throw new FeelSyntaxError(`an Stelle ${this.at + 1} ${rest === '' ? 'endet der Ausdruck' : `steht «${rest}»`}, erwartet wird ${expected}`, this.at);
  }

  /** Passes over spaces and comments. */
  skip(): void {
    for (;;) {
      while (this.at < this.source.length && SPACE.test(this.source[this.at]!)) this.at++;
      if (this.source.startsWith('//', this.at)) {
        const end = this.source.indexOf('\n', this.at);
        this.at = end < 0 ? this.source.length : end;
      } else if (this.source.startsWith('/*', this.at)) {
        const end = this.source.indexOf('*/', this.at + 2);
        if (end < 0) this.fail('das Ende des Kommentars');
        this.at = end + 2;
      } else return;
    }
  }

  get done(): boolean {
    return this.at >= this.source.length;
  }

  looks(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  /** Takes the sign if it is next. */
  take(sign: string): boolean {
    if (!this.looks(sign)) return false;
    this.at += sign.length;
    this.skip();
    return true;
  }

  expect(sign: string): void {
    if (!this.take(sign)) this.fail(`«${sign}»`);
  }

  #wordEnds(at: number): boolean {
    const point = this.source.codePointAt(at);
    return point === undefined || !NAME_PART.test(String.fromCodePoint(point));
  }

  looksWord(word: string): boolean {
    return this.looks(word) && this.#wordEnds(this.at + word.length);
  }

  takeWord(word: string): boolean {
    if (!this.looksWord(word)) return false;
    this.at += word.length;
    this.skip();
    return true;
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) this.fail(`«${word}»`);
  }

  /** The next word, without taking it. */
  peekWord(): string {
    let end = this.at;
    while (end < this.source.length) {
      const letter = String.fromCodePoint(this.source.codePointAt(end)!);
      if (!(end === this.at ? NAME_START : NAME_PART).test(letter)) break;
      end += letter.length;
    }
    return this.source.slice(this.at, end);
  }

  /** End of a known name of several parts that stands here; `undefined` when none does. */
  #known(word: string): { readonly name: string; readonly end: number } | undefined {
    for (const { name, parts } of this.lexicon.startingWith(word)) {
      const before = this.at;
      let fits = true;
      let end = this.at;
      for (const [index, part] of parts.entries()) {
        if (index > 0) this.skip();
        if (!this.looks(part) || (/[^./\-'+*’]$/u.test(part) && !this.#wordEnds(this.at + part.length))) {
          fits = false;
          break;
        }
        this.at += part.length;
        end = this.at;
      }
      this.at = before;
      if (fits) return { name, end };
    }
    return undefined;
  }

  /** The longest known name that stands here, else one word; `undefined` when there is none. */
  takeName(): string | undefined {
    const word = this.peekWord();
    const known = this.#known(word === '' ? (/^\d+/.exec(this.source.slice(this.at))?.[0] ?? '') : word);
    if (known !== undefined) {
      this.at = known.end;
      this.skip();
      return known.name;
    }
    if (word === '' || RESERVED.has(word)) return undefined;
    this.at += word.length;
    this.skip();
    return word;
  }

  takeNumber(): string | undefined {
    const found = /^(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?/.exec(this.source.slice(this.at, this.at + 400));
    if (found === null) return undefined;
    this.at += found[0].length;
    this.skip();
    return found[0];
  }

  /** A text in quotes, its escapes resolved. */
  takeText(): string | undefined {
    if (!this.looks('"')) return undefined;
    let end = this.at + 1;
    while (end < this.source.length && this.source[end] !== '"') end += this.source[end] === '\\' ? 2 : 1;
    if (end >= this.source.length) this.fail('das schließende Anführungszeichen');
    const raw = this.source.slice(this.at + 1, end);
    this.at = end + 1;
    this.skip();
    return unescape(raw);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' };

function unescape(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))/gsu,
    (all, braces?: string, four?: string, six?: string, one?: string) => {
      const code = braces ?? four ?? six;
      if (code !== undefined) return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : all;
      return ESCAPES[one!] ?? all;
    },
  );
}
