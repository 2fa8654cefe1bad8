import type { Actor } from '../../../kernel/actor.ts';
import type { ModelChoice } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { explanationOf } from '../domain/drafts.ts';
import { keptTexts, KINDS, type Made, type Proposal } from '../domain/proposal.ts';
import { findProposal, listProposals, settledExplanation } from '../store/proposals.ts';
import { notFound, type ProposalsContext } from './context.ts';
import { REWORDED, type RewordedKind } from './reworded.ts';

/** What can be asked for. */
export const PROPOSAL_KINDS = [...KINDS] as const;

export interface ProposalList {
  readonly proposals: readonly Proposal[];
  /** Whether this person may ask for more. */
  readonly acts: boolean;
  readonly choices: Readonly<Record<RewordedKind, readonly ModelChoice[]>>;
}

/** The proposals of a case, the newest first, for the authority. */
export async function proposalsOf(
  ctx: ProposalsContext,
  actor: Actor,
  caseId: string,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<Result<ProposalList, Problem>> {
  const access = await ctx.cases.access(actor, caseId);
  if (actor.kind !== 'staff' || !access.sees) return refuse(notFound);
  await ctx.cases.shown(actor, [caseId]);
  const [proposals, ...choices] = await Promise.all([
    listProposals(ctx.database.read, caseId, page),
    ...REWORDED.map((kind) => ctx.models.choices(actor, kind, 'personal')),
  ]);
  const byKind = Object.fromEntries(REWORDED.map((kind, index) => [kind, choices[index]!])) as ProposalList['choices'];
  return ok({ proposals, acts: access.acts, choices: byKind });
}

export interface OpenProposal {
  readonly proposal: Proposal;
  readonly acts: boolean;
  /** What the person kept, in order. */
  readonly kept: readonly string[];
}

/** One proposal, for the authority; every case of which it shows something is journalled, and those of others stay out. */
export async function proposalOf(ctx: ProposalsContext, actor: Actor, caseId: string, id: string): Promise<Result<OpenProposal, Problem>> {
  const access = await ctx.cases.access(actor, caseId);
  const found = actor.kind === 'staff' && access.sees ? await findProposal(ctx.database.read, caseId, id) : undefined;
  if (found === undefined) return refuse(notFound);
  const named = [...new Set(found.items.flatMap(({ sources }) => sources.flatMap((source) => (source.kind === 'case' ? [source.caseId] : []))))];
  const seen: string[] = [];
  for (const other of named) if ((await ctx.cases.access(actor, other)).sees) seen.push(other);
  await ctx.cases.shown(actor, [caseId, ...seen]);
  const proposal = named.length === seen.length ? found : withoutCases(found, new Set(seen));
  return ok({ proposal, acts: access.acts && proposal === found, kept: keptTexts(proposal) });
}

const HIDDEN = 'Dieser Vorgang gehört einer anderen Behörde.';

/** After a case went to another authority, its proposals no longer tell of cases that stayed behind. */
function withoutCases(proposal: Proposal, seen: ReadonlySet<string>): Proposal {
  const items = proposal.items.map((item) =>
    item.sources.every((source) => source.kind !== 'case' || seen.has(source.caseId)) ? item : { text: HIDDEN, sources: [] },
  );
  return { ...proposal, items };
}

/**
 * What stands beside a Bescheid: the newest explanation that an officer has taken, else the Bescheid's own sentences
 * in plain words. Undefined while nothing is decided.
 */
export async function explanationFor(ctx: ProposalsContext, actor: Actor, caseId: string): Promise<Result<Made | undefined, Problem>> {
  const read = await ctx.cases.decision(actor, caseId);
  if (!read.ok) return read;
  const decision = read.value;
  if (decision === undefined) return ok(undefined);
  const plain = explanationOf(decision);
  const taken = await settledExplanation(ctx.database.read, caseId, decision.id);
  const words = taken === undefined ? [] : keptTexts(taken);
  if (taken === undefined || words.length === 0) return ok(plain);
  const items = words.map((text) => ({ text, sources: [] }));
  return ok({ items, notes: plain.notes, ...(taken.origin === undefined ? {} : { origin: taken.origin }) });
}
