/**
 * The cheapest one-to-one assignment of rows to columns (Hungarian method with potentials, O(rows² · columns)).
 * @param costs rectangular, finite; rows may outnumber columns
 * @returns for each row its column, or -1 where there are fewer columns than rows
 */
export function cheapestAssignment(costs: readonly (readonly number[])[]): number[] {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return costs.map(() => -1);
  if (rows > columns) {
    const turned = cheapestAssignment(Array.from({ length: columns }, (_, column) => costs.map((row) => row[column]!)));
    const result = costs.map(() => -1);
    for (const [column, row] of turned.entries()) if (row >= 0) result[row] = column;
    return result;
  }
  return solve(costs, rows, columns);
}

/** Rows and columns are counted from 1; 0 stands for "free". */
function solve(costs: readonly (readonly number[])[], rows: number, columns: number): number[] {
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) augment({ costs, columns, rowPotential, columnPotential, rowOf }, row);
  const result = Array.from({ length: rows }, () => -1);
  for (let column = 1; column <= columns; column++) if (rowOf[column]! > 0) result[rowOf[column]! - 1] = column - 1;
  return result;
}

interface Solving {
  readonly costs: readonly (readonly number[])[];
  readonly columns: number;
  readonly rowPotential: Float64Array;
  readonly columnPotential: Float64Array;
  readonly rowOf: Int32Array;
}

/** Finds the cheapest way to bring one more row in. */
function augment({ costs, columns, rowPotential, columnPotential, rowOf }: Solving, row: number): void {
  const slack = new Float64Array(columns + 1).fill(Infinity);
  const cameFrom = new Int32Array(columns + 1);
  const used = new Uint8Array(columns + 1);
  rowOf[0] = row;
  let at = 0;
  while (rowOf[at] !== 0) {
    used[at] = 1;
    const here = rowOf[at]!;
    let delta = Infinity;
    let next = 0;
    for (let column = 1; column <= columns; column++) {
      if (used[column] === 1) continue;
      const reduced = costs[here - 1]![column - 1]! - rowPotential[here]! - columnPotential[column]!;
      if (reduced < slack[column]!) {
        slack[column] = reduced;
        cameFrom[column] = at;
      }
      if (slack[column]! < delta) {
        delta = slack[column]!;
        next = column;
      }
    }
    for (let column = 0; column <= columns; column++) {
      if (used[column] === 1) {
        rowPotential[rowOf[column]!] = rowPotential[rowOf[column]!]! + delta;
        columnPotential[column] = columnPotential[column]! - delta;
      } else slack[column] = slack[column]! - delta;
    }
    at = next;
  }
  while (at !== 0) {
    rowOf[at] = rowOf[cameFrom[at]!]!;
    at = cameFrom[at]!;
  }
}
