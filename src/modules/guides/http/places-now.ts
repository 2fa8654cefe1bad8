import type { Lang } from '../../../platform/ui/html.ts';
import type { GuidesContext } from '../application/context.ts';
import { seePlaces } from '../application/places.ts';
import type { Offer } from '../domain/place.ts';
import { queueOf } from '../application/queue.ts';
import { openingSentence } from './opening-sentence.ts';

/** A place as other pages show it. */
export interface PlaceNow {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  readonly href: string;
  /** Where appointments are made; absent: there are none. */
  readonly book: string | undefined;
  readonly offers: readonly Offer[];
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
    const { key, name, address, offers, desks } = place;
    const href = `/hilfe-vor-ort/${key}`;
    const book = desks === 0 ? undefined : `${href}#termin`;
    places.push({ key, name, address, href, book, offers, open: state.open, opening: openingSentence(state, lang), waiting, minutes, asOf });
  }
  return places;
}
