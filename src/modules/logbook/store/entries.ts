import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';
import type { LogEntry } from '../domain/entry.ts';

/** The next number of a Lage's log; held until the commit. */
export async function nextNumber(tx: Tx, lageId: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`insert into logbook.book as b (lage_id, last_number) values (${lageId}, 1)
    on conflict (lage_id) do update set last_number = b.last_number + 1 returning last_number as number`.execute(tx);
  return rows[0]!.number;
}

export async function insertEntry(tx: Tx, lageId: string, one: LogEntry): Promise<void> {
  await sql`insert into logbook.entry (id, lage_id, number, kind, text, event_at, written_at, author_id, author, organisation, function, refs, corrects, sha256)
    values (${one.id}, ${lageId}, ${one.number}, ${one.kind}, ${one.text}, ${one.eventAt}, ${one.writtenAt}, ${one.authorId}, ${one.author},
      ${one.organisation}, ${one.function}, ${[...one.refs]}::text[], ${one.corrects}, ${one.sha256})`.execute(tx);
}
