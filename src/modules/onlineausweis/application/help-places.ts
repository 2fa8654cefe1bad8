import type { HelperContext, HelpPlace } from './context.ts';
import type { HelperStep } from './guide.ts';

/** Places for one end: those that do what is needed, and those that only help; each the next open first. */
export interface PlacesForEnd {
  readonly doing: readonly HelpPlace[];
  readonly helping: readonly HelpPlace[];
}

export const NO_PLACES: PlacesForEnd = { doing: [], helping: [] };

/** Where to go from an end. Places speak the languages of the city; for the others they are described in German. */
export async function placesFor(ctx: Pick<HelperContext, 'places'>, { at, language }: HelperStep): Promise<PlacesForEnd> {
  if (at.kind !== 'end' || (at.way !== 'place' && at.needs === undefined) || ctx.places === undefined) return NO_PLACES;
  const places = await ctx.places(language.key === 'en' || language.key === 'leicht' ? language.key : 'de');
  const { needs } = at;
  const does = (place: HelpPlace): boolean => needs !== undefined && place.does.includes(needs);
  // who is there only to help cannot take an application for a card
  return { doing: places.filter(does), helping: needs === 'card' ? [] : places.filter((place) => !does(place)) };
}
