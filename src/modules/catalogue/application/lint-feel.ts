import { parseExpression, parseUnaryTests } from 'feelin';

/** How the text stands in a package: an expression, or the tests of a decision table's cell. */
export type FeelKind = 'expression' | 'tests';

interface SyntaxNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly firstChild: SyntaxNode | null;
  readonly lastChild: SyntaxNode | null;
  readonly nextSibling: SyntaxNode | null;
  readonly parent: SyntaxNode | null;
}

/** A name that an expression looks up in the answers. */
export interface UsedName {
  readonly name: string;
  /** Looked up inside `list[...]`, where the names of the list's items are known too. */
  readonly inFilter: boolean;
  /** First step taken from it: `position` in `trees.position`. */
  readonly step?: string;
}

/** A name compared with a text: `growth = "hedge"`, also by `!=` and `in`. */
export interface Comparison {
  readonly name: string;
  readonly value: string;
}

/** What an expression is made of, as far as the lint asks. */
export interface FeelUse {
  readonly names: readonly UsedName[];
  readonly comparisons: readonly Comparison[];
  /** Texts and numbers that stand in it. */
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  /** True when it only compares and joins: no arithmetic, function (but `not`), list, path or loop. */
  readonly plain: boolean;
}

const PLAIN = new Set([
  'Expression',
  'Disjunction',
  'Conjunction',
  'Comparison',
  'CompareOp',
  'ParenthesizedExpression',
  'VariableName',
  'Identifier',
  'StringLiteral',
  'NumericLiteral',
  'BooleanLiteral',
  'PositiveUnaryTests',
  'PositiveUnaryTest',
  'SimplePositiveUnaryTest',
  'PositionalParameters',
]);
const isPunctuation = (name: string): boolean => /^(?:and|or|in|between|null|not|[^A-Za-z]+)$/.test(name);

/** Reads an expression by the syntax tree of the FEEL grammar; what cannot be parsed is read as far as it goes. */
export function readFeel(text: string, kind: FeelKind = 'expression'): FeelUse {
  const tree = kind === 'tests' ? parseUnaryTests(text, {}, undefined) : parseExpression(text, {}, undefined);
  const reader = new Reader(text);
  reader.visit(tree.topNode, new Set(), false);
  return reader;
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

class Reader implements FeelUse {
  readonly names: UsedName[] = [];
  readonly comparisons: Comparison[] = [];
  readonly texts: string[] = [];
  readonly numbers: number[] = [];
  plain = true;
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  #text(node: SyntaxNode): string {
    return this.#source.slice(node.from, node.to).replace(/\s+/g, ' ').trim();
  }

  visit(node: SyntaxNode, locals: ReadonlySet<string>, inFilter: boolean): void {
    const parts = children(node);
    this.#note(node, locals, inFilter);
    if (node.name === 'VariableName' || node.name === 'Type') return;
    if (node.name === 'ForExpression' || node.name === 'QuantifiedExpression' || node.name === 'FunctionDefinition') {
      const inner = new Set([...locals, ...this.#localsOf(node), ...(node.name === 'ForExpression' ? ['partial'] : [])]);
      for (const part of parts) this.visit(part, inner, inFilter);
      return;
    }
    if (node.name === 'Context') {
      const inner = new Set([
        ...locals,
        ...parts.flatMap((entry) =>
          children(entry)
            .filter((one) => one.name === 'Key')
            .map((key) => this.#text(key)),
        ),
      ]);
      for (const part of parts) this.visit(part, inner, inFilter);
      return;
    }
    for (const [index, part] of parts.entries()) {
      // the function that is called is no answer, and what stands in a filter sees the item
      if (node.name === 'FunctionInvocation' && index === 0) {
        if (this.#text(part) !== 'not') this.plain = false;
        continue;
      }
      this.visit(part, locals, inFilter || (node.name === 'FilterExpression' && index > 0));
    }
  }

  #note(node: SyntaxNode, locals: ReadonlySet<string>, inFilter: boolean): void {
    if (!PLAIN.has(node.name) && !isPunctuation(node.name) && node.name !== 'FunctionInvocation' && node.name !== 'UnaryTests') this.plain = false;
    switch (node.name) {
      case 'VariableName': {
        const name = this.#text(node);
        if (locals.has(name) || name === '') return;
        const step = node.parent?.name === 'PathExpression' && node.parent.firstChild?.from === node.from ? node.parent.lastChild : null;
        this.names.push({ name, inFilter, ...(step?.name === 'PathName' && { step: this.#text(step) }) });
        return;
      }
      case 'StringLiteral':
        this.texts.push(this.#text(node).slice(1, -1));
        return;
      case 'NumericLiteral':
        this.numbers.push(Number(this.#text(node)));
        return;
      case 'Comparison':
        this.#compare(node);
    }
  }

  #compare(node: SyntaxNode): void {
    const parts = children(node);
    const name = parts.find((part) => part.name === 'VariableName');
    if (name === undefined) return;
    const literals = parts.flatMap((part) =>
      part.name === 'StringLiteral' ? [part] : part.name.startsWith('PositiveUnaryTest') ? this.#literalsIn(part) : [],
    );
    for (const literal of literals) this.comparisons.push({ name: this.#text(name), value: this.#text(literal).slice(1, -1) });
  }

  #literalsIn(node: SyntaxNode): SyntaxNode[] {
    return node.name === 'StringLiteral' ? [node] : children(node).flatMap((child) => (child.name === 'FunctionInvocation' ? [] : this.#literalsIn(child)));
  }

  /** Names that a loop, a quantifier or a function brings along. */
  #localsOf(node: SyntaxNode): string[] {
    return children(node).flatMap((part) => {
      if (part.name === 'InExpressions' || part.name === 'FormalParameters') return children(part).flatMap((one) => this.#firstName(one));
      return part.name === 'InExpression' || part.name === 'FormalParameter' ? this.#firstName(part) : [];
    });
  }

  #firstName(node: SyntaxNode): string[] {
    const first = node.firstChild;
    if (first === null) return [];
    return first.name === 'Name' || first.name === 'ParameterName' ? [this.#text(first)] : [];
  }
}
