import { sql } from 'kysely';
import type { Clock } from '../../kernel/time.ts';
import type { Database, Sql } from '../database/port.ts';
import type { JobKind } from '../jobs/port.ts';
import type { Log } from '../log/log.ts';
import { verifyJournal } from './journal.ts';

/** What the administration may know of the journal at a glance. */
export interface JournalState {
  readonly entries: number;
  /** When the whole chain was last read, and up to which entry; what came later has been read now. */
  readonly provedWhole?: { readonly at: Temporal.Instant; readonly seq: number };
  readonly broken?: string;
}

interface CheckRow {
  readonly checked_at: Temporal.Instant;
  readonly seq: number;
  readonly hash: string;
  readonly broken: string | null;
}

/** Reads only what came after the last whole proof: a page must not read years of entries. */
export async function journalState(db: Sql): Promise<JournalState> {
  const { rows } = await sql<CheckRow>`select checked_at, seq, hash, broken from platform.journal_check`.execute(db);
  const [last] = rows;
  if (last?.broken != null) return { entries: last.seq, provedWhole: { at: last.checked_at, seq: last.seq }, broken: last.broken };
  const { entries, broken } = await verifyJournal(db, last);
  return { entries, ...(last && { provedWhole: { at: last.checked_at, seq: last.seq } }), ...(broken && { broken: broken.detail }) };
}

/** Proves the whole chain every night and keeps the result; a broken link is an error in the log. */
export function journalCheck(database: Database, log: Log, clock: Clock): JobKind<never> {
  return {
    name: 'platform.verify-journal',
    cron: '3 2 * * *',
    async handle() {
      const { entries, headHash, broken } = await verifyJournal(database.read);
      if (broken !== undefined) log.error('journal.broken', { seq: broken.seq, what: broken.what });
      await database.write((tx) =>
        sql`insert into platform.journal_check (checked_at, seq, hash, broken) values (${clock()}, ${entries}, ${headHash}, ${broken?.detail ?? null})
          on conflict (only_one) do update set checked_at = excluded.checked_at, seq = excluded.seq, hash = excluded.hash, broken = excluded.broken`.execute(
          tx,
        ),
      );
    },
  };
}
