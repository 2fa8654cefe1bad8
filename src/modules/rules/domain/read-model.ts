import {
  HIT_POLICIES,
  type Boxed,
  type DecisionTable,
  type DrgElement,
  type HitPolicy,
  type ItemDefinition,
  type ModelSource,
  type Variable,
} from './model.ts';
import { spell } from './scanner.ts';

/** An element of moddle's tree: attributes, text and children by name. */
export interface Tree {
  readonly $type: string;
  readonly [name: string]: unknown;
}

const text = (tree: Tree | undefined, name: string): string | undefined => (typeof tree?.[name] === 'string' ? tree[name] : undefined);
const one = (tree: Tree | undefined, name: string): Tree | undefined =>
  typeof tree?.[name] === 'object' && tree[name] !== null ? (tree[name] as Tree) : undefined;
const many = (tree: Tree | undefined, name: string): readonly Tree[] => (Array.isArray(tree?.[name]) ? (tree[name] as Tree[]) : []);
const hrefs = (trees: readonly (Tree | undefined)[]): readonly string[] => trees.flatMap((tree) => text(tree, 'href') ?? []);

/** An optional property that is left out when there is none. */
const optional = <Key extends string, Value>(key: Key, value: Value | undefined): { readonly [key in Key]?: Value } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [key in Key]?: Value });
const typed = (tree: Tree | undefined): { readonly typeRef?: string } => optional('typeRef', text(tree, 'typeRef'));

const variableOf = (tree: Tree): Variable => ({ name: spell(text(tree, 'name') ?? ''), ...typed(tree) });
const inner = (tree: Tree | undefined): Boxed => readBoxed(one(tree, 'expression'));

/** A boxed expression; what is not known is `empty`. */
export function readBoxed(tree: Tree | undefined): Boxed {
  const type = typed(tree);
  switch (tree?.$type) {
    case 'dmn:LiteralExpression':
      return { kind: 'literal', ...type, text: text(tree, 'text') ?? 'null' };
    case 'dmn:DecisionTable':
      return readTable(tree);
    case 'dmn:Context':
      return {
        kind: 'context',
        ...type,
        entries: many(tree, 'contextEntry').map((entry) => {
          const variable = one(entry, 'variable');
          return { ...(variable && { variable: variableOf(variable) }), value: readBoxed(one(entry, 'value')) };
        }),
      };
    case 'dmn:List':
      return { kind: 'list', ...type, items: many(tree, 'elements').map(readBoxed) };
    case 'dmn:Relation':
      return {
        kind: 'relation',
        ...type,
        columns: many(tree, 'column').map(variableOf),
        rows: many(tree, 'row').map((row) => many(row, 'elements').map(readBoxed)),
      };
    case 'dmn:Invocation':
      return {
        kind: 'invocation',
        ...type,
        called: readBoxed(one(tree, 'calledFunction')),
        bindings: many(tree, 'binding').map((binding) => ({
          name: spell(text(one(binding, 'parameter'), 'name') ?? ''),
          value: readBoxed(one(binding, 'bindingFormula')),
        })),
      };
    case 'dmn:FunctionDefinition':
      return readFunction(tree);
    case 'dmn:Conditional':
      return { kind: 'conditional', ...type, condition: inner(one(tree, 'if')), consequence: inner(one(tree, 'then')), otherwise: inner(one(tree, 'else')) };
    case 'dmn:Filter':
      return { kind: 'filter', ...type, of: inner(one(tree, 'in')), by: inner(one(tree, 'match')) };
    case 'dmn:For':
      return { kind: 'for', ...type, variable: spell(text(tree, 'iteratorVariable') ?? ''), over: inner(one(tree, 'in')), body: inner(one(tree, 'return')) };
    case 'dmn:Some':
    case 'dmn:Every':
      return {
        kind: tree.$type === 'dmn:Some' ? 'some' : 'every',
        ...type,
        variable: spell(text(tree, 'iteratorVariable') ?? ''),
        over: inner(one(tree, 'in')),
        body: inner(one(tree, 'satisfies')),
      };
    default:
      return { kind: 'empty' };
  }
}

function readFunction(tree: Tree | undefined): Extract<Boxed, { kind: 'function' }> {
  const kind = text(tree, 'kind') ?? 'FEEL';
  return {
    kind: 'function',
    ...typed(tree),
    parameters: many(tree, 'formalParameter').map(variableOf),
    body: readBoxed(one(tree, 'body')),
    external: kind !== 'FEEL',
  };
}

function readTable(tree: Tree): DecisionTable {
  const aggregation = text(tree, 'aggregation') as DecisionTable['aggregation'];
  return {
    kind: 'table',
    ...typed(tree),
    hitPolicy: (text(tree, 'hitPolicy') ?? 'UNIQUE') as HitPolicy,
    ...optional('aggregation', aggregation),
    inputs: many(tree, 'input').map((input) => {
      const expression = one(input, 'inputExpression');
      const words = text(expression, 'text');
      return {
        label: text(input, 'label') ?? words ?? '',
        expression: words ?? 'null',
        ...typed(expression),
        ...optional('allowed', text(one(input, 'inputValues'), 'text')),
      };
    }),
    outputs: many(tree, 'output').map((output, index) => ({
      name: spell(text(output, 'name') ?? text(output, 'label') ?? `output${index + 1}`),
      ...typed(output),
      ...optional('values', text(one(output, 'outputValues'), 'text')),
      ...optional('otherwise', text(one(output, 'defaultOutputEntry'), 'text')),
    })),
    rules: many(tree, 'rule').map((rule) => ({
      description: text(rule, 'description') ?? annotationOf(rule),
      tests: many(rule, 'inputEntry').map((entry) => text(entry, 'text') ?? '-'),
      results: many(rule, 'outputEntry').map((entry) => text(entry, 'text') ?? 'null'),
    })),
  };
}

/** DMN 1.2 has cells of their own for annotations; before there was only the description. */
const annotationOf = (rule: Tree): string =>
  many(rule, 'annotationEntry')
    .flatMap((entry) => text(entry, 'text') ?? [])
    .filter((words) => words.trim() !== '')
    .join(' ');

function readType(tree: Tree): ItemDefinition {
  const item = one(tree, 'functionItem');
  return {
    ...variableOf(tree),
    isCollection: tree['isCollection'] === true,
    components: many(tree, 'itemComponent').map(readType),
    ...optional('allowed', text(one(tree, 'allowedValues'), 'text')),
    ...optional('constraint', text(one(tree, 'typeConstraint'), 'text')),
    ...(item && { functionItem: { parameters: many(item, 'parameters').map(variableOf), ...optional('typeRef', text(item, 'outputTypeRef')) } }),
  };
}

function readElement(tree: Tree): DrgElement | undefined {
  const id = text(tree, 'id') ?? text(tree, 'name') ?? '';
  const variable = one(tree, 'variable');
  const base = { id, name: spell(text(tree, 'name') ?? id), ...typed(variable) };
  const knowledge = hrefs(many(tree, 'knowledgeRequirement').map((need) => one(need, 'requiredKnowledge')));
  const needs = many(tree, 'informationRequirement');
  switch (tree.$type) {
    case 'dmn:InputData':
      return { kind: 'input', ...base };
    case 'dmn:Decision':
      return {
        kind: 'decision',
        ...base,
        inputs: hrefs(needs.map((need) => one(need, 'requiredInput'))),
        decisions: hrefs(needs.map((need) => one(need, 'requiredDecision'))),
        knowledge,
        logic: readBoxed(one(tree, 'decisionLogic')),
      };
    case 'dmn:BusinessKnowledgeModel':
      return { kind: 'knowledge', ...base, knowledge, logic: readFunction(one(tree, 'encapsulatedLogic')) };
    case 'dmn:DecisionService':
      return {
        kind: 'service',
        ...base,
        outputs: hrefs(many(tree, 'outputDecision')),
        encapsulated: hrefs(many(tree, 'encapsulatedDecision')),
        inputDecisions: hrefs(many(tree, 'inputDecision')),
        inputs: hrefs(many(tree, 'inputData')),
      };
    default:
      return undefined;
  }
}

/** The model in moddle's tree. */
export function readModel(root: unknown): ModelSource {
  const tree = root as Tree;
  return {
    namespace: text(tree, 'namespace') ?? '',
    name: text(tree, 'name') ?? '',
    imports: many(tree, 'import').map((found) => ({
      name: spell(text(found, 'name') ?? ''),
      namespace: text(found, 'namespace') ?? '',
      ...optional('location', text(found, 'locationURI')),
    })),
    types: many(tree, 'itemDefinition').map(readType),
    elements: many(tree, 'drgElement').flatMap((element) => readElement(element) ?? []),
  };
}

export const isHitPolicy = (word: string): boolean => (HIT_POLICIES as readonly string[]).includes(word);
