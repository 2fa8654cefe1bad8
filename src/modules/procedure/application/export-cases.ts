import type { Actor } from '../../../kernel/actor.ts';
import { listLetters } from '../store/letters.ts';
import { listUploads } from '../store/uploads.ts';
import { cosigningsOf, listCosigners } from '../store/cosigners.ts';
import { findCase } from '../store/cases.ts';
import { countOpenCases } from '../store/lists.ts';
import { deletedDrafts } from './abandoned-drafts.ts';
import type { ProcedureContext } from './context.ts';
import { ownDrafts } from './drafts.ts';
import { everyOwnCase } from './inbox.ts';

/** Everything held about the person's applications, as data (GDPR Art. 15 and 20). The authority's own notes and drafts are left to § 29 VwVfG. */
export async function exportCases(ctx: ProcedureContext, actor: Extract<Actor, { kind: 'citizen' }>): Promise<object> {
  const db = ctx.database.read;
  const cases = [];
  for await (const row of everyOwnCase(ctx, actor)) {
    const state = await findCase(db, row.id);
    if (state === undefined) continue;
    const { draft: _draft, assignee: _assignee, remindOn: _remindOn, ...own } = state;
    cases.push({ ...own, uploads: await listUploads(db, row.id), letters: await listLetters(db, row.id) });
  }
  const drafts = await Promise.all((await ownDrafts(ctx, actor)).map(async (draft) => ({ ...draft, cosigners: await listCosigners(db, draft.id) })));
  return {
    exportedAt: ctx.clock().toString(),
    drafts,
    deletedDrafts: await deletedDrafts(ctx, actor),
    cosignings: await cosigningsOf(db, actor.accountId),
    cases,
  };
}

/** How many of the account's cases still run: an account with one cannot simply be deleted. */
export async function openCaseCount(ctx: Pick<ProcedureContext, 'database'>, accountId: string): Promise<number> {
  return countOpenCases(ctx.database.read, accountId);
}
