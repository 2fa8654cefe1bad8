import type { Sql, Tx } from '../../../platform/database/port.ts';
import { forgetOwner } from '../store/forget.ts';
import { listJobs } from '../store/jobs.ts';
import type { Job } from '../domain/process.ts';

const ownerOf = (accountId: string): string => `citizen:${accountId}`;
/** More than are kept of anybody: each may order a few a day, and they are tidied away. */
const MOST = 10_000;

/** What an account has let the city calculate, for its export (Art. 15 and 20 GDPR). */
export const jobsOfAccount = (db: Sql, accountId: string): Promise<readonly Job[]> =>
  listJobs(db, { owner: ownerOf(accountId), processIds: [], statuses: [], limit: MOST });

/** Forgets it with the account (Art. 17 GDPR). */
export const forgetJobsOf = (tx: Tx, accountId: string): Promise<void> => forgetOwner(tx, ownerOf(accountId));
