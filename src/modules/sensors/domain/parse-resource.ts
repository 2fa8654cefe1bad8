import { Cursor } from './cursor.ts';
import { ENTITIES, entityOfSet, navigationOf, propertyOf, type EntityName } from './entities.ts';
import { mistake, understood, type QueryProblem } from './mistake.ts';
import type { Result } from '../../../kernel/result.ts';

/** One step of relations; without an id it means the whole set, or the one entity of a relation to one. */
interface Step {
  readonly relation: string;
  readonly entity: EntityName;
  readonly many: boolean;
  readonly id: number | undefined;
}

/** What a path asks for (SensorThings API 1.1, 9.2): `Things(1)/Datastreams(2)/Observations/$ref`. */
export interface Resource {
  readonly steps: readonly [Step, ...Step[]];
  /** A property of the last entity, with parts of JSON behind it. */
  readonly property: readonly string[];
  readonly form: 'plain' | 'value' | 'ref' | 'count';
}

/** Reads a decoded path without the service's root and without a slash in front. */
export function parseResource(path: string): Result<Resource, QueryProblem> {
  return understood(() => {
    const cursor = new Cursor(path);
    const steps = parseSteps(cursor);
    const property = parseProperty(cursor, steps.at(-1)!);
    const form = parseForm(cursor, steps.at(-1)!, property);
    cursor.end();
    return { steps, property, form };
  });
}

function parseSteps(cursor: Cursor): Resource['steps'] {
  const { text: set, at } = cursor.name('eine Menge wie Things');
  const entity = entityOfSet(set);
  if (entity === undefined)
    return mistake(
      at,
      `Die Menge „${set.slice(0, 40)}“ gibt es nicht. Es gibt ${Object.values(ENTITIES)
        .map((one) => one.set)
        .join(', ')}.`,
    );
  const steps: [Step, ...Step[]] = [{ relation: set, entity, many: true, id: parseId(cursor, true) }];
  for (;;) {
    const last = steps.at(-1)!;
    const next = cursor.sees('/') && cursor.peek(1).kind === 'name' ? navigationOf(last.entity, cursor.peek(1).text) : undefined;
    if (next === undefined) return steps;
    if (last.many && last.id === undefined) mistake(cursor.peek().at, `„${last.relation}“ ist eine Menge. Nennen Sie eine Nummer: ${last.relation}(1).`);
    cursor.take();
    const { text: relation } = cursor.take();
    steps.push({ relation, entity: next.target, many: next.many, id: parseId(cursor, next.many) });
  }
}

function parseId(cursor: Cursor, many: boolean): number | undefined {
  if (!cursor.sees('(')) return undefined;
  if (!many) return cursor.unexpected('ein Schrägstrich: diese Beziehung hat nur ein Ziel');
  cursor.expect('(');
  const { kind, text, at } = cursor.take();
  if (kind !== 'number' || !/^\d{1,15}$/.test(text)) return mistake(at, 'Eine Nummer besteht aus 1 bis 15 Ziffern.');
  cursor.expect(')');
  return Number(text);
}

function parseProperty(cursor: Cursor, last: Step): readonly string[] {
  const property: string[] = [];
  while (cursor.sees('/') && cursor.peek(1).kind === 'name') {
    const { at } = cursor.take();
    const { text } = cursor.take();
    const kind = propertyOf(last.entity, property[0] ?? text);
    if (kind === undefined) mistake(at + 1, `${last.entity} hat weder eine Eigenschaft noch eine Beziehung „${text.slice(0, 40)}“.`);
    if (last.many && last.id === undefined) mistake(at, `„${last.relation}“ ist eine Menge. Nennen Sie eine Nummer: ${last.relation}(1).`);
    if (property.length > 0 && kind !== 'json') mistake(at, `„${property[0]!}“ hat keine Teile.`);
    property.push(text);
  }
  return property;
}

/** `$value` stands behind a property, `$ref` behind entities, `$count` behind a set. */
function parseForm(cursor: Cursor, last: Step, property: readonly string[]): Resource['form'] {
  if (!cursor.accept('/')) return 'plain';
  const { text, at } = cursor.take();
  if (text === '$value' && property.length > 0) return 'value';
  if (text === '$ref' && property.length === 0) return 'ref';
  if (text === '$count' && property.length === 0 && last.many && last.id === undefined) return 'count';
  return mistake(at, `Hinter ${property.at(-1) ?? last.relation} kann „${text.slice(0, 40)}“ nicht stehen.`);
}
