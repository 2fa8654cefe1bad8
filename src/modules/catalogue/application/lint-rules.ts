import { feelUse, tableFindings, type Decision, type RuleSet } from '../../rules/public.ts';
import type { Field, Page } from '../domain/form.ts';
import type { ServicePackage } from '../domain/package.ts';
import { nameMistakes, valueMistakes } from './lint-conditions.ts';
import type { Finding } from './lint-finding.ts';
import { scopeOf } from './lint-scope.ts';
import { decisionsIn, type PackageSource, type TablePlace } from './lint-source.ts';
import { parsedYaml, walkTree } from './lint-tree.ts';

type Table = Extract<Decision['logic'], { kind: 'table' }>;

/** Decisions that are missing, unused or defined twice, and what their tables ask for. */
export function lintRules(pkg: ServicePackage, source: PackageSource): Finding[] {
  const used = usedDecisions(pkg, source);
  return [...missingDecisions(pkg, source), ...twice(source), ...unused(pkg.rules, used, source), ...lintInputs(pkg, source), ...lintFeeRule(pkg, source)];
}

function missingDecisions({ process, rules }: ServicePackage, source: PackageSource): Finding[] {
  const named = [
    [process.itemDecision?.decision, ['itemDecision', 'decision']],
    [process.caseDecision, ['caseDecision']],
  ] as const;
  return named.flatMap(([id, path]) =>
    id === undefined || rules.has(id)
      ? []
      : [
          source.at(
            'error',
            'process.yaml',
            path,
            `Die Entscheidung «${id}» steht in keiner Datei unter rules/. Legen Sie sie an, oder nennen Sie eine andere.`,
          ),
        ],
  );
}

function twice(source: PackageSource): Finding[] {
  const seen = new Set<string>();
  return [...source.dmn()].flatMap(([file, text]) =>
    decisionsIn(text).flatMap(({ id, at }) => {
      if (!seen.has(id)) {
        seen.add(id);
        return [];
      }
      const before = text.slice(0, at).split('\n');
      const message = `Die Entscheidung «${id}» gibt es zweimal. Geben Sie der zweiten eine andere Kennung.`;
      return [{ level: 'error' as const, file, line: before.length, column: before.at(-1)!.length + 1, message }];
    }),
  );
}

/** Ids of decisions that some part of the package names, and those they build on. */
function usedDecisions({ rules }: ServicePackage, source: PackageSource): Set<string> {
  const named = new Set<string>();
  for (const { tree } of parsedYaml(source)) {
    walkTree(tree, (path, value) => {
      if (typeof value === 'string' && /decision|rule|entscheidung|table/i.test(String(path.at(-1))) && rules.has(value)) named.add(value);
    });
  }
  return new Set([...named].flatMap((id) => withRequired(rules, id)));
}

function withRequired(rules: RuleSet, id: string, seen: ReadonlySet<string> = new Set()): string[] {
  const decision = rules.get(id);
  if (decision === undefined || seen.has(id)) return [];
  const inner = new Set([...seen, id]);
  return [id, ...decision.requires.flatMap((required) => withRequired(rules, required, inner))];
}

const unused = (rules: RuleSet, used: ReadonlySet<string>, source: PackageSource): Finding[] =>
  [...rules.keys()]
    .filter((id) => !used.has(id))
    .map((id) =>
      source.inTable('warning', id, {}, `Die Entscheidung «${id}» nutzt niemand. Nennen Sie sie in process.yaml oder service.yaml, oder streichen Sie sie.`),
    );

/** Where each decision is asked: over the whole answers, or for each item of a list. */
function lintInputs(pkg: ServicePackage, source: PackageSource): Finding[] {
  const { process, automation, rules } = pkg;
  const itemPage = pkg.form.pages.find((page) => page.repeat !== undefined && page.repeat.id === process.itemDecision?.repeat);
  const roots: [id: string | undefined, page: Page | undefined][] = [
    [process.itemDecision?.decision, itemPage],
    [process.caseDecision, undefined],
    [automation?.decision, undefined],
    [pkg.feeRule, undefined],
  ];
  const asked = new Map<string, Page | undefined>();
  for (const [id, page] of roots) for (const one of id === undefined ? [] : withRequired(rules, id)) if (!asked.has(one)) asked.set(one, page);
  return [...asked].flatMap(([id, page]) => lintDecision(pkg, rules.get(id)!, page, source));
}

function lintDecision(pkg: ServicePackage, decision: Decision, page: Page | undefined, source: PackageSource): Finding[] {
  const scope = scopeOf(pkg, page);
  const others = new Set([TARIFFS, ...decision.requires.flatMap((id) => [id, pkg.rules.get(id)?.name ?? id])]);
  const check = (text: string, kind: 'expression' | 'tests', place: TablePlace): Finding[] => {
    const use = feelUse(text, kind, [...scope.fields.keys(), ...others]);
    const messages = [...nameMistakes(text, use, scope, others), ...valueMistakes(text, use, scope)];
    return messages.map((message) => source.inTable('error', decision.id, place, `Entscheidung «${decision.id}»: ${message}`));
  };
  const { logic } = decision;
  // other kinds of logic bring their own names along; the rules check them
  if (logic.kind === 'literal') return check(logic.text, 'expression', {});
  if (logic.kind !== 'table') return [];
  const table = logic;
  return [
    ...lintCoverage(decision, table, scope, source),
    ...table.inputs.flatMap((input, column) => check(input.expression, 'expression', { column })),
    ...table.rules.flatMap((rule, row) => [
      ...rule.tests.flatMap((test, column) =>
        test.trim() === '-' ? [] : [...check(test, 'tests', { row, column }), ...lintOptions(table, scope, { text: test, row, column }, decision.id, source)],
      ),
      ...rule.results.flatMap((result, column) => check(result, 'expression', { row, column, output: true })),
    ]),
  ];
}

/** Inputs that no row answers, and rows that contradict each other, over the answers that the form allows. */
function lintCoverage(decision: Decision, table: Table, scope: ReturnType<typeof scopeOf>, source: PackageSource): Finding[] {
  const inputs = table.inputs.map((input) => {
    const allowed = input.allowed ?? allowedBy(scope.fields.get(input.expression.trim()));
    return allowed === undefined ? input : { ...input, allowed };
  });
  return tableFindings({ id: decision.id, logic: { ...table, inputs } }).map(({ kind, rules, detail }) => {
    const row = kind === 'overlap' ? rules.at(-1) : undefined;
    const place = row === undefined ? {} : { row: row - 1 };
    return source.inTable(kind === 'overlap' ? 'error' : 'warning', decision.id, place, `Entscheidung «${decision.id}»: ${detail}`);
  });
}

/** Unary tests that every answer to the field passes. */
function allowedBy(field: Field | undefined): string | undefined {
  if (field?.type === 'choice') return field.options.map((option) => JSON.stringify(option.value)).join(', ');
  return field?.type === 'number' ? `[${field.min}..${field.max}]` : undefined;
}

/** Under this name a fee rule finds the tariffs in force. */
const TARIFFS = 'tarif';

/** A fee rule must name tariffs that exist, and give an amount for the package's own example. */
function lintFeeRule({ feeRule, rules, tariffs }: ServicePackage, source: PackageSource): Finding[] {
  if (feeRule === undefined) return [];
  if (!rules.has(feeRule))
    return [
      source.at(
        'error',
        'service.yaml',
        ['feeRule'],
        `Die Entscheidung «${feeRule}» steht in keiner Datei unter rules/. Legen Sie sie an, oder nennen Sie eine andere.`,
      ),
    ];
  return withRequired(rules, feeRule).flatMap((id) =>
    textsOf(rules.get(id)!.logic).flatMap((text) =>
      feelUse(text)
        .names.filter(({ name, step }) => name === TARIFFS && step !== undefined && !(step in tariffs))
        .map(({ step }) =>
          source.inTable(
            'error',
            id,
            {},
            `«${text}» rechnet mit dem Tarif «${step}», den service.yaml nicht kennt. Es gibt: ${Object.keys(tariffs).join(', ') || 'keinen'}.`,
          ),
        ),
    ),
  );
}

/** Every expression in boxed logic, however deep. */
function textsOf(logic: unknown): string[] {
  const found: string[] = [];
  walkTree(logic, (path, value) => {
    if (typeof value === 'string' && (path.at(-1) === 'text' || path.at(-1) === 'expression' || path.at(-2) === 'results')) found.push(value);
  });
  return found;
}

interface Cell {
  readonly text: string;
  readonly row: number;
  readonly column: number;
}

/** A row that waits for an answer which the form does not offer never fires. */
function lintOptions(table: Table, scope: ReturnType<typeof scopeOf>, { text, row, column }: Cell, id: string, source: PackageSource): Finding[] {
  const field = scope.fields.get(table.inputs[column]?.expression.trim() ?? '');
  if (field?.type !== 'choice' || !feelUse(text, 'tests').plain) return [];
  const values = field.options.map((option) => option.value);
  return feelUse(text, 'tests')
    .texts.filter((value) => !values.includes(value))
    .map((value) =>
      source.inTable(
        'error',
        id,
        { row, column },
        `Entscheidung «${id}», Zeile ${row + 1}: Das Feld «${field.id}» hat keine Auswahl «${value}». Möglich: ${values.join(', ')}.`,
      ),
    );
}
