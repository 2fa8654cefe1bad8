import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { settledBy, type Proposal, type Settled } from '../domain/proposal.ts';
import { findProposal, settle } from '../store/proposals.ts';
import { notFound, type ProposalsContext } from './context.ts';
import { originFacts } from './make-proposal.ts';

export interface SettleInput {
  readonly caseId: string;
  readonly proposalId: string;
  /** One for each item, in order. */
  readonly items: readonly { readonly keep: boolean; readonly text: string }[];
}

const LONGEST = 5000;
const GONE: Problem = { kind: 'conflict', detail: 'Diesen Vorschlag hat schon jemand bearbeitet. Lassen Sie einen neuen machen, wenn Sie ihn noch brauchen.' };

/** A person says of every item whether they take, change or refuse it. The journal keeps the difference as hashes and lengths. */
export async function settleProposal(ctx: ProposalsContext, actor: Actor, input: SettleInput): Promise<Result<Proposal, Problem>> {
  if (actor.kind !== 'staff' || !(await ctx.cases.access(actor, input.caseId)).acts) return refuse(notFound);
  const found = await findProposal(ctx.database.read, input.caseId, input.proposalId);
  if (found === undefined) return refuse(notFound);
  if (found.settled !== undefined) return refuse(GONE);
  if (input.items.length !== found.items.length)
    return refuse(invalidField('items', `Der Vorschlag hat ${found.items.length} Sätze. Sagen Sie zu jedem, was mit ihm geschieht.`));
  const long = input.items.findIndex(({ text }, index) => text.length > LONGEST && text !== found.items[index]!.text);
  if (long >= 0) return refuse(invalidField(`text.${long}`, `Kürzen Sie diesen Text auf ${LONGEST} Zeichen.`));
  const settled = found.items.map((item, index) => settledBy(item, input.items[index]!));
  const now = ctx.clock();
  const done = await ctx.database.write(async (tx) => {
    if (!(await settle(tx, found.id, settled, actorRef(actor), now))) return false;
    const payload = {
      caseId: found.caseId,
      proposalId: found.id,
      proposal: found.kind,
      ...originFacts(found),
      items: settled.map((one, index) => difference(found.items[index]!.text, one)),
    };
    await ctx.journal.append(tx, actor, now, [{ stream: `case:${found.caseId}`, kind: 'proposals.settled', payload }]);
    return true;
  });
  return done ? ok({ ...found, settled, settledAt: now, settledBy: actorRef(actor) }) : refuse(GONE);
}

/** What changed, without a word of it: both texts lie beside, in the table. */
function difference(before: string, settled: Settled): Readonly<Record<string, unknown>> {
  const facts = { outcome: settled.outcome, before: sha256Hex(before) };
  return settled.outcome === 'changed' ? { ...facts, after: sha256Hex(settled.text), lengths: [before.length, settled.text.length] } : facts;
}
