import type { Lang } from '../../../platform/ui/html.ts';
import { readFigures } from '../store/figures.ts';
import type { EntranceContext, Happening, PlaceNow, WarningNow } from './context.ts';
import { oftenUsed } from './figures.ts';

const USED_SHOWN = 4;
const HAPPENING_SHOWN = 4;

/** What goes on is asked of the neighbours at most so often, however many come. */
const KEPT_MS = 1000;

/** What the front door shows besides an answer. */
export type FrontDoorNow = Awaited<ReturnType<typeof askedNow>>;

/** What goes on in the city now: many readers, one question to the neighbours a second. */
export class FrontDoorBoard {
  readonly #ctx: EntranceContext;
  readonly #keptMs: number;
  readonly #kept = new Map<Lang, { readonly until: number; readonly now: Promise<FrontDoorNow> }>();

  constructor(ctx: EntranceContext, keptMs = KEPT_MS) {
    this.#ctx = ctx;
    this.#keptMs = keptMs;
  }

  read(lang: Lang): Promise<FrontDoorNow> {
    const at = performance.now();
    const kept = this.#kept.get(lang);
    if (kept !== undefined && kept.until > at) return kept.now;
    const now = askedNow(this.#ctx, lang);
    this.#kept.set(lang, { until: at + this.#keptMs, now });
    // a failed question is not an answer for the next second
    now.catch(() => this.#kept.delete(lang));
    return now;
  }
}

/** Asked anew. A neighbour that fails costs its part, never the page. */
async function askedNow(ctx: EntranceContext, lang: Lang) {
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
