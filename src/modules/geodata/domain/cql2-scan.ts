import { FILTER_LIMITS, filterMistake } from './cql2-tree.ts';

export interface FilterToken {
  readonly kind: 'text' | 'number' | 'name' | 'quoted' | 'sign' | 'end';
  readonly text: string;
  /** Where it begins, for people: `Zeichen 12`. */
  readonly at: string;
}

/** In this order. No rule can read one character in two ways, so each takes linear time. */
const RULES: readonly (readonly [FilterToken['kind'], RegExp])[] = [
  ['text', /'((?:[^']|'')*)'/y],
  ['quoted', /"((?:[^"]|"")*)"/y],
  ['number', /((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y],
  ['name', /([\p{L}_:][\p{L}\p{M}\p{N}_:.]*)/uy],
  ['sign', /(<>|<=|>=|[()=<>,+*/%^-])/y],
];
const SPACE = /\s*/y;

/** The tokens of a filter in text; the last is `end`. */
export function scanFilter(source: string): readonly FilterToken[] {
  if (source.length > FILTER_LIMITS.characters) filterMistake('Filter', `Er ist zu lang. Erlaubt sind ${String(FILTER_LIMITS.characters)} Zeichen.`);
  const tokens: FilterToken[] = [];
  let position = afterSpace(source, 0);
  while (position < source.length) {
    const [token, end] = tokenAt(source, position);
    tokens.push(token);
    position = afterSpace(source, end);
  }
  tokens.push({ kind: 'end', text: '', at: `Zeichen ${String(source.length + 1)}` });
  return tokens;
}

function tokenAt(source: string, position: number): readonly [FilterToken, number] {
  const at = `Zeichen ${String(position + 1)}`;
  for (const [kind, rule] of RULES) {
    rule.lastIndex = position;
    const text = rule.exec(source)?.[1];
    if (text === undefined) continue;
    const plain = kind === 'text' ? text.replaceAll("''", "'") : kind === 'quoted' ? text.replaceAll('""', '"') : text;
    return [{ kind, text: plain, at }, rule.lastIndex];
  }
  const sign = String.fromCodePoint(source.codePointAt(position) ?? 0);
  if (sign === "'" || sign === '"') filterMistake(at, 'Der Text hat kein Ende. Schließen Sie das Anführungszeichen.');
  return filterMistake(at, `Das Zeichen „${sign}“ hat hier keine Bedeutung.`);
}

function afterSpace(source: string, position: number): number {
  SPACE.lastIndex = position;
  SPACE.exec(source);
  return SPACE.lastIndex;
}

/** Walks over the tokens and knows how deep it is. Keywords are read in any case. */
export class FilterCursor {
  readonly #tokens: readonly FilterToken[];
  #next = 0;
  #depth = 0;
  #nodes = 0;

  constructor(source: string) {
    this.#tokens = scanFilter(source);
  }

  peek(ahead = 0): FilterToken {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]!;
  }

  take(): FilterToken {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  sees(word: string, ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    return (kind === 'sign' || kind === 'name') && text.toLowerCase() === word;
  }

  accept(word: string): boolean {
    if (!this.sees(word)) return false;
    this.take();
    return true;
  }

  expect(word: string): void {
    if (!this.accept(word)) this.unexpected(`„${word.toUpperCase()}“`);
  }

  unexpected(wanted: string): never {
    const { kind, text, at } = this.peek();
    return filterMistake(at, `Erwartet wird ${wanted}, hier steht ${kind === 'end' ? 'nichts mehr' : `„${text.slice(0, 40)}“`}.`);
  }

  within<T>(parse: () => T): T {
    const { at } = this.peek();
    this.#nodes += 1;
    if (this.#nodes > FILTER_LIMITS.nodes) filterMistake(at, `Der Filter hat zu viele Teile. Erlaubt sind ${String(FILTER_LIMITS.nodes)}.`);
    if (this.#depth >= FILTER_LIMITS.depth) filterMistake(at, `Der Filter ist zu tief verschachtelt. Erlaubt sind ${String(FILTER_LIMITS.depth)} Ebenen.`);
    this.#depth += 1;
    const parsed = parse();
    this.#depth -= 1;
    return parsed;
  }
}
