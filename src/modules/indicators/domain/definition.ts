import { inTens } from '../../../kernel/few.ts';
import type { IndicatorDefinition } from '../../../kernel/indicator.ts';
import { CITY_ONLY, NAMES, SNAPSHOTS, STOCKS } from './counters.ts';
import type { Bundle } from './figures.ts';
import { divisorsIn, namesIn } from './formula.ts';

/** Where the way to a target begins. */
export interface TargetStart {
  readonly value: number;
  readonly on: Temporal.PlainDate;
}

/** An indicator as this module keeps it. */
export interface Definition extends IndicatorDefinition {
  /** `journal`: built in; `defined`: by the strategy; `imported`: its figures come from elsewhere. */
  readonly kind: 'journal' | 'defined' | 'imported';
  /** 0: as it came with the program. */
  readonly version: number;
  /** Counters whose sum says how many cases stand behind it; absent: derived from the formula. Empty: no cases of people. */
  readonly base?: readonly string[];
  readonly start?: TargetStart;
}

/** How a formula calls an indicator: hyphens would be subtractions. */
export const nameOf = (key: string): string => key.replaceAll('-', '_');

export type DefinitionsByName = ReadonlyMap<string, Definition>;

/**
 * How many cases stand behind a figure. Of a formula: the fewest among what it divides by, of what it divides none, of
 * what it names; so no part of it can speak of fewer.
 */
export function casesOf(definition: Definition, bundle: Bundle, all: DefinitionsByName): number | undefined {
  if (definition.kind === 'imported') return undefined;
  if (definition.base !== undefined) return definition.base.length === 0 ? undefined : sumOf(definition.base, bundle);
  const divisors = divisorsIn(definition.formula).filter(({ text }) => namesIn(text).length > 0);
  const parts = [
    ...indicatorsIn(definition.formula, all).map((one) => casesOf(one, bundle, all)),
    ...(divisors.length > 0
      ? divisors.map(({ text }) => sumOf(countersIn(text), bundle))
      : countersIn(definition.formula).map((name) => sumOf([name], bundle))),
  ].filter((n) => n !== undefined);
  return parts.length === 0 ? undefined : Math.min(...parts);
}

/** A counter comes before an indicator of the same name; the formulas of built-in ones need it so. */
const countersIn = (formula: string): string[] => namesIn(formula).filter((name) => name in NAMES);

/** The indicators that a formula asks for. */
export const indicatorsIn = (formula: string, all: DefinitionsByName): Definition[] =>
  namesIn(formula).flatMap((name) => (name in NAMES ? [] : (all.get(name) ?? [])));

/** Whether it can be told for one service: every counter behind it must be. */
export function isPerService(definition: Definition, all: DefinitionsByName): boolean {
  if (definition.kind === 'imported') return false;
  return countersIn(definition.formula).every((name) => !CITY_ONLY.has(name)) && indicatorsIn(definition.formula, all).every((one) => isPerService(one, all));
}

/** Which counter says how many stand behind a name; sensors and data sets are nobody. */
function casesBehind(name: string): string | undefined {
  if (name in SNAPSHOTS || name === 'counter_records' || name === 'exercises') return undefined;
  // not those with known days alone: how many have none would be told with them
  if (name === 'median_days' || name === 'p90_days') return 'decided';
  return name === 'rating_sum' ? 'ratings' : name;
}

function sumOf(names: readonly string[], bundle: Bundle): number | undefined {
  const known = names
    .flatMap((name) => casesBehind(name) ?? [])
    .map((name) => (name in STOCKS ? inTens(bundle.value(name) ?? 0) : bundle.value(name)))
    .filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}
