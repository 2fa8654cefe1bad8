import type { Sql } from '../../../platform/database/port.ts';
import type { WaysIn } from '../domain/ways-in.ts';
import { readWays } from '../store/recovery.ts';

/** The lasting ways into an account, as its owner sees them. */
export const waysIn = (db: Sql, accountId: string): Promise<WaysIn> => readWays(db, accountId);
