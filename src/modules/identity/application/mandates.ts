import type { CitizenActor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { stageOf, type ActedFor, type MandateStage, type NamedMandate, type NamedOffer } from '../domain/mandate.ts';
import type { IdentityProblem } from '../domain/problems.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { listOffersOf } from '../store/mandate-offers.ts';
import { endMandate as end, findInForce, listMandatesOf, lockMandate, lockMembers, namesUnder } from '../store/mandates.ts';
import { setSessionMandate } from '../store/sessions.ts';
import type { Caller, IdentityContext } from './context.ts';
import { managesHolder, tellChange } from './manage-holder.ts';

export type StagedMandate = NamedMandate & { readonly stage: MandateStage };

/** Everything about the Vertretungen of an account. */
export interface OwnMandates {
  /** Whom the person may act for, now or later. */
  readonly held: readonly StagedMandate[];
  /** Who may act for the account. */
  readonly given: readonly StagedMandate[];
  readonly offers: readonly NamedOffer[];
}

/** What an account has given and holds, without what is long over: that stands in the export. */
export async function mandatesOf(db: Sql, accountId: string, now: Temporal.Instant): Promise<OwnMandates> {
  const today = legalDay(now);
  const staged = (await listMandatesOf(db, accountId)).map((one) => ({ ...one, stage: stageOf(one, today) }));
  const alive = staged.filter(({ stage }) => stage === 'inForce' || stage === 'ahead');
  return {
    held: alive.filter(({ agentId }) => agentId === accountId),
    given: alive.filter(({ holderId, kind }) => holderId === accountId && kind === 'vollmacht'),
    offers: await listOffersOf(db, accountId, now),
  };
}

const gone: IdentityProblem = { kind: 'not-found', detail: 'Diese Vertretung gibt es nicht, oder sie ist schon beendet. Laden Sie die Seite neu.' };

/** The last one who manages an organisation cannot leave it without anybody. */
export const lastManager: IdentityProblem = {
  kind: 'wrong-state',
  detail: 'Eine Person muss die Organisation verwalten. Geben Sie die Verwaltung zuerst an jemand anderen.',
};

/**
 * Ends a mandate at once: the holder revokes (§ 14(1) sentence 4 VwVfG), the agent resigns, the
 * organisation removes a member. Sessions that acted under it do so no more from the next request on.
 */
export async function endMandate(
  ctx: IdentityContext,
  person: CitizenActor,
  { id, organisationId }: { readonly id: string; readonly organisationId?: string },
  now: Temporal.Instant,
): Promise<Result<null, IdentityProblem>> {
  return ctx.database.transaction(async (tx) => {
    const mandate = await lockMandate(tx, id);
    if (mandate === undefined || mandate.endedAt !== null || mandate.holderId !== (organisationId ?? mandate.holderId)) return refuse(gone);
    const resigns = mandate.agentId === person.accountId;
    if (!resigns && !(await managesHolder(tx, person, mandate.holderId))) return refuse(gone);
    if (mandate.role === 'verwaltung' && managersWithout(await lockMembers(tx, mandate.holderId), id) === 0) return refuse(lastManager);
    if (!(await end(tx, id, person.accountId, now))) return refuse(gone);
    const others = mandate.kind === 'mitglied' ? [mandate.agentId] : [mandate.agentId, mandate.holderId];
    for (const other of others.filter((one) => one !== person.accountId)) await tellChange(ctx, tx, other, now);
    const kind = mandate.kind === 'mitglied' ? 'identity.member-left' : resigns ? 'identity.mandate-resigned' : 'identity.mandate-revoked';
    await ctx.journal.append(tx, person, now, [{ stream: `account:${mandate.holderId}`, kind, payload: { mandate: id, agentId: mandate.agentId } }]);
    return ok(null);
  });
}

/** How many manage the organisation besides this one. */
export const managersWithout = (members: readonly NamedMandate[], id: string): number =>
  members.filter((one) => one.role === 'verwaltung' && one.id !== id).length;

/** Chooses whom the session acts for from now on. */
export async function actFor(ctx: IdentityContext, person: CitizenActor, caller: Caller, mandateId: string): Promise<Result<NamedMandate, IdentityProblem>> {
  const { now, sessionToken } = caller;
  return ctx.database.transaction(async (tx) => {
    const mandate = await findInForce(tx, mandateId, person.accountId, legalDay(now));
    if (mandate === undefined || sessionToken === undefined) return refuse(gone);
    await setSessionMandate(tx, sha256Hex(sessionToken), mandateId);
    const payload = { mandate: mandateId, agentId: person.accountId };
    await ctx.journal.append(tx, person, now, [{ stream: `account:${mandate.holderId}`, kind: 'identity.acting-begun', payload }]);
    return ok(mandate);
  });
}

/** The session acts for the person themselves again. Doing it twice is fine. */
export async function actForSelf(ctx: IdentityContext, person: CitizenActor, caller: Caller): Promise<void> {
  const { now, sessionToken } = caller;
  if (sessionToken === undefined) return;
  await ctx.database.write(async (tx) => {
    const before = await setSessionMandate(tx, sha256Hex(sessionToken), null);
    const mandate = before === null ? undefined : await lockMandate(tx, before);
    if (mandate === undefined) return;
    const payload = { mandate: mandate.id, agentId: mandate.agentId };
    await ctx.journal.append(tx, person, now, [{ stream: `account:${mandate.holderId}`, kind: 'identity.acting-ended', payload }]);
  });
}

/** Who acted under these mandates, for histories of other modules; ended ones too. */
export async function actedUnder(db: Sql, mandateIds: readonly string[]): Promise<ReadonlyMap<string, ActedFor>> {
  return namesUnder(db, mandateIds);
}
