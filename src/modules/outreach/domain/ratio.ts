import { upperTail } from './sequential.ts';

/** Up to this many views every possible outcome is gone through; beyond it the chi-squared distribution is near enough. */
const EXACT_UNTIL = 60;

/**
 * The chance that equal assignment gives counts at least as uneven as these: Pearson's chi-squared. Exact over all outcomes
 * for few views, by the closed forms of the distribution's tail for 1 to 3 degrees of freedom else.
 * @param counts of two to four variants
 */
export function ratioChance(counts: readonly number[]): number {
  const total = counts.reduce((sum, one) => sum + one, 0);
  if (total === 0) return 1;
  const statistic = unevenness(counts, total);
  if (total <= EXACT_UNTIL) return exactChance(counts.length, total, statistic);
  const z = Math.sqrt(statistic);
  if (counts.length === 2) return 2 * upperTail(z);
  if (counts.length === 3) return Math.exp(-statistic / 2);
  return 2 * upperTail(z) + Math.sqrt((2 * statistic) / Math.PI) * Math.exp(-statistic / 2);
}

const unevenness = (counts: readonly number[], total: number): number => {
  const expected = total / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

/** The sum of the chances of all outcomes as uneven as `statistic`, or more so. */
function exactChance(variants: number, total: number, statistic: number): number {
  const logFactorial = [0];
  for (let n = 1; n <= total; n++) logFactorial.push(logFactorial[n - 1]! + Math.log(n));
  const base = logFactorial[total]! - total * Math.log(variants);
  let chance = 0;
  const goThrough = (counts: readonly number[], left: number): void => {
    if (counts.length < variants - 1) {
      for (let n = 0; n <= left; n++) goThrough([...counts, n], left - n);
      return;
    }
    const all = [...counts, left];
    // a hair's breadth: the same outcome in another order must count
    if (unevenness(all, total) < statistic - 1e-9) return;
    chance += Math.exp(all.reduce((sum, n) => sum - logFactorial[n]!, base));
  };
  goThrough([], total);
  return Math.min(1, chance);
}
