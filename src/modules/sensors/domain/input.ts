import type { Problem } from '../../../kernel/problem.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { ENTITIES, navigationOf, relationTo, type EntityName } from './entities.ts';
import { INPUT_FIELDS, misfit, NEEDED } from './input-fields.ts';
import type { Json } from './observation.ts';

/** An entity to be written: its own values, and what it is tied to. */
export interface Input {
  readonly entity: EntityName;
  readonly values: Readonly<Record<string, Json>>;
  readonly links: readonly Link[];
}

/** A relation to an entity that is there (`id`) or comes along (`input`). */
export interface Link {
  readonly relation: string;
  readonly target: EntityName;
  readonly to: { readonly id: number } | { readonly input: Input };
}

/** Entities a deep insert may bring at once; observations come by CreateObservations. */
const MOST_ENTITIES = 1000;
const DEEPEST = 8;

interface Limits {
  entities: number;
}

/**
 * Reads the body of a write.
 * @param how `whole`: everything needed must be there (POST, PUT); `part`: what is there changes (PATCH)
 * @param given relations that the address names already
 */
export function readInput(entity: EntityName, body: unknown, how: 'whole' | 'part', given: readonly string[] = []): Result<Input, Problem<'invalid-input'>> {
  try {
    return ok(read(entity, body, how, given, { at: '', depth: 0, limits: { entities: 0 } }));
  } catch (error) {
    if (error instanceof Misfit) return refuse(invalidField(error.field, error.message));
    throw error;
  }
}

/** Where in the body something does not fit. */
class Misfit extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

interface Place {
  readonly at: string;
  readonly depth: number;
  readonly limits: Limits;
}

function read(entity: EntityName, body: unknown, how: 'whole' | 'part', given: readonly string[], place: Place): Input {
  const { at, depth, limits } = place;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Misfit(at || 'body', `${entity} braucht ein JSON-Objekt.`);
  if (depth > DEEPEST) throw new Misfit(at, `Das ist tiefer geschachtelt als ${DEEPEST} Stufen.`);
  limits.entities += 1;
  if (limits.entities > MOST_ENTITIES) throw new Misfit(at, `Auf einmal entstehen höchstens ${MOST_ENTITIES} Einträge. Teilen Sie die Anfrage.`);
  const object = body as Readonly<Record<string, Json>>;
  const values = readValues(entity, object, how, at);
  const links = readLinks(entity, object, place);
  const tied = new Set([...given, ...links.map(({ relation }) => relation)]);
  for (const relation of how === 'whole' ? NEEDED[entity] : [])
    if (!tied.has(relation)) throw new Misfit(join(at, relation), `Zu ${entity} gehört ${relation}: nennen Sie {"@iot.id": …} oder den ganzen Eintrag.`);
  return { entity, values, links };
}

const join = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);

function readValues(entity: EntityName, object: Readonly<Record<string, Json>>, how: 'whole' | 'part', at: string): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const [name, { kind, required }] of Object.entries(INPUT_FIELDS[entity])) {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    if (value === undefined) {
      if (required && how === 'whole') throw new Misfit(join(at, name), `${name} fehlt. ${entity} gibt es nicht ohne.`);
    } else if (value === null && kind !== 'json') {
      if (required) throw new Misfit(join(at, name), `${name} darf nicht leer sein.`);
      values[name] = null;
    } else {
      const wrong = misfit(kind, value);
      if (wrong !== undefined) throw new Misfit(join(at, name), `${name} ${wrong}`);
      values[name] = value;
    }
  }
  return values;
}

function readLinks(entity: EntityName, object: Readonly<Record<string, Json>>, place: Place): readonly Link[] {
  return Object.keys(ENTITIES[entity].navigation).flatMap((relation): readonly Link[] => {
    const value = Object.hasOwn(object, relation) ? object[relation] : undefined;
    if (value === undefined || value === null) return [];
    const { many } = navigationOf(entity, relation)!;
    if (many && !Array.isArray(value)) throw new Misfit(join(place.at, relation), `${relation} ist eine Liste.`);
    const items = many ? (value as readonly Json[]) : [value];
    return items.map((item, index) => readLink(entity, relation, item, { ...place, at: join(place.at, many ? `${relation}.${index}` : relation) }));
  });
}

function readLink(entity: EntityName, relation: string, item: Json, place: Place): Link {
  const { target } = navigationOf(entity, relation)!;
  const id = typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as Record<string, Json>)['@iot.id'] : undefined;
  if (id === undefined) {
    const back = relationTo(target, entity);
    return { relation, target, to: { input: read(target, item, 'whole', back === undefined ? [] : [back], { ...place, depth: place.depth + 1 }) } };
  }
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) throw new Misfit(join(place.at, '@iot.id'), 'Eine Nummer ist eine ganze Zahl.');
  return { relation, target, to: { id } };
}
