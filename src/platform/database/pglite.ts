import { PGlite } from '@electric-sql/pglite';
import { join } from 'node:path';
import { boundedByEstimate } from './bounded.ts';
import { lockDataDirectory } from './lock.ts';
import { PgliteDialect } from './pglite-dialect.ts';
import { leanPostgis } from './postgis-bundle.ts';
import type { Database } from './port.ts';
import { databaseOn } from './transactions.ts';

/** PGlite starts with `-F` (fsync off). A city's data must survive a power cut, so `-F` goes. */
const durableStart = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');

/**
 * Opens the embedded database in `directory`, or in memory (tests) when there is none.
 * @throws DataDirectoryInUse when another process works on the directory
 */
export async function openPglite(directory?: string, snapshot?: Blob): Promise<Database & { readonly pglite: PGlite }> {
  const unlock = directory === undefined ? () => {} : lockDataDirectory(directory);
  try {
    const pglite = await PGlite.create({
      ...(directory === undefined ? {} : { dataDir: join(directory, 'pg') }),
      ...(snapshot === undefined ? {} : { loadDataDir: snapshot }),
      ...(directory === undefined ? {} : { startParams: durableStart }),
      extensions: { postgis: leanPostgis },
    });
    const database = databaseOn('pglite', new PgliteDialect(pglite), boundedByEstimate);
    const close = async (): Promise<void> => {
      await database.close();
      // Kysely leaves a database alone that was never asked anything.
      if (!pglite.closed) await pglite.close();
      unlock();
    };
    return { ...database, close, pglite };
  } catch (error) {
    unlock();
    throw error;
  }
}
