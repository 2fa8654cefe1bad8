import { randomBytes } from 'node:crypto';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { accountNotFound, type IdentityProblem } from '../domain/problems.ts';
import { CODE_BYTES, readRecoveryCode, recoveryCodeFrom, RECOVERY_CODES } from '../domain/recovery-code.ts';
import { keyedHash } from '../domain/tokens.ts';
import { lockAccount } from '../store/accounts.ts';
import { countCodes, replaceCodes, takeCode, type CodeCount } from '../store/recovery.ts';
import type { Caller, IdentityContext } from './context.ts';
import { cancelled, endRecoveryBy } from './end-recovery.ts';
import { freshSession, settleDaysAt, takesAway } from './fresh-session.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { tellOwner } from './tell-owner.ts';

const wrongCode: IdentityProblem = {
  kind: 'sign-in-needed',
  detail: 'Dieser Code gilt nicht. Jeder Code gilt einmal, und neue Codes lösen alte ab. Prüfen Sie die Zeichen, oder nehmen Sie den nächsten Code.',
};

const hmacOf = (ctx: Pick<IdentityContext, 'secret'>, code: string): string => keyedHash(ctx.secret, `recovery-code:${code}`);

/**
 * Makes ten new codes, shortly after a sign-in. They are shown this once and kept only as keyed hashes. All older ones
 * stop working: at once for who came with a settled passkey or card; otherwise settled ones work on for the days that a
 * way takes to settle, so that who has only a password cannot take the printed codes from their owner.
 */
export async function makeRecoveryCodes(ctx: IdentityContext, accountId: string, caller: Caller): Promise<Result<readonly string[], IdentityProblem>> {
  const { now } = caller;
  const fresh = await freshSession(ctx, caller, accountId);
  if (!fresh.ok) return fresh;
  const hours = 24 * settleDaysAt(now);
  const spare = takesAway(fresh.value, now) ? undefined : { madeBefore: now.subtract({ hours }), until: now.add({ hours }) };
  const codes = Array.from({ length: RECOVERY_CODES }, () => recoveryCodeFrom(randomBytes(CODE_BYTES)));
  const hmacs = codes.map((code) => hmacOf(ctx, readRecoveryCode(code)!));
  return ctx.database.transaction(async (tx) => {
    if ((await lockAccount(tx, accountId)) === undefined) return refuse(accountNotFound);
    await replaceCodes(tx, accountId, hmacs, now, spare);
    const ended = await endRecoveryBy(ctx, tx, accountId, fresh.value, now);
    await tellOwner(ctx, tx, accountId, now);
    await ctx.journal.append(tx, { kind: 'citizen', accountId, trust: 'einfach' }, now, [
      { stream: `account:${accountId}`, kind: 'identity.recovery-codes-made', payload: { codes: codes.length, ...cancelled(ended) } },
    ]);
    return ok(codes);
  });
}

/** How many codes are left, and since when there are any. */
export const recoveryCodes = (db: Sql, accountId: string): Promise<CodeCount> => countCodes(db, accountId);

/** Signs in with a code, which is used up. The code alone names the account: 80 random bits guess nobody. */
export async function signInWithCode(ctx: IdentityContext, caller: Caller, typed: string): Promise<Result<OpenedSession, IdentityProblem>> {
  const { now } = caller;
  const code = readRecoveryCode(typed);
  if (code === undefined) return refuse(wrongCode);
  return ctx.database.transaction(async (tx) => {
    const taken = await takeCode(tx, hmacOf(ctx, code), now);
    if (taken === undefined) return refuse(wrongCode);
    const { accountId, madeAt: since } = taken;
    await tellOwner(ctx, tx, accountId, now);
    const { left } = await countCodes(tx, accountId);
    return ok(await openSession(ctx, tx, caller, { kind: 'citizen', accountId, trust: 'einfach', method: 'code', since }, { codesLeft: left }));
  });
}
