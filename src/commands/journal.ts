import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, type Config } from '../config.ts';
import { openPglite } from '../platform/database/pglite.ts';
import type { Database } from '../platform/database/port.ts';
import { openPostgres } from '../platform/database/postgres.ts';
import { verifyJournal } from '../platform/journal/journal.ts';
import { wrongCall, type Command, type Output } from './command.ts';

export const journalCommand: Command = {
  usage: [{ call: 'journal verify', does: 'Prüft das ganze Journal und nennt den ersten Eintrag, der fehlt, verändert oder vertauscht ist.' }],
  async run(args, out) {
    if (args.length !== 1 || args[0] !== 'verify') return wrongCall(journalCommand, out);
    return onCityAsItIs(out, async (database) => {
      const verdict = await verifyJournal(database.read);
      if (verdict.broken !== undefined) {
        out.complain(`Das Journal ist nicht unversehrt. ${verdict.broken.detail}`);
        out.complain(`Unversehrt sind die Einträge bis ${verdict.entries}, Prüfsumme ${verdict.headHash}.`);
        return 1;
      }
      out.print(`Das Journal ist unversehrt: ${verdict.entries} Einträge, Prüfsumme ${verdict.headHash}.`);
      return 0;
    });
  },
};

/** Checks the city of this configuration. @returns the exit status: that of the check, or 2 where there is no city */
export async function onCityAsItIs(out: Output, check: (database: Database) => Promise<number>): Promise<number> {
  const config = readConfig(process.env);
  const database = await openAsItIs(config);
  if (database === undefined) {
    out.complain(`In ${config.dataDirectory} gibt es noch keine Stadt. Prüfen Sie KONTOR_DATA oder starten Sie sie mit npm start.`);
    return 2;
  }
  try {
    return await check(database);
  } finally {
    await database.close();
  }
}

/** The database unchanged: a check must not migrate, nor make a city where there is none. */
export async function openAsItIs({ databaseUrl, dataDirectory }: Config): Promise<Database | undefined> {
  if (databaseUrl !== undefined) return openPostgres(databaseUrl, 1);
  return existsSync(join(dataDirectory, 'pg')) ? openPglite(dataDirectory) : undefined;
}
