import type { CompileOptions } from './compile.ts';
import type { Code } from './environment.ts';
import type { Node } from './syntax.ts';
import { ANY, coerce, conforms, typeFrom, type Type } from './types.ts';
import { contextOf, Lambda, typeOf, type Value } from './value.ts';

/** How deep functions may call each other; a rule without end stops with null, not with the process. */
const DEEPEST = 400;
let depth = 0;

function limited(run: () => Value): Value {
  if (depth >= DEEPEST) return null;
  depth++;
  try {
    return run();
  } finally {
    depth--;
  }
}

export function compileCall(node: Extract<Node, { kind: 'call' }>, inner: (one: Node) => Code): Code {
  const callee = inner(node.callee);
  const args = node.args.map(inner);
  return (scope) => {
    const called = callee(scope);
    return called instanceof Lambda ? limited(() => called.call(args.map((arg) => arg(scope)))) : null;
  };
}

export function compileNamedCall(node: Extract<Node, { kind: 'call-named' }>, inner: (one: Node) => Code): Code {
  const callee = inner(node.callee);
  const args = node.args.map(([name, arg]) => [name, inner(arg)] as const);
  const twice = new Set(args.map(([name]) => name)).size < args.length;
  return (scope) => {
    const called = callee(scope);
    if (!(called instanceof Lambda) || twice) return null;
    return limited(() => called.callNamed(new Map(args.map(([name, arg]) => [name, arg(scope)]))));
  };
}

/**
 * A function with typed parameters: an argument that does not conform makes the result null
 * (OMG DMN 1.5, 10.3.2.13.2); too few or too many as well.
 */
export function typedLambda(
  name: string,
  parameters: readonly { readonly name: string; readonly type: Type }[],
  result: Type,
  run: (args: ReadonlyMap<string, Value>) => Value,
): Lambda {
  const names = parameters.map((one) => one.name);
  const call = (args: readonly Value[]): Value => {
    if (args.length !== parameters.length) return null;
    const bound = new Map<string, Value>();
    for (const [index, parameter] of parameters.entries()) {
      const arg = args[index] ?? null;
      const value = coerce(arg, parameter.type);
      bound.set(parameter.name, value);
    }
    return limited(() => coerce(run(bound), result));
  };
  const callNamed = (args: ReadonlyMap<string, Value>): Value =>
    args.size === names.length && names.every((one) => args.has(one)) ? call(names.map((one) => args.get(one)!)) : null;
  return new Lambda(name, names, call, callNamed, { parameters: parameters.map((one) => one.type), result });
}

/** A function of an expression; it keeps the names that it was defined among. External ones are not run. */
export function compileFunction(node: Extract<Node, { kind: 'function' }>, inner: (one: Node) => Code, options: CompileOptions): Code {
  if (node.external) return () => null;
  const body = inner(node.body);
  const result = resultType(node.body);
  const parameters = node.parameters.map(({ name, type }) => ({
    name,
    type: (type && typeFrom(type, (one) => options.typeNamed?.(one))) ?? ANY,
  }));
  return (scope) => {
    const names = parameters.map((one) => one.name);
    const run = (args: readonly Value[]): Value => {
      if (args.length !== parameters.length) return null;
      const values = parameters.map(({ type }, index) => coerce(args[index] ?? null, type));
      // what does not conform makes the whole call null, as the standard has it for function definitions
      if (values.some((value, index) => value === null && args[index] !== null)) return null;
      return limited(() => body(scope.withAll(contextOf(names.map((name, index) => [name, values[index] ?? null])))));
    };
    return new Lambda('', names, run, undefined, { parameters: parameters.map((one) => one.type), result });
  };
}

/** What can be told of a result without an evaluation, for `instance of function<…>`. */
function resultType(node: Node): Type {
  switch (node.kind) {
    case 'literal':
      return node.value === null ? { kind: 'null' } : { kind: 'basic', name: typeOf(node.value) };
    case 'context':
      return { kind: 'context', entries: node.entries.map(([name, value]) => [name, resultType(value)]) };
    case 'list': {
      const [first, ...rest] = node.items.map(resultType);
      return { kind: 'list', of: first !== undefined && rest.every((one) => conforms(one, first)) ? first : ANY };
    }
    case 'compare':
    case 'between':
    case 'in':
    case 'and':
    case 'or':
    case 'instance':
    case 'some':
    case 'every':
      return { kind: 'basic', name: 'boolean' };
    default:
      return ANY;
  }
}
