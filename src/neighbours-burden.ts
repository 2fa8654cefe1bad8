import type { Actor } from './kernel/actor.ts';
import { FEWEST, inTens } from './kernel/few.ts';
import { legalDay } from './kernel/time.ts';
import { declareMeasure, type BurdenContext } from './modules/burden/public.ts';
import { casesOfLastYear } from './modules/catalogue/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';

/** The burden of the services, with the cases that the city itself has counted. */
export function burdenOn({ clock, database, journal, desk }: ProcedureContext): BurdenContext {
  return { clock, database, journal, desk, casesPerYear: async () => published(await casesOfLastYear({ database }, clock())) };
}

/** As everywhere in public: whole tens, and nothing below ten. */
const published = (cases: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...cases].flatMap(([service, n]) => (n < FEWEST ? [] : [[service, inTens(n)] as const])));

/** Demo officers act under this id; their names come when they first sign in. */
const OFFICER: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000de41', roles: ['strategie'], authorities: [] };

/** Two changes as a demo city would declare them. A city that has been filled before refuses them as known, which is fine. */
export async function fillDemoBurden(ctx: BurdenContext): Promise<void> {
  const effectiveOn = legalDay(ctx.clock()).subtract({ months: 3 }).toString();
  const input = { kind: 'visit-ended', target: '', effectiveOn };
  const reason = 'Beispiel der Demo-Stadt: Das ging früher nur am Schalter. Seitdem geht es ganz online.';
  await declareMeasure(ctx, OFFICER, 'hund', { ...input, reason });
  await declareMeasure(ctx, OFFICER, 'bewohnerparkausweis', { ...input, reason });
}
