/** Indicators of the strategy: reckoned from the journal, defined by formulas, or fetched from outside. */
import type { Indicators } from '../../kernel/indicator.ts';
import type { OpenDataset } from '../../kernel/open-data.ts';
import type { AnyRoute } from '../../platform/http/route.ts';
import type { JobKind } from '../../platform/jobs/port.ts';
import type { Frame, IndicatorsContext } from './application/context.ts';
import { Desk } from './application/desk.ts';
import { follow } from './application/follow.ts';
import { indicatorsAt } from './application/indicators.ts';
import { indicatorDatasets } from './application/open-data.ts';
import { takeSnapshot } from './application/take-snapshot.ts';
import { adminPages } from './http/admin-pages.ts';
import { indicatorApi } from './http/api.ts';
import { indicatorPages } from './http/pages.ts';
import { indicatorsJobs } from './jobs.ts';

export type { IndicatorsContext, SnapshotPorts } from './application/context.ts';
export { define } from './application/define.ts';
export { indicatorsParameters } from './domain/light.ts';
export { follow } from './application/follow.ts';
export { takeValues } from './application/take-values.ts';
export { lightOf } from './domain/light.ts';
export { verifyFigures, type Verified } from './application/verify.ts';

export interface IndicatorsModule {
  readonly indicators: Indicators;
  readonly ctx: IndicatorsContext;
  readonly routes: readonly AnyRoute[];
  readonly jobs: readonly JobKind<never>[];
  readonly datasets: () => Promise<readonly OpenDataset[]>;
  /** Reads the journal to its end and takes the snapshot of the day, where there is none. */
  readonly catchUp: () => Promise<void>;
}

/** The module, ready to be asked. */
export function indicatorsModule(ctx: IndicatorsContext, frame: Frame): IndicatorsModule {
  const desk = new Desk(ctx);
  const indicators = indicatorsAt(desk, ctx.clock);
  const reading = { ctx, desk, indicators };
  return {
    indicators,
    ctx,
    routes: [...indicatorPages(reading, frame), ...adminPages(reading, frame), ...indicatorApi(reading)],
    jobs: indicatorsJobs(ctx, desk),
    datasets: () => indicatorDatasets(desk, indicators, ctx.settings),
    async catchUp() {
      await follow(ctx);
      await takeSnapshot(ctx, desk);
    },
  };
}
