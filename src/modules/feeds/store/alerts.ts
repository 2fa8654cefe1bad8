import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';

export interface AlertRow {
  readonly lageId: string;
  readonly sender: string;
  readonly identifier: string;
  readonly sent: Temporal.Instant;
  readonly sourceId: string;
  readonly msgType: string;
  readonly status: string;
  readonly receivedAt: Temporal.Instant;
  readonly sha256: string;
  readonly raw: string;
  readonly objects: readonly string[];
  readonly ends: readonly string[];
  readonly endedBy: string | null;
}

/** @returns `false` when this message is there already */
export async function insertAlert(tx: Tx, one: AlertRow): Promise<boolean> {
  const { rows } =
    await sql`insert into feeds.alert (lage_id, sender, identifier, sent, source_id, msg_type, status, received_at, sha256, raw, objects, ends, ended_by)
    values (${one.lageId}, ${one.sender}, ${one.identifier}, ${one.sent}, ${one.sourceId}, ${one.msgType}, ${one.status}, ${one.receivedAt}, ${one.sha256}, ${one.raw},
      ${[...one.objects]}::text[], ${[...one.ends]}::text[], ${one.endedBy}) on conflict do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

export async function findAlert(
  tx: Tx,
  lageId: string,
  sender: string,
  identifier: string,
): Promise<{ readonly sha256: string; readonly sent: Temporal.Instant } | undefined> {
  const { rows } = await sql<{ sha256: string; sent: Temporal.Instant }>`select sha256, sent from feeds.alert
    where lage_id = ${lageId} and sender = ${sender} and identifier = ${identifier}`.execute(tx);
  return rows[0];
}

/** Messages of one sender, heard from one source, that a later one replaces or withdraws: a name can be written by anybody. @returns the objects they have made */
export async function endAlerts(
  tx: Tx,
  { lageId, sourceId, sender }: { readonly lageId: string; readonly sourceId: string; readonly sender: string },
  identifiers: readonly string[],
  by: string,
): Promise<{ readonly ended: number; readonly objects: readonly string[] }> {
  const { rows } = await sql<{ objects: string[] }>`update feeds.alert set ended_by = ${by}
    where lage_id = ${lageId} and source_id = ${sourceId} and sender = ${sender} and identifier = any(${[...identifiers]}::text[]) and ended_by is null returning objects`.execute(
    tx,
  );
  return { ended: rows.length, objects: rows.flatMap(({ objects }) => objects) };
}

/** Whether a message that came before names this one as ended: messages may overtake each other. */
export async function isNamedAsEnded(
  tx: Tx,
  { lageId, sourceId, sender }: { readonly lageId: string; readonly sourceId: string; readonly sender: string },
  identifier: string,
): Promise<boolean> {
  const { rows } =
    await sql`select 1 from feeds.alert where lage_id = ${lageId} and source_id = ${sourceId} and sender = ${sender} and msg_type in ('Update', 'Cancel')
    and ${identifier} = any(ends) limit 1`.execute(tx);
  return rows.length > 0;
}
