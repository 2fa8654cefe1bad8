import { Kysely, type CompiledQuery, type Dialect } from 'kysely';
import type { Database, Sql } from './port.ts';

/** What one read that a stranger composed may take. */
export const LONGEST_READ_MS = 10_000;
/**
 * The same for PGlite, in its planner's units: a walk through 240,000 trees is about 35,000, each condition on the
 * way adds some 1,000. Tables it has not analysed are guessed larger than they are.
 */
const COSTLIEST_READ = 400_000;

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
        if (error instanceof Error && 'code' in error && error.code === '57014') return 'too-costly';
        throw error;
      }
    },
    end: () => strangers.destroy(),
  };
}

/** PGlite: its planner is asked first. */
export function boundedByEstimate(read: Sql): Bounded {
  return {
    async ask<Row>(query: CompiledQuery<Row>) {
      const { rows } = await read.executeQuery<{ 'QUERY PLAN': readonly { readonly Plan: { readonly 'Total Cost': number } }[] }>({
        ...query,
        sql: `explain (format json) ${query.sql}`,
      });
      if (rows[0]!['QUERY PLAN'][0]!.Plan['Total Cost'] > COSTLIEST_READ) return 'too-costly';
      return (await read.executeQuery(query)).rows;
    },
    end: async () => {},
  };
}
