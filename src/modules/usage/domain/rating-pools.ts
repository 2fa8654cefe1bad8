import { FEWEST } from '../../../kernel/few.ts';
import { OTHER_SERVICES } from '../../../kernel/usage.ts';

export interface GivenRating {
  /** Says only that this case was rated. */
  readonly key: string;
  readonly score: number;
  readonly words?: string;
}

/** Ratings that wait for others. */
export interface RatingPool {
  readonly service: string;
  readonly after: 'decision' | 'abandonment';
  readonly given: GivenRating[];
}

/**
 * The pools that may be written, each of ten or more. @param when `full`: those that are; `gather`: also what is left,
 * put together over all services, if it makes ten
 */
export function poolsToRelease(pools: readonly RatingPool[], when: 'full' | 'gather'): { readonly ready: RatingPool[]; readonly waiting: RatingPool[] } {
  const ready = pools.filter(({ given }) => given.length >= FEWEST);
  const few = pools.filter(({ given }) => given.length < FEWEST);
  if (when === 'full') return { ready, waiting: few };
  const gathered = (['decision', 'abandonment'] as const).map((after) => ({
    service: OTHER_SERVICES,
    after,
    given: few.filter((pool) => pool.after === after).flatMap(({ given }) => given),
  }));
  const enough = gathered.filter(({ given }) => given.length >= FEWEST);
  return { ready: [...ready, ...enough], waiting: few.filter(({ after }) => !enough.some((one) => one.after === after)) };
}

/** In an order that chance makes. @param random a number from 0 up to 1 */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
