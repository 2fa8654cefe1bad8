import { parseArgs } from 'node:util';
import { seedCases } from '../seed-cases.ts';
import { readConfig } from '../config.ts';
import { openDatabase } from '../database.ts';
import { SERVICES_DIRECTORY } from '../services-directory.ts';
import { loadServices, openServiceDesk } from '../modules/catalogue/public.ts';
import { seedDemoAccounts } from '../modules/identity/public.ts';
import type { Context } from '../platform/context.ts';
import { createJournal } from '../platform/journal/journal.ts';
import { legalDay } from '../kernel/time.ts';
import { wrongCall, type Command } from './command.ts';

const MOST = 1_000_000;

export const seedCommand: Command = {
  usage: [{ call: 'seed --cases ZAHL', does: 'Füllt eine Demo-Stadt mit vielen Vorgängen, um sie unter Last zu sehen. Nie im Echtbetrieb.' }],
  async run(args, out) {
    const { values } = parseArgs({ args: [...args], options: { cases: { type: 'string' } } });
    const wanted = Number(values.cases);
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST) return wrongCall(seedCommand, out);
    const config = readConfig(process.env);
    if (config.env !== 'demo') {
      out.complain('Erfundene Vorgänge gehören nicht in den Echtbetrieb. Setzen Sie KONTOR_ENV=demo.');
      return 2;
    }
    const database = await openDatabase(config);
    try {
      const clock = () => Temporal.Now.instant();
      const services = await loadServices(SERVICES_DIRECTORY, legalDay(clock()));
      const platform = {
        settings: { env: config.env, publicUrl: config.publicUrl, city: config.city },
        clock,
        database,
        journal: createJournal(),
        // no letters, mails or machines' decisions: ten thousand of them would keep the city busy for an hour
        outbox: { enqueue: async () => {} },
        mailer: { send: async () => {} },
        log: { info() {}, warn() {}, error() {} },
      } satisfies Partial<Context>;
      const desk = await openServiceDesk(platform, services);
      await seedDemoAccounts(platform, clock());
      const started = performance.now();
      await seedCases({ ...platform, desk }, wanted, database.engine === 'postgres' ? 6 : 1, (done) =>
        out.print(`  ${done} von ${wanted} Vorgängen (${Math.round(done / ((performance.now() - started) / 1000))} je Sekunde)`),
      );
      out.print(`${wanted} Vorgänge sind da. Die Stadt zeigt sie nach dem nächsten Start.`);
      return 0;
    } finally {
      await database.close();
    }
  },
};
