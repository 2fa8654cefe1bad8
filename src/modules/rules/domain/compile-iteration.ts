import type { Code, Environment } from './environment.ts';
import { elementsOf, steps } from './operators.ts';
import type { Iterator, Node } from './syntax.ts';
import type { Value } from './value.ts';

interface Walk {
  readonly name: string;
  readonly over: (scope: Environment) => readonly Value[] | null;
}

function walkOf({ name, from, to }: Iterator, inner: (one: Node) => Code): Walk {
  const first = inner(from);
  if (to === undefined) return { name, over: (scope) => elementsOf(first(scope)) };
  const last = inner(to);
  return { name, over: (scope) => steps(first(scope), last(scope)) };
}

/**
 * Calls `visit` for each combination, the last name turning fastest; a later name may use the earlier.
 * @returns false where something to walk over is none
 */
function visitAll(walks: readonly Walk[], scope: Environment, visit: (scope: Environment) => boolean): boolean {
  const [walk, ...rest] = walks;
  if (walk === undefined) return visit(scope);
  const values = walk.over(scope);
  return values !== null && values.every((value) => visitAll(rest, scope.with(walk.name, value), visit));
}

/** `partial` holds the results so far (OMG DMN 1.5, 10.3.2.14). */
export function compileFor(node: Extract<Node, { kind: 'for' }>, inner: (one: Node) => Code): Code {
  const walks = node.iterators.map((one) => walkOf(one, inner));
  return runFor(walks, inner(node.body));
}

function runFor(walks: readonly Walk[], body: Code): Code {
  return (scope) => {
    const results: Value[] = [];
    const complete = visitAll(walks, scope.with('partial', results), (inside) => {
      results.push(body(inside));
      return true;
    });
    return complete ? results : null;
  };
}

/** Null where one answer is not known and none decides. */
export function compileQuantified(node: Extract<Node, { kind: 'some' | 'every' }>, inner: (one: Node) => Code): Code {
  return runQuantified(
    node.kind,
    node.iterators.map((one) => walkOf(one, inner)),
    inner(node.satisfies),
  );
}

function runQuantified(kind: 'some' | 'every', walks: readonly Walk[], satisfies: Code): Code {
  const decides = kind === 'some';
  return (scope) => {
    let decided = false;
    let unknown = false;
    const complete = visitAll(walks, scope, (inside) => {
      const answer = satisfies(inside);
      decided = answer === decides;
      unknown ||= typeof answer !== 'boolean';
      return !decided;
    });
    if (decided) return decides;
    return !complete || unknown ? null : !decides;
  };
}

/** A boxed iterator: one name over one expression (OMG DMN 1.4, 7.3.9 to 7.3.11). */
export const boxedFor = (name: string, over: Code, body: Code): Code => runFor([{ name, over: (scope) => elementsOf(over(scope)) }], body);

export const boxedQuantified = (kind: 'some' | 'every', name: string, over: Code, satisfies: Code): Code =>
  runQuantified(kind, [{ name, over: (scope) => elementsOf(over(scope)) }], satisfies);
