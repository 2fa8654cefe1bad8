import { refuse, ok, type Result } from '../../../kernel/result.ts';
import { tooManyTries, type IdentityProblem } from '../domain/problems.ts';
import { keyedHash } from '../domain/tokens.ts';
import { countTry, waitMinutes, type ThrottleRule } from '../domain/throttle.ts';
import { lockFailures, putFailures } from '../store/throttle.ts';
import { ANONYMOUS, type IdentityContext } from './context.ts';

/** Name of a count: `what` and an e-mail, hashed with the city's secret. */
export function tryKey(ctx: Pick<IdentityContext, 'secret'>, what: 'password' | 'mail', email: string): string {
  return keyedHash(ctx.secret, `${what}:${email}`);
}

/**
 * Counts a try before it is made, or refuses it while a pause runs. Known and unknown e-mails are
 * counted alike. A pause that begins is journalled without saying whose it is.
 * @returns tries counted so far, this one included
 */
export async function countOneTry(
  ctx: Pick<IdentityContext, 'database' | 'journal'>,
  key: string,
  rule: ThrottleRule,
  now: Temporal.Instant,
): Promise<Result<number, IdentityProblem>> {
  return ctx.database.transaction(async (tx) => {
    const before = await lockFailures(tx, key);
    const wait = waitMinutes(before, now);
    if (wait > 0) return refuse(tooManyTries(wait));
    const after = countTry(before, rule, now);
    await putFailures(tx, key, after);
    if (after.blockedUntil !== undefined) {
      await ctx.journal.append(tx, ANONYMOUS, now, [{ stream: 'identity:sign-in', kind: 'identity.tries-paused', payload: { tries: after.failures } }]);
    }
    return ok(after.failures);
  });
}
