import type { JobKind } from '../../platform/jobs/port.ts';
import { IMPORT, type ImportContext } from './application/import-orders.ts';
import { sweepImports, takeOrder } from './application/take-order.ts';

/** Imports that were ordered, one at a time; and what killed ones have left behind. */
export function geodataJobs(ctx: ImportContext): JobKind<never>[] {
  let turn: Promise<unknown> = Promise.resolve();
  const taking: JobKind<{ readonly orderId: string }> = {
    name: IMPORT,
    // not in the row of all other work: letters must not wait for a large file
    urgent: true,
    handle: async ({ orderId }) => {
      const mine = turn.then(() => takeOrder(ctx, orderId));
      turn = mine.catch(() => {});
      await mine;
    },
  };
  return [taking, { name: 'geodata.sweep-imports', cron: '37 * * * *', handle: () => sweepImports(ctx) }];
}
