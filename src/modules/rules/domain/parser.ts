import { parseNumber } from './number.ts';
import { Lexicon, RESERVED, spell } from './scanner.ts';
import type { Comparison, Iterator, Node, Test, Tests, TypeSyntax } from './syntax.ts';
import { TypeParser } from './type-parser.ts';
import { BUILTIN_NAMES } from './builtin-names.ts';

/** Names of the language itself that hold spaces: functions, properties and types. */
const LANGUAGE = new Lexicon([
  ...BUILTIN_NAMES,
  ...[
    'time offset',
    'start included',
    'end included',
    'date and time',
    'days and time duration',
    'years and months duration',
    'day time duration',
    'year month duration',
  ],
]);

const COMPARISONS: readonly Comparison[] = ['<=', '>=', '!=', '<', '>', '='];
/** Reads expressions and unary tests by recursive descent (OMG DMN 1.5, 10.3.1.2). */
class Parser extends TypeParser {
  whole(): Node {
    const node = this.expression();
    if (!this.done) this.fail('das Ende des Ausdrucks');
    return node;
  }

  /** Several expressions side by side make a list. */
  wholeList(): Node {
    const items = [this.expression()];
    while (this.take(',')) items.push(this.expression());
    if (!this.done) this.fail('das Ende des Ausdrucks');
    return items.length === 1 ? items[0]! : { kind: 'list', items };
  }

  expression(): Node {
    return this.deeper(() => this.#disjunction());
  }

  #disjunction(): Node {
    let left = this.#conjunction();
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.#conjunction() };
    return left;
  }

  #conjunction(): Node {
    let left = this.#comparison();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.#comparison() };
    return left;
  }

  #comparison(): Node {
    let left = this.#sum();
    for (;;) {
      const op = COMPARISONS.find((sign) => this.take(sign));
      if (op !== undefined) left = { kind: 'compare', op, left, right: this.#sum() };
      else if (this.takeWord('between')) {
        const low = this.#sum();
        this.expectWord('and');
        left = { kind: 'between', of: left, low, high: this.#sum() };
      } else if (this.takeWord('in')) left = { kind: 'in', of: left, tests: this.#testsAfterIn() };
      else return left;
    }
  }

  #sum(): Node {
    let left = this.#product();
    for (;;) {
      if (this.take('+')) left = { kind: 'arithmetic', op: '+', left, right: this.#product() };
      else if (this.take('-')) left = { kind: 'arithmetic', op: '-', left, right: this.#product() };
      else return left;
    }
  }

  #product(): Node {
    let left = this.#power();
    for (;;) {
      if (this.looks('**')) return left;
      if (this.take('*')) left = { kind: 'arithmetic', op: '*', left, right: this.#power() };
      else if (this.take('/')) left = { kind: 'arithmetic', op: '/', left, right: this.#power() };
      else return left;
    }
  }

  #power(): Node {
    let left = this.#unary();
    while (this.take('**')) left = { kind: 'arithmetic', op: '**', left, right: this.#unary() };
    return left;
  }

  #unary(): Node {
    if (this.take('-')) return this.deeper(() => this.#instance({ kind: 'negate', of: this.#unary() }));
    return this.#instance(this.#postfix(this.#primary()));
  }

  #instance(of: Node): Node {
    if (!this.takeWord('instance')) return of;
    this.expectWord('of');
    return this.#instance({ kind: 'instance', of, type: this.type() });
  }

  #postfix(start: Node): Node {
    let node = start;
    for (;;) {
      if (this.looks('.') && !this.looks('..')) {
        this.take('.');
        const name = this.takeName() ?? this.#reservedName();
        node = { kind: 'path', of: node, name };
      } else if (this.looks('[') && !this.#closesRange) {
        this.take('[');
        const by = this.#inBrackets(() => this.expression());
        this.expect(']');
        node = { kind: 'filter', of: node, by };
      } else if (this.take('(')) node = this.#inBrackets(() => this.#call(node));
      else return node;
    }
  }

  /** Inside `[a..b[` the last bracket ends a range and opens no filter. */
  #closesRange = false;

  #inBrackets<T>(read: () => T): T {
    const before = this.#closesRange;
    this.#closesRange = false;
    const node = read();
    this.#closesRange = before;
    return node;
  }

  #reservedName(): string {
    const word = this.peekWord();
    if (word === '') this.fail('ein Name');
    this.takeWord(word);
    return word;
  }

  #call(callee: Node): Node {
    if (this.take(')')) return { kind: 'call', callee, args: [] };
    const named = this.#namedArguments();
    if (named !== undefined) return { kind: 'call-named', callee, args: named };
    const args = [this.expression()];
    while (this.take(',')) args.push(this.expression());
    this.expect(')');
    return { kind: 'call', callee, args };
  }

  #namedArguments(): (readonly [string, Node])[] | undefined {
    const before = this.at;
    const args: (readonly [string, Node])[] = [];
    do {
      const name = this.keyUntilColon();
      if (name === undefined) {
        this.at = before;
        return undefined;
      }
      args.push([name, this.expression()]);
    } while (this.take(','));
    this.expect(')');
    return args;
  }

  #primary(): Node {
    const known = this.takeKnownName();
    if (known !== undefined) return { kind: 'name', name: known };
    const number = this.takeNumber();
    if (number !== undefined) return { kind: 'literal', value: parseNumber(number) };
    const text = this.takeText();
    if (text !== undefined) return { kind: 'literal', value: text };
    if (this.take('@')) {
      const literal = this.takeText();
      if (literal === undefined) this.fail('ein Text in Anführungszeichen');
      return { kind: 'call', callee: { kind: 'name', name: '@' }, args: [{ kind: 'literal', value: literal }] };
    }
    if (this.looks('{')) return this.#context();
    if (this.looks('[') || this.looks(']') || this.looks('(')) return this.#bracketed();
    const word = this.peekWord();
    if (RESERVED.has(word)) return this.#worded(word);
    const op = COMPARISONS.find((sign) => this.take(sign));
    if (op !== undefined) return { kind: 'half-open', op, end: this.#sum() };
    const name = this.takeName();
    if (name === undefined) this.fail('ein Wert oder ein Name');
    return { kind: 'name', name };
  }

  /** A name of several parts, before anything else is made of its first. */
  takeKnownName(): string | undefined {
    const word = this.peekWord();
    const before = this.at;
    const name = this.takeName();
    if (name !== undefined && (name !== word || RESERVED.has(word))) return name;
    this.at = before;
    return undefined;
  }

  #worded(word: string): Node {
    this.takeWord(word);
    switch (word) {
      case 'null':
        return { kind: 'literal', value: null };
      case 'true':
      case 'false':
        return { kind: 'literal', value: word === 'true' };
      case 'if':
        return this.#conditional();
      case 'for': {
        const iterators = this.#iterators();
        this.expectWord('return');
        return { kind: 'for', iterators, body: this.#scoped(['partial'], () => this.expression()) };
      }
      case 'some':
      case 'every': {
        const iterators = this.#iterators();
        this.expectWord('satisfies');
        return { kind: word, iterators, satisfies: this.expression() };
      }
      case 'function':
        return this.#function();
      default:
        this.at -= word.length;
        return this.fail('ein Wert oder ein Name');
    }
  }

  #conditional(): Node {
    const condition = this.expression();
    this.expectWord('then');
    const consequence = this.expression();
    this.expectWord('else');
    return { kind: 'if', condition, consequence, otherwise: this.expression() };
  }

  #iterators(): Iterator[] {
    const iterators: Iterator[] = [];
    do {
      const found = /^(.+?)\sin\b/su.exec(this.source.slice(this.at, this.at + 300));
      const name = spell(found?.[1] ?? '');
      if (found === null || name === '') this.fail('«Name in»');
      this.lexicon.add(name);
      this.at += found[0].length;
      this.skip();
      const from = this.expression();
      iterators.push(this.take('..') ? { name, from, to: this.expression() } : { name, from });
    } while (this.take(','));
    return iterators;
  }

  #function(): Node {
    this.expect('(');
    const parameters: { readonly name: string; readonly type?: TypeSyntax }[] = [];
    while (!this.take(')')) {
      const found = /^[^:,()]+/u.exec(this.source.slice(this.at, this.at + 300));
      if (found === null) this.fail('der Name eines Parameters');
      this.at += found[0].length;
      this.skip();
      const name = spell(found[0]);
      parameters.push(this.take(':') ? { name, type: this.type() } : { name });
      if (!this.looks(')')) this.expect(',');
    }
    const external = this.takeWord('external');
    const body = this.#scoped(
      parameters.map((one) => one.name),
      () => this.expression(),
    );
    return { kind: 'function', parameters, body, external };
  }

  #scoped<T>(names: readonly string[], read: () => T): T {
    for (const name of names) this.lexicon.add(name);
    return read();
  }

  #context(): Node {
    this.expect('{');
    const entries: (readonly [string, Node])[] = [];
    while (!this.take('}')) {
      const text = this.takeText();
      if (text !== undefined) this.expect(':');
      const name = text ?? this.keyUntilColon();
      if (name === undefined) this.fail('der Name eines Eintrags');
      if (entries.some(([other]) => other === name)) this.fail(`ein anderer Name als «${name}», den es schon gibt`);
      entries.push([name, this.#inBrackets(() => this.expression())]);
      this.lexicon.add(name);
      if (!this.looks('}')) this.expect(',');
    }
    return { kind: 'context', entries };
  }

  /** A list, a range, or an expression in parentheses. */
  #bracketed(): Node {
    const open = this.source[this.at]!;
    this.take(open);
    if (open === '[' && this.take(']')) return { kind: 'list', items: [] };
    const first = open === ']' ? this.#end() : this.#inBrackets(() => this.expression());
    if (this.take('..')) {
      const high = this.#end();
      const close = [']', ')', '['].find((sign) => this.take(sign));
      if (close === undefined) this.fail('das Ende des Bereichs');
      return { kind: 'interval', low: first, high, lowIncluded: open === '[', highIncluded: close === ']' };
    }
    if (open === ']') this.fail('«..»');
    if (open === '(') {
      this.expect(')');
      return first;
    }
    const items = [first];
    while (this.take(',')) items.push(this.#inBrackets(() => this.expression()));
    this.expect(']');
    return { kind: 'list', items };
  }

  #end(): Node {
    const before = this.#closesRange;
    this.#closesRange = true;
    const node = this.#sum();
    this.#closesRange = before;
    return node;
  }

  #testsAfterIn(): Test[] {
    if (!this.looks('(')) return [this.#test()];
    const before = this.at;
    // `in (1..5)` is a range, `in (1, 2)` several tests
    this.take('(');
    const tests = this.#inBrackets(() => this.#tests());
    if (this.take(')') && !/^\s*[.*/+-]/.test(this.source.slice(this.at))) return tests;
    this.at = before;
    return [this.#test()];
  }

  #tests(): Test[] {
    const tests = [this.#test()];
    while (this.take(',')) tests.push(this.#test());
    return tests;
  }

  #test(): Test {
    const op = COMPARISONS.find((sign) => this.take(sign));
    return op === undefined ? { kind: 'expression', of: this.expression() } : { kind: 'comparison', op, to: this.#sum() };
  }

  unaryTests(): Tests {
    if (this.looks('-') && this.source.slice(this.at + 1).trim() === '') return { negated: false, tests: [], any: true };
    const before = this.at;
    if (this.takeWord('not') && this.take('(')) {
      const tests = this.#inBrackets(() => this.#tests());
      if (this.take(')') && this.done) return { negated: true, tests, any: false };
      this.at = before;
    }
    this.at = before;
    const tests = this.#tests();
    if (!this.done) this.fail('das Ende der Bedingung');
    return { negated: false, tests, any: false };
  }
}

const parserOf = (source: string, names: Iterable<string>): Parser => new Parser(source, new Lexicon(names, LANGUAGE));

/**
 * @param names names in scope; only those with spaces or signs matter
 * @throws FeelSyntaxError
 */
export const parseExpression = (source: string, names: Iterable<string> = []): Node => parserOf(source, names).whole();

/** The text of a literal expression: one expression, or several for a list (grammar rule 3). @throws FeelSyntaxError */
export const parseExpressions = (source: string, names: Iterable<string> = []): Node => parserOf(source, names).wholeList();

/** @throws FeelSyntaxError */
export const parseTests = (source: string, names: Iterable<string> = []): Tests => parserOf(source, names).unaryTests();
