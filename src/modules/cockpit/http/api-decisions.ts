import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import type { CockpitContext } from '../application/context.ts';
import { openDecision } from '../application/read-strategy.ts';
import type { Version } from '../domain/items.ts';
import { TAG } from './frame.ts';

const anything = z.record(z.string(), z.unknown());
const version = z.object({ version: z.number(), at: z.string(), facts: anything.nullable() });

const present = (one: Version): z.output<typeof version> => ({
  version: one.version,
  at: one.at.toString(),
  facts: one.facts,
});

/** A decision with what it changed, for programs; all of them stand in `/api/strategy`. */
export const decisionRoute = (ctx: CockpitContext): AnyRoute =>
  apiRoute({
    method: 'get',
    path: '/api/strategy/decisions/:key',
    access: 'public',
    open: true,
    tag: TAG,
    summary: 'Eine Entscheidung mit allem, was sie geändert hat: vorher, nachher und warum',
    params: z.object({ key: z.string().max(60) }),
    output: z.object({
      key: z.string(),
      decision: anything,
      changes: z.array(
        z.object({ kind: z.string(), key: z.string(), facts: z.array(z.string()), reason: z.string(), before: version.nullable(), after: version }),
      ),
    }),
    handle: async ({ params: { key } }) => {
      const opened = await openDecision(ctx, key);
      if (!opened.ok) return opened;
      const { changedAt, ...decision } = opened.value.decision;
      return ok({
        key,
        decision: { ...decision, changedAt: changedAt.toString() },
        changes: opened.value.changes.map(({ before, after, facts }) => ({
          ...{ kind: after.kind, key: after.key, facts: [...facts], reason: after.reason },
          ...{ before: before === undefined ? null : present(before), after: present(after) },
        })),
      });
    },
  });
