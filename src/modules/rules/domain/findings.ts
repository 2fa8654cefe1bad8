import { columnOf, type Cell, type Column } from './findings-column.ts';
import type { Decision, DecisionTable } from './model.ts';
import { toPlain } from './value.ts';

/** Inputs that no row answers, or that rows answer against each other. */
export interface TableFinding {
  readonly kind: 'gap' | 'overlap';
  /** Id of the decision. */
  readonly decision: string;
  /** Numbers of the rows that fit at once, from 1; none for a gap. */
  readonly rules: readonly number[];
  /** One such input by the labels of the columns; days and times as ISO text. */
  readonly example: Readonly<Record<string, unknown>>;
  /** A plain German sentence with the example. */
  readonly detail: string;
}

/** Beyond this many different combinations a table is not examined to its end. */
const MOST_COMBINATIONS = 200_000;
const MOST_FINDINGS = 20;

/**
 * Gaps and overlaps of a decision table. Exact for numbers, texts, booleans, days, times and durations in
 * cells that hold literals, comparisons, ranges and `not(…)`. Every column is cut at the ends that its cells
 * name; within a piece no row can change its answer, so one value of each piece stands for all. Nothing is
 * said about a table with a cell that calls a function or asks for another input, about columns that are too
 * many to go through, about what is not known (null), and of texts without allowed values only that
 * one which no row names is not answered.
 *
 * Rows that overlap are a mistake where one row may fit (UNIQUE), and where several must agree (ANY) if their
 * results differ. FIRST, PRIORITY and the policies that collect want overlaps; collecting wants gaps as well.
 */
export function tableFindings(decision: Pick<Decision, 'id' | 'logic'>): readonly TableFinding[] {
  if (decision.logic.kind !== 'table') return [];
  return new Examination(decision.id, decision.logic).findings();
}

class Examination {
  readonly #decision: string;
  readonly #table: DecisionTable;
  readonly #columns: readonly (Column | undefined)[];

  constructor(decision: string, table: DecisionTable) {
    this.#decision = decision;
    this.#table = table;
    this.#columns = table.inputs.map((input, index) =>
      columnOf(
        input,
        table.rules.map((rule) => rule.tests[index] ?? '-'),
      ),
    );
  }

  findings(): readonly TableFinding[] {
    const { hitPolicy } = this.#table;
    const collects = hitPolicy === 'COLLECT' || hitPolicy === 'RULE ORDER' || hitPolicy === 'OUTPUT ORDER';
    if (collects || this.#columns.length === 0 || this.#columns.some((column) => column === undefined)) return [];
    const columns = this.#columns as readonly Column[];
    const combinations = columns.reduce((product, column) => product * column.cells.length, 1);
    if (combinations > MOST_COMBINATIONS) return [];
    const found = new Map<string, TableFinding>();
    this.#walk(
      columns,
      0,
      [],
      this.#table.rules.map((_, index) => index),
      found,
    );
    return [...found.values()];
  }

  /** Goes through the pieces of one column after the other with the rows that still fit. */
  #walk(columns: readonly Column[], at: number, chosen: readonly Cell[], rows: readonly number[], found: Map<string, TableFinding>): void {
    if (found.size >= MOST_FINDINGS) return;
    const column = columns[at];
    if (column === undefined) {
      this.#judge(chosen, rows, found);
      return;
    }
    for (const cell of column.cells) {
      const fitting = rows.filter((row) => cell.rows[row] === true);
      // where no row is left, one gap says it for all that would follow
      if (fitting.length === 0) this.#gap([...chosen, cell, ...columns.slice(at + 1).map((other) => other.cells[0]!)], found);
      else this.#walk(columns, at + 1, [...chosen, cell], fitting, found);
    }
  }

  #judge(chosen: readonly Cell[], rows: readonly number[], found: Map<string, TableFinding>): void {
    const { hitPolicy } = this.#table;
    if (rows.length < 2 || (hitPolicy !== 'UNIQUE' && !(hitPolicy === 'ANY' && this.#differ(rows)))) return;
    const rules = rows.map((row) => row + 1);
    const key = `overlap ${rules.join(' ')}`;
    if (found.has(key)) return;
    const example = this.#example(chosen);
    const detail =
      hitPolicy === 'UNIQUE'
        ? `Die Zeilen ${rules.join(', ')} treffen zugleich zu, zum Beispiel bei ${words(example)}. Grenzen Sie die Bedingungen gegeneinander ab.`
        : `Die Zeilen ${rules.join(', ')} sagen Verschiedenes, zum Beispiel bei ${words(example)}. Gleichen Sie die Ergebnisse an.`;
    found.set(key, { kind: 'overlap', decision: this.#decision, rules, example, detail });
  }

  #differ(rows: readonly number[]): boolean {
    return new Set(rows.map((row) => JSON.stringify(this.#table.rules[row]!.results.map((text) => text.trim())))).size > 1;
  }

  #gap(chosen: readonly Cell[], found: Map<string, TableFinding>): void {
    if (this.#table.outputs.some((output) => output.otherwise !== undefined)) return;
    const example = this.#example(chosen);
    const key = `gap ${JSON.stringify(example)}`;
    if (found.has(key)) return;
    const detail = `Keine Zeile trifft zu, zum Beispiel bei ${words(example)}. Ergänzen Sie eine Zeile oder ein Ergebnis für alle übrigen Fälle.`;
    found.set(key, { kind: 'gap', decision: this.#decision, rules: [], example, detail });
  }

  #example(chosen: readonly Cell[]): Readonly<Record<string, unknown>> {
    return Object.fromEntries(chosen.map((cell, index) => [this.#table.inputs[index]!.label, toPlain(cell.value)]));
  }
}

function words(example: Readonly<Record<string, unknown>>): string {
  return Object.entries(example)
    .map(([label, value]) => `${label} = ${typeof value === 'string' ? `«${value}»` : String(value)}`)
    .join(', ');
}
