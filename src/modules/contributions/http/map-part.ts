import type { Html, Lang } from '../../../platform/ui/html.ts';
import { mapFigure } from '../../../platform/ui/map-input.ts';
import type { MapMarker } from '../../../platform/ui/static-map.ts';
import { boxAround, edgesOf, shapesOf } from '../application/drawn.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { Participation } from '../domain/participation.ts';
import { publicTexts } from './public-texts.ts';

/** The map of a page of contributions; each marker carries its place in the list. */
export function contributionsMap(participation: Participation, contributions: readonly Contribution[], query: string, lang: Lang): Html {
  const markers = contributions.flatMap(({ lon, lat }, index): MapMarker[] =>
    lon === null || lat === null ? [] : [{ position: { lon, lat }, label: String(index + 1), active: true }],
  );
  return mapFigure({
    lang,
    title: publicTexts(lang).mapTitle(participation.title),
    markers,
    fit: boxAround(edgesOf(participation)),
    pictureUrl: `/beteiligung/${participation.key}/karte.svg${query === '' ? '' : `?${query}`}`,
    shapes: [...edgesOf(participation), ...shapesOf(contributions)],
  });
}
