import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { AuthenticationTags } from '../domain/fit-connect-events.ts';

export type SentState = 'prepared' | 'submitted' | 'forwarded' | 'accepted' | 'rejected' | 'deleted' | 'failed';

/** A submission of ours. `problems` are URIs. */
export interface Sent {
  readonly id: string;
  readonly key: string;
  readonly destinationId: string;
  readonly service: { readonly identifier: string; readonly name: string };
  readonly tags: AuthenticationTags;
  readonly state: SentState;
  readonly submissionId: string | null;
  readonly fitCaseId: string | null;
  readonly problems: readonly string[];
  readonly preparedAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
}

const columns = sql`id, send_key as "key", destination_id as "destinationId", service, tags, state, submission_id as "submissionId",
  fit_case_id as "fitCaseId", problems, prepared_at as "preparedAt", changed_at as "changedAt"`;

/** Keeps what is to be sent. @returns false when something was prepared under this key before */
export async function insertSent(tx: Tx, sent: Omit<Sent, 'state' | 'submissionId' | 'fitCaseId' | 'problems' | 'changedAt'>): Promise<boolean> {
  const inserted = await sql`insert into exchange.fit_connect_sent (id, send_key, destination_id, service, tags, state, problems, prepared_at, changed_at)
    values (${sent.id}, ${sent.key}, ${sent.destinationId}, ${sent.service}, ${sent.tags}, 'prepared', '[]'::jsonb, ${sent.preparedAt}, ${sent.preparedAt})
    on conflict (send_key) do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

export async function findSent(db: Sql, id: string): Promise<Sent | undefined> {
  return (await sql<Sent>`select ${columns} from exchange.fit_connect_sent where id = ${id}`.execute(db)).rows[0];
}

/** Held until the transaction ends. */
export async function lockSent(tx: Tx, id: string): Promise<Sent | undefined> {
  return (await sql<Sent>`select ${columns} from exchange.fit_connect_sent where id = ${id} for update`.execute(tx)).rows[0];
}

export async function findSentByKey(db: Sql, key: string): Promise<Sent | undefined> {
  return (await sql<Sent>`select ${columns} from exchange.fit_connect_sent where send_key = ${key}`.execute(db)).rows[0];
}

/** What was sent under this key or a later try of it, oldest first. */
export async function sentUnder(db: Sql, key: string): Promise<Sent[]> {
  const rows = await sql<Sent>`select ${columns} from exchange.fit_connect_sent
    where send_key = ${key} or starts_with(send_key, ${`${key}:`}) order by prepared_at, id`.execute(db);
  return rows.rows;
}

/** Submissions that wait for their answer, the one looked at longest ago first. */
export async function openSent(db: Sql, limit: number): Promise<Sent[]> {
  const rows =
    await sql<Sent>`select ${columns} from exchange.fit_connect_sent where state in ('submitted', 'forwarded') order by changed_at limit ${limit}`.execute(db);
  return rows.rows;
}

/** What the delivery service calls it; `undefined` when it has to be announced anew. */
export async function setAnnounced(
  tx: Tx,
  id: string,
  announced: { readonly submissionId: string; readonly fitCaseId: string } | undefined,
  at: Temporal.Instant,
): Promise<void> {
  await sql`update exchange.fit_connect_sent set submission_id = ${announced?.submissionId ?? null}, fit_case_id = ${announced?.fitCaseId ?? null},
    changed_at = ${at} where id = ${id}`.execute(tx);
  if (announced === undefined) await sql`update exchange.fit_connect_part set uploaded = false where sent_id = ${id}`.execute(tx);
}

export async function setSentState(tx: Tx, id: string, state: SentState, problems: readonly string[], at: Temporal.Instant): Promise<void> {
  await sql`update exchange.fit_connect_sent set state = ${state}, problems = ${JSON.stringify(problems)}::jsonb, changed_at = ${at} where id = ${id}`.execute(
    tx,
  );
}

export interface Part {
  readonly part: string;
  readonly jwe: string;
}

export async function insertPart(tx: Tx, sentId: string, { part, jwe }: Part): Promise<void> {
  await sql`insert into exchange.fit_connect_part (sent_id, part, jwe) values (${sentId}, ${part}, ${jwe})`.execute(tx);
}

/** Names of the parts, and whether each has been uploaded; without their contents. */
export async function listParts(db: Sql, sentId: string): Promise<{ readonly part: string; readonly uploaded: boolean }[]> {
  return (
    await sql<{ part: string; uploaded: boolean }>`select part, uploaded from exchange.fit_connect_part where sent_id = ${sentId} order by part`.execute(db)
  ).rows;
}

export async function readPart(db: Sql, sentId: string, part: string): Promise<string | undefined> {
  return (await sql<{ jwe: string }>`select jwe from exchange.fit_connect_part where sent_id = ${sentId} and part = ${part}`.execute(db)).rows[0]?.jwe;
}

export async function setUploaded(tx: Tx, sentId: string, part: string): Promise<void> {
  await sql`update exchange.fit_connect_part set uploaded = true where sent_id = ${sentId} and part = ${part}`.execute(tx);
}

export async function deleteParts(tx: Tx, sentId: string): Promise<void> {
  await sql`delete from exchange.fit_connect_part where sent_id = ${sentId}`.execute(tx);
}

/** Our latest submissions, newest first. */
export async function listSent(db: Sql, limit: number): Promise<Sent[]> {
  return (await sql<Sent>`select ${columns} from exchange.fit_connect_sent order by prepared_at desc, id limit ${limit}`.execute(db)).rows;
}
