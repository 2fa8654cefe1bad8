import { parameter } from '../../../kernel/parameter.ts';
import { LIGHTS, milestonesOf, type Kind, type Light, type Strategy } from './items.ts';
import { needsOf } from './chain.ts';

/** How late a milestone may be before its measure is red, and how far it may be moved past its first promise before it is told. */
export const LIGHT_RULE = parameter(
  'cockpit.light-rule',
  'Ampel einer Maßnahme',
  {
    graceDays: { label: 'Rot: ein Meilenstein ist überfällig um mehr als', unit: 'Tage', least: 0, most: 180 },
    movedDays: { label: 'Gelb: er ist verschoben um mehr als', unit: 'Tage', least: 0, most: 180 },
  },
  [{ from: '2024-01-01', value: { graceDays: 28, movedDays: 28 }, source: 'Eigene Setzung der Strategie' }],
);

export const cockpitParameters = [LIGHT_RULE];

/** What an indicator says of the measures that name it. `unread`: there is no figure that could be judged; `no-target`: there is one, and nothing to hold it against. */
export type IndicatorWord = Light | 'unread' | 'no-target';

/** What the indicators say; `not-kept`: there were some, and of that day nobody knows. */
export type IndicatorWords = ReadonlyMap<string, IndicatorWord> | 'not-kept';

/** Why a measure has its light. */
export type Reason =
  | { readonly why: 'no-milestones' }
  | { readonly why: 'overdue'; readonly milestone: string; readonly days: number }
  /** An open milestone that is not late, because its day was moved away. */
  | { readonly why: 'moved'; readonly milestone: string; readonly days: number }
  /** An open milestone lies so many days after the end of its measure. */
  | { readonly why: 'after-end'; readonly milestone: string; readonly days: number }
  | { readonly why: 'needs-red'; readonly measure: string }
  | { readonly why: 'indicator'; readonly indicator: string; readonly light: 'yellow' | 'red' }
  /** Told, and changes nothing: what is not known is neither good nor bad. */
  | { readonly why: 'indicator-unread' | 'indicator-no-target'; readonly indicator: string }
  /** Of a day gone by: an indicator could have made the light another one, and what it said then is not kept. */
  | { readonly why: 'indicators-not-kept' }
  /** A measure that is needed may have been red then, by an indicator. */
  | { readonly why: 'needs-not-kept'; readonly measure: string }
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
 * The rule: red, when an open milestone is more than `graceDays` days late or an indicator is red. Yellow, when one is
 * late at all, was moved by more than `movedDays` past its first promise, or lies after the end of its measure; when an
 * indicator is yellow, or when a measure it needs is red by this rule. Else green. When all milestones are reached, the
 * indicators alone count: what is delivered and not used is not green. Without milestones there is no light. A light that
 * a person has set holds until its day, and the rule's own is told beside it.
 * A light that an indicator could have made another one is none, where what it said is not kept.
 * @param words absent: the city keeps no indicators
 */
export function statusOfAll(strategy: Strategy, today: Temporal.PlainDate, words: IndicatorWords = new Map()): Map<string, Status> {
  const own = new Map([...strategy.measure].map(([key, measure]) => [key, ownStatus(strategy, measure, today, words)]));
  const done = new Map<string, Status>();
  const settle = (key: string): Status | undefined => {
    const before = done.get(key);
    const alone = own.get(key);
    if (before !== undefined || alone === undefined) return before;
    // dependencies have no circle, so this ends
    const needed = needsOf(strategy, key).map((one) => ({ measure: one, status: settle(one) }));
    const status = withNeeds(alone, needed);
    const set = strategy.override.get(key);
    const holds = set !== undefined && set.until >= today.toString();
    done.set(key, holds ? { ...status, light: set.light, set: { light: set.light, until: set.until, reason: set.reason } } : status);
    return done.get(key);
  };
  for (const key of strategy.measure.keys()) settle(key);
  return done;
}

const has = ({ reasons }: Status, why: Reason['why']): boolean => reasons.some((one) => one.why === why);

/** Told beside the reasons of a light: it made none. */
export const isNote = ({ why }: Reason): boolean => why === 'indicator-unread' || why === 'indicator-no-target';

function withNeeds(alone: Status, needed: readonly { readonly measure: string; readonly status: Status | undefined }[]): Status {
  if (alone.byRule === 'none' || has(alone, 'reached')) return alone;
  const red = needed.filter(({ status }) => status?.byRule === 'red').map(({ measure }) => measure);
  // only a green light could have been another one: what is needed makes yellow at most
  const unknown = needed.find(({ status }) => status !== undefined && has(status, 'indicators-not-kept'));
  if (red.length === 0 && alone.byRule === 'green' && unknown !== undefined)
    return { light: 'none', byRule: 'none', reasons: [{ why: 'needs-not-kept', measure: unknown.measure }] };
  if (red.length === 0) return alone;
  const byRule = worst(alone.byRule, 'yellow');
  const causes = alone.reasons.filter((one) => one.why !== 'on-time' && !isNote(one));
  const notes = alone.reasons.filter(isNote);
  const reasons = [...causes, ...red.map((measure): Reason => ({ why: 'needs-red', measure })), ...notes];
  return { light: byRule, byRule, reasons };
}

function toldBy({ indicators }: Kind<'measure'>, words: IndicatorWords): Reason[] {
  if (words === 'not-kept') return [];
  return indicators.flatMap((key): Reason[] => {
    const word = words.get(key);
    if (word === undefined || word === 'green') return [];
    return word === 'unread' || word === 'no-target' ? [{ why: `indicator-${word}`, indicator: key }] : [{ why: 'indicator', indicator: key, light: word }];
  });
}

function ownStatus(strategy: Strategy, measure: Kind<'measure'>, today: Temporal.PlainDate, words: IndicatorWords): Status {
  const milestones = milestonesOf(strategy, measure.key);
  const told = toldBy(measure, words);
  if (milestones.length === 0) return { light: 'none', byRule: 'none', reasons: [{ why: 'no-milestones' }, ...told] };
  const open = milestones.filter(({ doneOn }) => doneOn === undefined);
  const behind = open.flatMap((one) => behindWith(one, measure, strategy.promised.get(one.key) ?? one.dueOn, today));
  const { graceDays } = LIGHT_RULE.on(today);
  let light: Light = 'green';
  for (const one of behind) light = worst(light, one.why === 'overdue' && one.days > graceDays ? 'red' : 'yellow');
  for (const one of told) if (one.why === 'indicator') light = worst(light, one.light);
  const reasons: Reason[] = open.length === 0 ? [{ why: 'reached' }, ...told] : [...behind, ...told];
  // red is the worst there is: no indicator could have changed it
  if (words === 'not-kept' && measure.indicators.length > 0 && light !== 'red')
    return { light: 'none', byRule: 'none', reasons: [...reasons, { why: 'indicators-not-kept' }] };
  return { light, byRule: light, reasons: light === 'green' && open.length > 0 ? [{ why: 'on-time' }, ...reasons] : reasons };
}

const daysFrom = (from: string, to: Temporal.PlainDate | string): number => Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

/** What is wrong with the day of an open milestone. */
function behindWith(
  { key, dueOn }: Kind<'milestone'>,
  { endsOn }: Kind<'measure'>,
  promised: string,
  today: Temporal.PlainDate,
): Extract<Reason, { why: 'overdue' | 'moved' | 'after-end' }>[] {
  const [late, moved, after] = [daysFrom(dueOn, today), daysFrom(promised, dueOn), daysFrom(endsOn, dueOn)];
  return [
    ...(late > 0 ? [{ why: 'overdue', milestone: key, days: late } as const] : []),
    ...(late <= 0 && moved > LIGHT_RULE.on(today).movedDays ? [{ why: 'moved', milestone: key, days: moved } as const] : []),
    ...(after > 0 ? [{ why: 'after-end', milestone: key, days: after } as const] : []),
  ];
}

export type LightCounts = Readonly<Record<Light | 'none', number>>;

export function countLights(statuses: Iterable<Status>): LightCounts {
  const counts = { green: 0, yellow: 0, red: 0, none: 0 };
  for (const { light } of statuses) counts[light]++;
  return counts;
}
