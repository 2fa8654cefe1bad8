import { Scanner, spell } from './scanner.ts';
import { FeelSyntaxError, type TypeSyntax } from './syntax.ts';

/** Deeper nesting is no rule that a person wrote; it would exhaust the stack. */
const DEEPEST = 200;

/** Reads types as `instance of` and parameters name them (OMG DMN 1.5, grammar rules 57 to 61). */
export class TypeParser extends Scanner {
  #depth = 0;

  deeper<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw new FeelSyntaxError(`der Ausdruck ist tiefer als ${DEEPEST} Ebenen verschachtelt`, this.at);
    const node = read();
    this.#depth--;
    return node;
  }

  /** `name :` with the colon taken; a name before a colon may hold spaces without being known. */
  keyUntilColon(): string | undefined {
    const found = /^[^:,(){}[\]"]+:/u.exec(this.source.slice(this.at, this.at + 300));
    if (found === null) return undefined;
    const name = spell(found[0].slice(0, -1));
    if (name === '' || /^[\d=<>]/.test(name)) return undefined;
    this.at += found[0].length;
    this.skip();
    return name;
  }

  type(): TypeSyntax {
    return this.deeper(() => this.#type());
  }

  #type(): TypeSyntax {
    const word = this.peekWord();
    if (word === 'function') {
      this.takeWord(word);
      const parameters: TypeSyntax[] = [];
      this.expect('<');
      while (!this.take('>')) {
        parameters.push(this.type());
        if (!this.looks('>')) this.expect(',');
      }
      this.expect('->');
      return { kind: 'function', parameters, result: this.type() };
    }
    const name = this.takeName();
    if (name === undefined && word === 'null') {
      this.takeWord(word);
      return { kind: 'named', name: 'Null' };
    }
    if (name === undefined) this.fail('der Name eines Typs');
    if ((name === 'list' || name === 'range') && this.take('<')) {
      const of = this.type();
      this.expect('>');
      return { kind: name, of };
    }
    if (name === 'context' && this.take('<')) return this.#contextType();
    let full = name;
    while (this.looks('.') && !this.looks('..') && this.take('.')) full += `.${this.takeName() ?? this.fail('der Name eines Typs')}`;
    return { kind: 'named', name: full };
  }

  #contextType(): TypeSyntax {
    const entries: (readonly [string, TypeSyntax])[] = [];
    while (!this.take('>')) {
      const name = this.keyUntilColon();
      if (name === undefined) this.fail('der Name eines Eintrags');
      entries.push([name, this.type()]);
      if (!this.looks('>')) this.expect(',');
    }
    return { kind: 'context', entries };
  }
}
