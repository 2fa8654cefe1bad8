import type { Tx } from '../../../platform/database/port.ts';
import { deleteCodes, endWaysSince } from '../store/recovery.ts';

/** What ended with a way back by mail; for the journal, ids and counts only. */
export interface EndedWays {
  readonly passkeys: readonly string[];
  readonly eids: number;
  readonly codes: number;
}

/**
 * Takes from an account whatever somebody may have planted in it before mail was asked for: all codes, and passkeys and
 * cards that were not settled then. Without this who had a password would be in again at once.
 */
export async function endYoungWays(tx: Tx, accountId: string, askedAt: Temporal.Instant, settleDays: number): Promise<EndedWays> {
  const codes = await deleteCodes(tx, accountId);
  return { ...(await endWaysSince(tx, accountId, askedAt.subtract({ hours: 24 * settleDays }))), codes };
}

export const anyEnded = ({ passkeys, eids, codes }: EndedWays): boolean => passkeys.length + eids + codes > 0;
