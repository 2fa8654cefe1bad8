import { sql } from 'kysely';
import { legalDay } from '../../src/kernel/time.ts';
import { participationPlan, type ParticipationPlan } from '../../src/modules/catalogue/public.ts';
import type { CaseView, ParticipationContext } from '../../src/modules/participation/application/context.ts';
import { Driver, MemoryCases } from '../../src/modules/participation/http/testing.ts';
import { participationRoutes } from '../../src/modules/participation/public.ts';
import { getFile, putFile } from '../../src/platform/files/files.ts';
import { viewOf } from '../../src/platform/ui/view.ts';
import { temporaryCity, type TemporaryCity } from './temporary-city.ts';
import { ACTORS, testServer } from './test-server.ts';

/** A city with nothing but participation, its cases in memory. */
export interface ParticipationCity extends Omit<TemporaryCity, 'ctx'> {
  readonly ctx: ParticipationContext;
  readonly server: ReturnType<typeof testServer>;
  readonly to: Driver;
  /** A case of the test citizen. @returns its id */
  readonly newCase: (change?: Partial<CaseView>) => string;
  /** A public display that has begun; a day passes. @returns its id */
  readonly openDisplay: (caseId: string) => Promise<string>;
}

/** @param serve what the server needs besides clock and database, e.g. an address of its own */
export async function participationCity(plan: ParticipationPlan = PLAN, serve: Partial<Parameters<typeof testServer>[1]> = {}): Promise<ParticipationCity> {
  const city = await temporaryCity();
  const cases = new MemoryCases(plan);
  const ctx: ParticipationContext = { ...city.ctx, files: { put: putFile, get: getFile }, cases };
  const server = testServer(
    participationRoutes(ctx, (visit) => viewOf(visit, { demo: true }), city.hub),
    { clock: city.clock.now, database: city.database, ...serve },
  );
  const to = new Driver({
    request: server.request,
    today: () => legalDay(city.clock.now()),
    async lastMail(address) {
      await city.jobs.drain();
      const mails = await sql<{ body: string }>`select body from platform.demo_mail where recipient = ${address} order by sent_at desc, id limit 1`.execute(
        city.database.read,
      );
      return mails.rows[0]?.body ?? '';
    },
  });
  return {
    ...city,
    ctx,
    server,
    to,
    newCase: (change = {}) => cases.add(city.clock.now(), ACTORS.citizen.accountId, change),
    async openDisplay(caseId) {
      const id = await to.announce(caseId);
      city.clock.advance({ days: 1 });
      return id;
    },
  };
}

const label = (de: string) => ({ de, en: de, leicht: de });
const month = { length: 1, unit: 'months' };

/** One agency that is asked above three storeys, one above twenty, and one display. */
const PLAN: ParticipationPlan = participationPlan.parse({
  consultees: [
    {
      id: 'feuerwehr',
      name: label('Feuerwehr'),
      kind: 'behoerde',
      email: 'feuerwehr@amt.example',
      when: 'storeys > 3',
      period: month,
      legalBasis: '§ 70 HBauO',
      silence: 'keine-bedenken',
    },
    { id: 'bahn', name: label('Bahn'), kind: 'toeb', when: 'storeys > 20', period: month, legalBasis: '§ 4 Abs. 2 BauGB', silence: 'unbeachtlich' },
  ],
  publicRounds: [{ id: 'entwurf', name: label('Entwurf'), legalBasis: '§ 3 Abs. 2 BauGB', period: { ...month, atLeastDays: 30 }, noticeDays: 7 }],
});
