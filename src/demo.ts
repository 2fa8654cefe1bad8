import type { AssistantModules } from './assistant.ts';
import type { Config } from './config.ts';
import { fillDemoCases } from './demo-cases.ts';
import { fillDemoHistory, HISTORY_MONTHS } from './demo-history.ts';
import { fillDemoContributions } from './demo-contributions.ts';
import { fillDemoFlood } from './demo-flood.ts';
import { fillDemoLage } from './demo-lage.ts';
import { fillDemoTwin } from './demo-twin.ts';
import type { ContributionsContext } from './modules/contributions/public.ts';
import type { FitConnectOffice } from './modules/exchange/public.ts';
import { demoAccounts, seedDemoAccounts } from './modules/identity/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { fillDemoScenario } from './modules/scenarios/public.ts';
import type { OutreachModules } from './outreach.ts';
import type { StrategyModules } from './strategy.ts';
import { participationOn } from './neighbours.ts';
import type { StartProgress } from './platform/http/starting.ts';

export interface DemoFillers {
  /** What a demo must have before anybody comes: the accounts. Nothing in production. */
  readonly seedDemo: () => Promise<void>;
  /** What a demo has to show; filled behind, while the city answers already. Nothing in production. */
  readonly fillDemo: (progress: (now: StartProgress) => void) => Promise<void>;
}

/** What a demo is given: accounts before it answers, everything else behind it. */
export function demoFillers(ctx: ProcedureContext, config: Config, filled: Parameters<typeof fillDemo>[2]): DemoFillers {
  const demo = config.env === 'demo';
  return {
    async seedDemo() {
      if (demo) await seedDemoAccounts(ctx, ctx.clock());
    },
    async fillDemo(progress) {
      if (demo) await fillDemo(ctx, config, filled, progress);
    },
  };
}

/** What a demo shows, one after the other; a demo without one of them is still a city. */
async function fillDemo(
  ctx: ProcedureContext,
  config: Config,
  {
    contributing,
    office,
    assistant,
    outreach,
    strategy,
  }: {
    readonly contributing: ContributionsContext;
    readonly office: FitConnectOffice;
    readonly assistant: Pick<AssistantModules, 'fillDemo'>;
    readonly outreach: Pick<OutreachModules, 'demo'>;
    readonly strategy: Pick<StrategyModules, 'fillDemo' | 'reportDemo'>;
  },
  progress: (now: StartProgress) => void,
): Promise<void> {
  const failed = (error: unknown): void => ctx.log.error('demo.fill-failed', { error: String(error) });
  // keys take some seconds: never before the city answers
  void office.open().catch((error: unknown) => ctx.log.error('demo.fit-connect-failed', { error: String(error) }));
  await fillDemoCases(ctx, progress).catch(failed);
  await fillDemoContributions({ procedure: ctx, rounds: participationOn(ctx), contributions: contributing }, progress).catch(failed);
  await fillDemoTwin(ctx, ctx.desk.services.districts, config.demoData, progress).catch(failed);
  await fillDemoFlood(ctx, config.demoData).catch(failed);
  await showScenario(ctx).catch(failed);
  await fillDemoLage(ctx, progress).catch(failed);
  // its documents are read by the way
  const read = assistant.fillDemo().catch(failed);
  const months = config.demoData === 'full' ? HISTORY_MONTHS : 0;
  await fillDemoHistory({ ctx, outreach: outreach.demo, strategy }, months, progress).catch(failed);
  await read;
}

/** A scenario that belongs to the first of the demo's people. */
async function showScenario(ctx: ProcedureContext): Promise<void> {
  const [citizen] = await demoAccounts(ctx.database.read);
  if (citizen !== undefined) await fillDemoScenario(ctx, { kind: 'citizen', accountId: citizen.id, trust: 'hoch' });
}
