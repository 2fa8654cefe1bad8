import type { CitizenActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { MEMBER_ROLES, rightsOf, type NamedMandate } from '../domain/mandate.ts';
import { readOrganisation, type OrganisationInput } from '../domain/mandate-input.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { emptyAccount } from '../store/accounts.ts';
import { deleteMessages } from '../store/mailbox.ts';
import { deleteOffersOf } from '../store/mandate-offers.ts';
import { endMandatesOf, insertMandate, listMembers, lockMembers, setRole } from '../store/mandates.ts';
import { findOrganisation, insertOrganisation, updateOrganisation, type OrganisationRow } from '../store/organisations.ts';
import type { IdentityContext } from './context.ts';
import { openCasesProblem, type CountOpenCases, type ForgetElsewhere } from './delete-account.ts';
import { managesHolder, notManaging, tellChange } from './manage-holder.ts';
import { lastManager, managersWithout, mandatesOf, type OwnMandates } from './mandates.ts';

/** Founds an account of an organisation; who founds it manages it. Its trust is that of this sign-in. */
export async function foundOrganisation(
  ctx: Pick<IdentityContext, 'database' | 'journal'>,
  person: CitizenActor,
  input: OrganisationInput,
  now: Temporal.Instant,
): Promise<Result<string, IdentityProblem>> {
  const read = readOrganisation(input);
  if (!read.ok) return read;
  return ctx.database.transaction(async (tx) => {
    const accountId = newId(now.epochMilliseconds);
    await insertOrganisation(tx, { accountId, ...read.value, trust: person.trust }, now);
    const place = { kind: 'mitglied', holderId: accountId, agentId: person.accountId, role: 'verwaltung' } as const;
    const terms = {
      services: null,
      ...rightsOf('verwaltung'),
      trust: person.trust,
      validFrom: legalDay(now),
      validUntil: null,
      grantedAt: now,
      grantedBy: null,
    };
    const id = newId(now.epochMilliseconds);
    await insertMandate(tx, { id, ...place, ...terms });
    const payload = { mandate: id, agentId: person.accountId, trust: person.trust };
    await ctx.journal.append(tx, person, now, [{ stream: `account:${accountId}`, kind: 'identity.organisation-founded', payload }]);
    return ok(accountId);
  });
}

/** An organisation as its members see it. */
export interface OpenOrganisation extends OrganisationRow {
  readonly members: readonly NamedMandate[];
  /** The person's own place. */
  readonly own: NamedMandate;
  /** Vollmachten it has given and what waits for an answer; only for who manages it. */
  readonly mandates: OwnMandates | undefined;
}

/** Opens an organisation for one of its members; to all others it does not exist. */
export async function openOrganisation(db: Sql, person: CitizenActor, id: string, now: Temporal.Instant): Promise<Result<OpenOrganisation, IdentityProblem>> {
  const found = await findOrganisation(db, id);
  const members = found === undefined ? [] : await listMembers(db, id);
  const own = members.find(({ agentId }) => agentId === person.accountId);
  if (found === undefined || own === undefined) return refuse(notManaging);
  return ok({ ...found, members, own, mandates: own.role === 'verwaltung' ? await mandatesOf(db, id, now) : undefined });
}

/** Changes name, register number and address; its cases keep what was applied for. */
export async function changeOrganisation(
  ctx: Pick<IdentityContext, 'database' | 'journal'>,
  person: CitizenActor,
  id: string,
  input: OrganisationInput,
  now: Temporal.Instant,
): Promise<Result<null, IdentityProblem>> {
  return ctx.database.transaction(async (tx) => {
    if (!(await managesHolder(tx, person, id)) || (await findOrganisation(tx, id)) === undefined) return refuse(notManaging);
    const read = readOrganisation(input);
    if (!read.ok) return read;
    await updateOrganisation(tx, { accountId: id, ...read.value }, now);
    await ctx.journal.append(tx, person, now, [{ stream: `account:${id}`, kind: 'identity.organisation-changed', payload: {} }]);
    return ok(null);
  });
}

/** Gives a member another role, at once. */
export async function changeRole(
  ctx: IdentityContext,
  person: CitizenActor,
  input: { readonly organisationId: string; readonly memberId: string; readonly role: string },
  now: Temporal.Instant,
): Promise<Result<null, IdentityProblem>> {
  const role = MEMBER_ROLES.find((one) => one === input.role);
  if (role === undefined) return refuse(invalidField('role', 'Wählen Sie eine Rolle: Verwaltung, Bearbeitung oder Lesen.'));
  return ctx.database.transaction(async (tx) => {
    if (!(await managesHolder(tx, person, input.organisationId))) return refuse(notManaging);
    const members = await lockMembers(tx, input.organisationId);
    const member = members.find(({ id }) => id === input.memberId);
    if (member === undefined) return refuse(notManaging);
    if (role !== 'verwaltung' && managersWithout(members, member.id) === 0) return refuse(lastManager);
    await setRole(tx, member.id, { role, ...rightsOf(role) });
    if (member.agentId !== person.accountId) await tellChange(ctx, tx, member.agentId, now);
    const payload = { mandate: member.id, agentId: member.agentId, role };
    await ctx.journal.append(tx, person, now, [{ stream: `account:${input.organisationId}`, kind: 'identity.member-role-changed', payload }]);
    return ok(null);
  });
}

/** Deletes an organisation with its Postfach; not while a case of it runs. The authority keeps its files. */
export async function deleteOrganisation(
  ctx: Pick<IdentityContext, 'database' | 'journal'>,
  person: CitizenActor,
  id: string,
  others: { readonly openCases: CountOpenCases; readonly forgetElsewhere: ForgetElsewhere },
  now: Temporal.Instant,
): Promise<Result<null, IdentityProblem>> {
  const open = await others.openCases(id);
  return ctx.database.transaction(async (tx) => {
    if (!(await managesHolder(tx, person, id)) || (await findOrganisation(tx, id)) === undefined) return refuse(notManaging);
    if (open > 0) return refuse(openCasesProblem(open));
    const mandates = await endMandatesOf(tx, id, person.accountId, now);
    await deleteOffersOf(tx, id);
    await deleteMessages(tx, id);
    await others.forgetElsewhere(tx, id);
    await emptyAccount(tx, id, now);
    await ctx.journal.append(tx, person, now, [{ stream: `account:${id}`, kind: 'identity.organisation-deleted', payload: { mandates } }]);
    return ok(null);
  });
}
