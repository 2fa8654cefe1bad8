import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompiledModel } from '../domain/compile-model.ts';
import { Environment } from '../domain/environment.ts';
import { Run, type Inputs } from '../domain/run.ts';
import { spell } from '../domain/scanner.ts';
import { FeelDate, parseDateTime } from '../domain/temporal.ts';
import { isContext, Lambda, printValue, type Value } from '../domain/value.ts';
import { loadModels, type ModelFolder } from './load-models.ts';
import { readTck, type TckFile } from './read-tck.ts';
import { fromTck, inputOf, isExpected } from './tck-values.ts';

/** A test case that did not answer as expected. */
export interface TckFailure {
  readonly file: string;
  readonly case: string;
  readonly result: string;
  readonly expected: string;
  readonly actual: string;
}

export interface TckFolder {
  readonly name: string;
  readonly passed: number;
  readonly total: number;
  readonly failures: readonly TckFailure[];
}

export interface TckLevel {
  readonly name: string;
  readonly passed: number;
  readonly total: number;
  readonly folders: readonly TckFolder[];
}

/** What the run may see beside the files. */
export interface TckOptions {
  /** For `now()` and `today()`. */
  readonly now: Temporal.Instant;
  /** Only folders whose name contains this. */
  readonly folder?: string;
}

/**
 * Runs the official tests of DMN, the TCK, in a checkout's folder `TestCases`.
 * @returns one entry for each folder `compliance-level-*`; a case counts once and passes when all its results do
 */
export async function runTck(directory: string, options: TckOptions): Promise<readonly TckLevel[]> {
  const names = (await readdir(directory, { withFileTypes: true }))
    .filter((one) => one.isDirectory() && one.name.startsWith('compliance-level-'))
    .map((one) => one.name);
  const levels: TckLevel[] = [];
  for (const name of names.toSorted()) levels.push(await runLevel(join(directory, name), name, options));
  return levels;
}

async function runLevel(path: string, name: string, options: TckOptions): Promise<TckLevel> {
  const wanted = (folder: string): boolean => options.folder === undefined || folder.includes(options.folder);
  const names = (await readdir(path, { withFileTypes: true })).filter((one) => one.isDirectory() && wanted(one.name)).map((one) => one.name);
  const folders: TckFolder[] = [];
  for (const folder of names.toSorted()) {
    const done = await runFolder(join(path, folder), folder, options.now);
    if (done.total > 0) folders.push(done);
  }
  return { name, folders, passed: sum(folders.map((one) => one.passed)), total: sum(folders.map((one) => one.total)) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

async function runFolder(path: string, name: string, now: Temporal.Instant): Promise<TckFolder> {
  const models = await loadModels(path);
  const failures: TckFailure[] = [];
  let total = 0;
  for (const file of (await readdir(path, { recursive: true })).filter((one) => one.endsWith('.xml')).toSorted()) {
    const tests = await readTests(join(path, file));
    if (typeof tests === 'string') {
      total++;
      failures.push({ file, case: '*', result: '*', expected: 'Testfälle', actual: tests });
    } else if (tests !== undefined) {
      const ran = runFile(tests, file, models, now);
      total += tests.cases.length;
      failures.push(...ran);
    }
  }
  return { name, total, passed: total - new Set(failures.map((one) => `${one.file} ${one.case}`)).size, failures };
}

/** The tests of a file, `undefined` where it holds none, a sentence where it cannot be read. */
async function readTests(path: string): Promise<TckFile | undefined | string> {
  const xml = await readFile(path, 'utf8');
  try {
    return readTck(xml);
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}

function runFile(tests: TckFile, file: string, models: ModelFolder, now: Temporal.Instant): TckFailure[] {
  const model = models.model(tests.modelName.trim());
  return tests.cases.flatMap((test) =>
    test.results.flatMap((result): TckFailure[] => {
      const expected = fromTck(result.expected);
      const failure = (actual: string): TckFailure[] => [{ file, case: test.id, result: result.name, expected: printValue(expected), actual }];
      if (typeof model === 'string') return failure(model);
      try {
        const actual = answer(model, test, result.name, now);
        if (actual === undefined) return failure(`Das Modell hat kein Element «${result.name}».`);
        const same = isExpected(result.expected, actual) || (actual === null && result.mayFail);
        return same ? [] : failure(printValue(actual));
      } catch (error) {
        // a bug of the engine is a failed case, not the end of the run
        return failure(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }),
  );
}

type Test = TckFile['cases'][number];

function answer(model: CompiledModel, test: Test, name: string, now: Temporal.Instant): Value | undefined {
  const whole = new Run(model, inputsOf(model, test), new Environment(clock(now)));
  const found = (test.invocable === undefined ? undefined : whole.named(spell(test.invocable))) ?? whole.named(spell(name));
  if (found === undefined) return undefined;
  const { run, element } = found;
  if (element.kind === 'decision' || element.kind === 'input') return run.valueOf(element);
  const lambda = run.lambda(element);
  const given = (parameter: string): Value => {
    const input = test.inputs.find((one) => spell(one.name) === parameter || spell(one.name).endsWith(`.${parameter}`));
    return input === undefined ? null : fromTck(input.value);
  };
  const value = lambda.call((lambda.parameters ?? []).map(given));
  // of a service with several outputs, the result may be one of them
  return element.kind === 'service' && element.outputs.length > 1 && isContext(value) && Object.hasOwn(value, spell(name)) ? value[spell(name)] : value;
}

/** Inputs by the path of imports (`import.name`), else by name and namespace. */
function inputsOf(model: CompiledModel, test: Test): Inputs {
  return ({ path, namespace, name }) => {
    const input =
      test.inputs.find((one) => one.namespace === undefined && spell(one.name) === spell(path + name)) ??
      test.inputs.find((one) => one.namespace === namespace && spell(one.name) === name);
    if (input === undefined) return undefined;
    const element = namespace === model.source.namespace ? model.elementNamed(name) : undefined;
    return inputOf(input.value, model.typeOf(element?.typeRef));
  };
}

function clock(now: Temporal.Instant): Readonly<Record<string, Value>> {
  const utc = now.toZonedDateTimeISO('UTC');
  const today = new FeelDate(utc.year, utc.month, utc.day);
  const moment = parseDateTime(`${utc.toPlainDateTime().toString({ smallestUnit: 'second' })}Z`);
  return {
    now: new Lambda('now', [], (args) => (args.length === 0 ? moment : null)),
    today: new Lambda('today', [], (args) => (args.length === 0 ? today : null)),
  };
}
