import { parseExpression, parseTests } from './parser.ts';
import { FeelSyntaxError, type Node, type Test } from './syntax.ts';

/** A name that an expression looks up in its context. */
export interface UsedName {
  readonly name: string;
  /** Looked up inside `list[...]`, where the names of the list's items are known too. */
  readonly inFilter: boolean;
  /** First step taken from it: `position` in `trees.position`. */
  readonly step?: string;
}

/** A name compared with a text: `growth = "hedge"`, also by `!=` and `in`. */
export interface ComparedName {
  readonly name: string;
  readonly value: string;
}

/** What an expression is made of. */
export interface FeelUse {
  readonly names: readonly UsedName[];
  readonly comparisons: readonly ComparedName[];
  /** Texts and numbers that stand in it. */
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  /** True when it only compares and joins: no arithmetic, function (but `not`), list, path or loop. */
  readonly plain: boolean;
}

/**
 * What an expression asks for, without evaluating it.
 * @param kind  an expression, or the tests of a decision table's cell
 * @param names names of the context that hold spaces or signs
 * @returns nothing, and not plain, where the text is no FEEL: `feelMistake` says why
 */
export function feelUse(text: string, kind: 'expression' | 'tests' = 'expression', names: Iterable<string> = []): FeelUse {
  const reader = new Reader();
  try {
    if (kind === 'tests') for (const test of parseTests(text, names).tests) reader.test(test, { locals: new Set(), inFilter: false });
    else reader.visit(parseExpression(text, names), { locals: new Set(), inFilter: false });
  } catch (error) {
    if (!(error instanceof FeelSyntaxError)) throw error;
    return { names: [], comparisons: [], texts: [], numbers: [], plain: false };
  }
  const { names: asked, comparisons, texts, numbers, plain } = reader;
  return { names: asked, comparisons, texts, numbers, plain };
}

type MoreThanComparing = Exclude<Node, { kind: 'literal' | 'name' | 'and' | 'or' | 'compare' | 'between' | 'in' | 'half-open' | 'call' | 'call-named' }>;

interface Place {
  /** Names that a loop, a quantifier, a function or a context brings along. */
  readonly locals: ReadonlySet<string>;
  readonly inFilter: boolean;
}

class Reader implements FeelUse {
  readonly names: UsedName[] = [];
  readonly comparisons: ComparedName[] = [];
  readonly texts: string[] = [];
  readonly numbers: number[] = [];
  plain = true;

  test(test: Test, place: Place): void {
    this.visit(test.kind === 'comparison' ? test.to : test.of, place);
  }

  visit(node: Node, place: Place): void {
    switch (node.kind) {
      case 'literal':
        return this.#literal(node.value);
      case 'name':
        return this.#name(node.name, place);
      case 'and':
      case 'or':
        return this.#all([node.left, node.right], place);
      case 'compare':
        this.#compared(node.left, [node.right]);
        this.#compared(node.right, [node.left]);
        return this.#all([node.left, node.right], place);
      case 'between':
        return this.#all([node.of, node.low, node.high], place);
      case 'in': {
        const tests = node.tests.map((one) => (one.kind === 'comparison' ? one.to : one.of));
        this.#compared(node.of, tests);
        return this.#all([node.of, ...tests], place);
      }
      case 'half-open':
        return this.visit(node.end, place);
      case 'call':
      case 'call-named':
        return this.#call(node, place);
      default:
        this.plain = false;
        this.#inner(node, place);
    }
  }

  #inner(node: MoreThanComparing, place: Place): void {
    switch (node.kind) {
      case 'path':
        return node.of.kind === 'name' ? this.#name(node.of.name, place, node.name) : this.visit(node.of, place);
      case 'filter':
        this.visit(node.of, place);
        return this.visit(node.by, { ...place, inFilter: true });
      case 'list':
        return this.#all(node.items, place);
      case 'context':
        return this.#all(
          node.entries.map(([, value]) => value),
          within(
            place,
            node.entries.map(([name]) => name),
          ),
        );
      case 'function':
        return this.visit(
          node.body,
          within(
            place,
            node.parameters.map(({ name }) => name),
          ),
        );
      case 'negate':
      case 'instance':
        return this.visit(node.of, place);
      case 'arithmetic':
        return this.#all([node.left, node.right], place);
      case 'interval':
        return this.#all([node.low, node.high], place);
      case 'if':
        return this.#all([node.condition, node.consequence, node.otherwise], place);
      case 'for':
      case 'some':
      case 'every':
        return this.#loop(node, place);
    }
  }

  #all(nodes: readonly Node[], place: Place): void {
    for (const node of nodes) this.visit(node, place);
  }

  /** A later iterator sees the earlier ones; `partial` is what a `for` has made so far. */
  #loop(node: Extract<Node, { kind: 'for' | 'some' | 'every' }>, place: Place): void {
    let inner = node.kind === 'for' ? within(place, ['partial']) : place;
    for (const { name, from, to } of node.iterators) {
      this.#all(to === undefined ? [from] : [from, to], inner);
      inner = within(inner, [name]);
    }
    this.visit(node.kind === 'for' ? node.body : node.satisfies, inner);
  }

  /** The function that is called is no answer. */
  #call(node: Extract<Node, { kind: 'call' | 'call-named' }>, place: Place): void {
    const { callee } = node;
    if (callee.kind !== 'name') this.visit(callee, place);
    if (callee.kind !== 'name' || callee.name !== 'not') this.plain = false;
    this.#all(node.kind === 'call' ? node.args : node.args.map(([, value]) => value), place);
  }

  #literal(value: unknown): void {
    if (typeof value === 'string') this.texts.push(value);
    else if (typeof value === 'number') this.numbers.push(value);
    else if (isDecimal(value)) this.numbers.push(value.toNumber());
    else if (value !== null && typeof value !== 'boolean') this.plain = false;
  }

  #name(name: string, { locals, inFilter }: Place, step?: string): void {
    // `?` is the value under test
    if (name !== '?' && !locals.has(name)) this.names.push({ name, inFilter, ...(step !== undefined && { step }) });
  }

  #compared(name: Node, with_: readonly Node[]): void {
    if (name.kind !== 'name') return;
    for (const value of with_.flatMap(textsIn)) this.comparisons.push({ name: name.name, value });
  }
}

const within = ({ locals, inFilter }: Place, names: readonly string[]): Place => ({ locals: new Set([...locals, ...names]), inFilter });
const textsIn = (node: Node): string[] =>
  node.kind === 'list' ? node.items.flatMap(textsIn) : node.kind === 'literal' && typeof node.value === 'string' ? [node.value] : [];
const isDecimal = (value: unknown): value is { toNumber(): number } => typeof value === 'object' && value !== null && 'toNumber' in value;
