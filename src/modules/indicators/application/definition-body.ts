import { BUILT_IN } from '../domain/built-in.ts';
import { nameOf, type Definition, type DefinitionsByName } from '../domain/definition.ts';
import type { DefinitionRow } from '../store/definitions.ts';

/** A definition as it is kept in JSON: of a built-in indicator only what the strategy sets. */
export type DefinitionBody = Omit<Definition, 'key' | 'version' | 'base' | 'target' | 'start'> & {
  readonly target?: { readonly value: number; readonly by: string; readonly source: string };
  readonly start?: { readonly value: number; readonly on: string };
};

export function bodyOf({ key: _key, version: _version, base: _base, target, start, ...rest }: Definition): DefinitionBody {
  return {
    ...rest,
    ...(target === undefined ? {} : { target: { ...target, by: target.by.toString() } }),
    ...(start === undefined ? {} : { start: { ...start, on: start.on.toString() } }),
  };
}

function fromRow({ key, version, body }: DefinitionRow): Definition {
  const { target, start, ...kept } = body as unknown as DefinitionBody;
  const builtIn = BUILT_IN.find((one) => one.key === key);
  const dated = {
    ...(target === undefined ? {} : { target: { ...target, by: Temporal.PlainDate.from(target.by) } }),
    ...(start === undefined ? {} : { start: { ...start, on: Temporal.PlainDate.from(start.on) } }),
  };
  // what a built-in indicator is comes with the program; only its owner and target are the strategy's
  if (builtIn !== undefined) return { ...builtIn, version, owner: kept.owner, ...dated };
  return { ...kept, key, version, ...dated };
}

/** All definitions in force: built-in ones first, then own ones by key; found by the name that formulas use. */
export function definitionsFrom(rows: readonly DefinitionRow[]): DefinitionsByName {
  const changed = new Map(rows.map((row) => [row.key, fromRow(row)]));
  const builtIn = BUILT_IN.map((one) => changed.get(one.key) ?? one);
  const own = [...changed.values()].filter(({ kind }) => kind !== 'journal');
  return new Map([...builtIn, ...own].map((one) => [nameOf(one.key), one]));
}
