import { sql } from 'kysely';
import type { Result } from '../../src/kernel/result.ts';
import { runBeforeCommit } from '../../src/platform/database/transactions.ts';
import type { Database, Sql, Tx } from '../../src/platform/database/port.ts';

class RollBack extends Error {}

/**
 * Runs a test on a database whose every change is undone afterwards, so that tests can share one.
 * Transactions inside become savepoints, one at a time; hooks of `afterCommit` never run, as nothing
 * is ever committed.
 */
export async function rolledBack(database: Database, test: (database: Database) => Promise<void>): Promise<void> {
  try {
    await database.write(async (tx) => {
      await test(insideOf(database.engine, tx));
      throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
  }
}

function insideOf(engine: Database['engine'], tx: Tx): Database {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => {});
    return mine;
  };
  const savepoint = (work: (tx: Tx) => Promise<Result<unknown, unknown>>): Promise<Result<unknown, unknown>> =>
    inTurn(async () => {
      await sql`savepoint one`.execute(tx);
      try {
        const result = await work(tx);
        if (result.ok) await runBeforeCommit(tx);
        await sql.raw(result.ok ? 'release savepoint one' : 'rollback to savepoint one').execute(tx);
        return result;
      } catch (error) {
        await sql`rollback to savepoint one`.execute(tx);
        throw error;
      }
    });
  return {
    engine,
    read: tx as Sql,
    askBounded: async (query) => (await tx.executeQuery(query)).rows,
    transaction: (work) => savepoint(work) as ReturnType<typeof work>,
    async write(work) {
      const result = await savepoint(async (inner) => ({ ok: true, value: await work(inner) }));
      return (result as { value: Awaited<ReturnType<typeof work>> }).value;
    },
    close: async () => {},
  };
}
