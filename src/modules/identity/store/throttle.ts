import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';
import type { Failures } from '../domain/throttle.ts';

/** The count under `key`, locked until the transaction ends so that parallel tries are counted one by one. */
export async function lockFailures(tx: Tx, key: string): Promise<Failures | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 4011957))`.execute(tx);
  const found = await sql<{ failures: number; windowEndsAt: Temporal.Instant; blockedUntil: Temporal.Instant | null }>`
    select failures, window_ends_at as "windowEndsAt", blocked_until as "blockedUntil" from identity.throttle where key = ${key}`.execute(tx);
  const row = found.rows[0];
  return row && { failures: row.failures, windowEndsAt: row.windowEndsAt, ...(row.blockedUntil === null ? {} : { blockedUntil: row.blockedUntil }) };
}

export async function putFailures(tx: Tx, key: string, state: Failures): Promise<void> {
  await sql`insert into identity.throttle (key, failures, window_ends_at, blocked_until)
    values (${key}, ${state.failures}, ${state.windowEndsAt}, ${state.blockedUntil ?? null})
    on conflict (key) do update set failures = excluded.failures, window_ends_at = excluded.window_ends_at,
      blocked_until = excluded.blocked_until`.execute(tx);
}

export async function clearFailures(tx: Tx, key: string): Promise<void> {
  await sql`delete from identity.throttle where key = ${key}`.execute(tx);
}
