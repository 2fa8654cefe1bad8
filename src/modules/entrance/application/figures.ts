import { legalDay } from '../../../kernel/time.ts';
import { processingTimes, type ServicePackage } from '../../catalogue/public.ts';
import { followedServices, usedServices } from '../../procedure/public.ts';
import { COUNTING, nextAfter } from '../domain/next-steps.ts';
import { keepFigures, readFigures, type Figures } from '../store/figures.ts';
import type { EntranceContext } from './context.ts';

type Counting = Pick<EntranceContext, 'database' | 'clock'>;

/** Job: how long applications take at present. Idempotent. */
export async function measureTimes(ctx: Counting): Promise<void> {
  const now = ctx.clock();
  const times = await processingTimes(ctx, now);
  await ctx.database.write((tx) => keepFigures(tx, 'times', times, now));
}

/** Job: what is often used and what followed what. Idempotent; from counts that say nothing about who. */
export async function countServices(ctx: Counting): Promise<void> {
  const now = ctx.clock();
  const { withinDays, lookBackDays, fewest } = COUNTING.on(legalDay(now));
  const since = now.subtract({ hours: 24 * lookBackDays });
  const used = await usedServices(ctx, { since: now.subtract({ hours: 24 * 365 }), fewest });
  const followed = await followedServices(ctx, { since, withinDays, fewest });
  await ctx.database.write(async (tx) => {
    await keepFigures(tx, 'used', used, now);
    await keepFigures(tx, 'followed', followed, now);
  });
}

const inForce = ({ desk }: Pick<EntranceContext, 'desk'>, keys: readonly string[]): ServicePackage[] => keys.flatMap((key) => desk.current(key) ?? []);

/** The services that most people applied for in the last year. */
export const oftenUsed = (ctx: Pick<EntranceContext, 'desk'>, figures: Figures, most: number): ServicePackage[] =>
  inForce(
    ctx,
    (figures.used?.body ?? []).map(({ service }) => service),
  ).slice(0, most);

/** What others needed next after any of these services. */
export const neededNext = (ctx: Pick<EntranceContext, 'desk'>, figures: Figures, services: readonly string[]): ServicePackage[] =>
  inForce(ctx, nextAfter(figures.followed?.body ?? [], services)).filter(({ initiator }) => initiator === 'antrag');

/** The same, where nothing else of the figures is asked for. */
export const nextOf = async (ctx: Pick<EntranceContext, 'desk' | 'database'>, services: readonly string[]): Promise<ServicePackage[]> =>
  neededNext(ctx, await readFigures(ctx.database.read), services);
