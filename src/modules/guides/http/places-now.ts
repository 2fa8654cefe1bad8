import type { Lang } from '../../../platform/ui/html.ts';
import type { GuidesContext } from '../application/context.ts';
import { seePlaces } from '../application/places.ts';
import { queueOf } from '../application/queue.ts';
import { openingSentence } from './opening-sentence.ts';

/** A place as other pages show it. */
export interface PlaceNow {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  readonly href: string;
  readonly open: boolean;
  /** `Geöffnet bis 19:00 Uhr.` */
  readonly opening: string;
  readonly waiting: number;
  /** Minutes for who comes now; absent: nobody knows. */
  readonly minutes: number | undefined;
  readonly asOf: Temporal.Instant;
}

/** Every place that is there, with its queue now; open ones first. */
export async function placesNow(ctx: Pick<GuidesContext, 'database' | 'clock'>, lang: Lang): Promise<readonly PlaceNow[]> {
  const places: PlaceNow[] = [];
  for (const { place, state } of await seePlaces(ctx)) {
    const { waiting, minutes, asOf } = await queueOf(ctx, place);
    const { key, name, address } = place;
    places.push({ key, name, address, href: `/hilfe-vor-ort/${key}`, open: state.open, opening: openingSentence(state, lang), waiting, minutes, asOf });
  }
  return places;
}
