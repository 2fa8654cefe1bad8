import { z } from 'zod';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { cursorId, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { notFound, type ProposalsContext } from '../application/context.ts';
import { makeProposal } from '../application/make-proposal.ts';
import { explanationFor, PROPOSAL_KINDS, proposalOf, proposalsOf } from '../application/read-proposals.ts';
import { settleProposal } from '../application/settle-proposal.ts';
import type { Proposal } from '../domain/proposal.ts';
import { LONGEST_TEXT, OFFICERS } from './pages.ts';

const TAG = 'Assistent im Vorgang';
const caseParams = z.object({ id: z.string().max(40) });
const oneParams = caseParams.extend({ proposalId: z.string().max(40) });

const source = z.looseObject({ kind: z.string(), quote: z.string().describe('Wörtlich.') });
const origin = z
  .object({ model: z.string(), modelLabel: z.string(), promptId: z.string(), promptVersion: z.string(), inputSha256: z.string(), masked: z.number() })
  .nullable()
  .describe('Das Modell mit seiner Vorgabe; null: ohne Modell gemacht.');
const settled = z.object({ outcome: z.enum(['accepted', 'changed', 'refused']), text: z.string().optional() });
const item = z.object({ text: z.string(), sources: z.array(source) });
const proposalView = z.object({
  id: z.string(),
  kind: z.enum(PROPOSAL_KINDS),
  items: z.array(item),
  notes: z.array(z.string()),
  aiGenerated: z.boolean().describe('Art. 50 Abs. 2 KI-Verordnung.'),
  origin,
  madeAt: z.string(),
  madeBy: z.string(),
  settled: z.array(settled).nullable(),
  settledAt: z.string().nullable(),
  settledBy: z.string().nullable(),
});

const present = (one: Proposal): z.output<typeof proposalView> => ({
  ...{ id: one.id, kind: one.kind, notes: [...one.notes], madeBy: one.madeBy },
  items: one.items.map(({ text, sources }) => ({ text, sources: [...sources] })),
  aiGenerated: one.origin !== undefined,
  origin: one.origin ?? null,
  madeAt: one.madeAt.toString(),
  settled: one.settled === undefined ? null : [...one.settled],
  settledAt: one.settledAt?.toString() ?? null,
  settledBy: one.settledBy ?? null,
});

/** Everything the pages can do, for programs. */
export function proposalsApi(ctx: ProposalsContext): AnyRoute[] {
  return [listRoute(ctx), makeRoute(ctx), oneRoute(ctx), settleRoute(ctx), explanationRoute(ctx)];
}

const listRoute = (ctx: ProposalsContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/cases/:id/proposals',
    access: OFFICERS,
    tag: TAG,
    summary: 'Vorschläge zu einem Vorgang, die neuesten zuerst',
    params: caseParams,
    query: pageQuery,
    output: pageOf(proposalView),
    handle: async ({ actor, params: { id }, queryInput: { cursor, limit } }) => {
      const after = cursorId(cursor);
      if (!after.ok) return after;
      if (parseId(id) === undefined) return refuse(notFound);
      const list = await proposalsOf(ctx, actor, id, { limit: limit + 1, after: after.value });
      if (!list.ok) return list;
      const items = list.value.proposals.slice(0, limit);
      return ok({ items: items.map(present), next: list.value.proposals.length > limit ? encodeCursor([items.at(-1)!.id]) : null });
    },
  });

const makeRoute = (ctx: ProposalsContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/cases/:id/proposals',
    access: OFFICERS,
    tag: TAG,
    summary: 'Lässt einen Vorschlag machen; er ändert nichts am Vorgang',
    params: caseParams,
    body: z.object({
      kind: z.enum(PROPOSAL_KINDS),
      model: z.string().max(100).optional().describe('Schlüssel eines Modells; ohne ihn wird ohne Modell gearbeitet.'),
    }),
    output: proposalView,
    handle: async ({ actor, params: { id }, body }) => {
      const made = parseId(id) === undefined ? refuse(notFound) : await makeProposal(ctx, actor, { caseId: id, ...body });
      return made.ok ? ok(present(made.value)) : made;
    },
  });

const oneRoute = (ctx: ProposalsContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/cases/:id/proposals/:proposalId',
    access: OFFICERS,
    tag: TAG,
    summary: 'Ein Vorschlag mit seinen Quellen',
    params: oneParams,
    output: proposalView,
    handle: async ({ actor, params: { id, proposalId } }) => {
      const known = parseId(id) !== undefined && parseId(proposalId) !== undefined;
      const found = known ? await proposalOf(ctx, actor, id, proposalId) : refuse(notFound);
      return found.ok ? ok(present(found.value.proposal)) : found;
    },
  });

const settleRoute = (ctx: ProposalsContext): AnyRoute =>
  apiRoute({
    method: 'post',
    path: '/api/cases/:id/proposals/:proposalId/settlement',
    access: OFFICERS,
    tag: TAG,
    summary: 'Übernimmt, ändert oder verwirft jeden Satz eines Vorschlags',
    params: oneParams,
    body: z.object({ items: z.array(z.object({ keep: z.boolean(), text: z.string().max(LONGEST_TEXT) })).max(5000) }),
    output: proposalView,
    handle: async ({ actor, params: { id, proposalId }, body }) => {
      const known = parseId(id) !== undefined && parseId(proposalId) !== undefined;
      const done = known ? await settleProposal(ctx, actor, { caseId: id, proposalId, items: body.items }) : refuse(notFound);
      return done.ok ? ok(present(done.value)) : done;
    },
  });

const explanationRoute = (ctx: ProposalsContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/cases/:id/explanation',
    access: 'signed-in',
    tag: TAG,
    summary: 'Was der Bescheid sagt, in einfachen Worten; es gilt nur der Bescheid',
    params: caseParams,
    output: z.object({ sentences: z.array(z.string()), notes: z.array(z.string()), aiGenerated: z.boolean(), origin }),
    handle: async ({ actor, params: { id } }) => {
      const made = parseId(id) === undefined ? refuse(notFound) : await explanationFor(ctx, actor, id);
      if (!made.ok) return made;
      if (made.value === undefined) return refuse(notFound);
      const { items, notes, origin: by } = made.value;
      return ok({ sentences: items.map(({ text }) => text), notes: [...notes], aiGenerated: by !== undefined, origin: by ?? null });
    },
  });
