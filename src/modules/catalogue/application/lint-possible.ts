import { evaluateFeel, feelUse, type FeelUse } from '../../rules/public.ts';
import type { Field, Page } from '../domain/form.ts';
import type { Scope } from './lint-scope.ts';

/** More combinations are not tried; the question then stays open. */
const MOST_COMBINATIONS = 20_000;

type Answer = string | number | boolean | null;

/**
 * Whether some answers make all conditions true. Tries every answer where there are finitely many,
 * and every number beside those that the conditions name, which is enough for comparisons.
 * @param pages     form whose own conditions hide fields: a hidden field has no answer
 * @param unsure     answer "no" where it cannot be told; without it, "yes"
 */
export function canHold(scope: Scope, pages: readonly Page[], conditions: readonly string[], unsure?: true): boolean {
  const hidden = hidingConditions(pages);
  const uses = new Map<string, FeelUse>();
  const names = new Set<string>();
  const open = [...conditions];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    if (uses.has(text)) continue;
    const use = feelUse(text, 'expression', scope.fields.keys());
    uses.set(text, use);
    for (const { name } of use.names) {
      if (names.has(name)) continue;
      names.add(name);
      open.push(...(hidden.get(name) ?? []));
    }
  }
  const fields = [...names].map((name) => scope.fields.get(name));
  const answers = fields.map((field) => field && answersTo(field, [...uses.values()]));
  const count = answers.reduce((product, list) => product * (list?.length ?? Infinity), 1);
  if (count > MOST_COMBINATIONS || answers.includes(undefined)) return unsure === undefined;
  return someHolds([...names], answers as Answer[][], conditions, (name) => (scope.fields.has(name) ? (hidden.get(name) ?? []) : []));
}

/** What must be true so that a field is asked, by the field's name. */
function hidingConditions(pages: readonly Page[]): Map<string, string[]> {
  const entries = pages.flatMap((page) =>
    page.fields.map((field): [string, string[]] => [field.id, [page.condition, field.condition].filter((one) => one !== undefined)]),
  );
  return new Map(entries);
}

/** All answers that can make a difference; `undefined` where they cannot be told. */
function answersTo(field: Field, uses: readonly FeelUse[]): Answer[] | undefined {
  switch (field.type) {
    case 'choice':
      return [...field.options.map((option) => option.value), null];
    case 'yes-no':
      return [true, false, null];
    case 'confirm':
      return [true, null];
    case 'number':
      return uses.every((use) => use.plain) ? numbersIn(field, uses) : undefined;
    case 'text':
    case 'textarea':
    case 'email':
    case 'tel':
      return uses.every((use) => use.plain) ? [...new Set(uses.flatMap((use) => use.texts)), 'etwas anderes', null] : undefined;
    default:
      return undefined;
  }
}

function numbersIn({ min, max, integer }: Extract<Field, { type: 'number' }>, uses: readonly FeelUse[]): Answer[] {
  const step = integer ? 1 : 0.0001;
  const named = uses.flatMap((use) => use.numbers).flatMap((number) => [number - step, number, number + step]);
  const possible = [min, max, (min + max) / 2, ...named].filter((number) => number >= min && number <= max && (!integer || Number.isInteger(number)));
  return [...new Set(possible), null];
}

function someHolds(
  names: readonly string[],
  answers: readonly Answer[][],
  conditions: readonly string[],
  hiding: (name: string) => readonly string[],
): boolean {
  const total = answers.reduce((product, list) => product * list.length, 1);
  for (let number = 0; number < total; number++) {
    const context: Record<string, Answer> = {};
    let rest = number;
    for (const [index, name] of names.entries()) {
      const list = answers[index]!;
      context[name] = list[rest % list.length]!;
      rest = Math.floor(rest / list.length);
    }
    // an answer to a field that is not asked cannot be: other combinations have none there
    const consistent = names.every((name) => context[name] === null || hiding(name).every((condition) => evaluateFeel(condition, context) === true));
    if (consistent && conditions.every((condition) => evaluateFeel(condition, context) === true)) return true;
  }
  return false;
}
