import { BUILTINS } from './builtins.ts';
import { compileCall, compileFunction, compileNamedCall } from './compile-call.ts';
import { compileFor, compileQuantified } from './compile-iteration.ts';
import { compileIn } from './compile-tests.ts';
import type { Code, Environment } from './environment.ts';
import { isNumber, negate, toNumber, type Num } from './number.ts';
import { ARITHMETIC, both, COMPARE, either, property } from './operators.ts';
import { halfOpen, literalValue, makeRange } from './range-literal.ts';
import type { Node } from './syntax.ts';
import { negateTemporal } from './temporal-arithmetic.ts';
import { isOf, typeFrom, type Type } from './types.ts';
import { contextOf, isContext, isList, type Value } from './value.ts';

/** What an expression may refer to beside the names in scope. */
export interface CompileOptions {
  /** A type of the model by its name. */
  readonly typeNamed?: (name: string) => Type | undefined;
}

/** Makes an expression ready once; its code then runs without looking at the tree again. */
export function compile(node: Node, options: CompileOptions = {}): Code {
  const inner = (one: Node): Code => compile(one, options);
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'name':
      return compileName(node.name);
    case 'list':
      return compileList(node.items.map(inner));
    case 'context':
      return compileContext(node.entries.map(([name, value]) => [name, inner(value)]));
    case 'function':
      return compileFunction(node, inner, options);
    case 'negate':
      return compileNegation(inner(node.of));
    case 'arithmetic': {
      const [left, right, run] = [inner(node.left), inner(node.right), ARITHMETIC[node.op]];
      return (scope) => run(left(scope), right(scope));
    }
    case 'compare': {
      const [left, right, run] = [inner(node.left), inner(node.right), COMPARE[node.op]];
      return (scope) => run(left(scope), right(scope));
    }
    case 'between': {
      const [of, low, high] = [inner(node.of), inner(node.low), inner(node.high)];
      return (scope) => {
        const value = of(scope);
        return both(COMPARE['>='](value, low(scope)), COMPARE['<='](value, high(scope)));
      };
    }
    case 'in':
      return compileIn(inner(node.of), node.tests, inner);
    case 'and': {
      const [left, right] = [inner(node.left), inner(node.right)];
      return (scope) => {
        const first = left(scope);
        return first === false ? false : both(first, right(scope));
      };
    }
    case 'or': {
      const [left, right] = [inner(node.left), inner(node.right)];
      return (scope) => {
        const first = left(scope);
        return first === true ? true : either(first, right(scope));
      };
    }
    default:
      return compileMore(node, inner, options);
  }
}

type Simple = 'literal' | 'name' | 'list' | 'context' | 'function' | 'negate' | 'arithmetic' | 'compare' | 'between' | 'in' | 'and' | 'or';

function compileMore(node: Exclude<Node, { readonly kind: Simple }>, inner: (one: Node) => Code, options: CompileOptions): Code {
  switch (node.kind) {
    case 'instance': {
      const type = typeFrom(node.type, (name) => options.typeNamed?.(name));
      const of = inner(node.of);
      if (type === undefined) return () => null;
      return (scope) => {
        const value = of(scope);
        return value === null ? type.kind === 'null' : isOf(value, type, true);
      };
    }
    case 'path':
      return compilePath(inner(node.of), node.name);
    case 'filter':
      return compileFilter(inner(node.of), inner(node.by), literalValue(node.by));
    case 'call':
      return compileCall(node, inner);
    case 'call-named':
      return compileNamedCall(node, inner);
    case 'if': {
      const [condition, then, otherwise] = [inner(node.condition), inner(node.consequence), inner(node.otherwise)];
      return (scope) => (condition(scope) === true ? then(scope) : otherwise(scope));
    }
    case 'for':
      return compileFor(node, inner);
    case 'some':
    case 'every':
      return compileQuantified(node, inner);
    case 'interval': {
      const [low, high] = [inner(node.low), inner(node.high)];
      return (scope) => makeRange(low(scope), high(scope), node.lowIncluded, node.highIncluded);
    }
    case 'half-open': {
      const end = inner(node.end);
      return (scope) => halfOpen(node.op, end(scope));
    }
  }
}

/** A name in scope, else a function of the library. */
function compileName(name: string): Code {
  const known = BUILTINS.get(name) ?? null;
  return (scope) => scope.find(name) ?? known;
}

function compileList(items: readonly Code[]): Code {
  return (scope) => items.map((item) => item(scope));
}

/** Each entry sees those before it. */
function compileContext(entries: readonly (readonly [string, Code])[]): Code {
  return (scope) => {
    const found = new Map<string, Value>();
    let inside = scope;
    for (const [name, code] of entries) {
      const value = code(inside);
      found.set(name, value);
      inside = inside.with(name, value);
    }
    return contextOf(found);
  };
}

function compileNegation(of: Code): Code {
  return (scope) => {
    const value = of(scope);
    return isNumber(value) ? negate(value) : negateTemporal(value);
  };
}

function compilePath(of: Code, name: string): Code {
  return (scope) => property(of(scope), name);
}

/** The element at a position from 1, from the end when negative. */
function elementAt(list: readonly Value[], position: Num): Value {
  const at = toNumber(position);
  if (!Number.isInteger(at)) return null;
  return (at > 0 ? list[at - 1] : at < 0 ? list[list.length + at] : null) ?? null;
}

/** A context's entries are names inside of its filter, and so is `item` (OMG DMN 1.5, 10.3.2.5). */
export const scopeOfItem = (scope: Environment, item: Value): Environment => {
  const named = scope.with('item', item);
  return isContext(item) ? named.withAll(item) : named;
};

function compileFilter(of: Code, by: Code, literal: Value | undefined): Code {
  return (scope) => {
    const value = of(scope);
    if (value === null) return literal === undefined || isNumber(literal) ? null : [];
    const list = isList(value) ? value : [value];
    if (literal !== undefined && isNumber(literal)) return elementAt(list, literal);
    return filter(list, by, scope);
  };
}

/** By a position, if the filter is a number without knowing the element, else by what is true of it. */
export function filter(list: readonly Value[], by: Code, scope: Environment): Value {
  if (list.length === 0) return filterOfNone(by, scope);
  const kept: Value[] = [];
  for (const item of list) {
    const found = by(scopeOfItem(scope, item));
    if (isNumber(found)) return elementAt(list, found);
    if (found === true) kept.push(item);
    else if (found !== false && found !== null) return null;
  }
  return kept;
}

const filterOfNone = (by: Code, scope: Environment): Value => (isNumber(by(scope.with('item', null))) ? null : []);
