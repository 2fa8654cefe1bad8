import type { Boxed, DrgElement, ItemDefinition, ModelSource, Variable } from './model.ts';

function typeNames({ name, components }: ItemDefinition): readonly string[] {
  return [name, ...components.flatMap(typeNames)];
}

const names = (variables: readonly (Variable | undefined)[]): readonly string[] => variables.flatMap((one) => one?.name ?? []);

/** Names that a boxed expression gives: entries, columns, outputs, parameters. */
function boxedNames(boxed: Boxed): readonly string[] {
  switch (boxed.kind) {
    case 'empty':
    case 'literal':
      return [];
    case 'table':
      return boxed.outputs.map((output) => output.name);
    case 'context':
      return [...names(boxed.entries.map((entry) => entry.variable)), ...boxed.entries.flatMap((entry) => boxedNames(entry.value))];
    case 'list':
      return boxed.items.flatMap(boxedNames);
    case 'relation':
      return [...names(boxed.columns), ...boxed.rows.flatMap((row) => row.flatMap(boxedNames))];
    case 'invocation':
      return boxed.bindings.flatMap((binding) => [binding.name, ...boxedNames(binding.value)]);
    case 'function':
      return [...names(boxed.parameters), ...boxedNames(boxed.body)];
    case 'conditional':
      return [boxed.condition, boxed.consequence, boxed.otherwise].flatMap(boxedNames);
    case 'filter':
      return [boxed.of, boxed.by].flatMap(boxedNames);
    default:
      return [boxed.variable, ...boxedNames(boxed.over), ...boxedNames(boxed.body)];
  }
}

const logicNames = (element: DrgElement): readonly string[] => (element.kind === 'decision' || element.kind === 'knowledge' ? boxedNames(element.logic) : []);

/** Every name that may stand behind a dot or inside of a filter anywhere in a model. */
export function memberNames(source: ModelSource): readonly string[] {
  const outputs = new Set(
    source.elements.flatMap((element) => (element.kind === 'service' ? element.outputs.map((href) => href.slice(href.indexOf('#') + 1)) : [])),
  );
  return [
    ...source.types.flatMap(typeNames),
    ...source.elements.flatMap(logicNames),
    ...source.elements.filter((element) => outputs.has(element.id)).map((element) => element.name),
  ];
}
