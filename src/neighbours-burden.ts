import type { Actor } from './kernel/actor.ts';
import { FEWEST, inTens } from './kernel/few.ts';
import type { Indicators } from './kernel/indicator.ts';
import { legalDay } from './kernel/time.ts';
import { declareMeasure, type BurdenContext } from './modules/burden/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { otherWays } from './modules/usage/public.ts';

/** The burden of the services, with the cases that the indicators tell everybody and those that the counters counted. */
export function burdenOn({ settings, clock, database, journal, desk }: ProcedureContext, indicators: Pick<Indicators, 'history'>): BurdenContext {
  const cases: BurdenContext['cases'] = async () => {
    const online = await casesFrom(indicators, [...desk.services.packages.keys()], clock());
    const others = new Map((await otherWays({ clock, database }, MONTHS)).map((one) => [one.service, one]));
    return new Map(
      [...new Set([...online.keys(), ...others.keys()])].map((service) => {
        const [here, there] = [online.get(service), others.get(service)];
        return [service, { byWay: { ...(here !== undefined && { online: here }), ...there?.cases }, countedMonths: there?.months ?? 0 }];
      }),
    );
  };
  return { settings, clock, database, journal, desk, cases };
}

const MONTHS = 12;

/**
 * Cases that came online in the last twelve whole months by service, in tens. Reckoned from the published months alone: a count of its own,
 * beside them, would be a second equation for what they hide. A service without ten cases in months that are shown is missing.
 */
export async function casesFrom(
  indicators: Pick<Indicators, 'history'>,
  services: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, number>> {
  const running = legalDay(now).toPlainYearMonth();
  const first = running.subtract({ months: MONTHS }).toString();
  // asked for at once, so that what is known is read once
  const counts = await Promise.all(
    services.map(async (service): Promise<[string, number]> => {
      const points = await indicators.history('applications', { service, months: MONTHS });
      const whole = points.filter(({ month }) => month >= first && month < running.toString());
      return [service, whole.reduce((sum, { value }) => sum + (value ?? 0), 0)];
    }),
  );
  return new Map(counts.filter(([, count]) => count >= FEWEST).map(([service, count]) => [service, inTens(count)]));
}

/** Demo officers act under this id; their names come when they first sign in. */
const OFFICER: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000de41', roles: ['strategie'], authorities: [] };

/** Before the first case that a demo's past tells: nobody can have applied online before it was possible. */
export const demoOnlineSince = (today: Temporal.PlainDate): Temporal.PlainDate => today.with({ day: 1 }).subtract({ years: 2 });

/** Two changes as a demo city would declare them. A city that has been filled before refuses them as known, which is fine. */
export async function fillDemoBurden(ctx: BurdenContext): Promise<void> {
  const effectiveOn = demoOnlineSince(legalDay(ctx.clock())).toString();
  const input = { kind: 'visit-ended', target: '', effectiveOn };
  const reason = 'Beispiel der Demo-Stadt: Das ging bis dahin nur am Schalter. Seitdem geht es auch ganz online.';
  await declareMeasure(ctx, OFFICER, 'hund', { ...input, reason });
  await declareMeasure(ctx, OFFICER, 'bewohnerparkausweis', { ...input, reason });
}
