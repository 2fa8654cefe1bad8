import { COUNTERS, SNAPSHOT_DAY, SNAPSHOTS, STOCKS } from './counters.ts';
import { CITY } from './contributions.ts';
import type { Cell } from './fold.ts';
import type { Month } from './months.ts';

/** What the names of formulas stand for: in some months, of one service or of the city. */
export interface Bundle {
  /** `undefined`: nobody knows, e.g. how many came to a counter where nobody counted. */
  value(name: string): number | undefined;
}

/** Smallest number of whole days in which this share of the cases is done (nearest rank, as `percentile_disc`). */
export function daysQuantile(days: Readonly<Record<string, number>>, share: number): number | undefined {
  const rows = Object.entries(days)
    .map(([day, n]) => [Number(day), n] as const)
    .toSorted(([a], [b]) => a - b);
  const cases = rows.reduce((sum, [, n]) => sum + n, 0);
  // 0.9 * 10 is more than 9 in floating point, and the ninth is meant
  const rank = Math.max(1, Math.ceil(share * cases - 1e-9));
  let seen = 0;
  for (const [day, n] of rows) {
    seen += n;
    if (seen >= rank) return day;
  }
  return undefined;
}

/** Whether a counter reported, and not only took back: elsewhere the share of online cases cannot be known. */
export const isCounted = ({ counts }: Cell): boolean => (counts['counter_records'] ?? 0) > 0 && (counts['counter'] ?? 0) > 0;

/** Whether a row says anything of a name: derived ones speak where their cases were counted. */
function speaksOf({ counts, snapshot }: Cell, name: string): boolean {
  const counted = name === 'median_days' || name === 'p90_days' ? 'decided' : name === 'online_matched' || name === 'counter' ? 'counter_records' : name;
  return (counts[counted] ?? 0) !== 0 || snapshot[name] !== undefined;
}

/** The same for every month without any, so that it is seen to be the same. */
const NO_ROWS: ReadonlyMap<string, Cell> = new Map();

/** All cells of the city in memory: a few thousand rows, whatever the number of cases. */
export class Figures {
  readonly #byMonth = new Map<Month, ReadonlyMap<string, Cell>>();
  readonly #services = new Set<string>();

  /** Takes cells as they are kept now, in place of what was known of them; rows that were handed out stay as they were. */
  take(cells: readonly Cell[]): void {
    for (const [month, changed] of Map.groupBy(cells, (cell) => cell.month)) {
      const rows = new Map(this.#byMonth.get(month));
      for (const cell of changed) {
        rows.set(cell.service, cell);
        if (cell.service !== CITY) this.#services.add(cell.service);
      }
      this.#byMonth.set(month, rows);
    }
  }

  services(): string[] {
    return [...this.#services].toSorted();
  }

  /** The first month in which one of these was counted or seen. */
  firstMonthOf(names: readonly string[], service?: string): Month | undefined {
    const seen = [...this.#byMonth.keys()].filter((month) => this.#cells(month, service).some((cell) => names.some((name) => speaksOf(cell, name))));
    return seen.toSorted()[0];
  }

  /** The rows of a month by service, with that of what belongs to none. */
  rows(month: Month): ReadonlyMap<string, Cell> {
    return this.#byMonth.get(month) ?? NO_ROWS;
  }

  /** @param service absent: of the whole city */
  of(months: readonly Month[], service?: string): Bundle {
    const cells = months.flatMap((month) => this.#cells(month, service));
    return new Sums(cells, (name) => this.#stock(name, months.at(-1)));
  }

  #cells(month: Month, service: string | undefined): Cell[] {
    const cells = this.#byMonth.get(month);
    if (cells === undefined) return [];
    if (service === undefined) return [...cells.values()];
    const cell = cells.get(service);
    return cell === undefined ? [] : [cell];
  }

  #stock(name: string, until: Month | undefined): number {
    let sum = 0;
    for (const [month, cells] of this.#byMonth) if (until !== undefined && month <= until) sum += cells.get(CITY)?.counts[name] ?? 0;
    return sum;
  }
}

class Sums implements Bundle {
  readonly #cells: readonly Cell[];
  readonly #stock: (name: string) => number;
  #days: Record<string, number> | undefined;

  constructor(cells: readonly Cell[], stock: (name: string) => number) {
    this.#cells = cells;
    this.#stock = stock;
  }

  value(name: string): number | undefined {
    if (name === 'counter') return this.#matched('counter');
    if (name === 'online_matched') return this.#matched('received');
    if (name === 'median_days') return daysQuantile(this.#allDays(), 0.5);
    if (name === 'p90_days') return daysQuantile(this.#allDays(), 0.9);
    if (name in COUNTERS) return this.#cells.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0);
    if (name in STOCKS) return this.#stock(name);
    return name in SNAPSHOTS || name === SNAPSHOT_DAY ? this.#snapshot(name) : undefined;
  }

  /** Of services and months where a counter reported. */
  #matched(name: string): number | undefined {
    const counted = this.#cells.filter(isCounted);
    return counted.length === 0 ? undefined : counted.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0);
  }

  #allDays(): Record<string, number> {
    if (this.#days !== undefined) return this.#days;
    const all: Record<string, number> = {};
    for (const { days } of this.#cells) for (const day in days) all[day] = (all[day] ?? 0) + days[day]!;
    return (this.#days = all);
  }

  #snapshot(name: string): number | undefined {
    return this.#cells.findLast(({ snapshot }) => snapshot[name] !== undefined)?.snapshot[name];
  }
}
