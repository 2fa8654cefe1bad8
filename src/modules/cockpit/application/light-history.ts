import { fieldsInOrder, measuresOfField, type Kind } from '../domain/items.ts';
import { quarterBefore, quarterOf, type Quarter } from '../domain/quarter.ts';
import { countLights, type LightCounts, type Status } from '../domain/status.ts';
import { quarterStandingOrLess } from './quarter-figures.ts';
import type { Reading, Standing } from './read-strategy.ts';

export interface QuarterLights {
  readonly quarter: Quarter;
  readonly counts: LightCounts;
  /** Of each measure that there was. */
  readonly statuses: ReadonlyMap<string, Status>;
}

/** So many at most. */
export const QUARTERS = 8;

/**
 * Lights of the last quarters in which there was a strategy, the oldest first: those that are over as they stood on their
 * last day, by the figures of that quarter; the running one as it stands today. @param stands how it stands in the last of them
 */
export async function lightHistory(ctx: Reading, stands: Standing): Promise<readonly QuarterLights[]> {
  const last = quarterOf(stands.day);
  const quarters = [last];
  while (quarters.length < QUARTERS) quarters.unshift(quarterBefore(quarters[0]!));
  // asked for at once: questions at the same time share one reading
  const all = await Promise.all(
    quarters.map(async (quarter): Promise<QuarterLights | undefined> => {
      const { strategy, statuses } = quarter === last ? stands : await quarterStandingOrLess(ctx, quarter);
      return strategy.measure.size === 0 ? undefined : { quarter, counts: countLights(statuses.values()), statuses };
    }),
  );
  return all.slice(all.lastIndexOf(undefined) + 1).filter((one) => one !== undefined);
}

/** Lights of each field. */
export const fieldLights = ({
  strategy,
  statuses,
}: Pick<Standing, 'strategy' | 'statuses'>): { readonly field: Kind<'field'>; readonly counts: LightCounts }[] =>
  fieldsInOrder(strategy).map((field) => ({
    field,
    counts: countLights(measuresOfField(strategy, field.key).map(({ key }) => statuses.get(key)!)),
  }));

/** The same of some measures alone. */
export const lightsOfSome = (quarters: readonly QuarterLights[], measures: ReadonlySet<string>): readonly QuarterLights[] =>
  quarters.map(({ quarter, statuses: all }) => {
    const statuses = new Map([...all].filter(([key]) => measures.has(key)));
    return { quarter, counts: countLights(statuses.values()), statuses };
  });
