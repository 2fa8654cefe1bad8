import { compile, filter } from './compile.ts';
import { typedLambda } from './compile-call.ts';
import { boxedFor, boxedQuantified } from './compile-iteration.ts';
import { compileTable } from './compile-table.ts';
import { compileTests } from './compile-tests.ts';
import type { Code, Environment } from './environment.ts';
import type { Boxed, Variable } from './model.ts';
import { parseExpressions, parseTests } from './parser.ts';
import { literalValue } from './range-literal.ts';
import { FeelSyntaxError, type Test } from './syntax.ts';
import { ANY, coerce, type Type } from './types.ts';
import { contextOf, isList, Lambda, type Value } from './value.ts';

/** What a text that is no FEEL evaluates to; the lint says so, a decision is null. */
const NOTHING: Code = () => null;

/** Makes the boxed expressions of one element ready. */
export class BoxedCompiler {
  /** Names with spaces or signs that its texts may use. */
  readonly names: readonly string[];
  readonly typeNamed: (name: string) => Type | undefined;
  readonly owner: string;

  constructor(owner: string, names: readonly string[], typeNamed: (name: string) => Type | undefined) {
    this.owner = owner;
    this.names = names;
    this.typeNamed = typeNamed;
  }

  type(ref: string | undefined): Type {
    return ref === undefined || ref === '' ? ANY : (this.typeNamed(ref) ?? ANY);
  }

  /** An expression; null for ever where it cannot be read. */
  text(source: string): Code {
    return attempt(() => compile(parseExpressions(source, this.names), this), NOTHING);
  }

  /** The tests of a cell; none passes where they cannot be read. */
  tests(source: string): (value: Value, scope: Environment) => boolean {
    return attempt(
      () => compileTests(parseTests(source, this.names), (node) => compile(node, this)),
      () => false,
    );
  }

  /** Literals in a list of tests: the values of an output in their order. */
  literals(source: string): readonly Value[] {
    const valueOf = (test: Test): readonly Value[] => {
      const value = test.kind === 'expression' ? literalValue(test.of) : undefined;
      return value === undefined ? [] : [value];
    };
    return attempt(() => parseTests(source, this.names).tests.flatMap(valueOf), []);
  }

  boxed(boxed: Boxed): Code {
    const code = this.#bare(boxed);
    const type = boxed.kind === 'empty' || boxed.kind === 'function' ? ANY : this.type(boxed.typeRef);
    return type.kind === 'any' ? code : (scope) => coerce(code(scope), type);
  }

  #bare(boxed: Boxed): Code {
    switch (boxed.kind) {
      case 'empty':
        return NOTHING;
      case 'literal':
        return this.text(boxed.text);
      case 'table':
        return compileTable(boxed, this, this.owner);
      case 'context':
        return this.#context(boxed);
      case 'list': {
        const items = boxed.items.map((item) => this.boxed(item));
        return (scope) => items.map((item) => item(scope));
      }
      case 'relation':
        return this.#relation(boxed);
      case 'invocation':
        return this.#invocation(boxed);
      case 'function':
        return this.function(boxed, boxed.typeRef);
      case 'conditional': {
        const [condition, then, otherwise] = [this.boxed(boxed.condition), this.boxed(boxed.consequence), this.boxed(boxed.otherwise)];
        return (scope) => (condition(scope) === true ? then(scope) : otherwise(scope));
      }
      case 'filter': {
        const [of, by] = [this.boxed(boxed.of), this.boxed(boxed.by)];
        return (scope) => {
          const value = of(scope);
          return value === null ? null : filter(isList(value) ? value : [value], by, scope);
        };
      }
      case 'for':
        return boxedFor(boxed.variable, this.boxed(boxed.over), this.boxed(boxed.body));
      case 'some':
      case 'every':
        return boxedQuantified(boxed.kind, boxed.variable, this.boxed(boxed.over), this.boxed(boxed.body));
    }
  }

  /** Each entry sees those before it; an entry without a name is the value of the whole. */
  #context(boxed: Extract<Boxed, { kind: 'context' }>): Code {
    const entries = boxed.entries.map(({ variable, value }) => ({ name: variable?.name, type: this.type(variable?.typeRef), code: this.boxed(value) }));
    return (scope) => {
      const found = new Map<string, Value>();
      let inside = scope;
      for (const { name, type, code } of entries) {
        const value = coerce(code(inside), type);
        if (name === undefined) return value;
        found.set(name, value);
        inside = inside.with(name, value);
      }
      return contextOf(found);
    };
  }

  #relation(boxed: Extract<Boxed, { kind: 'relation' }>): Code {
    const columns = boxed.columns.map(({ name, typeRef }) => ({ name, type: this.type(typeRef) }));
    const rows = boxed.rows.map((row) => row.map((cell) => this.boxed(cell)));
    return (scope) =>
      rows.map((row) => contextOf(columns.map(({ name, type }, index) => [name, row[index] === undefined ? null : coerce(row[index](scope), type)])));
  }

  #invocation(boxed: Extract<Boxed, { kind: 'invocation' }>): Code {
    const called = this.boxed(boxed.called);
    const bindings = boxed.bindings.map(({ name, value }) => [name, this.boxed(value)] as const);
    return (scope) => {
      const lambda = called(scope);
      return lambda instanceof Lambda ? lambda.callNamed(new Map(bindings.map(([name, code]) => [name, code(scope)]))) : null;
    };
  }

  /** A function that keeps the names it was defined among. Java and PMML are not run: they answer null. */
  function({ parameters, body, external }: Extract<Boxed, { kind: 'function' }>, resultRef: string | undefined, name = ''): Code {
    const typed = parameters.map((one: Variable) => ({ name: one.name, type: this.type(one.typeRef) }));
    const result = this.type(resultRef);
    const code = external ? NOTHING : this.boxed(body);
    return (scope) => typedLambda(name, typed, result.kind === 'function' ? result.result : result, (args) => code(scope.withAll(contextOf(args))));
  }
}

function attempt<T>(make: () => T, otherwise: T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof FeelSyntaxError) return otherwise;
    throw error;
  }
}
