import { sql } from 'kysely';
import type { Database } from './port.ts';

/** Pages a table may grow by before it is worth looking at, beside its own size. */
const GROWN_PAGES = 50;

/**
 * Lets PGlite's planner know the tables that have at least doubled since it last looked; on a server
 * PostgreSQL does so by itself. One table at a time, so that people come in between. @returns how many
 */
export async function analyseGrown({ engine, read }: Pick<Database, 'engine' | 'read'>): Promise<number> {
  if (engine !== 'pglite') return 0;
  const { rows } = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')
      and pg_relation_size(c.oid) / current_setting('block_size')::int > 2 * c.relpages + ${GROWN_PAGES}::int`.execute(read);
  for (const { schema, name } of rows) await sql`analyze ${sql.id(schema, name)}`.execute(read);
  return rows.length;
}
