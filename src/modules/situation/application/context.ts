import type { Context } from '../../../platform/context.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import type { LageView } from '../domain/lage.ts';

/** Somebody who can be taken into a staff. */
export interface StaffPerson {
  readonly staffId: string;
  readonly name: string;
}

export interface SituationContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'settings' | 'log'> {
  /** Name of this server, as others see where something comes from. */
  readonly origin: string;
  /** People with the role `krisenstab` who have signed in at least once. */
  readonly staff: (db: Sql) => Promise<readonly StaffPerson[]>;
  /** Writes into the Einsatztagebuch; gives what the journal is to hold of it. */
  readonly note: (tx: Tx, view: Pick<LageView, 'lage' | 'member'>, text: string, now: Temporal.Instant) => Promise<NewEntry>;
}
