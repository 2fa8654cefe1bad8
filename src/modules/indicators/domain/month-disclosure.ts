import { CITY } from './contributions.ts';
import { STOCKS } from './counters.ts';
import { isCounted } from './figures.ts';
import type { Cell } from './fold.ts';
import { hiddenRows, isFew, type Hiding } from './suppression.ts';
import { TOLD, type Counts } from './told.ts';

/** Who may not be shown. */
interface Hidden {
  readonly services: ReadonlySet<string>;
  /** Not even the sum of the city. */
  readonly city: boolean;
}

const NOBODY: Hidden = { services: new Set(), city: false };
type Rows = ReadonlyMap<string, readonly number[]>;

/**
 * What may be told of a month. It is settled for each name and not for each indicator: what one indicator hides, no other
 * tells, whatever formulas there are. Figures of several months are sums of what may be told of each, and tell nothing more.
 */
export class MonthDisclosure {
  readonly #cells: ReadonlyMap<string, Cell>;
  readonly #known = new Map<string, Hidden>();
  #classed: { readonly received: Hidden; readonly onlineToo: boolean } | undefined;

  constructor(cells: ReadonlyMap<string, Cell>) {
    this.#cells = cells;
  }

  hides(names: readonly string[], service: string | undefined): boolean {
    return names.some((name) => {
      const { services, city } = this.#of(name);
      return service === undefined ? city : services.has(service);
    });
  }

  #of(name: string): Hidden {
    const known = this.#known.get(name) ?? this.#reckon(name);
    this.#known.set(name, known);
    return known;
  }

  #reckon(name: string): Hidden {
    const told = TOLD[name];
    if (told === undefined || name in STOCKS) return NOBODY;
    if (name === 'received') return this.#byCounting().received;
    const within = told.within === undefined ? NOBODY : this.#of(told.within);
    const rows = this.#rows(told.parts);
    const city = within.city || isFewInAll(rows) || (told === TOLD['counter'] && !this.#byCounting().onlineToo);
    // where the sum is not told, or nothing can be subtracted from it, only the small ones themselves need hiding
    if (city || told.noSum === true) return { services: smallOnes(rows, within.services), city };
    const { hidden, safe } = hiddenRows(rows, [CITY, ...within.services]);
    return { services: new Set([...within.services, ...hidden]), city: !safe };
  }

  /**
   * The city tells online cases of services whose counters report beside all online cases, and so those of the others too:
   * each of both groups must hide its small ones among themselves. Where one cannot, the online share is not told.
   */
  #byCounting(): { readonly received: Hidden; readonly onlineToo: boolean } {
    if (this.#classed !== undefined) return this.#classed;
    const rows = this.#rows(TOLD['received']!.parts);
    const online = this.#rows(TOLD['counter']!.parts);
    const groups = [true, false].map((counted): Hiding<string> => hiddenRows(new Map([...rows].filter(([key]) => this.#isCounted(key) === counted)), [CITY]));
    const onlineToo = !isFewInAll(online) && groups.every(({ safe }) => safe);
    const { hidden, safe } = onlineToo
      ? hiddenRows(
          rows,
          groups.flatMap(({ hidden: some }) => [...some]),
        )
      : hiddenRows(rows, [CITY]);
    return (this.#classed = { received: { services: hidden, city: !safe || isFewInAll(rows) }, onlineToo });
  }

  #isCounted(service: string): boolean {
    return isCounted(this.#cells.get(service)!);
  }

  #rows(parts: (of: Counts) => readonly number[]): Rows {
    return new Map([...this.#cells].map(([service, cell]) => [service, parts(countsOf(cell))]));
  }
}

/** What names stand for in one row. */
function countsOf(cell: Cell): Counts {
  const count: Counts = (name) => cell.counts[name] ?? 0;
  return (name) =>
    name === 'online_matched' ? (isCounted(cell) ? count('received') : 0) : name === 'counter' ? (isCounted(cell) ? count(name) : 0) : count(name);
}

function isFewInAll(rows: Rows): boolean {
  const all = [...rows.values()];
  return (all[0] ?? []).some((_, part) => isFew(all.reduce((sum, row) => sum + row[part]!, 0)));
}

function smallOnes(rows: Rows, before: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...before, ...[...rows].filter(([, parts]) => parts.some(isFew)).map(([key]) => key)]);
}
