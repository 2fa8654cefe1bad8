import type { Actor } from '../../../kernel/actor.ts';
import { legalDay } from '../../../kernel/time.ts';
import { SNAPSHOT_DAY } from '../domain/counters.ts';
import { SNAPSHOT } from '../domain/event-kinds.ts';
import { monthAt } from '../domain/months.ts';
import type { IndicatorsContext } from './context.ts';
import type { Desk } from './desk.ts';
import { follow } from './follow.ts';

const JOB: Actor = { kind: 'system', job: 'indicators.snapshot' };

/** Asks the ports what no event tells, and puts it into the journal: its history comes from there. Once a day. */
export async function takeSnapshot(ctx: IndicatorsContext, desk: Desk): Promise<boolean> {
  const now = ctx.clock();
  const day = Number(legalDay(now).toString().replaceAll('-', ''));
  await follow(ctx);
  const { figures } = await desk.known();
  if (figures.of([monthAt(now)], '').value(SNAPSHOT_DAY) === day) return false;
  const [sensors, openData] = [await ctx.ports.sensors?.(), await ctx.ports.openData?.()];
  if (sensors === undefined && openData === undefined) return false;
  const payload = {
    [SNAPSHOT_DAY]: day,
    ...(sensors === undefined ? {} : { sensors_all: sensors.all, sensors_fresh: sensors.fresh }),
    ...(openData === undefined ? {} : { open_data: openData }),
  };
  await ctx.database.write((tx) => ctx.journal.append(tx, JOB, now, [{ stream: 'indicators:snapshot', kind: SNAPSHOT, payload }]));
  await follow(ctx);
  return true;
}
