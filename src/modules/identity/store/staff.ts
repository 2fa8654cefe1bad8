import type { StaffRole } from '../../../kernel/actor.ts';
import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { StaffMember, Substitution } from '../domain/staff.ts';

const STAFF = sql`select id as "staffId", name, email, roles, authorities, last_seen_at as "lastSeenAt" from identity.staff`;

/** What the provider says at a sign-in. */
export type StaffClaims = Omit<StaffMember, 'staffId' | 'lastSeenAt'> & { readonly issuer: string; readonly subject: string };

/** Keeps the newest description of an employee. @returns their id: the known one, else `newId` */
export async function upsertStaff(tx: Tx, newId: string, claims: StaffClaims, now: Temporal.Instant): Promise<string> {
  const kept = await sql<{ id: string }>`insert into identity.staff (id, issuer, subject, name, email, roles, authorities, first_seen_at, last_seen_at)
    values (${newId}, ${claims.issuer}, ${claims.subject}, ${claims.name}, ${claims.email}, ${[...claims.roles]}, ${[...claims.authorities]}, ${now}, ${now})
    on conflict (issuer, subject) do update set name = excluded.name, email = excluded.email, roles = excluded.roles,
      authorities = excluded.authorities, last_seen_at = excluded.last_seen_at
    returning id`.execute(tx);
  return kept.rows[0]!.id;
}

export async function findStaff(db: Sql, staffId: string): Promise<StaffMember | undefined> {
  const found = await sql<StaffMember>`${STAFF} where id = ${staffId}`.execute(db);
  return found.rows[0];
}

/** Employees of an authority by name. */
export async function listStaff(db: Sql, authority: string): Promise<StaffMember[]> {
  const rows = await sql<StaffMember>`${STAFF} where authorities @> ${[authority]}::text[] order by name, id`.execute(db);
  return rows.rows;
}

/** Employees with a role by name. */
export async function listStaffWithRole(db: Sql, role: StaffRole): Promise<StaffMember[]> {
  const rows = await sql<StaffMember>`${STAFF} where roles @> ${[role]}::text[] order by name, id limit 1000`.execute(db);
  return rows.rows;
}

const SUBSTITUTION = sql`select staff_id as "staffId", substitute_id as "substituteId", from_day as "from", until_day as "until" from identity.substitution`;

/** Vertretungen that `substituteId` holds on `day`. */
export async function substitutionsHeldBy(db: Sql, substituteId: string, day: Temporal.PlainDate): Promise<Substitution[]> {
  const rows = await sql<Substitution>`${SUBSTITUTION} where substitute_id = ${substituteId} and ${day} between from_day and until_day`.execute(db);
  return rows.rows;
}

export async function findSubstitution(db: Sql, staffId: string): Promise<Substitution | undefined> {
  const found = await sql<Substitution>`${SUBSTITUTION} where staff_id = ${staffId}`.execute(db);
  return found.rows[0];
}

export async function putSubstitution(tx: Tx, substitution: Substitution, setBy: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into identity.substitution (staff_id, substitute_id, from_day, until_day, set_by, set_at)
    values (${substitution.staffId}, ${substitution.substituteId}, ${substitution.from}, ${substitution.until}, ${setBy}, ${now})
    on conflict (staff_id) do update set substitute_id = excluded.substitute_id, from_day = excluded.from_day,
      until_day = excluded.until_day, set_by = excluded.set_by, set_at = excluded.set_at`.execute(tx);
}

export async function deleteSubstitution(tx: Tx, staffId: string): Promise<boolean> {
  const done = await sql`delete from identity.substitution where staff_id = ${staffId}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}
