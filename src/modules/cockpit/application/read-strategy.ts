import type { Indicator } from '../../../kernel/indicator.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import { changesUnder, firstDueDays, type DecidedChange } from '../domain/diff.ts';
import { delaysOf, endForecast, type Delays, type EndForecast } from '../domain/forecast.ts';
import type { ItemKind, Kind, Strategy, Version } from '../domain/items.ts';
import { noItem, type CockpitProblem } from '../domain/problems.ts';
import { endOfDay, firstDay, quarterOf } from '../domain/quarter.ts';
import { statusOfAll, type IndicatorWord, type Status } from '../domain/status.ts';
import { gapsOf, eventKindsOf, traceOf, type Gaps, type Trace } from '../domain/trace.ts';
import type { CockpitContext, LastEvent } from './context.ts';

export type Reading = Pick<CockpitContext, 'clock' | 'history' | 'indicators' | 'log'>;

/** The strategy with the light of every measure. */
export interface Standing {
  readonly strategy: Strategy;
  readonly statuses: ReadonlyMap<string, Status>;
  /** The day it stands for. */
  readonly day: Temporal.PlainDate;
  /** A day gone by: indicators are not looked at. */
  readonly past: boolean;
  /** By key; `undefined`: nobody keeps indicators, or they could not be read. */
  readonly indicators: ReadonlyMap<string, Indicator> | undefined;
}

/** What an indicator says of a measure: one without target or figure says nothing. */
function wordOf(one: Indicator | undefined): IndicatorWord {
  if (one?.state.kind !== 'known') return 'unread';
  return one.light?.light ?? (one.target === undefined ? 'no-target' : 'unread');
}

/** All indicators; a reader of figures that fails takes no page down with it. */
async function readIndicators({ indicators, log }: Pick<Reading, 'indicators' | 'log'>): Promise<ReadonlyMap<string, Indicator> | undefined> {
  if (indicators === undefined) return undefined;
  try {
    return new Map((await indicators.list()).map((one) => [one.key, one]));
  } catch (error) {
    log.error('cockpit.indicators-unread', { error: String(error) });
    return undefined;
  }
}

/** @param day "as it stood on" the evening of this day; absent or today: now */
export async function standing(ctx: Reading, day?: Temporal.PlainDate): Promise<Standing> {
  const today = legalDay(ctx.clock());
  if (day === undefined || Temporal.PlainDate.compare(day, today) >= 0) return judged(await ctx.history.now(), today, false, await readIndicators(ctx));
  const strategy = await ctx.history.at(endOfDay(day));
  return { strategy, statuses: statusOfAll(strategy, day, wordsThen(ctx)), day, past: true, indicators: undefined };
}

/** What indicators said on a day gone by: nobody keeps it; a city without any has nothing to keep. */
export const wordsThen = ({ indicators }: Pick<Reading, 'indicators'>): 'not-kept' | undefined => (indicators === undefined ? undefined : 'not-kept');

/** The indicators that measures name, each once, in the order of the measures. @param only of these measures; absent: of all */
export const indicatorsNamed = (strategy: Strategy, only?: ReadonlySet<string>): readonly string[] => [
  ...new Set([...strategy.measure.values()].filter(({ key }) => only?.has(key) !== false).flatMap((measure) => measure.indicators)),
];

/** The lights of a strategy, as these indicators light them. */
export function judged(strategy: Strategy, day: Temporal.PlainDate, past: boolean, indicators: Standing['indicators']): Standing {
  // where nobody keeps indicators, the pages say so once and not of each
  const words = indicators === undefined ? undefined : new Map(indicatorsNamed(strategy).map((key) => [key, wordOf(indicators.get(key))]));
  return { strategy, statuses: statusOfAll(strategy, day, words), day, past, indicators };
}

export interface OpenedMeasure extends Standing {
  readonly measure: Kind<'measure'>;
  readonly status: Status;
  readonly trace: Trace;
  readonly lastEvents: ReadonlyMap<string, LastEvent>;
  /** Indicators that are reckoned for each of its services alone. */
  readonly perService: ReadonlyMap<string, readonly Indicator[]>;
}

/** A measure with everything that hangs on it. */
export async function openMeasure(ctx: CockpitContext, key: string, day?: Temporal.PlainDate): Promise<Result<OpenedMeasure, CockpitProblem>> {
  const stands = await standing(ctx, day);
  const measure = stands.strategy.measure.get(key);
  if (measure === undefined) return refuse(noItem);
  const trace = traceOf(stands.strategy, measure, stands.indicators);
  const lastEvents = trace.events.length === 0 ? new Map<string, LastEvent>() : await ctx.lastEvents(trace.events);
  const perService = stands.indicators === undefined ? new Map<string, readonly Indicator[]>() : await namedOf(ctx, measure);
  return ok({ ...stands, measure, status: stands.statuses.get(key)!, trace, lastEvents, perService });
}

/** Of each service, what the measure names and the city keeps; asked for at once, so that what is known is read once. */
async function namedOf({ indicators }: Pick<Reading, 'indicators'>, measure: Kind<'measure'>): Promise<Map<string, readonly Indicator[]>> {
  const of = async (service: string): Promise<[string, readonly Indicator[]]> => {
    const all = await Promise.all(measure.indicators.map((key) => indicators!.one(key, { service })));
    return [service, all.flatMap((one) => (one.ok ? [one.value] : []))];
  };
  return new Map(await Promise.all(measure.services.map(of)));
}

export interface Outlook {
  readonly delays: Delays;
  readonly ends: ReadonlyMap<string, EndForecast>;
}

/** When measures are likely to end, from how late milestones have been so far. */
export async function outlook(ctx: Reading, { strategy, day }: Pick<Standing, 'strategy' | 'day'>): Promise<Outlook> {
  const first = firstDueDays(await ctx.history.versions());
  const delays = delaysOf(strategy, first, day);
  const ends = [...strategy.measure.keys()].flatMap((key): [string, EndForecast][] => {
    const end = endForecast(strategy, key, { delays, first, today: day });
    return end === undefined ? [] : [[key, end]];
  });
  return { delays, ends: new Map(ends) };
}

/** The last evening before the present quarter. */
export const quarterStart = (today: Temporal.PlainDate): Temporal.PlainDate => firstDay(quarterOf(today)).subtract({ days: 1 });

/** All versions of a thing, the newest first. */
export async function versionsOf(ctx: Pick<CockpitContext, 'history'>, kind: ItemKind, key: string): Promise<Result<readonly Version[], CockpitProblem>> {
  const all = (await ctx.history.versions()).filter((one) => one.kind === kind && one.key === key);
  return all.length === 0 ? refuse(noItem) : ok(all.toReversed());
}

export interface OpenedDecision {
  readonly strategy: Strategy;
  readonly decision: Kind<'decision'>;
  /** What carries it out, oldest first. */
  readonly changes: readonly DecidedChange[];
  /** Whether its measure was in the strategy on the day before it was decided. */
  readonly stoodBefore: boolean;
}

/** A decision with what it changed. */
export async function openDecision(ctx: Pick<CockpitContext, 'history'>, key: string): Promise<Result<OpenedDecision, CockpitProblem>> {
  const strategy = await ctx.history.now();
  const decision = strategy.decision.get(key);
  if (decision === undefined) return refuse(noItem);
  const before = await ctx.history.at(endOfDay(Temporal.PlainDate.from(decision.decidedOn).subtract({ days: 1 })));
  return ok({ strategy, decision, changes: changesUnder(await ctx.history.versions(), key), stoodBefore: before.measure.has(decision.measure ?? '') });
}

/** Where the trace is torn, with the kinds of events that the journal has seen. */
export async function findGaps(
  ctx: CockpitContext,
): Promise<{ readonly gaps: Gaps; readonly seen: ReadonlyMap<string, LastEvent>; readonly stands: Standing }> {
  const stands = await standing(ctx);
  const seen = await ctx.lastEvents(eventKindsOf(stands.strategy, stands.indicators));
  const gaps = gapsOf(stands.strategy, {
    services: ctx.services().map(({ key }) => key),
    indicators: stands.indicators,
    seen: new Set(seen.keys()),
  });
  return { gaps, seen, stands };
}
