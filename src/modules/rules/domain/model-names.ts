import type { Boxed, DrgElement, ItemDefinition, ModelSource, Variable } from './model.ts';

function typeNames({ name, components }: ItemDefinition): readonly string[] {
  return [name, ...components.flatMap(typeNames)];
}

const names = (variables: readonly (Variable | undefined)[]): readonly string[] => variables.flatMap((one) => one?.name ?? []);

/** The boxed expressions directly inside of one. */
function inside(boxed: Boxed): readonly Boxed[] {
  switch (boxed.kind) {
    case 'empty':
    case 'literal':
    case 'table':
      return [];
    case 'context':
      return boxed.entries.map((entry) => entry.value);
    case 'list':
      return boxed.items;
    case 'relation':
      return boxed.rows.flat();
    case 'invocation':
      return boxed.bindings.map((binding) => binding.value);
    case 'function':
      return [boxed.body];
    case 'conditional':
      return [boxed.condition, boxed.consequence, boxed.otherwise];
    case 'filter':
      return [boxed.of, boxed.by];
    default:
      return [boxed.over, boxed.body];
  }
}

/** Names that a value of the expression may carry: entries, columns, outputs. */
function membersOf(boxed: Boxed): readonly string[] {
  const own =
    boxed.kind === 'table'
      ? boxed.outputs.map((output) => output.name)
      : boxed.kind === 'context'
        ? names(boxed.entries.map((entry) => entry.variable))
        : boxed.kind === 'relation'
          ? names(boxed.columns)
          : [];
  return [...own, ...inside(boxed).flatMap(membersOf)];
}

/** Names that hold only inside of the expression: parameters and iterators. */
export function localNames(boxed: Boxed): readonly string[] {
  const own =
    boxed.kind === 'function' ? names(boxed.parameters) : boxed.kind === 'for' || boxed.kind === 'some' || boxed.kind === 'every' ? [boxed.variable] : [];
  return [...own, ...inside(boxed).flatMap(localNames)];
}

/** Every name that may stand behind a dot or inside of a filter anywhere in a model. */
export function memberNames(source: ModelSource): readonly string[] {
  const outputs = new Set(
    source.elements.flatMap((element) => (element.kind === 'service' ? element.outputs.map((href) => href.slice(href.indexOf('#') + 1)) : [])),
  );
  const logic = (element: DrgElement): readonly string[] => (element.kind === 'decision' || element.kind === 'knowledge' ? membersOf(element.logic) : []);
  return [
    ...source.types.flatMap(typeNames),
    ...source.elements.flatMap(logic),
    ...source.elements.filter((element) => outputs.has(element.id)).map((element) => element.name),
  ];
}
