import type { PGlite } from '@electric-sql/pglite';
import {
  type CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { OPTIONS, PgliteStatements } from './pglite-statements.ts';

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

  async beginTransaction(): Promise<void> {
    await this.#connection.statements.control('begin');
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.statements.control('commit');
  }

  async rollbackTransaction(): Promise<void> {
    await this.#connection.statements.control('rollback');
  }

  async destroy(): Promise<void> {
    await this.#free;
    await this.#pglite.close();
  }
}

/** One statement that reads or writes rows and changes no table. */
const ONE_STATEMENT = /^\s*(?:select|insert|update|delete|with)\b[^;]*$/i;
const CHANGES_TABLES = /\b(?:create|alter|drop)\b/i;

class PgliteConnection implements DatabaseConnection {
  readonly #pglite: PGlite;
  readonly statements: PgliteStatements;
  constructor(pglite: PGlite) {
    this.#pglite = pglite;
    this.statements = new PgliteStatements(pglite);
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (parameters.length > 0 || ONE_STATEMENT.test(sql)) {
      const { rows, affectedRows } = await this.statements.run(sql, parameters);
      return { rows: rows as Row[], numAffectedRows: BigInt(affectedRows) };
    }
    // Several statements at once (migrations): only the simple protocol takes those.
    if (CHANGES_TABLES.test(sql)) await this.statements.forget();
    const results = await this.#pglite.exec(sql, OPTIONS);
    return { rows: results.flatMap((result) => result.rows) as Row[], numAffectedRows: BigInt(results.at(-1)?.affectedRows ?? 0) };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('PGlite does not stream rows: page by key instead');
  }
}
