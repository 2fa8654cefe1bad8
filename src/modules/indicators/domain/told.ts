import { NAMES, STOCKS, type NameOfFormula } from './counters.ts';
import type { Definition, DefinitionsByName } from './definition.ts';
import { MADE_OF } from './event-kinds.ts';
import { namesIn } from './formula.ts';

/** What a name stands for, as a number; 0 where nobody counted. */
export type Counts = (name: string) => number;

/** What somebody learns who reads a name beside others. */
interface Told {
  /** The name whose count is read beside it: whoever hides that one hides this one too. */
  readonly within?: string;
  /** Counts of cases that it tells of, or lets be reckoned by subtraction; none may be fewer than ten and not nobody. */
  readonly parts: (of: Counts) => readonly number[];
  /** It tells no count: two of them cannot be subtracted from each other. */
  readonly noSum?: true;
}

const itself = (name: string): Told => ({ parts: (of) => [of(name)] });
/** A part of a whole: the rest is told with it. */
const partOf = (name: string, whole: string): Told => ({ within: whole, parts: (of) => [of(name), of(whole) - of(name)] });
const DAYS: Told = { within: 'decided', parts: (of) => [of('timed')], noSum: true };
const TIMED: Told = { within: 'decided', parts: (of) => [of('timed'), of('undated')] };
const ONLINE: Told = { within: 'received', parts: (of) => [of('online_matched'), of('counter')] };
const ITEMS: Told = {
  within: 'items_settled',
  parts: (of) => [of('items_accepted'), of('items_changed'), of('items_settled') - of('items_accepted') - of('items_changed')],
};

/** Names that speak of people or their cases. Others (sensors, data sets, exercises, reports of offices) hide nobody. */
export const TOLD: Readonly<Record<string, Told>> = {
  received: itself('received'),
  online_matched: ONLINE,
  counter: ONLINE,
  own_motion: itself('own_motion'),
  taken_over: itself('taken_over'),
  completed: itself('completed'),
  complete_first: partOf('complete_first', 'completed'),
  decided: itself('decided'),
  automated: partOf('automated', 'decided'),
  media_breaks: partOf('media_breaks', 'decided'),
  requests: { within: 'decided', parts: (of) => [of('requests')] },
  timed: TIMED,
  undated: TIMED,
  median_days: DAYS,
  p90_days: DAYS,
  fictions: itself('fictions'),
  withdrawn: itself('withdrawn'),
  objections: itself('objections'),
  ratings: itself('ratings'),
  // the sum of marks says how many did not give the best, or the worst
  rating_sum: { within: 'ratings', parts: (of) => [of('rating_sum') - of('ratings'), 5 * of('ratings') - of('rating_sum')] },
  consultations: itself('consultations'),
  llm_answers: itself('llm_answers'),
  items_settled: itself('items_settled'),
  items_accepted: ITEMS,
  items_changed: ITEMS,
  accounts: itself('accounts'),
  eid_accounts: partOf('eid_accounts', 'accounts'),
  organisations: itself('organisations'),
};

/** Every name that stands behind a figure, also through the indicators in its formula. */
export function namesBehind(definition: Definition, all: DefinitionsByName): readonly string[] {
  if (definition.kind === 'imported') return [];
  const found = new Set<string>();
  for (const name of namesIn(definition.formula)) {
    const other = name in NAMES ? undefined : all.get(name);
    if (other === undefined) found.add(name);
    else for (const behind of namesBehind(other, all)) found.add(behind);
  }
  return [...found];
}

/** The kinds of events of the journal that a figure is made of, also through the indicators in its formula; of one from outside there are none. */
export const eventsBehind = (definition: Definition, all: DefinitionsByName): readonly string[] => [
  ...new Set(namesBehind(definition, all).flatMap((name): readonly string[] => MADE_OF[name as NameOfFormula] ?? [])),
];

/** Whether it counts what happened to people: such figures have whole months alone. Stocks and snapshots are of a day. */
export const countsCases = (names: readonly string[]): boolean => names.some((name) => name in TOLD && !(name in STOCKS));
