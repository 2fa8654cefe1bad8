import { ITEM_KINDS, type ItemKind, type Kind, type Light, type Strategy, type Version } from './items.ts';
import { statusOfAll, type Status } from './status.ts';

export interface Change {
  readonly kind: ItemKind;
  readonly key: string;
  readonly how: 'added' | 'removed' | 'changed';
  /** Names of the facts that differ. */
  readonly facts: readonly string[];
  /** Why it was last changed, where it still is there. */
  readonly reason?: string;
}

/** A milestone whose day was moved. */
export interface Slip {
  readonly milestone: string;
  readonly measure: string;
  readonly from: string;
  readonly to: string;
  /** More than 0: later. */
  readonly days: number;
  readonly reason: string;
}

export interface Moved {
  readonly measure: string;
  readonly from: Light | 'none';
  readonly to: Light | 'none';
}

export interface Difference {
  readonly changes: readonly Change[];
  readonly slips: readonly Slip[];
  /** Milestones reached in between. */
  readonly reached: readonly string[];
  /** Of them, reached before, and entered only now. */
  readonly enteredLate: readonly string[];
  /** By the rule. Where what indicators said is not kept, lights that they could have changed are `none` on both sides. */
  readonly lights: readonly Moved[];
}

const META = new Set(['key', 'version', 'changedAt', 'reason']);

const daysBetween = (from: string, to: string): number => Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

/** What became different between two states of the strategy. @param words `not-kept`: of a city with indicators */
export function differenceOf(
  before: { readonly strategy: Strategy; readonly day: Temporal.PlainDate },
  after: { readonly strategy: Strategy; readonly day: Temporal.PlainDate },
  words?: 'not-kept',
): Difference {
  const changes = ITEM_KINDS.flatMap((kind) => changesOf(kind, before.strategy, after.strategy));
  const slips: Slip[] = [];
  const reached: string[] = [];
  for (const [key, now] of after.strategy.milestone) {
    const then = before.strategy.milestone.get(key);
    if (then !== undefined && then.dueOn !== now.dueOn)
      slips.push({ milestone: key, measure: now.measure, from: then.dueOn, to: now.dueOn, days: daysBetween(then.dueOn, now.dueOn), reason: now.reason });
    if (now.doneOn !== undefined && then?.doneOn === undefined) reached.push(key);
  }
  const lights = movedLights(statusOfAll(before.strategy, before.day, words), statusOfAll(after.strategy, after.day, words));
  const until = before.day.toString();
  const enteredLate = reached.filter((key) => after.strategy.milestone.get(key)!.doneOn! <= until);
  return { changes, slips: slips.toSorted((a, b) => b.days - a.days), reached, enteredLate, lights };
}

/** Measures whose light by the rule is another one than before. */
export function movedLights(before: ReadonlyMap<string, Status>, after: ReadonlyMap<string, Status>): Moved[] {
  return [...after].flatMap(([measure, { byRule }]) => {
    const from = before.get(measure)?.byRule;
    return from === undefined || from === byRule ? [] : [{ measure, from, to: byRule }];
  });
}

function changesOf(kind: ItemKind, before: Strategy, after: Strategy): Change[] {
  const [old, now] = [before[kind] as ReadonlyMap<string, Kind<ItemKind>>, after[kind] as ReadonlyMap<string, Kind<ItemKind>>];
  const kept = [...now].flatMap(([key, one]): Change[] => {
    const then = old.get(key);
    if (then === undefined) return [{ kind, key, how: 'added', facts: [], reason: one.reason }];
    const facts = changedFacts(then, one);
    return facts.length === 0 ? [] : [{ kind, key, how: 'changed', facts, reason: one.reason }];
  });
  const gone = [...old.keys()].filter((key) => !now.has(key)).map((key): Change => ({ kind, key, how: 'removed', facts: [] }));
  return [...kept, ...gone];
}

/** Names of the facts in which two versions differ. */
export function changedFacts(before: object, after: object): string[] {
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => !META.has(name) && JSON.stringify(a[name]) !== JSON.stringify(b[name]))
    .toSorted();
}

/** A change that carries out a decision: what stood there before, and after. */
export interface DecidedChange {
  /** Absent: it was added. */
  readonly before: Version | undefined;
  readonly after: Version;
  /** Names of the facts that differ; of what was added or taken out, none. */
  readonly facts: readonly string[];
}

/** What a decision changed, oldest first: every version that names it, with the one before. */
export function changesUnder(versions: readonly Version[], decision: string): DecidedChange[] {
  return versions
    .filter((one) => one.decision === decision)
    .map((after) => {
      const before = versions.findLast(({ kind, key, seq }) => kind === after.kind && key === after.key && seq < after.seq);
      const facts = before === undefined || before.facts === null || after.facts === null ? [] : changedFacts(before.facts, after.facts);
      return { before, after, facts };
    });
}

/** The day each milestone was first promised for. */
export function firstDueDays(versions: readonly Version[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const { kind, key, facts } of versions)
    if (kind === 'milestone' && facts !== null && !first.has(key)) first.set(key, (facts as Kind<'milestone'>).dueOn);
  return first;
}
