/**
 * Forecasts of a monthly series with an interval. Candidates and variances after Hyndman, Koehler, Ord and Snyder,
 * “Forecasting with Exponential Smoothing” (2008), ch. 6, and Hyndman and Athanasopoulos, “Forecasting: Principles and
 * Practice” (3rd ed.), 5.5 and 8.7; the damped trend is Gardner and McKenzie (1985).
 */
export const METHODS = ['mean', 'naive', 'seasonal-naive', 'damped-trend'] as const;
export type Method = (typeof METHODS)[number];

export interface ForecastPoint {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

export interface Forecast {
  readonly method: Method;
  readonly points: readonly ForecastPoint[];
}

/** Below a year nothing is said: a season could not be told from a trend. */
export const FEWEST_MONTHS = 12;
const SEASON = 12;
/** The interval holds eight of ten. */
const COVERAGE = 0.8;
/** How far ahead methods are compared, from this many origins. */
const [AHEAD, ORIGINS] = [3, 6] as const;

/** What a method makes of a series: where it goes, and the variance of being wrong. */
interface Fit {
  readonly mid: (h: number) => number;
  /** Variance h months ahead, as a multiple of that of one month. */
  readonly spread: (h: number) => number;
  readonly variance: number;
  /** Values left to judge the variance by. */
  readonly free: number;
}

/** @returns nothing for a series that is too short */
export function forecast(series: readonly number[], months: number): Forecast | undefined {
  if (series.length < FEWEST_MONTHS) return undefined;
  const method = bestMethod(series);
  const fit = fitBy(method, series);
  // never surer than it was when it was tried: a series that wanders looks calm around its own mean
  const variance = Math.max(fit.variance, backtest(method, series).variance);
  const wide = studentQuantile((1 + COVERAGE) / 2, fit.free);
  const points = Array.from({ length: months }, (_, index) => {
    const mid = fit.mid(index + 1);
    const off = wide * Math.sqrt(variance * fit.spread(index + 1));
    return { low: mid - off, mid, high: mid + off };
  });
  return { method, points };
}

/** The method that was least wrong when the last months were forecast from those before them (rolling origin). */
export function bestMethod(series: readonly number[]): Method {
  const scores = METHODS.filter((method) => fits(method, series.length - AHEAD - ORIGINS + 1)).map((method) => ({
    method,
    error: backtest(method, series).error,
  }));
  // of equals the simpler one, which stands first
  return scores.reduce((best, one) => (one.error < best.error * (1 - 1e-9) ? one : best)).method;
}

/** A season must have been seen once and be there to compare with. */
const fits = (method: Method, length: number): boolean => method !== 'seasonal-naive' || length >= SEASON + 2;

/** How wrong a method was, and the variance of one month that its errors speak of. */
function backtest(method: Method, series: readonly number[]): { readonly error: number; readonly variance: number } {
  let [error, squares] = [0, 0];
  for (let origin = series.length - AHEAD - ORIGINS + 1; origin <= series.length - AHEAD; origin += 1) {
    const { mid, spread } = fitBy(method, series.slice(0, origin));
    for (let h = 1; h <= AHEAD; h += 1) {
      const off = series[origin + h - 1]! - mid(h);
      error += Math.abs(off);
      squares += off ** 2 / spread(h);
    }
  }
  return { error, variance: squares / (AHEAD * ORIGINS) };
}

function fitBy(method: Method, series: readonly number[]): Fit {
  switch (method) {
    case 'mean':
      return meanFit(series);
    case 'naive':
      return laggedFit(series, 1);
    case 'seasonal-naive':
      return laggedFit(series, SEASON);
    case 'damped-trend':
      return dampedFit(series);
  }
}

const varianceOf = (errors: readonly number[], free: number): number => errors.reduce((sum, e) => sum + e * e, 0) / Math.max(1, free);

function meanFit(series: readonly number[]): Fit {
  const mean = series.reduce((sum, y) => sum + y, 0) / series.length;
  const free = series.length - 1;
  return {
    mid: () => mean,
    spread: () => 1 + 1 / series.length,
    variance: varianceOf(
      series.map((y) => y - mean),
      free,
    ),
    free,
  };
}

function laggedFit(series: readonly number[], lag: number): Fit {
  const errors = series.slice(lag).map((y, index) => y - series[index]!);
  return {
    mid: (h) => series[series.length - lag + ((h - 1) % lag)]!,
    spread: (h) => Math.floor((h - 1) / lag) + 1,
    variance: varianceOf(errors, errors.length),
    free: errors.length,
  };
}

const GRID = { alpha: [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9], beta: [0.02, 0.05, 0.1, 0.3, 0.6], phi: [0.8, 0.9, 0.98] } as const;

/** Holt's trend, damped; parameters by least squares on a grid. */
function dampedFit(series: readonly number[]): Fit {
  let best: { readonly errors: readonly number[]; readonly level: number; readonly trend: number; readonly of: readonly [number, number, number] } | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const alpha of GRID.alpha)
    for (const share of GRID.beta)
      for (const phi of GRID.phi) {
        const run = dampedRun(series, alpha, alpha * share, phi);
        const sum = run.errors.reduce((all, e) => all + e * e, 0);
        if (sum < least) [least, best] = [sum, { ...run, of: [alpha, alpha * share, phi] }];
      }
  const { errors, level, trend, of } = best!;
  const [alpha, beta, phi] = of;
  const damped = (h: number): number => (phi * (1 - phi ** h)) / (1 - phi);
  // two start values and three parameters were chosen to fit
  const free = Math.max(3, errors.length - 5);
  return {
    mid: (h) => level + damped(h) * trend,
    spread: (h) => 1 + Array.from({ length: h - 1 }, (_, j) => (alpha + beta * damped(j + 1)) ** 2).reduce((sum, c) => sum + c, 0),
    variance: varianceOf(errors, free),
    free,
  };
}

function dampedRun(series: readonly number[], alpha: number, beta: number, phi: number): { errors: number[]; level: number; trend: number } {
  const few = Math.min(6, series.length - 1);
  let [level, trend] = [series[0]!, (series[few]! - series[0]!) / few];
  const errors: number[] = [];
  for (const y of series.slice(1)) {
    const expected = level + phi * trend;
    const error = y - expected;
    errors.push(error);
    level = expected + alpha * error;
    trend = phi * trend + beta * error;
  }
  return { errors, level, trend };
}

/** Quantile of Student's t by the expansion of Cornish and Fisher (Abramowitz and Stegun 26.7.5). */
function studentQuantile(p: number, free: number): number {
  const z = normalQuantile(p);
  return z + (z ** 3 + z) / (4 * free) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * free ** 2);
}

/** Abramowitz and Stegun 26.2.23; wrong by less than 0.00045. */
function normalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - p));
  return t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
}
