import { Kysely, type Dialect } from 'kysely';
import type { Result } from '../../kernel/result.ts';
import type { Bounded } from './bounded.ts';
import type { Database, Sql, Tx } from './port.ts';

/** Carries a refused result out of Kysely's transaction, so that it rolls back. */
class Refused extends Error {
  readonly result: Result<never, unknown>;
  constructor(result: Result<never, unknown>) {
    super('refused');
    this.result = result;
  }
}

interface Hooks {
  readonly before: (() => Promise<void>)[];
  readonly after: (() => void)[];
}

const hooksOf = new WeakMap<Tx, Hooks>();

function hooks(tx: Tx): Hooks {
  const found = hooksOf.get(tx);
  if (found === undefined) throw new Error('a hook needs a transaction of this database');
  return found;
}

/** Calls `hook` as the last thing inside the transaction; when it throws, nothing is kept. */
export function beforeCommit(tx: Tx, hook: () => Promise<void>): void {
  hooks(tx).before.push(hook);
}

/** Runs what waits for the end of the transaction (the database does; a savepoint in tests may). */
export async function runBeforeCommit(tx: Tx): Promise<void> {
  for (const hook of hooks(tx).before.splice(0)) await hook();
}

/** Calls `hook` once the transaction has committed; never when it rolls back. */
export function afterCommit(tx: Tx, hook: () => void): void {
  hooks(tx).after.push(hook);
}

/** The port on any Kysely dialect; the adapters differ only in how they connect and close. */
export function databaseOn(engine: Database['engine'], dialect: Dialect, bounded: (read: Sql) => Bounded): Database {
  const kysely = new Kysely<never>({ dialect }) as unknown as Sql;
  const { ask, end } = bounded(kysely);
  async function write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const after: (() => void)[] = [];
    const value = await kysely.transaction().execute(async (connection) => {
      const tx = connection as unknown as Tx;
      hooksOf.set(tx, { before: [], after });
      const done = await work(tx);
      await runBeforeCommit(tx);
      return done;
    });
    for (const hook of after) hook();
    return value;
  }
  return {
    engine,
    read: kysely,
    askBounded: ask,
    write,
    async transaction(work) {
      try {
        return await write(async (tx) => {
          const result = await work(tx);
          if (!result.ok) throw new Refused(result);
          return result;
        });
      } catch (error) {
        if (error instanceof Refused) return error.result as Awaited<ReturnType<typeof work>>;
        throw error;
      }
    },
    async close() {
      await end();
      await kysely.destroy();
    },
  };
}
