import { join } from 'node:path';
import { viewOf } from '../../src/platform/ui/view.ts';
import type { Use } from '../../src/kernel/usage.ts';
import { expectOk } from '../../src/kernel/result.ts';
import { entranceRoutes, loadSituations, servicePart, type EntranceContext } from '../../src/modules/entrance/public.ts';
import { cataloguePages } from '../../src/modules/catalogue/public.ts';
import { submit } from '../../src/modules/procedure/public.ts';
import type { CityServer } from '../../src/platform/http/server.ts';
import { filledDraft, procedureCity, type Citizen, type ProcedureCity } from './procedure-city.ts';
import type { Engine } from './temporary-database.ts';
import { repositoryRoot } from './temporary-city.ts';
import { testServer } from './test-server.ts';

export interface EntranceCity extends Omit<ProcedureCity, 'ctx'> {
  readonly ctx: EntranceContext & ProcedureCity['ctx'];
  readonly server: CityServer;
  /** What was counted. */
  readonly uses: Use[];
  /** A case of this citizen, submitted now. @returns its id and file number */
  begin(key: string, citizen?: Citizen): Promise<{ readonly id: string; readonly fileNumber: string }>;
}

const SECRET = 'geheim genug für einen Test, 32 Zeichen';

/** A city with the front door before it; sessions are `owner`, `stranger` and `reader`. */
export async function entranceCity(options: { engine?: Engine; ports?: Partial<EntranceContext> } = {}): Promise<EntranceCity> {
  const city = await procedureCity(options);
  const uses: Use[] = [];
  const { packages } = city.ctx.desk.services;
  const ctx = {
    ...city.ctx,
    secret: SECRET,
    // each request sees what the test has just changed
    keptMs: 0,
    ...loadSituations(join(repositoryRoot, 'services'), new Set(packages.keys())),
    count: (_reader: unknown, use: Use) => void uses.push(use),
    pageExists: (path: string) => !['/online-ausweis', '/hilfe-vor-ort', '/strategie', '/transparenz'].includes(path),
    ...options.ports,
  };
  const sessions: Readonly<Record<string, Citizen>> = {
    owner: city.citizen,
    stranger: city.stranger,
    reader: { ...city.citizen, agent: { accountId: city.stranger.accountId, mandateId: 'm', trust: 'substanziell', receives: true, writes: false } },
  };
  const frame = (visit: Parameters<typeof viewOf>[0]) => viewOf(visit, { demo: true });
  const server = testServer([...entranceRoutes(ctx, frame), ...cataloguePages(ctx, frame, [(pkg, visit) => servicePart(ctx, pkg, visit)])], {
    clock: city.clock.now,
    authenticate: async (token) => (sessions[token] === undefined ? undefined : { actor: sessions[token] }),
  });
  return {
    ...city,
    ctx,
    server,
    uses,
    async begin(key, citizen = city.citizen) {
      const { id, fileNumber } = expectOk(await submit(ctx, citizen, await filledDraft(city, key, (answers) => answers, citizen), 'de'));
      return { id, fileNumber };
    },
  };
}
