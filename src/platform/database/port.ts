import type { CompiledQuery, Kysely } from 'kysely';
import type { Result } from '../../kernel/result.ts';

/**
 * A connection for SQL, used with Kysely's `sql` template: `sql<Row>`select …`.execute(db)`.
 * The schema type is left open: every module's store types its own rows.
 */
// oxlint-disable-next-line typescript/no-explicit-any -- Kysely's schema parameter; rows are typed per query
export type Sql = Kysely<any>;

/** A connection inside a transaction. A function that takes one writes, or reads what will be written. */
export type Tx = Sql & { readonly isTransaction: true };

/** The one port to PostgreSQL + PostGIS; adapters: PGlite (embedded) and pg (server). */
export interface Database {
  readonly engine: 'pglite' | 'postgres';
  /** For reads outside a transaction. Never use it inside `transaction`: PGlite has one connection. */
  readonly read: Sql;
  /**
   * Runs a read that strangers composed, within `LONGEST_READ_MS`. PostgreSQL ends it then, on connections
   * of its own: such reads never keep the city's work waiting. PGlite cannot be interrupted and refuses
   * before what its planner expects to cost too much.
   */
  askBounded<Row>(query: CompiledQuery<Row>): Promise<readonly Row[] | 'too-costly'>;
  /** Runs `work` in one transaction; a thrown error or a refused Result rolls back. */
  transaction<T, P>(work: (tx: Tx) => Promise<Result<T, P>>): Promise<Result<T, P>>;
  /** As `transaction`, for work that cannot be refused. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
