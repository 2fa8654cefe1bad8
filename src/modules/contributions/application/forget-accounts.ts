import { parseId } from '../../../kernel/id.ts';
import { followedUpTo, followTo, forgetAccount } from '../store/forget.ts';
import type { ContributionsContext } from './context.ts';

const DELETED = 'identity.account-deleted';
export const FORGET_ACCOUNTS = 'contributions.forget-accounts';
const FOLLOWER = { kind: 'system', job: FORGET_ACCOUNTS } as const;
const AT_ONCE = 100;

/** Unties what was written with accounts that have been deleted since; the personal link still opens it. @returns how many people */
export async function forgetAccounts(ctx: Pick<ContributionsContext, 'clock' | 'database' | 'journal'>): Promise<number> {
  let people = 0;
  for (;;) {
    const from = await followedUpTo(ctx.database.read);
    const entries = await ctx.journal.readAfter(ctx.database.read, from, { kinds: [DELETED], limit: AT_ONCE });
    if (entries.length === 0) return people;
    await ctx.database.write(async (tx) => {
      if (!(await followTo(tx, from, entries.at(-1)!.seq))) return;
      for (const { stream } of entries) {
        const accountId = parseId(stream.replace(/^account:/, ''));
        if (accountId !== undefined) await forgetAccount(tx, accountId);
      }
      people += entries.length;
      const entry = { stream: 'contributions:forgotten', kind: 'contributions.accounts-forgotten', payload: { accounts: entries.length } };
      await ctx.journal.append(tx, FOLLOWER, ctx.clock(), [entry]);
    });
  }
}
