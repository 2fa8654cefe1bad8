import type { BoxedCompiler } from './compile-boxed.ts';
import type { Code, Environment } from './environment.ts';
import type { DecisionTable, HitPolicy, RuleProblem } from './model.ts';
import { BUILTINS } from './builtins.ts';
import { coerce, type Type } from './types.ts';
import { contextOf, equals, isList, toPlain, type Value } from './value.ts';

interface Rule {
  readonly number: number;
  readonly sentence: string;
  readonly tests: readonly (((value: Value, scope: Environment) => boolean) | undefined)[];
  readonly results: readonly Code[];
}

interface Output {
  readonly name: string;
  readonly type: Type;
  readonly allows: Passes | undefined;
  readonly otherwise: Code | undefined;
  /** Allowed values in falling priority. */
  readonly priorities: readonly Value[];
}

interface Hit {
  readonly rule: Rule;
  readonly outputs: readonly Value[];
}

interface Input {
  readonly label: string;
  readonly code: Code;
}

/** A value that the declared type can hold is converted; another one stays as it is, and the cells judge it. */
function converted(code: Code, type: Type): Code {
  return (scope) => {
    const value = code(scope);
    return coerce(value, type) ?? value;
  };
}

type Passes = (value: Value, scope: Environment) => boolean;

/** A value that the column does not allow is null (OMG DMN 1.5, 8.3.2 and 8.3.3). */
function limited(code: Code, allows: Passes): Code {
  return (scope) => {
    const value = code(scope);
    return value === null || allows(value, scope) ? value : null;
  };
}

/** A table made ready. @param owner id of the decision or business knowledge model, for the trace */
export function compileTable(table: DecisionTable, compiler: BoxedCompiler, owner: string): Code {
  const inputs = table.inputs.map((input): Input => {
    const code = compiler.text(input.expression);
    const type = compiler.type(input.typeRef);
    const allowed = input.allowed === undefined || input.allowed.trim() === '' ? undefined : compiler.tests(input.allowed);
    const typed: Code = type.kind === 'any' ? code : converted(code, type);
    return { label: input.label, code: allowed === undefined ? typed : limited(typed, allowed) };
  });
  const outputs = table.outputs.map((output): Output => ({
    name: output.name,
    type: compiler.type(output.typeRef),
    allows: output.values === undefined || output.values.trim() === '' ? undefined : compiler.tests(output.values),
    otherwise: output.otherwise === undefined || output.otherwise.trim() === '' ? undefined : compiler.text(output.otherwise),
    priorities: output.values === undefined ? [] : compiler.literals(output.values),
  }));
  const rules = table.rules.map((rule, index): Rule => ({
    number: index + 1,
    sentence: rule.description,
    tests: rule.tests.map((test) => (test.trim() === '-' || test.trim() === '' ? undefined : compiler.tests(test))),
    results: rule.results.map((result, column) => typedResult(compiler.text(result.trim() === '' || result.trim() === '-' ? 'null' : result), outputs[column])),
  }));
  const finish = finisher(table, outputs, owner);
  const firstOnly = table.hitPolicy === 'FIRST';
  return (scope) => {
    const values = inputs.map((input) => input.code(scope));
    const hits: Hit[] = [];
    for (const rule of rules) {
      if (!fits(rule, values, scope)) continue;
      hits.push({ rule, outputs: rule.results.map((result) => result(scope)) });
      if (firstOnly) break;
    }
    leaveTrace(scope, owner, hits, inputs, values, outputs);
    return finish(hits, scope);
  };
}

function typedResult(code: Code, output: Output | undefined): Code {
  if (output === undefined) return code;
  const { type, allows } = output;
  const typed: Code = type.kind === 'any' ? code : (scope) => coerce(code(scope), type);
  return allows === undefined ? typed : limited(typed, allows);
}

function fits(rule: Rule, values: readonly Value[], scope: Environment): boolean {
  for (let column = 0; column < rule.tests.length; column++) {
    const test = rule.tests[column];
    if (test !== undefined && !test(values[column] ?? null, scope)) return false;
  }
  return true;
}

function leaveTrace(
  scope: Environment,
  owner: string,
  hits: readonly Hit[],
  inputs: readonly Input[],
  values: readonly Value[],
  outputs: readonly Output[],
): void {
  if (scope.trail === undefined || hits.length === 0) return;
  const seen = Object.fromEntries(inputs.map((input, index) => [input.label, toPlain(values[index] ?? null)]));
  for (const { rule, outputs: results } of hits) {
    scope.trail.trace.push({
      decision: owner,
      rule: rule.number,
      sentence: rule.sentence,
      inputs: seen,
      outputs: Object.fromEntries(outputs.map((output, index) => [output.name, toPlain(results[index] ?? null)])),
    });
  }
}

const resultOf = (outputs: readonly Output[], values: readonly Value[]): Value =>
  outputs.length === 1 ? (values[0] ?? null) : contextOf(outputs.map((output, index) => [output.name, values[index] ?? null]));

/** From the rules that fit to the one answer (OMG DMN 1.5, 8.2.10, 8.2.11). */
function finisher(table: DecisionTable, outputs: readonly Output[], owner: string): (hits: readonly Hit[], scope: Environment) => Value {
  const { hitPolicy, aggregation } = table;
  const several = hitPolicy === 'COLLECT' || hitPolicy === 'RULE ORDER' || hitPolicy === 'OUTPUT ORDER';
  return (hits, scope) => {
    if (hits.length === 0) return ofNone(outputs, several, aggregation, scope);
    if (hitPolicy === 'UNIQUE' && hits.length > 1) return contradiction(hitPolicy, owner, hits, scope);
    if (hitPolicy === 'ANY' && hits.some((hit) => equals(hit.outputs, hits[0]!.outputs) !== true)) return contradiction(hitPolicy, owner, hits, scope);
    if (!several) return resultOf(outputs, (hitPolicy === 'PRIORITY' ? byPriority(hits, outputs) : hits)[0]!.outputs);
    const ordered = hitPolicy === 'OUTPUT ORDER' ? byPriority(hits, outputs) : hits;
    const results = ordered.map((hit) => resultOf(outputs, hit.outputs));
    return aggregation === undefined ? results : aggregate(aggregation, results, outputs);
  };
}

function ofNone(outputs: readonly Output[], several: boolean, aggregation: DecisionTable['aggregation'], scope: Environment): Value {
  if (outputs.some((output) => output.otherwise !== undefined)) {
    const value = resultOf(
      outputs,
      outputs.map((output) => (output.otherwise === undefined ? null : coerce(output.otherwise(scope), output.type))),
    );
    return several && aggregation === undefined && !isList(value) ? [value] : value;
  }
  if (aggregation !== undefined) return aggregation === 'COUNT' ? 0 : null;
  return several ? [] : null;
}

function contradiction(policy: HitPolicy, owner: string, hits: readonly Hit[], scope: Environment): Value {
  const rules = hits.map((hit) => hit.rule.number);
  const problem: RuleProblem = {
    kind: 'contradiction',
    decision: owner,
    rules,
    detail:
      policy === 'UNIQUE'
        ? `In der Tabelle «${owner}» treffen die Zeilen ${rules.join(', ')} zugleich zu, obwohl nur eine zutreffen darf. Grenzen Sie die Bedingungen gegeneinander ab.`
        : `In der Tabelle «${owner}» sagen die Zeilen ${rules.join(', ')} Verschiedenes über denselben Fall. Gleichen Sie die Ergebnisse an.`,
  };
  scope.trail?.problems.push(problem);
  return null;
}

/** By the first output, then the next; a value that is not listed comes last. Stable. */
function byPriority(hits: readonly Hit[], outputs: readonly Output[]): readonly Hit[] {
  const rank = (hit: Hit, column: number): number => {
    const found = outputs[column]!.priorities.findIndex((value) => equals(value, hit.outputs[column] ?? null) === true);
    return found < 0 ? outputs[column]!.priorities.length : found;
  };
  return hits.toSorted((a, b) => {
    for (const column of outputs.keys()) {
      const difference = rank(a, column) - rank(b, column);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

function aggregate(how: NonNullable<DecisionTable['aggregation']>, results: readonly Value[], outputs: readonly Output[]): Value {
  if (how === 'COUNT') return results.length;
  if (outputs.length > 1)
    return contextOf(
      outputs.map(({ name }) => [
        name,
        fold(
          how,
          results.map((one) => (one as Readonly<Record<string, Value>>)[name] ?? null),
        ),
      ]),
    );
  return fold(how, results);
}

function fold(how: 'SUM' | 'MIN' | 'MAX', values: readonly Value[]): Value {
  return BUILTINS.get(how.toLowerCase())!.call([values]);
}
