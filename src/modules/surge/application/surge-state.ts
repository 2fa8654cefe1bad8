import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { Lage } from '../../situation/public.ts';
import { checklist, type Item, type MeasureState } from '../domain/checklist.ts';
import { expectedFrom, mainPeak, risen, trendOf, type Expected, type Forecast, type Peak } from '../domain/forecast.ts';
import { byUrgency, dueOf, isShut, judge, minutesBetween, type GateRow, type Zone } from '../domain/gates.ts';
import { FORECAST_OLD_MINUTES } from '../domain/proposals.ts';
import { beyondStages, classOf, inSeason, stageOf, valueOf, type Stage, type SurgeClass, type SurgeRules } from '../domain/rules.ts';
import { listGates, listPolders, listZones, type KeptGate, type Polder } from '../store/gates.ts';
import type { SurgeLage } from '../store/lage.ts';
import { listMeasures } from '../store/measures.ts';
import { listForecasts, listReadings, newestReading, type Reading } from '../store/water.ts';
import type { SurgeContext } from './context.ts';
import { surgeOf } from './in-surge.ts';

export interface KeptRow extends GateRow {
  readonly gate: KeptGate;
  /** Closed, and nobody says otherwise. */
  readonly shut: boolean;
}

/** What a height means by the rules of the Lage. */
export interface Meaning {
  readonly stage: Stage | undefined;
  readonly class: SurgeClass;
  /** Higher than any stage was laid down for. */
  readonly beyondStages: boolean;
}

/** What is known of the water, and what has to be done by it. */
export interface WaterState {
  readonly surge: SurgeLage;
  readonly now: Temporal.Instant;
  readonly readings: readonly Reading[];
  readonly level: Reading | undefined;
  /** Centimetres an hour. */
  readonly trend: number | undefined;
  readonly forecast: Forecast | undefined;
  /** The one before, by time of issue. */
  readonly before: Forecast | undefined;
  readonly peak: Peak | undefined;
  readonly expected: Expected | undefined;
  readonly minutesToPeak: number | undefined;
  readonly levelMeans: Meaning | undefined;
  readonly peakMeans: Meaning | undefined;
  /** Metres the same tide is expected higher than by the forecast before. */
  readonly rise: number | undefined;
  /** No new one for hours while the peak is still to come. */
  readonly forecastOld: boolean;
  readonly inSeason: boolean;
  /** Where each stage begins. */
  readonly stages: readonly { readonly stage: Stage; readonly metres: number }[];
  readonly measures: readonly MeasureState[];
  readonly items: readonly Item[];
}

/** All that is known of the storm surge in a Lage at a moment. */
export interface SurgeState extends WaterState {
  /** The most urgent first. */
  readonly gates: readonly KeptRow[];
  readonly polders: readonly Polder[];
  readonly zones: readonly Zone[];
  readonly helpersFree: number | null;
  /** They are counted by the module of forces; else somebody said the number. */
  readonly helpersCounted: boolean;
  readonly dykeDefenders: number | null;
}

const SHOWN_HOURS = 12;

/** Reads it. @param db a transaction, where what is read is about to be changed */
export async function readWater(db: Sql, lage: Lage, now: Temporal.Instant): Promise<WaterState> {
  const surge = await surgeOf(db, lage);
  const readings = await listReadings(db, lage.id, now.subtract({ hours: SHOWN_HOURS }));
  const level = newestOf(readings, now);
  const [forecast, before] = await listForecasts(db, lage.id, { limit: 2 });
  const expected = forecast && expectedFrom(forecast, now, level);
  const measures = await listMeasures(db, lage.id);
  const peak = forecast && mainPeak(forecast, now);
  const { rules } = surge;
  const minutesToPeak = peak && minutesBetween(now, peak.at);
  return {
    surge,
    now,
    readings,
    level,
    trend: trendOf(readings, now),
    forecast,
    before,
    peak,
    minutesToPeak,
    levelMeans: level && meaningOf(level.metres, rules),
    peakMeans: peak && meaningOf(peak.metres, rules),
    rise: forecast && risen(before, forecast, now),
    forecastOld: forecast !== undefined && (minutesToPeak ?? 0) > 0 && minutesBetween(forecast.issuedAt, now) > FORECAST_OLD_MINUTES,
    inSeason: inSeason(legalDay(now), rules),
    stages: ([0, 1, 2] as const).map((stage) => ({ stage, metres: valueOf(rules, `stage-${stage}-from`) })),
    expected,
    measures,
    items: checklist({ rules, forecast, expected, measures, now }),
  };
}

/** Reads all of it. @param db a transaction, where what is read is about to be changed */
export async function readState(ctx: Pick<SurgeContext, 'forces'>, db: Sql, lage: Lage, now: Temporal.Instant): Promise<SurgeState> {
  const water = await readWater(db, lage, now);
  const gates = (await listGates(db, lage.id)).map((gate) => rowOf(gate, water.expected, now));
  const forces = await ctx.forces?.(db, lage);
  return {
    ...water,
    gates: gates.toSorted(byUrgency),
    polders: await listPolders(db, lage.id),
    zones: await listZones(db, lage.id),
    helpersFree: forces?.free ?? water.surge.helpersFree,
    helpersCounted: forces?.free != null,
    dykeDefenders: forces?.dykeDefenders ?? water.measures.find(({ key }) => key === 'deichverteidiger')?.confirmation?.count ?? null,
  };
}

/** Every gate of a Lage with what follows from the water for it, the most urgent first; without all the rest. */
export async function readGates(db: Sql, lage: Lage, now: Temporal.Instant): Promise<KeptRow[]> {
  const level = await newestReading(db, lage.id, { since: now.subtract({ hours: SHOWN_HOURS }), until: now.add({ minutes: AHEAD_MINUTES }) });
  const [forecast] = await listForecasts(db, lage.id, { limit: 1 });
  const expected = forecast && expectedFrom(forecast, now, level);
  return (await listGates(db, lage.id)).map((gate) => rowOf(gate, expected, now)).toSorted(byUrgency);
}

/** Levels a little ahead of the clock count as now; those further ahead are passed over. */
const AHEAD_MINUTES = 2;

const newestOf = (readings: readonly Reading[], now: Temporal.Instant): Reading | undefined =>
  readings.findLast(({ at }) => Temporal.Instant.compare(at, now.add({ minutes: AHEAD_MINUTES })) <= 0);

const meaningOf = (metres: number, rules: SurgeRules): Meaning => ({
  stage: stageOf(metres, rules),
  class: classOf(metres, rules),
  beyondStages: beyondStages(metres, rules),
});

function rowOf(gate: KeptGate, expected: Expected | undefined, now: Temporal.Instant): KeptRow {
  const judged = judge(gate, now);
  return { gate, judged, due: dueOf(gate, expected, now), shut: isShut({ judged }) };
}
