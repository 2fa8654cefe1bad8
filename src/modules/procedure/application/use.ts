import { CITY_ZONE } from '../../../kernel/time.ts';
import * as stored from '../store/use.ts';
import type { ProcedureContext } from './context.ts';

/** A draft that nobody touched for so long counts as given up, until somebody goes on with it. */
const IDLE_DAYS = 30;

/** Days, both included. */
export interface UseDays {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
}

/** What became of the applications for a service that came, or were begun, in some days. Exact counts. */
export interface ServiceUse {
  readonly service: string;
  readonly submitted: number;
  readonly decided: number;
  readonly givenUp: number;
  readonly open: number;
  /** Of those given up, by the page last worked at. */
  readonly leftAt: Readonly<Record<string, number>>;
}

type Reading = Pick<ProcedureContext, 'database' | 'clock'>;

function between({ from, until }: UseDays): stored.Between {
  return { from: from.toZonedDateTime(CITY_ZONE).toInstant(), to: until.add({ days: 1 }).toZonedDateTime(CITY_ZONE).toInstant() };
}

/** Counts only, by service. Drafts that their owners threw away are not among them, those deleted for their age are. */
export async function useOfServices(ctx: Reading, days: UseDays): Promise<ServiceUse[]> {
  const span = between(days);
  const idleBefore = ctx.clock().subtract({ hours: 24 * IDLE_DAYS });
  const [came, left] = [await stored.cameInOnline(ctx.database.read, span), await stored.leftDrafts(ctx.database.read, span, idleBefore)];
  const services = new Set([...came, ...left].map(({ service }) => service));
  return [...services].toSorted().map((service) => {
    const cases = came.find((one) => one.service === service);
    const drafts = left.filter((one) => one.service === service);
    return {
      service,
      submitted: cases?.submitted ?? 0,
      decided: cases?.decided ?? 0,
      givenUp: drafts.reduce((sum, one) => sum + one.idle, 0),
      open: drafts.reduce((sum, one) => sum + one.open, 0),
      leftAt: Object.fromEntries(drafts.flatMap(({ lastPage, idle }) => (lastPage === null || idle === 0 ? [] : [[lastPage, idle]]))),
    };
  });
}

/** How many cases these links led to. */
export const casesByOrigin = (ctx: Reading, origins: readonly string[], days: UseDays): Promise<{ submitted: number; decided: number }> =>
  stored.casesByOrigin(ctx.database.read, origins, between(days));

/** How many applications were begun by this link and not thrown away. */
export async function begunByOrigin(ctx: Reading, origin: string, days: UseDays): Promise<number> {
  const span = between(days);
  return stored.begunByOrigin(ctx.database.read, origin, span, { first: idFrom(span.from), past: idFrom(span.to) });
}

/** The least UUIDv7 of a moment. */
function idFrom(instant: Temporal.Instant): string {
  const hex = instant.epochMilliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
