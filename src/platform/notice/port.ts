import type { NoticeKind } from '../../kernel/notice.ts';
import type { Tx } from '../database/port.ts';

/** That something waits for an account; never what. */
export interface Notice {
  readonly accountId: string;
  readonly kind: NoticeKind;
  /** Names what it is about: under one key each channel is used once. */
  readonly key: string;
}

/** Which ways a notice takes. */
export interface NoticeWays {
  /** Whether it shall go by mail; who knows the address sends it. */
  readonly mail: boolean;
  /** How many other channels have it in their outbox. */
  readonly others: number;
}

/** Hands a notice to the channels the account chose, in the transaction of its cause. */
export type Notify = (tx: Tx, notice: Notice, now: Temporal.Instant) => Promise<NoticeWays>;
