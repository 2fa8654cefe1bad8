import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';

/** High or low water: when, how high in metres NHN, and how sure. */
export interface Peak {
  readonly kind: 'HW' | 'NW';
  readonly at: Temporal.Instant;
  readonly metres: number;
  /** Metres to either side. */
  readonly plusMinus: number;
}

export interface LevelPoint {
  readonly at: Temporal.Instant;
  readonly metres: number;
}

/** What somebody expects of the water, as they issued it. */
export interface NewForecast {
  readonly issuer: string;
  readonly issuedAt: Temporal.Instant;
  readonly peaks: readonly Peak[];
  readonly curve: readonly LevelPoint[];
  /** Made for a demo or an exercise. */
  readonly synthetic: boolean;
}

export interface Forecast extends NewForecast {
  readonly id: string;
  /** Counts in the Lage from 1. */
  readonly number: number;
  readonly receivedAt: Temporal.Instant;
  readonly enteredBy: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a level at St. Pauli can be at all: the lowest and the design level with much to spare. */
export const PLAUSIBLE = { lowest: -4, highest: 10, plusMinus: 2, metresPerHour: 3, aheadHours: 72, oldHours: 24, aheadMinutes: 2 } as const;

/** Why a forecast is not taken; each sentence names the remedy. */
export function forecastProblems(one: NewForecast, now: Temporal.Instant): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: string, message: string): void => void problems.push({ field, message });
  const issued = one.issuedAt.epochMilliseconds;
  if (one.issuer.trim() === '' || one.issuer.length > 80) add('issuer', 'Nennen Sie, wer die Vorhersage herausgibt, mit höchstens 80 Zeichen.');
  if (issued > now.epochMilliseconds + PLAUSIBLE.aheadMinutes * MINUTE)
    add('issuedAt', 'Diese Vorhersage ist in der Zukunft herausgegeben. Prüfen Sie Zeit und Zeitzone; angenommen wird sie so nicht.');
  if (issued < now.epochMilliseconds - PLAUSIBLE.oldHours * HOUR)
    add('issuedAt', `Diese Vorhersage ist älter als ${PLAUSIBLE.oldHours} Stunden. Holen Sie die neueste.`);
  if (!one.peaks.some(({ kind }) => kind === 'HW')) add('peaks', 'Nennen Sie mindestens ein Hochwasser (HW) mit Zeit und Höhe.');
  if (one.peaks.length > 20 || one.curve.length > 2000) add('peaks', 'Höchstens 20 Scheitel und 2.000 Punkte der Kurve. Kürzen Sie die Vorhersage.');
  problems.push(...peakProblems(one), ...curveProblems(one));
  return problems;
}

function peakProblems({ peaks, issuedAt }: NewForecast): FieldProblem[] {
  const problems: FieldProblem[] = [];
  peaks.forEach((peak, index) => {
    const field = `peaks.${index}`;
    const ahead = peak.at.epochMilliseconds - issuedAt.epochMilliseconds;
    if (ahead < -2 * HOUR || ahead > PLAUSIBLE.aheadHours * HOUR)
      problems.push({ field, message: `Scheitel ${index + 1} liegt nicht in den ${PLAUSIBLE.aheadHours} Stunden nach der Ausgabe. Prüfen Sie den Tag.` });
    if (!(peak.metres >= PLAUSIBLE.lowest && peak.metres <= PLAUSIBLE.highest))
      problems.push({
        field,
        message: `${german(peak.metres)} m NHN kann es am Pegel St. Pauli nicht geben. Prüfen Sie Einheit und Bezug (NHN, PN oder MHW).`,
      });
    if (!(peak.plusMinus >= 0 && peak.plusMinus <= PLAUSIBLE.plusMinus))
      problems.push({ field, message: `Die Unsicherheit von Scheitel ${index + 1} muss zwischen 0 und ${PLAUSIBLE.plusMinus} m liegen.` });
    const before = peaks[index - 1];
    if (before === undefined) return;
    const gap = peak.at.epochMilliseconds - before.at.epochMilliseconds;
    if (gap < 2 * HOUR) problems.push({ field, message: `Scheitel ${index + 1} kommt weniger als 2 Stunden nach dem vorigen. Ordnen Sie nach der Zeit.` });
    const wrongWay = before.kind !== peak.kind && (peak.kind === 'HW' ? peak.metres <= before.metres : peak.metres >= before.metres);
    if (wrongWay) problems.push({ field, message: 'Ein Niedrigwasser ist höher als das Hochwasser daneben. Prüfen Sie HW und NW.' });
  });
  return problems;
}

function curveProblems({ curve, peaks }: NewForecast): FieldProblem[] {
  for (const [index, point] of curve.entries()) {
    if (!(point.metres >= PLAUSIBLE.lowest && point.metres <= PLAUSIBLE.highest))
      return [{ field: `curve.${index}`, message: `Punkt ${index + 1} der Kurve nennt ${german(point.metres)} m NHN. Das kann es am Pegel nicht geben.` }];
    const before = curve[index - 1];
    if (before === undefined) continue;
    const hours = (point.at.epochMilliseconds - before.at.epochMilliseconds) / HOUR;
    if (hours <= 0) return [{ field: `curve.${index}`, message: 'Ordnen Sie die Kurve nach der Zeit, jede Zeit einmal.' }];
    if (Math.abs(point.metres - before.metres) / hours > PLAUSIBLE.metresPerHour && Math.abs(point.metres - before.metres) > 0.3)
      return [{ field: `curve.${index}`, message: `Die Kurve springt bei Punkt ${index + 1} schneller, als Wasser steigt. Prüfen Sie die Zahlen.` }];
  }
  if (curve.length < 2) return [];
  for (const [index, peak] of peaks.entries()) {
    const there = interpolate(curve, peak.at.epochMilliseconds);
    if (there !== undefined && Math.abs(there - peak.metres) > Math.max(0.5, peak.plusMinus))
      return [{ field: `peaks.${index}`, message: `Kurve und Scheitel ${index + 1} widersprechen sich um mehr als einen halben Meter. Klären Sie, was gilt.` }];
  }
  return [];
}

const german = (value: number): string => String(value).replace('.', ',');

/** Linear between the points, which are in the order of time; `undefined` outside of them. */
export function interpolate(points: readonly LevelPoint[], ms: number): number | undefined {
  let [after, end] = [0, points.length];
  while (after < end) {
    const middle = (after + end) >> 1;
    if (points[middle]!.at.epochMilliseconds >= ms) end = middle;
    else after = middle + 1;
  }
  const b = points[after];
  if (b === undefined) return undefined;
  if (b.at.epochMilliseconds === ms) return b.metres;
  const a = points[after - 1];
  if (a === undefined) return undefined;
  const share = (ms - a.at.epochMilliseconds) / (b.at.epochMilliseconds - a.at.epochMilliseconds);
  return a.metres + (b.metres - a.metres) * share;
}

/** Levels in equal steps of five minutes. */
export interface Expected {
  readonly from: Temporal.Instant;
  readonly stepMinutes: number;
  readonly metres: readonly number[];
}

const STEP = 5;

/**
 * What the water will do from a moment on: the issued curve, or a half cosine between the peaks as tides rise and fall
 * (hydrographers' "rule of twelfths" in its smooth form), beginning at what was measured last.
 */
export function expectedFrom(forecast: NewForecast, from: Temporal.Instant, measured?: LevelPoint): Expected {
  const points = forecast.curve.length >= 2 ? forecast.curve : tide(forecast.peaks, measured);
  const metres: number[] = [];
  for (let ms = from.epochMilliseconds; ; ms += STEP * MINUTE) {
    const level = interpolate(points, ms);
    if (level === undefined) {
      if (metres.length > 0 || ms > (points.at(-1)?.at.epochMilliseconds ?? 0)) break;
      continue;
    }
    // before the first known point the level stays what it is there
    if (metres.length === 0) metres.push(...Array.from({ length: Math.round((ms - from.epochMilliseconds) / (STEP * MINUTE)) }, () => level));
    metres.push(level);
  }
  return { from, stepMinutes: STEP, metres };
}

function tide(peaks: readonly Peak[], measured: LevelPoint | undefined): LevelPoint[] {
  const first = peaks[0];
  const anchors: LevelPoint[] =
    measured !== undefined && first !== undefined && measured.at.epochMilliseconds < first.at.epochMilliseconds ? [measured, ...peaks] : [...peaks];
  const points: LevelPoint[] = [];
  for (const [index, anchor] of anchors.entries()) {
    const before = anchors[index - 1];
    if (before !== undefined) {
      const [start, end] = [before.at.epochMilliseconds, anchor.at.epochMilliseconds];
      for (let ms = start + STEP * MINUTE; ms < end; ms += STEP * MINUTE) {
        const share = (1 - Math.cos((Math.PI * (ms - start)) / (end - start))) / 2;
        points.push({ at: Temporal.Instant.fromEpochMilliseconds(ms), metres: before.metres + (anchor.metres - before.metres) * share });
      }
    }
    points.push(anchor);
  }
  return points;
}

/** When the water will first stand at a height or above; `undefined`: not as far as anybody says. */
export function reaches({ from, stepMinutes, metres }: Expected, height: number): Temporal.Instant | undefined {
  const index = metres.findIndex((level) => level >= height);
  if (index < 0) return undefined;
  const [before, after] = [metres[index - 1], metres[index]!];
  const share = before === undefined ? 0 : 1 - (height - before) / (after - before);
  return from.add({ seconds: Math.round((index - share) * stepMinutes * 60) });
}

/** The highest of the coming high waters, or of them all when none is to come. */
export function mainPeak(forecast: Pick<NewForecast, 'peaks'>, now: Temporal.Instant): Peak | undefined {
  const high = forecast.peaks.filter(({ kind }) => kind === 'HW');
  const coming = high.filter(({ at }) => Temporal.Instant.compare(at, now) >= 0);
  return (coming.length > 0 ? coming : high).toSorted((a, b) => b.metres - a.metres)[0];
}

/** How much higher the same tide is expected than before: high waters within three hours of each other are one. */
export function risen(before: NewForecast | undefined, after: NewForecast, now: Temporal.Instant): number | undefined {
  const peak = mainPeak(after, now);
  const same = before?.peaks.find(
    (one) => one.kind === 'HW' && peak !== undefined && Math.abs(one.at.epochMilliseconds - peak.at.epochMilliseconds) <= 3 * HOUR,
  );
  return peak === undefined || same === undefined ? undefined : Math.round((peak.metres - same.metres) * 100) / 100;
}

/** Says the same: a forecast sent twice is one. */
export const sameForecast = (a: NewForecast, b: NewForecast): boolean => canonicalJson(saidBy(a)) === canonicalJson(saidBy(b));

const saidBy = ({ issuer, issuedAt, peaks, curve }: NewForecast): object => ({ issuer, issuedAt, peaks, curve });

/** Centimetres an hour by least squares over the last hour; `undefined` with fewer than three readings or ten minutes. */
export function trendOf(readings: readonly LevelPoint[], now: Temporal.Instant): number | undefined {
  const recent = readings.filter(({ at }) => at.epochMilliseconds > now.epochMilliseconds - HOUR && at.epochMilliseconds <= now.epochMilliseconds);
  const [first, last] = [recent[0], recent.at(-1)];
  if (recent.length < 3 || first === undefined || last === undefined || last.at.epochMilliseconds - first.at.epochMilliseconds < 10 * MINUTE) return undefined;
  const hours = recent.map(({ at }) => (at.epochMilliseconds - first.at.epochMilliseconds) / HOUR);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(hours), mean(recent.map(({ metres }) => metres))];
  const over = recent.reduce((sum, { metres }, i) => sum + (hours[i]! - mx) * (metres - my), 0);
  const under = hours.reduce((sum, x) => sum + (x - mx) ** 2, 0);
  return Math.round((over / under) * 100);
}
