import { findProcess, listProcesses, type ProcessDescription, type Said } from '../../processes/public.ts';
import { isParameter } from '../domain/job-inputs.ts';
import type { Parameters } from '../domain/scenario.ts';

/** Models that can be run on a scenario. */
export const models = (): readonly ProcessDescription[] => listProcesses();

/** An input that a person chooses. */
export interface ModelParameter {
  readonly name: string;
  readonly title: Said;
  readonly description: Said;
  readonly unit: string;
  readonly several: boolean;
  readonly fallback: number | string | readonly number[] | undefined;
}

/** Parameters of a model, in the order of its description; none of one that there is not. */
export const parametersOf = (process: string): readonly ModelParameter[] =>
  Object.entries(findProcess(process)?.inputs ?? {})
    .filter(([, input]) => isParameter(input))
    .map(([name, { title, description, holds, sweep, fallback }]) => ({
      ...{ name, title, description, fallback },
      unit: holds.kind === 'number' ? holds.unit : '',
      several: sweep === true,
    }));

/** `10; 12,5` -> [10, 12.5]. What is no number becomes one that every model refuses, with its own sentence. */
const numbersIn = (text: string): readonly number[] =>
  text
    .split(/[;\s]+/)
    .filter((part) => part !== '')
    .map((part) => (/^-?\d{1,9}(?:[.,]\d{1,9})?$/.test(part) ? Number(part.replace(',', '.')) : Number.NaN));

/** Parameters as typed into a form, by name; what is left empty is the model's to choose. */
export function parametersFrom(process: string, typed: (name: string) => string): Parameters {
  const chosen = parametersOf(process).flatMap(({ name }): (readonly [string, Parameters[string]])[] => {
    const text = typed(name).trim();
    if (text === '') return [];
    if (findProcess(process)?.inputs[name]?.holds.kind === 'day') return [[name, text]];
    const numbers = numbersIn(text);
    return [[name, numbers.length === 1 ? numbers[0]! : numbers]];
  });
  return Object.fromEntries(chosen);
}
