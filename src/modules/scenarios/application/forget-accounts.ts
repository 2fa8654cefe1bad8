import { followedUpTo, followTo, forgetPerson } from '../store/forget.ts';
import type { Writing } from './context.ts';

const DELETED = 'identity.account-deleted';
const FOLLOWER = { kind: 'system', job: 'scenarios.forget' } as const;
const AT_ONCE = 100;

/** Deletes what people have made who have deleted their account since (Art. 17 GDPR). @returns how many people */
export async function forgetAccounts(ctx: Writing): Promise<number> {
  let people = 0;
  for (;;) {
    const from = await followedUpTo(ctx.database.read);
    const entries = await ctx.journal.readAfter(ctx.database.read, from, { kinds: [DELETED], limit: AT_ONCE });
    if (entries.length === 0) return people;
    await ctx.database.write(async (tx) => {
      if (!(await followTo(tx, from, entries.at(-1)!.seq))) return;
      let scenarios = 0;
      for (const { stream } of entries) scenarios += await forgetPerson(tx, stream.replace(/^account:/, 'citizen:'));
      people += entries.length;
      const payload = { accounts: entries.length, scenarios };
      await ctx.journal.append(tx, FOLLOWER, ctx.clock(), [{ stream: 'scenarios:forgotten', kind: 'scenarios.accounts-forgotten', payload }]);
    });
  }
}
