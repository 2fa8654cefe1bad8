import type { Sql, Tx } from '../../../platform/database/port.ts';
import { deleteHoldings, readHoldings, type NotificationHoldings } from '../store/holdings.ts';

/** Everything this module holds about an account, without keys and codes (Art. 15 and 20 GDPR). */
export const noticesOf = (db: Sql, accountId: string): Promise<NotificationHoldings> => readHoldings(db, accountId);

/** Forgets everything about an account that is being deleted (Art. 17 GDPR). */
export const forgetNotices = (tx: Tx, accountId: string): Promise<void> => deleteHoldings(tx, accountId);
