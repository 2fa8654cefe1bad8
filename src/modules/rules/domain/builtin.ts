import { FeelDate } from './temporal.ts';
import { midnightUtc } from './temporal-arithmetic.ts';
import { isList, Lambda, typeOf, type Named, type Value } from './value.ts';

/**
 * The parameters of a function as words: `name: type`, `name?: type` where it may be left out, `...name:
 * type` for one or more. A type is FEEL's or several of them with `|`; `null` among them lets null pass,
 * `any` lets everything. All else is null: no function of FEEL throws (OMG DMN 1.5, 10.3.4).
 */
interface Parameter {
  readonly name: string;
  readonly types: readonly string[];
  readonly optional: boolean;
  readonly rest: boolean;
}

export type Implementation = (...args: never[]) => Value;

interface Variant {
  readonly parameters: readonly Parameter[];
  readonly run: (...args: Value[]) => Value;
}

const NO = Symbol('does not fit');

function read(words: string): readonly Parameter[] {
  if (words === '') return [];
  return words.split(', ').map((word) => {
    const [, rest, name, optional, types] = /^(\.\.\.)?([^?:]+)(\??): (.+)$/.exec(word)!;
    return { name: name!, types: types!.split('|'), optional: optional === '?', rest: rest !== undefined };
  });
}

/** The argument as the parameter wants it: from a list of one its element, from a value a list of it. */
function fit(value: Value, types: readonly string[]): Value | typeof NO {
  if (types[0] === 'any') return value;
  if (value === null) return types.includes('null') ? null : NO;
  if (typeof value === 'number' ? types.includes('number') : types.includes(typeOf(value))) return value;
  if (types.includes('list')) return [value];
  if (isList(value) && value.length === 1 && value[0] !== null) return fit(value[0]!, types);
  return value instanceof FeelDate && types.includes('date and time') ? midnightUtc(value) : NO;
}

function positional({ parameters, run }: Variant, args: readonly Value[]): Value | typeof NO {
  const last = parameters.at(-1);
  const rest = last?.rest === true;
  const required = parameters.filter((one) => !one.optional).length;
  if (args.length < required || (!rest && args.length > parameters.length)) return NO;
  const fitted: Value[] = [];
  for (const [index, arg] of args.entries()) {
    const value = fit(arg, (parameters[index] ?? last!).types);
    if (value === NO) return NO;
    fitted.push(value);
  }
  return run(...fitted);
}

function byName(variant: Variant, args: Named): Value | typeof NO {
  const { parameters } = variant;
  const rest = parameters.at(-1)?.rest === true;
  if (rest || [...args.keys()].some((name) => !parameters.some((one) => one.name === name))) return NO;
  if (parameters.some((one) => !one.optional && !args.has(one.name))) return NO;
  const fitted: Value[] = [];
  for (const { name, types } of parameters) {
    const value = args.has(name) ? fit(args.get(name)!, types) : undefined;
    if (value === NO) return NO;
    fitted.push(value as Value);
  }
  while (fitted.length > 0 && fitted.at(-1) === undefined) fitted.pop();
  return variant.run(...fitted);
}

/** A function of the library, by its variants in the order in which they are tried. */
export function builtin(name: string, ...variants: readonly (readonly [parameters: string, run: Implementation])[]): Lambda {
  const read_ = variants.map(([parameters, run]) => ({ parameters: read(parameters), run: run as unknown as (...args: Value[]) => Value }));
  const first = (attempt: (variant: Variant) => Value | typeof NO): Value => {
    for (const variant of read_) {
      const value = attempt(variant);
      if (value !== NO) return value ?? null;
    }
    return null;
  };
  return new Lambda(
    name,
    read_[0]!.parameters.map((one) => one.name),
    (args) => first((variant) => positional(variant, args)),
    (args) => first((variant) => byName(variant, args)),
  );
}

/** The library as a table. */
export const library = (...functions: readonly Lambda[]): ReadonlyMap<string, Lambda> => new Map(functions.map((one) => [one.name, one]));

/** `f([a, b])` and `f(a, b)` mean the same where a function takes one list. */
export const spread = (args: readonly Value[]): readonly Value[] => (args.length === 1 && isList(args[0]!) ? args[0] : args);
