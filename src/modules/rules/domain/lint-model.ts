import { feelMistake } from './feel.ts';
import { localNames, memberNames } from './model-names.ts';
import type { Boxed, DecisionTable, DrgElement, ModelSource } from './model.ts';
import { HIT_POLICIES } from './model.ts';
import { isHitPolicy } from './read-model.ts';

/** A mistake in a DMN file; `find` is a piece of text to look the line up by. */
export interface DmnMistake {
  readonly message: string;
  readonly find?: string;
}

/** What is wrong with a model, in German sentences. */
export function lintModel(source: ModelSource): DmnMistake[] {
  const names = [...memberNames(source), ...source.elements.map((one) => one.name)];
  return source.elements.flatMap((element) => [...missingRequirements(element, source), ...lintElement(element, names)]);
}

function missingRequirements(element: DrgElement, source: ModelSource): DmnMistake[] {
  const hrefs =
    element.kind === 'decision' ? [...element.inputs, ...element.decisions, ...element.knowledge] : element.kind === 'knowledge' ? element.knowledge : [];
  const local = hrefs.filter((href) => href.startsWith('#')).map((href) => href.slice(1));
  return local
    .filter((id) => !source.elements.some((one) => one.id === id))
    .map((id) => ({ message: `Entscheidung ${element.id} baut auf ${id} auf, die es nicht gibt.`, find: id }));
}

function lintElement(element: DrgElement, names: readonly string[]): DmnMistake[] {
  if (element.kind !== 'decision' && element.kind !== 'knowledge') return [];
  const { id } = element;
  if (element.kind === 'decision' && element.logic.kind === 'empty') return [{ message: `Entscheidung ${id} hat weder Tabelle noch Ausdruck.`, find: id }];
  return lintBoxed(element.logic, id, [...names, ...localNames(element.logic)]);
}

function lintBoxed(boxed: Boxed, id: string, names: readonly string[]): DmnMistake[] {
  const inner = (one: Boxed): DmnMistake[] => lintBoxed(one, id, names);
  switch (boxed.kind) {
    case 'empty':
      return [];
    case 'literal':
      return lintText(boxed.text, 'expressions', id, names);
    case 'table':
      return lintTable(boxed, id, names);
    case 'context':
      return boxed.entries.flatMap((entry) => inner(entry.value));
    case 'list':
      return boxed.items.flatMap(inner);
    case 'relation':
      return boxed.rows.flatMap((row) => row.flatMap(inner));
    case 'invocation':
      return [boxed.called, ...boxed.bindings.map((one) => one.value)].flatMap(inner);
    case 'function':
      if (boxed.external)
        return [{ message: `Entscheidung ${id}: Funktionen in Java oder PMML werden nicht ausgeführt. Schreiben Sie sie in FEEL.`, find: id }];
      return inner(boxed.body);
    case 'conditional':
      return [boxed.condition, boxed.consequence, boxed.otherwise].flatMap(inner);
    case 'filter':
      return [boxed.of, boxed.by].flatMap(inner);
    default:
      return [boxed.over, boxed.body].flatMap(inner);
  }
}

function lintTable(table: DecisionTable, id: string, names: readonly string[]): DmnMistake[] {
  const mistakes: DmnMistake[] = [];
  if (!isHitPolicy(table.hitPolicy)) {
    mistakes.push({
      message: `Entscheidung ${id}: die Auswahlregel ${table.hitPolicy} wird nicht unterstützt. Möglich: ${HIT_POLICIES.join(', ')}.`,
      find: table.hitPolicy,
    });
  }
  for (const input of table.inputs) {
    mistakes.push(...lintText(input.expression, 'expression', id, names));
    if (input.allowed !== undefined) mistakes.push(...lintText(input.allowed, 'tests', id, names));
  }
  for (const output of table.outputs) if (output.otherwise !== undefined) mistakes.push(...lintText(output.otherwise, 'expression', id, names));
  for (const [index, rule] of table.rules.entries()) {
    if (rule.description.trim() === '') mistakes.push({ message: `Entscheidung ${id}, Zeile ${index + 1}: die Begründung (description) fehlt.`, find: id });
    if (rule.tests.length !== table.inputs.length || rule.results.length !== table.outputs.length)
      mistakes.push({ message: `Entscheidung ${id}, Zeile ${index + 1}: die Zahl der Zellen passt nicht zu den Spalten.`, find: id });
    for (const test of rule.tests) if (test.trim() !== '') mistakes.push(...lintText(test, 'tests', id, names));
    for (const result of rule.results) if (result.trim() !== '' && result.trim() !== '-') mistakes.push(...lintText(result, 'expression', id, names));
  }
  return mistakes;
}

function lintText(text: string, kind: 'expression' | 'expressions' | 'tests', id: string, names: readonly string[]): DmnMistake[] {
  const mistake = feelMistake(text, kind, names);
  return mistake === undefined ? [] : [{ message: `Entscheidung ${id}: «${text}» ist kein gültiges FEEL (${mistake}).`, find: text }];
}
