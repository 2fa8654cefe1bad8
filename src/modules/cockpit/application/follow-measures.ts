import type { CockpitContext } from './context.ts';
import { indicatorOutlooks, type IndicatorOutlook } from './indicator-outlooks.ts';
import { lightHistory, lightsOfSome, type QuarterLights } from './light-history.ts';
import { outlook, type Outlook, type Standing } from './read-strategy.ts';

/** What was and what is likely to come. */
export interface Followed {
  readonly ends: Outlook;
  readonly quarters: readonly QuarterLights[];
  readonly figures: readonly IndicatorOutlook[];
}

interface Following {
  /** Absent: all measures. */
  readonly only?: ReadonlySet<string>;
  /** Without the indicators, which have pages of their own. */
  readonly charts?: false;
}

/** Follows measures through the quarters gone by, to their likely ends, and with the indicators that they name. */
export async function followMeasures(ctx: CockpitContext, stands: Standing, { only, charts }: Following = {}): Promise<Followed> {
  const [ends, quarters, figures] = await Promise.all([
    outlook(ctx, stands),
    lightHistory(ctx, stands),
    charts === false ? [] : indicatorOutlooks(ctx, stands, only),
  ]);
  if (only === undefined) return { ends, quarters, figures };
  return { ends: { ...ends, ends: new Map([...ends.ends].filter(([key]) => only.has(key))) }, quarters: lightsOfSome(quarters, only), figures };
}
