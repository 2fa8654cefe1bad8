import type { Sql, Tx } from '../../../platform/database/port.ts';
import { deleteAsked, selectAsked, type HelpAsked } from '../store/assistance.ts';

/** The help that an account asked for, without who gave it (Art. 15 and 20 GDPR); the steps stand in the history of the case. */
export const helpOf = (db: Sql, accountId: string): Promise<readonly HelpAsked[]> => selectAsked(db, accountId);

/** Forgets the help of an account that is being deleted (Art. 17 GDPR). */
export const forgetHelp = (tx: Tx, accountId: string): Promise<void> => deleteAsked(tx, accountId);
