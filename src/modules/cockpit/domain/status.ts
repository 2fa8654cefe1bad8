import { LIGHTS, milestonesOf, type Kind, type Light, type Strategy } from './items.ts';
import { needsOf } from './chain.ts';

/** So many days a milestone may be late before its measure is red. */
export const GRACE_DAYS = 28;

/** What an indicator says of the measures that name it. `unread`: there is no figure that could be judged. */
export type IndicatorWord = Light | 'unread';

/** Why a measure has its light. */
export type Reason =
  | { readonly why: 'no-milestones' }
  | { readonly why: 'overdue'; readonly milestone: string; readonly days: number }
  | { readonly why: 'needs-red'; readonly measure: string }
  | { readonly why: 'indicator'; readonly indicator: string; readonly light: 'yellow' | 'red' }
  /** Told, and changes nothing: what is not known is neither good nor bad. */
  | { readonly why: 'indicator-unread'; readonly indicator: string }
  | { readonly why: 'reached' }
  | { readonly why: 'on-time' };

export interface Status {
  /** `none`: there is nothing to judge it by. */
  readonly light: Light | 'none';
  /** As the rule says. The same as `light`, unless a person set another one. */
  readonly byRule: Light | 'none';
  readonly reasons: readonly Reason[];
  readonly set?: { readonly light: Light; readonly until: string; readonly reason: string };
}

const worst = (a: Light, b: Light): Light => (LIGHTS.indexOf(a) >= LIGHTS.indexOf(b) ? a : b);

/**
 * The rule: red, when an open milestone is more than `GRACE_DAYS` days late or an indicator is red. Yellow, when one is
 * late at all, when an indicator is yellow, or when a measure it needs is red by this rule. Else green. Without milestones
 * there is no light. A light that a person has set holds until its day, and the rule's own is told beside it.
 * @param words what each indicator says; absent: not looked at, as for days gone by
 */
export function statusOfAll(strategy: Strategy, today: Temporal.PlainDate, words: ReadonlyMap<string, IndicatorWord> = new Map()): Map<string, Status> {
  const own = new Map([...strategy.measure].map(([key, measure]) => [key, ownStatus(strategy, measure, today, words)]));
  const done = new Map<string, Status>();
  const settle = (key: string): Status | undefined => {
    const before = done.get(key);
    const alone = own.get(key);
    if (before !== undefined || alone === undefined) return before;
    // dependencies have no circle, so this ends
    const red = needsOf(strategy, key).filter((needed) => settle(needed)?.byRule === 'red');
    const status = withNeeds(
      alone,
      red,
      alone.reasons.some(({ why }) => why === 'reached'),
    );
    const set = strategy.override.get(key);
    const holds = set !== undefined && set.until >= today.toString();
    done.set(key, holds ? { ...status, light: set.light, set: { light: set.light, until: set.until, reason: set.reason } } : status);
    return done.get(key);
  };
  for (const key of strategy.measure.keys()) settle(key);
  return done;
}

function withNeeds(alone: Status, red: readonly string[], reached: boolean): Status {
  if (alone.byRule === 'none' || reached || red.length === 0) return alone;
  const byRule = worst(alone.byRule, 'yellow');
  const causes = alone.reasons.filter(({ why }) => why !== 'on-time' && why !== 'indicator-unread');
  const notes = alone.reasons.filter(({ why }) => why === 'indicator-unread');
  const reasons = [...causes, ...red.map((measure): Reason => ({ why: 'needs-red', measure })), ...notes];
  return { light: byRule, byRule, reasons };
}

function ownStatus(strategy: Strategy, measure: Kind<'measure'>, today: Temporal.PlainDate, words: ReadonlyMap<string, IndicatorWord>): Status {
  const milestones = milestonesOf(strategy, measure.key);
  const told = measure.indicators.flatMap(({ key }): Reason[] => {
    const word = words.get(key);
    if (word === undefined || word === 'green') return [];
    return word === 'unread' ? [{ why: 'indicator-unread', indicator: key }] : [{ why: 'indicator', indicator: key, light: word }];
  });
  if (milestones.length === 0) return { light: 'none', byRule: 'none', reasons: [{ why: 'no-milestones' }, ...told] };
  const open = milestones.filter(({ doneOn }) => doneOn === undefined);
  if (open.length === 0) return { light: 'green', byRule: 'green', reasons: [{ why: 'reached' }, ...told] };
  const late = open.flatMap((one): Extract<Reason, { why: 'overdue' }>[] => {
    const days = Temporal.PlainDate.from(one.dueOn).until(today, { largestUnit: 'days' }).days;
    return days > 0 ? [{ why: 'overdue', milestone: one.key, days }] : [];
  });
  let light: Light = 'green';
  for (const { days } of late) light = worst(light, days > GRACE_DAYS ? 'red' : 'yellow');
  for (const one of told) if (one.why === 'indicator') light = worst(light, one.light);
  const reasons = [...late, ...told];
  return { light, byRule: light, reasons: light === 'green' ? [{ why: 'on-time' }, ...reasons] : reasons };
}

export type LightCounts = Readonly<Record<Light | 'none', number>>;

export function countLights(statuses: Iterable<Status>): LightCounts {
  const counts = { green: 0, yellow: 0, red: 0, none: 0 };
  for (const { light } of statuses) counts[light]++;
  return counts;
}
