import type { Lang } from '../../../platform/ui/html.ts';
import { readFigures } from '../store/figures.ts';
import type { EntranceContext, PlaceNow } from './context.ts';

export interface WaitingRow {
  readonly service: string;
  readonly name: string;
  /** Absent: too few cases were decided. */
  readonly medianDays?: number;
  readonly p80Days?: number;
  readonly promisedWeeks?: number;
}

export interface Waiting {
  readonly rows: readonly WaitingRow[];
  /** Absent: nothing was measured yet. */
  readonly measuredAt: Temporal.Instant | undefined;
  /** Absent: the city has no such desk. */
  readonly places: readonly PlaceNow[] | undefined;
}

/** How long each service that one applies for takes at present, and how long people wait at counters. */
export async function waitingNow(ctx: EntranceContext, lang: Lang): Promise<Waiting> {
  const { times } = await readFigures(ctx.database.read);
  const rows = [...ctx.desk.services.packages.values()]
    .filter(({ initiator }) => initiator === 'antrag')
    .map((pkg): WaitingRow => {
      const time = times?.body.find(({ service }) => service === pkg.key);
      return {
        service: pkg.key,
        name: pkg.name[lang],
        ...(time?.medianDays !== undefined && time.p80Days !== undefined && { medianDays: time.medianDays, p80Days: time.p80Days }),
        ...(pkg.promisedWeeks !== undefined && { promisedWeeks: pkg.promisedWeeks }),
      };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'de'));
  return { rows, measuredAt: times?.computedAt, places: await ctx.placesNow?.(lang) };
}
