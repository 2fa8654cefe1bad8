import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { LogReading, TakenEvent } from '../domain/fit-connect-log.ts';

export interface KnownEvent {
  readonly tokenSha256: string;
  readonly submissionId: string;
}

/** Which of these tokens counted before, by `jti`. */
export async function knownEvents(db: Sql, jtis: readonly string[]): Promise<ReadonlyMap<string, KnownEvent>> {
  if (jtis.length === 0) return new Map();
  const rows = await sql<KnownEvent & { jti: string }>`select jti, token_sha256 as "tokenSha256", submission_id as "submissionId"
    from exchange.fit_connect_event where jti = any(${[...jtis]}::uuid[])`.execute(db);
  return new Map(rows.rows.map(({ jti, ...known }) => [jti, known]));
}

/** Keeps an event that counts. @returns whether it is new */
export async function insertEvent(tx: Tx, submissionId: string, taken: TakenEvent, at: Temporal.Instant): Promise<boolean> {
  const { jti, tokenSha256, event, issuedAt } = taken;
  const inserted = await sql`insert into exchange.fit_connect_event (jti, token_sha256, submission_id, event, issued_at, seen_at)
    values (${jti}, ${tokenSha256}, ${submissionId}, ${event}, ${Temporal.Instant.fromEpochMilliseconds(issuedAt * 1000)}, ${at})
    on conflict (jti) do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

/** Remembers a refused token. @returns whether it is new for this reason */
export async function insertRefusal(tx: Tx, submissionId: string, refused: LogReading['refused'][number], at: Temporal.Instant): Promise<boolean> {
  const inserted = await sql`insert into exchange.fit_connect_refused (submission_id, token_sha256, reason, seen_at)
    values (${submissionId}, ${refused.tokenSha256}, ${refused.reason}, ${at}) on conflict do nothing`.execute(tx);
  return Number(inserted.numAffectedRows ?? 0) === 1;
}

export interface RefusedEvent {
  readonly submissionId: string;
  readonly tokenSha256: string;
  readonly reason: string;
  readonly seenAt: Temporal.Instant;
}

/** The latest refused events, newest first. */
export async function listRefused(db: Sql, limit: number): Promise<RefusedEvent[]> {
  const rows = await sql<RefusedEvent>`select submission_id as "submissionId", token_sha256 as "tokenSha256", reason, seen_at as "seenAt"
    from exchange.fit_connect_refused order by seen_at desc, submission_id limit ${limit}`.execute(db);
  return rows.rows;
}
