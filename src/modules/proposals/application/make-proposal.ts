import type { Actor } from '../../../kernel/actor.ts';
import { actorRef } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { KnownParty } from '../../../kernel/language-model.ts';
import { wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { AssistedCase } from '../domain/assisted-case.ts';
import { contradictionsIn } from '../domain/contradictions.ts';
import { explanationOf, reasonsDraft, requestDraft } from '../domain/drafts.ts';
import { missingFrom } from '../domain/missing.ts';
import type { Made, Proposal, ProposalKind } from '../domain/proposal.ts';
import { similarTo } from '../domain/similar.ts';
import { synopsisOf } from '../domain/synopsis.ts';
import { sentencesOf, tokensOf } from '../../library/public.ts';
import { insertProposal } from '../store/proposals.ts';
import { notFound, type ProposalsContext } from './context.ts';
import { REWORDED, reworded, type RewordedKind } from './reworded.ts';

export interface ProposalWish {
  readonly caseId: string;
  readonly kind: ProposalKind;
  /** A model of the register; absent: without a model. */
  readonly model?: string | undefined;
}

const READS_DOCUMENTS: readonly ProposalKind[] = ['fehlt', 'widersprueche', 'nachforderung'];
const NO_DECISION = 'In diesem Vorgang ist noch nichts entschieden. Eine Erklärung gibt es erst zu einem Bescheid.';

/** Makes a proposal for somebody who works on the case. It is kept and journalled, and changes nothing of the case. */
export async function makeProposal(ctx: ProposalsContext, actor: Actor, { caseId, kind, model }: ProposalWish): Promise<Result<Proposal, Problem>> {
  if (actor.kind !== 'staff' || !(await ctx.cases.access(actor, caseId)).acts) return refuse(notFound);
  const read = await ctx.cases.read(actor, caseId, { documents: READS_DOCUMENTS.includes(kind) });
  if (!read.ok) return read;
  const { view, parties } = read.value;
  if (kind === 'erklaerung' && view.decision === undefined) return refuse(wrongState(NO_DECISION));
  const plain = await madeFrom(ctx, actor, view, kind);
  const made = await inWords(ctx, actor, plain, { kind, caseId, model, parties });
  if (!made.ok) return made;
  const now = ctx.clock();
  const proposal: Proposal = { id: newId(now.epochMilliseconds), caseId, kind, ...made.value, madeAt: now, madeBy: actorRef(actor) };
  await ctx.database.write(async (tx) => {
    await insertProposal(tx, proposal);
    await ctx.journal.append(tx, actor, now, [
      {
        stream: `case:${caseId}`,
        kind: 'proposals.made',
        payload: { caseId, proposalId: proposal.id, proposal: kind, items: proposal.items.length, ...originFacts(proposal) },
      },
    ]);
  });
  return ok(proposal);
}

async function inWords(
  ctx: ProposalsContext,
  actor: Actor,
  plain: Made,
  { kind, model, ...about }: ProposalWish & { readonly parties: readonly KnownParty[] },
): Promise<Result<Made, Problem>> {
  if (model === undefined || plain.items.length === 0 || !isReworded(kind)) return ok(plain);
  return reworded(ctx, actor, plain, { ...about, kind, model });
}

export const isReworded = (kind: ProposalKind): kind is RewordedKind => (REWORDED as readonly ProposalKind[]).includes(kind);

async function madeFrom(ctx: ProposalsContext, actor: Actor, view: AssistedCase, kind: ProposalKind): Promise<Made> {
  switch (kind) {
    case 'fehlt':
      return missingFrom(view);
    case 'widersprueche':
      return contradictionsIn(view);
    case 'aehnliche':
      return similarCases(ctx, actor, view);
    case 'synopse':
      return synopsisOf(view.statements, { sentencesOf, tokensOf });
    case 'nachforderung':
      return requestDraft(view);
    case 'begruendung':
      return reasonsDraft(view);
    case 'erklaerung':
      return explanationOf(view.decision!);
  }
}

async function similarCases(ctx: ProposalsContext, actor: Actor, view: AssistedCase): Promise<Made> {
  const made = similarTo(view, await ctx.cases.closed(actor, view));
  const ids = made.items.flatMap(({ sources }) => sources.flatMap((source) => (source.kind === 'case' ? [source.caseId] : [])));
  if (ids.length > 0) await ctx.cases.shown(actor, ids);
  return made;
}

/** What the journal keeps of a model: which, under which prompt, over which input. */
export function originFacts({ origin }: Pick<Proposal, 'origin'>): Readonly<Record<string, unknown>> {
  if (origin === undefined) return { model: null };
  return { model: origin.model, prompt: `${origin.promptId} ${origin.promptVersion}`, inputSha256: origin.inputSha256 };
}
