import type { PGlite } from '@electric-sql/pglite';
import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { READERS, toParameter } from './values.ts';

/** PGlite's own bytea codec walks byte by byte; files want the fast way (binary in, hex out). */
const OPTIONS = {
  parsers: { ...READERS, 17: (text: string) => Buffer.from(text.slice(2), 'hex') },
  serializers: { 17: (bytes: unknown) => bytes as string },
};

/** Kysely on PGlite: one connection, lent to one borrower at a time in order of asking. */
export class PgliteDialect implements Dialect {
  readonly #pglite: PGlite;
  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }
  createAdapter = () => new PostgresAdapter();
  createDriver = () => new PgliteDriver(this.#pglite);
  createQueryCompiler = () => new PostgresQueryCompiler();
  createIntrospector = (db: ConstructorParameters<typeof PostgresIntrospector>[0]) => new PostgresIntrospector(db);
}

class PgliteDriver implements Driver {
  readonly #pglite: PGlite;
  readonly #connection: PgliteConnection;
  #free: Promise<void> = Promise.resolve();
  #release: (() => void) | undefined;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
    this.#connection = new PgliteConnection(pglite);
  }

  async init(): Promise<void> {
    await this.#pglite.waitReady;
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const turn = this.#free;
    let release!: () => void;
    this.#free = new Promise((resolve) => (release = resolve));
    await turn;
    this.#release = release;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release?.();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    await this.#free;
    await this.#pglite.close();
  }
}

class PgliteConnection implements DatabaseConnection {
  readonly #pglite: PGlite;
  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // Statements without parameters may be several (migrations): only the simple protocol takes those.
    if (query.parameters.length === 0) {
      const results = await this.#pglite.exec(query.sql, OPTIONS);
      const last = results.at(-1);
      return { rows: results.flatMap((result) => result.rows) as Row[], numAffectedRows: BigInt(last?.affectedRows ?? 0) };
    }
    const result = await this.#pglite.query<Row>(query.sql, query.parameters.map(toParameter), OPTIONS);
    return { rows: result.rows, numAffectedRows: BigInt(result.affectedRows ?? 0) };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('PGlite does not stream rows: page by key instead');
  }
}
