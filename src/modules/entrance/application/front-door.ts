import type { Lang } from '../../../platform/ui/html.ts';
import { readFigures } from '../store/figures.ts';
import type { EntranceContext, Happening, PlaceNow, WarningNow } from './context.ts';
import { oftenUsed } from './figures.ts';

const USED_SHOWN = 4;
const HAPPENING_SHOWN = 4;

/** What goes on in the city now, as the front door shows it. A neighbour that fails costs its part, never the page. */
export async function frontDoorNow(ctx: EntranceContext, lang: Lang) {
  const quiet = async <T>(what: string, ask: (() => Promise<T>) | undefined, nothing: T): Promise<T> => {
    try {
      return (await ask?.()) ?? nothing;
    } catch (error) {
      ctx.log.error('entrance.part-failed', { what, error: String(error) });
      return nothing;
    }
  };
  const [figures, happening, warnings, places] = await Promise.all([
    readFigures(ctx.database.read),
    quiet<readonly Happening[]>('happening', ctx.happening && (() => ctx.happening!(lang)), []),
    quiet<readonly WarningNow[]>('warnings', ctx.warnings && (() => ctx.warnings!(lang)), []),
    quiet<readonly PlaceNow[] | undefined>('places', ctx.placesNow && (() => ctx.placesNow!(lang)), undefined),
  ]);
  return {
    used: oftenUsed(ctx, figures, USED_SHOWN),
    happening: happening.slice(0, HAPPENING_SHOWN),
    warnings,
    places,
    situations: ctx.situations,
    helper: ctx.pageExists('/online-ausweis'),
    help: ctx.pageExists('/hilfe-vor-ort'),
  };
}
