import type { Parameters } from './model.ts';
import type { MemberResult } from './process.ts';

/** How many combinations there are. */
export const countMembers = (numbers: Readonly<Record<string, readonly number[]>>): number =>
  Object.values(numbers).reduce((product, values) => product * values.length, 1);

/** Every combination; the last input changes fastest. */
export function combinations(numbers: Readonly<Record<string, readonly number[]>>): readonly Parameters[] {
  return Object.entries(numbers).reduce<readonly Parameters[]>(
    (some, [name, values]) => some.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

export interface Spread {
  readonly value: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** Median, least and greatest of what members tell; members without the number do not count. */
export function spreadOf(members: readonly Pick<MemberResult, 'numbers'>[], name: string): Spread {
  const values = members.flatMap(({ numbers }) => numbers[name] ?? []).toSorted((a, b) => a - b);
  if (values.length === 0) return { value: null, minimum: null, maximum: null };
  const middle = values.length >> 1;
  const median = values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
  return { value: median, minimum: values[0]!, maximum: values.at(-1)! };
}

/** Names of the numbers that differ between members. */
export const variedOf = (members: readonly Pick<MemberResult, 'parameters'>[]): readonly string[] =>
  Object.keys(members[0]?.parameters ?? {}).filter((name) => members.some(({ parameters }) => parameters[name] !== members[0]!.parameters[name]));
