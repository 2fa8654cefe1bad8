import type { Decision, RuleSet } from '../../rules/public.ts';
import { pairBy, same, type Change } from './diff-change.ts';

const OTHER_RESULT = 'Dieselben Angaben könnten zu einem anderen Ergebnis führen als bei der Einreichung.';

const change = (kind: Change['kind'], what: string, unsafe: string | undefined = OTHER_RESULT): Change => ({
  area: 'Regeln',
  kind,
  what,
  ...(unsafe !== undefined && { unsafe }),
});

/** Decisions, and in their tables every row. */
export function diffRules(before: RuleSet, after: RuleSet): Change[] {
  const decisions = pairBy([...before.values()], [...after.values()], (decision) => decision.id);
  return [
    ...decisions.added.map((one) => change('added', `Neue Entscheidung «${one.name}».`)),
    ...decisions.removed.map((one) => change('removed', `Die Entscheidung «${one.name}» fällt weg.`)),
    ...decisions.kept.flatMap(([old, fresh]) => diffDecision(old, fresh)),
  ];
}

function diffDecision(before: Decision, after: Decision): Change[] {
  const name = `Entscheidung «${after.name}»`;
  const found = same(before.requires, after.requires)
    ? []
    : [change('changed', `${name} baut auf anderen Entscheidungen auf: ${after.requires.join(', ') || 'keinen'}.`)];
  const [a, b] = [before.logic, after.logic];
  if (a.kind !== 'table' || b.kind !== 'table') {
    return same(a, b) ? found : [...found, change('changed', `${name} rechnet anders.`)];
  }
  if (a.hitPolicy !== b.hitPolicy || a.aggregation !== b.aggregation) found.push(change('changed', `${name}: Auswahlregel ${a.hitPolicy} → ${b.hitPolicy}.`));
  if (!same(a.inputs, b.inputs)) {
    return [
      ...found,
      change('changed', `${name} fragt nach: ${b.inputs.map((input) => input.label).join(', ')} (bisher: ${a.inputs.map((input) => input.label).join(', ')}).`),
    ];
  }
  if (!same(a.outputs, b.outputs)) found.push(change('changed', `${name} nennt: ${b.outputs.map((output) => output.name).join(', ')}.`));
  return [...found, ...diffRows(name, a.rules, b.rules, a.hitPolicy)];
}

type Row = Extract<Decision['logic'], { kind: 'table' }>['rules'][number];
interface NumberedRow {
  readonly row: Row;
  readonly number: number;
}

/** Rows belong together by their sentence, else by their conditions. */
function diffRows(name: string, before: readonly Row[], after: readonly Row[], hitPolicy: string): Change[] {
  const numbered = (rows: readonly Row[]): NumberedRow[] => rows.map((row, index) => ({ row, number: index + 1 }));
  const exact = pairBy(withTurn(numbered(before), wholeOf), withTurn(numbered(after), wholeOf), (one) => one.key);
  const bySentence = pairBy(
    withTurn(exact.removed, (row) => row.description),
    withTurn(exact.added, (row) => row.description),
    (one) => one.key,
  );
  const byTests = pairBy(withTurn(bySentence.removed, testsOf), withTurn(bySentence.added, testsOf), (one) => one.key);
  const order = exact.kept.map(([old]) => old.number);
  const moved =
    hitPolicy === 'FIRST' &&
    !same(
      exact.kept.toSorted(([, x], [, y]) => x.number - y.number).map(([old]) => old.number),
      order,
    );
  return [
    ...byTests.added.map(({ row, number }) =>
      change('added', `${name}, neue Zeile ${number}: ${row.description} Wenn ${testsOf(row)}, dann ${row.results.join(', ')}.`),
    ),
    ...byTests.removed.map(({ row, number }) => change('removed', `${name}, ohne die bisherige Zeile ${number}: ${row.description}`)),
    ...[...bySentence.kept, ...byTests.kept].map(([old, fresh]) => changedRow(name, old, fresh)),
    ...(moved ? [change('changed', `${name}: Die Reihenfolge der Zeilen ist anders; es gilt die erste, die zutrifft.`)] : []),
  ];
}

const testsOf = (row: Row): string => row.tests.join(' | ');
const wholeOf = (row: Row): string => JSON.stringify([row.description, row.tests, row.results]);

/** Rows that read alike are told apart by their turn. */
function withTurn(rows: readonly NumberedRow[], keyOf: (row: Row) => string): (NumberedRow & { key: string })[] {
  const turns = new Map<string, number>();
  return rows.map(({ row, number }) => {
    const turn = (turns.get(keyOf(row)) ?? 0) + 1;
    turns.set(keyOf(row), turn);
    return { row, number, key: `${keyOf(row)}#${turn}` };
  });
}

function changedRow(name: string, old: NumberedRow, fresh: NumberedRow): Change {
  const [a, b] = [old.row, fresh.row];
  const parts = [
    ...(same(a.tests, b.tests) ? [] : [`Bedingung ${testsOf(a)} → ${testsOf(b)}`]),
    ...(same(a.results, b.results) ? [] : [`Ergebnis ${a.results.join(', ')} → ${b.results.join(', ')}`]),
    ...(a.description === b.description ? [] : [`Begründung «${b.description}»`]),
  ];
  const onlyWords = same([a.tests, a.results], [b.tests, b.results]);
  return { area: 'Regeln', kind: 'changed', what: `${name}, Zeile ${fresh.number}: ${parts.join('; ')}.`, ...(onlyWords ? {} : { unsafe: OTHER_RESULT }) };
}
