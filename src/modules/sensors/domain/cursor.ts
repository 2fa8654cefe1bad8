import { mistake } from './mistake.ts';
import { LIMITS, scan, type Token } from './scan.ts';

/** Walks over the tokens of one query and knows how deep it is. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(source: string) {
    this.#tokens = scan(source);
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#next + ahead, this.#tokens.length - 1)]!;
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  sees(sign: string, ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    return kind === 'sign' && text === sign;
  }

  accept(sign: string): boolean {
    if (!this.sees(sign)) return false;
    this.take();
    return true;
  }

  expect(sign: string): void {
    if (!this.accept(sign)) this.unexpected(`„${sign}“`);
  }

  name(what: string): Token {
    return this.peek().kind === 'name' ? this.take() : this.unexpected(what);
  }

  end(): void {
    if (this.peek().kind !== 'end') this.unexpected('das Ende der Abfrage');
  }

  unexpected(wanted: string): never {
    const { kind, text, at } = this.peek();
    return mistake(at, `Erwartet wird ${wanted}, hier steht ${kind === 'end' ? 'nichts mehr' : `„${text.slice(0, 40)}“`}.`);
  }

  /** One level further in: deep nesting is refused before it can exhaust anybody's stack. */
  within<T>(parse: () => T): T {
    if (this.#depth >= LIMITS.depth) mistake(this.peek().at, `Die Abfrage ist zu tief verschachtelt. Erlaubt sind ${String(LIMITS.depth)} Ebenen.`);
    this.#depth += 1;
    const parsed = parse();
    this.#depth -= 1;
    return parsed;
  }
}
