import type { StaffRole } from '../../../kernel/actor.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { StaffMember } from '../domain/staff.ts';
import { findStaff, listStaff, listStaffWithRole, substitutionsHeldBy } from '../store/staff.ts';

/** Employees of an authority who have signed in at least once, by name. */
export async function staffDirectory(db: Sql, authority: string): Promise<StaffMember[]> {
  return listStaff(db, authority);
}

/** One employee, or `undefined`. */
export async function staffMember(db: Sql, staffId: string): Promise<StaffMember | undefined> {
  return findStaff(db, staffId);
}

/** Ids of those whose cases `staffId` looks after on `day` (Vertretung), without `staffId`. */
export async function substitutedBy(db: Sql, staffId: string, day: Temporal.PlainDate): Promise<string[]> {
  return (await substitutionsHeldBy(db, staffId, day)).map((substitution) => substitution.staffId);
}

/** Employees with a role who have signed in at least once, by name. */
export async function staffWithRole(db: Sql, role: StaffRole): Promise<StaffMember[]> {
  return listStaffWithRole(db, role);
}
