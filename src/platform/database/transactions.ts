import { Kysely, type Dialect } from 'kysely';
import type { Result } from '../../kernel/result.ts';
import type { Database, Tx } from './port.ts';

/** Carries a refused result out of Kysely's transaction, so that it rolls back. */
class Refused extends Error {
  readonly result: Result<never, unknown>;
  constructor(result: Result<never, unknown>) {
    super('refused');
    this.result = result;
  }
}

const commitHooks = new WeakMap<Tx, (() => void)[]>();

/** Calls `hook` once the transaction has committed; never when it rolls back. */
export function afterCommit(tx: Tx, hook: () => void): void {
  const hooks = commitHooks.get(tx);
  if (hooks === undefined) throw new Error('afterCommit needs a transaction of this database');
  hooks.push(hook);
}

/** The port on any Kysely dialect; the adapters differ only in how they connect and close. */
export function databaseOn(engine: Database['engine'], dialect: Dialect): Database {
  const kysely = new Kysely<never>({ dialect }) as unknown as Database['read'];
  async function write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const hooks: (() => void)[] = [];
    const value = await kysely.transaction().execute((connection) => {
      const tx = connection as unknown as Tx;
      commitHooks.set(tx, hooks);
      return work(tx);
    });
    for (const hook of hooks) hook();
    return value;
  }
  return {
    engine,
    read: kysely,
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
      await kysely.destroy();
    },
  };
}
