import { legalDay } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/database/port.ts';
import { recoveryTerms } from '../domain/recovery.ts';
import { endsRecovery, type Dated } from '../domain/ways-in.ts';
import { cancelRecoveryOf, runningRecovery } from '../store/recovery.ts';

/**
 * Ends a recovery that waits when the person came by a way that was settled before it was asked for; a way that is
 * newer ends nothing. @returns its id, for the journal
 */
export async function endRecoveryBy(tx: Tx, accountId: string, way: Dated, now: Temporal.Instant): Promise<string | undefined> {
  const running = await runningRecovery(tx, accountId);
  if (running === undefined) return undefined;
  const { settleDays } = recoveryTerms(legalDay(running.askedAt));
  return endsRecovery(way, running.askedAt, settleDays) ? cancelRecoveryOf(tx, accountId, now) : undefined;
}

/** For the payload of a journal entry. */
export const cancelled = (recoveryCancelled: string | undefined): Readonly<Record<string, string>> =>
  recoveryCancelled === undefined ? {} : { recoveryCancelled };
