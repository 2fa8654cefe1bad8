import { personOf, type Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { closedProblem, noContribution, type ContributionProblem } from '../domain/problems.ts';
import { isOurCookie, supporterCookie, supporterKey } from '../domain/token.ts';
import { findContribution, lockContribution } from '../store/contributions.ts';
import { findById } from '../store/participations.ts';
import { deleteSupport, insertSupport } from '../store/supports.ts';
import type { ContributionsContext } from './context.ts';
import { NOBODY, note } from './journal.ts';

/** Holds random bits and our signature, names nobody, and is set only when somebody supports without an account. */
export const SUPPORTER_COOKIE = 'kontor_mitreden';

/** Who looks or supports: by account where there is one, else by cookie. */
export interface Supporter {
  readonly actor: Actor;
  readonly cookie: string | undefined;
}

/** What is kept of who supports, in their own name whoever they act for; `undefined`: we cannot tell them from anybody else. */
export function supporterOf({ secret }: Pick<ContributionsContext, 'secret'>, participationId: string, { actor, cookie }: Supporter): string | undefined {
  if (actor.kind === 'citizen') return supporterKey(secret, participationId, `account ${personOf(actor)}`);
  return isOurCookie(secret, cookie) ? supporterKey(secret, participationId, cookie) : undefined;
}

export interface Supported {
  readonly support: number;
  /** Set it as `SUPPORTER_COOKIE`; absent where the person is known already. */
  readonly cookie?: string;
}

/** Supports a published contribution, or takes the support back. Done twice, it is done once. */
export async function support(
  ctx: ContributionsContext,
  who: Supporter,
  input: { readonly contributionId: string; readonly withdraw: boolean },
): Promise<Result<Supported, ContributionProblem>> {
  if (parseId(input.contributionId) === undefined) return refuse(noContribution);
  return ctx.database.transaction(async (tx) => {
    const one = await lockContribution(tx, input.contributionId);
    const participation = one && (await findById(tx, one.participationId));
    if (one?.state !== 'published' || participation === undefined) return refuse(noContribution);
    const now = ctx.clock();
    const closed = closedProblem(participation, now, 'Unterstützen können Sie jetzt nichts mehr.');
    if (closed !== undefined) return refuse(closed);
    const known = supporterOf(ctx, participation.id, who);
    if (known === undefined && input.withdraw) return ok({ support: one.support });
    const cookie = known === undefined ? supporterCookie(ctx.secret) : undefined;
    const key = known ?? supporterKey(ctx.secret, participation.id, cookie!);
    const changed = input.withdraw ? await deleteSupport(tx, one.id, key) : await insertSupport(tx, one.id, key);
    if (changed) await note(ctx, tx, NOBODY, now, participation.id, input.withdraw ? 'support-withdrawn' : 'supported', { contributionId: one.id });
    const after = (await findContribution(tx, one.id))!;
    return ok({ support: after.support, ...(cookie === undefined ? {} : { cookie }) });
  });
}
