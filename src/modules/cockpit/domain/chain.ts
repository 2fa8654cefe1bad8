import type { Strategy } from './items.ts';

/** A measure that depends on another one, directly or through others. */
export interface Dependent {
  readonly measure: string;
  /** From the measure asked about to this one, both included. */
  readonly path: readonly string[];
}

type Edges = ReadonlyMap<string, readonly string[]>;

function edges(strategy: Pick<Strategy, 'dependency'>, from: 'measure' | 'needs'): Edges {
  const to = from === 'measure' ? 'needs' : 'measure';
  const groups = Map.groupBy(strategy.dependency.values(), (one) => one[from]);
  return new Map([...groups].map(([key, all]) => [key, all.map((one) => one[to])]));
}

/** What must be reached first. */
export const needsOf = (strategy: Pick<Strategy, 'dependency'>, measure: string): readonly string[] => edges(strategy, 'measure').get(measure) ?? [];

/** Everything that waits for a measure, nearest first, each by its shortest path. */
export function downstreamOf(strategy: Pick<Strategy, 'dependency'>, measure: string): Dependent[] {
  const waiting = edges(strategy, 'needs');
  const found: Dependent[] = [];
  const seen = new Set([measure]);
  const queue: (readonly string[])[] = [[measure]];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    for (const next of waiting.get(path.at(-1)!) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      found.push({ measure: next, path: [...path, next] });
      queue.push([...path, next]);
    }
  }
  return found;
}

/** The circle that a new dependency would close, e.g. `a, b, c, a`; `undefined`: none. */
export function circleWith(
  strategy: Pick<Strategy, 'dependency'>,
  { measure, needs }: { readonly measure: string; readonly needs: string },
): string[] | undefined {
  if (measure === needs) return [measure, needs];
  // who waits for `measure` already, and is to be waited for by it?
  const back = downstreamOf(strategy, measure).find((one) => one.measure === needs);
  return back === undefined ? undefined : [...back.path, measure];
}
