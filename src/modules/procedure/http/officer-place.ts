import type { Position } from '../../../kernel/geo.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { mapView } from '../../../platform/ui/map-input.ts';
import { answerSections, districtAt, itemsOf, visiblePages } from '../../catalogue/public.ts';
import type { OfficerCase } from './officer-view.ts';

/** A place that the application names. */
export interface Place {
  readonly label: string;
  readonly position: Position;
  readonly district: string;
  /** Outside the city, or so near a border that the simplified outline leaves doubt. */
  readonly doubtful: boolean;
  /** The item's first other answers, in one line. */
  readonly about: string;
}

const ANSWERS_SHOWN = 3;

/** Every place the application names, in the order of the form. */
export function placesOf({ found: { pkg, state }, districts }: Pick<OfficerCase, 'found' | 'districts'>): Place[] {
  const sections = answerSections(pkg, state.answers, 'de');
  return visiblePages(pkg, state.answers).flatMap((page) => {
    const items = page.repeat === undefined ? [state.answers] : itemsOf(page, state.answers);
    return page.fields
      .filter((field) => field.type === 'position')
      .flatMap((field) =>
        items.flatMap((item, index): Place[] => {
          const position = item[field.id];
          if (!isPosition(position)) return [];
          const at = districtAt(districts, position);
          const section = sections.find((one) => one.pageId === page.id && (one.itemIndex ?? 0) === index);
          const others = section?.rows.filter((row) => row.label !== field.label.de && row.value !== '–') ?? [];
          return [
            {
              label: page.repeat === undefined ? field.label.de : (section?.heading ?? field.label.de),
              position,
              district: at?.district.name ?? 'außerhalb Hamburgs',
              doubtful: at?.nearBorder ?? true,
              about: others
                .slice(0, ANSWERS_SHOWN)
                .map((row) => row.value)
                .join(', '),
            },
          ];
        }),
      );
  });
}

const isPosition = (value: unknown): value is Position =>
  typeof value === 'object' && value !== null && Number.isFinite((value as Position).lon) && Number.isFinite((value as Position).lat);

/** The places on a map, and beside it the same as a list with coordinates and Bezirk. */
export function placesPart(places: readonly Place[]): Html {
  const doubtful = places.filter((place) => place.doubtful).map((place) => place.label);
  return html`${doubtful.length === 0 ? '' : alert('warning', 'Nahe der Bezirksgrenze', `${doubtful.join(', ')}: Der Standort liegt weniger als 200 m von der vereinfachten Bezirksgrenze oder außerhalb. Prüfen Sie die örtliche Zuständigkeit (§ 3 VwVfG).`)}
${mapView({ lang: 'de', title: `Karte mit ${places.length === 1 ? 'einem Standort' : `${places.length} Standorten`}`, places: places.map((place, index) => ({ position: place.position, label: String(index + 1), text: html`<strong>${place.label}</strong>, Bezirk ${place.district}<br>${place.about}` })) })}`;
}
