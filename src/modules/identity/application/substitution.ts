import type { Actor } from '../../../kernel/actor.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import type { Substitution } from '../domain/staff.ts';
import { deleteSubstitution, findStaff, findSubstitution, putSubstitution } from '../store/staff.ts';
import type { IdentityContext } from './context.ts';

type Staff = Extract<Actor, { kind: 'staff' }>;

/** The Vertretung of one employee, past or to come, or `undefined`. */
export async function substitutionOf(db: Sql, staffId: string): Promise<Substitution | undefined> {
  return findSubstitution(db, staffId);
}

/**
 * Sets who looks after an employee's cases. Everybody sets their own; a Leitung also that of
 * employees of an authority they share. The substitute must work for such an authority too.
 */
export async function setSubstitution(
  ctx: Pick<IdentityContext, 'database' | 'journal'>,
  actor: Staff,
  wanted: Substitution,
  now: Temporal.Instant,
): Promise<Result<null, IdentityProblem>> {
  if (Temporal.PlainDate.compare(wanted.until, wanted.from) < 0)
    return refuse(invalidField('until', 'Das Ende liegt vor dem Anfang. Bitte prüfen Sie die Tage.'));
  if (Temporal.PlainDate.compare(wanted.until, legalDay(now)) < 0)
    return refuse(invalidField('until', 'Dieser Tag ist schon vorbei. Wählen Sie einen Tag ab heute.'));
  if (wanted.staffId === wanted.substituteId)
    return refuse(invalidField('substituteId', 'Sie können sich nicht selbst vertreten. Wählen Sie eine andere Person.'));
  return ctx.database.transaction(async (tx) => {
    const allowed = await maySet(tx, actor, wanted.staffId);
    if (!allowed.ok) return allowed;
    const substitute = await findStaff(tx, wanted.substituteId);
    if (substitute === undefined || !substitute.authorities.some((id) => allowed.value.authorities.includes(id))) {
      return refuse(invalidField('substituteId', 'Diese Person arbeitet nicht in derselben Behörde. Wählen Sie jemanden aus der Liste.'));
    }
    await putSubstitution(tx, wanted, actor.staffId, now);
    const payload = { substituteId: wanted.substituteId, from: wanted.from.toString(), until: wanted.until.toString() };
    await ctx.journal.append(tx, actor, now, [{ stream: `staff:${wanted.staffId}`, kind: 'identity.substitution-set', payload }]);
    return ok(null);
  });
}

/** Ends a Vertretung, by the same people who may set it. */
export async function endSubstitution(
  ctx: Pick<IdentityContext, 'database' | 'journal'>,
  actor: Staff,
  staffId: string,
  now: Temporal.Instant,
): Promise<Result<null, IdentityProblem>> {
  return ctx.database.transaction(async (tx) => {
    const allowed = await maySet(tx, actor, staffId);
    if (!allowed.ok) return allowed;
    if (await deleteSubstitution(tx, staffId)) {
      await ctx.journal.append(tx, actor, now, [{ stream: `staff:${staffId}`, kind: 'identity.substitution-ended', payload: {} }]);
    }
    return ok(null);
  });
}

async function maySet(db: Sql, actor: Staff, staffId: string): Promise<Result<{ authorities: readonly string[] }, IdentityProblem>> {
  const absent = await findStaff(db, staffId);
  const shared = absent?.authorities.some((id) => actor.authorities.includes(id)) ?? false;
  if (absent !== undefined && (actor.staffId === staffId || (actor.roles.includes('leitung') && shared))) return ok(absent);
  return refuse({ kind: 'not-allowed', detail: 'Diese Vertretung dürfen Sie nicht ändern. Fragen Sie die Leitung der Behörde.' });
}
