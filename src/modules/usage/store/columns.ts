import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import type { StoredColumn } from '../domain/kept.ts';

/** Every column of this module's schema and of these tables of others, as the database itself lists them. */
export async function storedColumns(db: Sql, tables: readonly string[]): Promise<StoredColumn[]> {
  const rows = await sql<StoredColumn>`select n.nspname || '.' || c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where (n.nspname = 'usage' or n.nspname || '.' || c.relname = any(${[...tables]}::text[]))
      and c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
    order by n.nspname <> 'usage', n.nspname, c.relname, a.attnum`.execute(db);
  return rows.rows;
}
