/**
 * A sequential test of two rates that holds however often somebody looks. After each view of a page the evidence grows or
 * shrinks; if the two wordings work alike, the chance that it ever reaches 1/alpha is at most alpha, exactly and for every
 * number of views (Ville 1939). Nothing is approximated and no rate needs to be known.
 *
 * The evidence is a mixture of e-values for two Bernoulli streams after Turner, Ly and Grünwald, "Generic E-variables for
 * exact sequential k-sample tests that allow for optional stopping", J. Stat. Plan. Inference 230 (2024) 106116. With
 * chance 1/2 for each wording, one alternative (p, q) and r = (p + q) / 2, a view multiplies it by p/r or q/r when somebody
 * went on and by (1-p)/(1-r) or (1-q)/(1-r) when not. Under the same true rate t of both, the mean of that factor is
 * t·(p + q)/2r + (1 - t)·(2 - p - q)/2(1 - r) = 1, whatever t is, and may change from view to view.
 */
export interface Counted {
  /** How often it was shown. */
  readonly shown: number;
  /** How many of these led to the measured step; at most `shown`. */
  readonly reached: number;
}

export interface Effect {
  /** The rate that is expected without a change, between 0 and 1. */
  readonly expected: number;
  /** The smallest difference of rates worth finding, between 0 and 1. */
  readonly minimum: number;
}

interface Alternative {
  readonly logWeight: number;
  /** What a view adds to the logarithm of the evidence: of the first and second wording, when it led on and when not. */
  readonly first: Gain;
  readonly second: Gain;
}

interface Gain {
  readonly reached: number;
  readonly not: number;
}

/** Steps of base rates around the expected one, on the scale of log odds: the expected rate may be badly guessed. */
const BASES = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2] as const;
/** Differences beside the smallest that is worth finding. */
const FACTORS = [0.7, 1, 1.5, 2.5] as const;
const logit = (rate: number): number => Math.log(rate / (1 - rate));
const rateOf = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** What could be true instead of "both work alike", in both directions, with weights that sum to one. */
export function alternativesOf({ expected, minimum }: Effect): readonly Alternative[] {
  const all = BASES.flatMap((step) => {
    const base = rateOf(logit(expected) + step);
    return FACTORS.flatMap((factor) =>
      [1, -1].flatMap((sign) => {
        const difference = sign * factor * minimum;
        const [first, second] = [base - difference / 2, base + difference / 2];
        const inside = first > 0 && first < 1 && second > 0 && second < 1;
        return inside ? [{ first, second, weight: Math.exp(-(step * step) / 2) }] : [];
      }),
    );
  });
  const sum = all.reduce((total, { weight }) => total + weight, 0);
  return all.map(({ first, second, weight }) => {
    const middle = (first + second) / 2;
    const gain = (rate: number): Gain => ({ reached: Math.log(rate / middle), not: Math.log((1 - rate) / (1 - middle)) });
    return { first: gain(first), second: gain(second), logWeight: Math.log(weight / sum) };
  });
}

/** The evidence that two wordings differ, as natural logarithm: 0 before the first view. */
export function logEvidence(alternatives: readonly Alternative[], first: Counted, second: Counted): number {
  const of = (gain: Gain, { shown, reached }: Counted): number => reached * gain.reached + (shown - reached) * gain.not;
  const logs = alternatives.map((one) => one.logWeight + of(one.first, first) + of(one.second, second));
  const highest = Math.max(...logs);
  return highest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - highest), 0));
}

/** A p-value that holds at any time: never smaller than the chance of such evidence by luck. */
export const pValueOf = (highestLogEvidence: number): number => Math.min(1, Math.exp(-highestLogEvidence));

/**
 * Which of several comparisons are shown, so that the chance of even one false "better" is at most alpha (Holm 1979).
 * @param pValues of the comparisons; @returns for each whether it is shown
 */
export function holm(pValues: readonly number[], alpha: number): readonly boolean[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const shown = pValues.map(() => false);
  for (const [rank, { p, index }] of order.entries()) {
    if (p > alpha / (pValues.length - rank)) break;
    shown[index] = true;
  }
  return shown;
}

/** What looking as often as one likes costs beside one look at the end; the test of power measures it. */
const LOOKING = 2;
/** Quantiles of the normal distribution for 80 % power, and for two-sided alpha by Acklam's steps. */
const POWER_80 = 0.8416;

/**
 * How often each wording must be shown to find the smallest difference with a chance of about 80 %: the number for one
 * look at the end (normal approximation), times what looking at any time costs.
 */
export function suggestedShown({ expected, minimum }: Effect, alpha: number, comparisons = 1): number {
  const [p, q] = [expected, Math.min(0.999, expected + minimum)];
  const spread = p * (1 - p) + q * (1 - q);
  return Math.ceil((LOOKING * (normalQuantile(1 - alpha / comparisons / 2) + POWER_80) ** 2 * spread) / (q - p) ** 2);
}

/** By bisection of the error function's series: a form asks it once. */
function normalQuantile(probability: number): number {
  let [low, high] = [0, 10];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (1 - upperTail(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(Z > z) for z >= 0, by the continued fraction of Laplace, or the series near zero. */
export function upperTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let [term, sum] = [z, z];
    for (let k = 1; k < 100; k++) sum += term *= (z * z) / (2 * k + 1);
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let k = 60; k >= 1; k--) fraction = z + k / fraction;
  return density / fraction;
}
