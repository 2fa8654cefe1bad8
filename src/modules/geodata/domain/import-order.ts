import type { FileCrs } from './source.ts';

/** How a file is to be read, as somebody has said. */
export interface OrderWish {
  readonly format?: string;
  readonly crs?: FileCrs;
  readonly layer?: string;
  /** Easting and northing of a local frame's zero. */
  readonly origin?: readonly [number, number];
  /** Removes what the file does not hold. */
  readonly replace?: boolean;
}

export type OrderState = 'waiting' | 'fetching' | 'reading' | 'done' | 'failed' | 'cancelled';

export const isOpen = (state: OrderState): boolean => state === 'waiting' || state === 'fetching' || state === 'reading';

/** An order with what has become of it so far. */
export interface ImportOrder {
  readonly id: string;
  readonly collectionId: string;
  readonly collectionTitle: string;
  readonly name: string;
  readonly url: string | null;
  readonly file: string | null;
  readonly sizeBytes: number | null;
  readonly wish: OrderWish;
  readonly state: OrderState;
  readonly message: string | null;
  readonly notes: readonly string[];
  readonly runId: string | null;
  readonly orderedAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
  readonly rowsRead: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** Whether the data are as new as their collection promises; `unknown` where it promises nothing. */
export function freshnessOf(changedAt: Temporal.Instant, renewedEvery: string | undefined, now: Temporal.Instant): 'fresh' | 'overdue' | 'unknown' {
  if (renewedEvery === undefined) return 'unknown';
  try {
    const due = changedAt.toZonedDateTimeISO('UTC').add(Temporal.Duration.from(renewedEvery)).toInstant();
    return Temporal.Instant.compare(now, due) <= 0 ? 'fresh' : 'overdue';
  } catch {
    return 'unknown';
  }
}
