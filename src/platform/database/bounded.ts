import { Kysely, sql, type CompiledQuery, type Dialect } from 'kysely';
import { codeOf } from '../../kernel/error-code.ts';
import type { Database, Sql } from './port.ts';

/** What one read that a stranger composed may take. */
export const LONGEST_READ_MS = 10_000;
/**
 * The same for PGlite, in its planner's units: a walk through 240,000 trees is about 35,000, each condition on the
 * way adds 1,000 to 4,000.
 */
const COSTLIEST_READ = 150_000;

/** How an engine bounds such reads, and what it does at the end. */
export interface Bounded {
  readonly ask: Database['askBounded'];
  end(): Promise<void>;
}

/** PostgreSQL: connections that end every statement by themselves. */
export function boundedByTime(dialect: Dialect): Bounded {
  const strangers = new Kysely<never>({ dialect });
  return {
    async ask(query) {
      try {
        return (await strangers.executeQuery(query)).rows;
      } catch (error) {
        // query_canceled
        if (codeOf(error) === '57014') return 'too-costly';
        throw error;
      }
    },
    end: () => strangers.destroy(),
  };
}

interface PlanNode {
  readonly 'Total Cost': number;
  readonly Plans?: readonly PlanNode[];
}

/** The dearest step, walked to its end: a `limit` on top hopes to find its rows early, and may not. */
const costOf = (node: PlanNode): number => Math.max(node['Total Cost'], ...(node.Plans ?? []).map(costOf));

/** How long what the planner knows of the tables is good enough for a refusal. */
const KNOWN_FOR_MS = 10 * 60_000;

/**
 * PGlite: its planner is asked first. Nothing looks at the tables by itself there, so before a first refusal
 * the planner gets to know them.
 */
export function boundedByEstimate(read: Sql): Bounded {
  let knownSince = Number.NEGATIVE_INFINITY;
  const isCostly = async (query: CompiledQuery): Promise<boolean> => {
    const explained = { ...query, sql: `explain (format json) ${query.sql}` };
    const { rows } = await read.executeQuery<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(explained);
    return costOf(rows[0]!['QUERY PLAN'][0]!.Plan) > COSTLIEST_READ;
  };
  return {
    async ask<Row>(query: CompiledQuery<Row>) {
      if (await isCostly(query)) {
        if (performance.now() - knownSince < KNOWN_FOR_MS) return 'too-costly';
        knownSince = performance.now();
        await sql`analyze`.execute(read);
        if (await isCostly(query)) return 'too-costly';
      }
      return (await read.executeQuery(query)).rows;
    },
    end: async () => {},
  };
}
