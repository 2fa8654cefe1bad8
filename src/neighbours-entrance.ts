import type { Config } from './config.ts';
import { legalDay } from './kernel/time.ts';
import { SERVICES_DIRECTORY } from './services-directory.ts';
import { participationsPage } from './modules/contributions/public.ts';
import { loadSituations, type EntranceContext, type Happening } from './modules/entrance/public.ts';
import { listDisplays } from './modules/participation/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { PublicBoard } from './modules/warnings/public.ts';
import type { Lang } from './platform/ui/html.ts';
import { participationOn } from './neighbours.ts';

/** Most entries that any neighbour is asked for; the front door shows fewer. */
const MOST = 20;

/** The front door tells what goes on in the modules behind it through these ports; it knows none of them. */
export function entranceOn(
  ctx: ProcedureContext,
  { secret }: Pick<Config, 'secret'>,
  city: Pick<EntranceContext, 'count' | 'pageExists' | 'placesNow' | 'shareLink'>,
): EntranceContext {
  const { packages, mistakes: broken } = ctx.desk.services;
  // a package with a mistake is not offered today, and is no mistake of whoever names it
  const known = new Set([...packages.keys(), ...broken.map(({ file }) => file.split('/')[0]!)]);
  const { situations, elsewhere, mistakes } = loadSituations(SERVICES_DIRECTORY, known);
  for (const { file, line, message } of mistakes) ctx.log.error('situations.broken', { file, line, message });
  const board = new PublicBoard(ctx);
  return {
    ...ctx,
    ...city,
    secret,
    situations,
    elsewhere,
    happening: () => happeningNow(ctx),
    warnings: async (lang: Lang) =>
      (await board.read(false)).current.map(({ identifier, content: { texts } }) => ({
        title: (lang === 'leicht' ? texts.leicht : lang === 'en' ? (texts.en ?? texts.de) : texts.de).headline,
        href: `/lage/warnung/${encodeURIComponent(identifier)}`,
      })),
  };
}

/** Everything that one can take part in today, what ends first before the rest. */
async function happeningNow(ctx: ProcedureContext): Promise<readonly Happening[]> {
  const today = legalDay(ctx.clock());
  const started = (day: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(day, today) <= 0;
  const displays = await listDisplays(participationOn(ctx), { when: 'running', limit: MOST });
  const participations = await participationsPage(ctx, { when: 'running', limit: MOST });
  return [
    ...displays.rows
      .filter(({ state }) => state === 'running')
      .map(({ id, title, dueOn }) => ({ title, href: `/beteiligung/${id}`, until: Temporal.PlainDate.from(dueOn) })),
    ...participations.rows.filter(({ startsOn }) => started(startsOn)).map(({ key, title, endsOn }) => ({ title, href: `/beteiligung/${key}`, until: endsOn })),
  ].toSorted((a, b) => Temporal.PlainDate.compare(a.until, b.until));
}
