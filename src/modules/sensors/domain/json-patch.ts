import type { Json } from './observation.ts';

/** Why a patch cannot be done, in a German sentence. */
export class UnusablePatch extends Error {}

type Container = Json[] | Record<string, Json>;
const MOST_OPERATIONS = 1000;
/** What `copy` may add: a part copied into itself would double with every step. */
const MOST_COPIED = 1_000_000;

/**
 * Applies a JSON Patch (RFC 6902) whole or not at all; `document` stays as it is.
 * @throws UnusablePatch on the first operation that cannot be done
 */
export function applyJsonPatch(document: Json, patch: unknown): Json {
  if (!Array.isArray(patch) || patch.length > MOST_OPERATIONS)
    throw new UnusablePatch(`Ein JSON Patch ist eine Liste mit höchstens ${MOST_OPERATIONS} Schritten.`);
  let copied = 0;
  const count = (value: Json): void => {
    copied += JSON.stringify(value).length;
    if (copied > MOST_COPIED) throw new UnusablePatch(`„copy“ fügt zu viel hinzu. Erlaubt sind zusammen ${MOST_COPIED.toLocaleString('de-DE')} Zeichen.`);
  };
  return (patch as readonly unknown[]).reduce<Json>((before, step, index) => {
    try {
      return applyStep(before, step, count);
    } catch (error) {
      if (error instanceof UnusablePatch) throw new UnusablePatch(`Schritt ${index + 1}: ${error.message}`);
      throw error;
    }
  }, structuredClone<Json>(document));
}

function applyStep(document: Json, step: unknown, count: (copied: Json) => void): Json {
  const { op, path, from, value } = (typeof step === 'object' && step !== null ? step : {}) as Record<string, unknown>;
  const to = pointer(path);
  switch (op) {
    case 'add':
      return add(document, to, given(value));
    case 'remove':
      return remove(document, to);
    case 'replace':
      valueAt(document, to);
      return to.length === 0 ? given(value) : add(remove(document, to), to, given(value));
    case 'move': {
      const source = pointer(from);
      if (source.length < to.length && source.every((part, index) => part === to[index]))
        throw new UnusablePatch('Ein Teil kann nicht in sich selbst bewegt werden.');
      const moved = valueAt(document, source);
      return add(remove(document, source), to, moved);
    }
    case 'copy': {
      const source = valueAt(document, pointer(from));
      count(source);
      return add(document, to, structuredClone<Json>(source));
    }
    case 'test':
      if (!isEqual(valueAt(document, to), given(value))) throw new UnusablePatch(`Unter ${String(path)} steht etwas anderes.`);
      return document;
    default:
      throw new UnusablePatch('„op“ ist add, remove, replace, move, copy oder test.');
  }
}

function given(value: unknown): Json {
  if (value === undefined) throw new UnusablePatch('„value“ fehlt.');
  return structuredClone(value) as Json;
}

/** RFC 6901; `__proto__` is a name like others and never reaches a prototype. */
function pointer(text: unknown): readonly string[] {
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/')) || text.length > 1000)
    throw new UnusablePatch('„path“ und „from“ sind Zeiger wie /properties/farbe.');
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const missing = (path: readonly string[]): UnusablePatch => new UnusablePatch(`/${path.join('/')} gibt es nicht.`);

function valueAt(document: Json, path: readonly string[]): Json {
  let value = document;
  for (const [index, part] of path.entries()) {
    const inner = Array.isArray(value) ? (value as Json[])[indexOf(value as Json[], part, false)] : ownOf(value, part);
    if (inner === undefined) throw missing(path.slice(0, index + 1));
    value = inner;
  }
  return value;
}

const ownOf = (value: Json, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, Json>)[name] : undefined;

function indexOf(list: readonly Json[], part: string, mayEnd: boolean): number {
  if (part === '-' && mayEnd) return list.length;
  const index = /^(?:0|[1-9]\d{0,8})$/.test(part) ? Number(part) : -1;
  if (index < 0 || index > (mayEnd ? list.length : list.length - 1)) throw new UnusablePatch(`In der Liste gibt es die Stelle ${part} nicht.`);
  return index;
}

function parentOf(document: Json, path: readonly string[]): Container {
  const parent = valueAt(document, path.slice(0, -1));
  if (typeof parent !== 'object' || parent === null) throw missing(path);
  return parent as Container;
}

function add(document: Json, path: readonly string[], value: Json): Json {
  const name = path.at(-1);
  if (name === undefined) return value;
  const parent = parentOf(document, path);
  if (Array.isArray(parent)) parent.splice(indexOf(parent, name, true), 0, value);
  else Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
  return document;
}

function remove(document: Json, path: readonly string[]): Json {
  const name = path.at(-1);
  if (name === undefined) throw new UnusablePatch('Der ganze Eintrag kann so nicht entfernt werden.');
  valueAt(document, path);
  const parent = parentOf(document, path);
  if (Array.isArray(parent)) parent.splice(indexOf(parent, name, false), 1);
  else delete parent[name];
  return document;
}

function isEqual(one: Json, other: Json): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(other, key) && isEqual((one as Record<string, Json>)[key]!, (other as Record<string, Json>)[key]!))
  );
}
