import type { TypeSyntax } from './syntax.ts';
import { FeelDate } from './temporal.ts';
import { midnightUtc } from './temporal-arithmetic.ts';
import { isContext, isList, Lambda, Range, typeOf, type TypeName, type Value } from './value.ts';

/** A type of FEEL or of a model (OMG DMN 1.5, 10.3.2.9 and 7.3.2). */
export type Type =
  | { readonly kind: 'any' }
  | { readonly kind: 'null' }
  | { readonly kind: 'basic'; readonly name: TypeName }
  | { readonly kind: 'list'; readonly of: Type }
  | { readonly kind: 'range'; readonly of: Type }
  | { readonly kind: 'context'; readonly entries: readonly (readonly [name: string, type: Type])[] }
  | { readonly kind: 'function'; readonly parameters: readonly Type[] | undefined; readonly result: Type }
  /** A type whose values are limited (allowed values, type constraint). */
  | { readonly kind: 'limited'; readonly of: Type; readonly allows: (value: Value) => boolean };

export const ANY: Type = { kind: 'any' };

const BASIC: Readonly<Record<string, TypeName>> = {
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  'date and time': 'date and time',
  dateTime: 'date and time',
  'days and time duration': 'days and time duration',
  dayTimeDuration: 'days and time duration',
  'day time duration': 'days and time duration',
  'years and months duration': 'years and months duration',
  yearMonthDuration: 'years and months duration',
  'year month duration': 'years and months duration',
};

/** A type of the language by its name; `undefined` where there is none. */
export function basicType(name: string): Type | undefined {
  if (Object.hasOwn(BASIC, name)) return { kind: 'basic', name: BASIC[name]! };
  switch (name) {
    case 'Any':
    case 'any':
      return ANY;
    case 'Null':
      return { kind: 'null' };
    case 'list':
      return { kind: 'list', of: ANY };
    case 'context':
      return { kind: 'context', entries: [] };
    case 'range':
      return { kind: 'range', of: ANY };
    case 'function':
      return { kind: 'function', parameters: undefined, result: ANY };
    default:
      return undefined;
  }
}

/** @param named types of the model by name; a name that nobody knows is `undefined` */
export function typeFrom(syntax: TypeSyntax, named: (name: string) => Type | undefined): Type | undefined {
  switch (syntax.kind) {
    case 'named':
      return basicType(syntax.name) ?? named(syntax.name);
    case 'list':
    case 'range': {
      const of = typeFrom(syntax.of, named);
      return of && { kind: syntax.kind, of };
    }
    case 'context': {
      const entries = syntax.entries.map(([name, type]) => [name, typeFrom(type, named)] as const);
      return entries.every((one): one is readonly [string, Type] => one[1] !== undefined) ? { kind: 'context', entries } : undefined;
    }
    case 'function': {
      const parameters = syntax.parameters.map((one) => typeFrom(one, named));
      const result = typeFrom(syntax.result, named);
      return result !== undefined && parameters.every((one) => one !== undefined) ? { kind: 'function', parameters, result } : undefined;
    }
  }
}

/**
 * Whether a value is of a type; null only of `Any` and `Null`.
 * @param loosely as `instance of` has it: limits of the allowed values do not count
 */
export function isOf(value: Value, type: Type, loosely = false): boolean {
  switch (type.kind) {
    case 'any':
      return true;
    case 'null':
      return value === null;
    case 'basic':
      return typeOf(value) === type.name;
    case 'list':
      return isList(value) && value.every((one) => one === null || isOf(one, type.of, loosely));
    case 'range':
      return value instanceof Range && (type.of.kind === 'any' || [value.start, value.end].every((end) => end === null || isOf(end, type.of, loosely)));
    case 'context':
      return (
        isContext(value) && type.entries.every(([name, of]) => Object.hasOwn(value, name) && (value[name] === null || isOf(value[name] ?? null, of, loosely)))
      );
    case 'function':
      return value instanceof Lambda && fits(value, type);
    case 'limited':
      return isOf(value, type.of, loosely) && (loosely || type.allows(value));
  }
}

/** A function conforms where it takes as many parameters, and what is known of its types fits. */
function fits(value: Lambda, type: Extract<Type, { kind: 'function' }>): boolean {
  if (type.parameters === undefined) return true;
  if (value.parameters === undefined || value.parameters.length !== type.parameters.length) return false;
  const own = value.signature;
  if (own === undefined) return true;
  return type.parameters.every((wanted, index) => conforms(wanted, own.parameters[index] ?? ANY)) && conforms(own.result, type.result);
}

/** Whether every value of the one type is one of the other (OMG DMN 1.5, 10.3.2.9.2). */
export function conforms(type: Type, to: Type): boolean {
  if (to.kind === 'any' || type.kind === 'null') return true;
  if (type.kind === 'limited') return type === to || conforms(type.of, to);
  if (to.kind === 'limited') return false;
  switch (type.kind) {
    case 'basic':
      return to.kind === 'basic' && to.name === type.name;
    case 'list':
    case 'range':
      return to.kind === type.kind && conforms(type.of, to.of);
    case 'context':
      return to.kind === 'context' && to.entries.every(([name, of]) => type.entries.some(([own, ownType]) => own === name && conforms(ownType, of)));
    case 'function':
      return (
        to.kind === 'function' &&
        (to.parameters === undefined ||
          (type.parameters?.length === to.parameters.length &&
            to.parameters.every((one, index) => conforms(one, type.parameters![index]!)) &&
            conforms(type.result, to.result)))
      );
    default:
      return false;
  }
}

/**
 * The value as the type wants it: a list of one for its element and the other way round, a day as its
 * midnight; null where it does not conform (OMG DMN 1.5, 10.3.2.9.4).
 */
export function coerce(value: Value, type: Type): Value {
  if (value === null || type.kind === 'any' || isOf(value, type)) return value;
  if (type.kind === 'list' && !isList(value)) return coerceToList(value, type);
  if (isList(value) && value.length === 1 && type.kind !== 'list') return coerce(value[0] ?? null, type);
  if (value instanceof FeelDate && isOf(midnightUtc(value), type)) return midnightUtc(value);
  if (type.kind === 'context' && isContext(value)) return coerceEntries(value, type.entries);
  if (type.kind === 'list' && isList(value)) {
    const items = value.map((one) => coerce(one, type.of));
    return items.every((one, index) => (one === null) === (value[index] === null)) && isOf(items, type) ? items : null;
  }
  return null;
}

function coerceToList(value: Value, type: Extract<Type, { kind: 'list' }>): Value {
  const item = coerce(value, type.of);
  return item !== null && isOf([item], type) ? [item] : null;
}

/** A context conforms where every entry does, if need be after coercion. */
function coerceEntries(value: Readonly<Record<string, Value>>, entries: readonly (readonly [string, Type])[]): Value {
  const changed: [string, Value][] = [];
  for (const [name, type] of entries) {
    if (!Object.hasOwn(value, name)) return null;
    const entry = coerce(value[name] ?? null, type);
    if (entry === null && value[name] !== null) return null;
    changed.push([name, entry]);
  }
  return Object.fromEntries([...Object.entries(value), ...changed]);
}
