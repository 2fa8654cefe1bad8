import { legalDay } from '../../../kernel/time.ts';
import type { Category } from './participation.ts';

/** What of a contribution counts: no words, no person. */
export interface Counted {
  readonly category: string;
  readonly district: string | null;
  readonly state: 'waiting' | 'published' | 'hidden' | 'merged' | 'deleted';
  readonly support: number;
  readonly comments: number;
  readonly answered: boolean;
  readonly submittedAt: Temporal.Instant;
}

export interface Count {
  readonly name: string;
  readonly contributions: number;
  readonly support: number;
  readonly comments: number;
}

export interface Evaluation {
  readonly states: Readonly<Record<Counted['state'], number>>;
  /** Published ones, as are all that follow. */
  readonly total: Omit<Count, 'name'> & { readonly answered: number };
  /** All categories, empty ones too, in the order of the form. */
  readonly categories: readonly Count[];
  /** Most contributions first; without a place or outside of every district last. */
  readonly districts: readonly Count[];
  /** Every day from the first contribution to the last, empty ones too. */
  readonly days: readonly { readonly day: Temporal.PlainDate; readonly contributions: number }[];
}

const NO_DISTRICT = 'Ohne Ort';

/** Counts of a participation; days are those of the city. */
export function evaluate(rows: readonly Counted[], categories: readonly Category[]): Evaluation {
  const shown = rows.filter(({ state }) => state === 'published');
  const states = { waiting: 0, published: 0, hidden: 0, merged: 0, deleted: 0 };
  for (const { state } of rows) states[state] += 1;
  const byDistrict = Map.groupBy(shown, ({ district }) => district ?? NO_DISTRICT);
  const districts = [...byDistrict].map(([name, group]) => ({ name, ...sums(group) }));
  return {
    states,
    total: { ...sums(shown), answered: shown.filter(({ answered }) => answered).length },
    categories: categories.map(({ id, name }) => ({ name, ...sums(shown.filter(({ category }) => category === id)) })),
    districts: districts.toSorted(
      (a, b) => Number(a.name === NO_DISTRICT) - Number(b.name === NO_DISTRICT) || b.contributions - a.contributions || a.name.localeCompare(b.name, 'de'),
    ),
    days: daysOf(shown),
  };
}

function sums(rows: readonly Counted[]): Omit<Count, 'name'> {
  const sum = (part: 'support' | 'comments'): number => rows.reduce((total, row) => total + row[part], 0);
  return { contributions: rows.length, support: sum('support'), comments: sum('comments') };
}

function daysOf(rows: readonly Counted[]): Evaluation['days'] {
  const byDay = Map.groupBy(rows, ({ submittedAt }) => legalDay(submittedAt).toString());
  const [first, last] = [...byDay.keys()].toSorted().reduce<readonly [string?, string?]>(([from], day) => [from ?? day, day], []);
  if (first === undefined || last === undefined) return [];
  const days = Temporal.PlainDate.from(first).until(last, { largestUnit: 'days' }).days;
  return Array.from({ length: days + 1 }, (_, index) => {
    const day = Temporal.PlainDate.from(first).add({ days: index });
    return { day, contributions: byDay.get(day.toString())?.length ?? 0 };
  });
}
