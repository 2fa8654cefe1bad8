import { distanceToRingMetres, pointInRing, type Position, type Ring } from '../../../kernel/geo.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { evaluateFeel } from '../../rules/public.ts';
import type { Answers, ServicePackage } from '../domain/package.ts';
import type { Authority } from '../domain/service.ts';

/** A Bezirk with its outline. */
export interface District {
  readonly id: string;
  readonly name: string;
  readonly rings: readonly Ring[];
}

/** The outlines are simplified: nearer to a border than this, a person should look. */
export const BORDER_METRES = 200;

/** The Bezirk a place lies in, and whether the simplified outline leaves doubt. */
export function districtAt(districts: readonly District[], place: Position): { district: District; nearBorder: boolean } | undefined {
  const district = districts.find((one) => one.rings.some((ring) => pointInRing(place, ring)));
  if (district === undefined) return undefined;
  const nearBorder = district.rings.some((ring) => distanceToRingMetres(place, ring) < BORDER_METRES);
  return { district, nearBorder };
}

export interface Responsible {
  readonly authority: Authority;
  /** Set where the place decides. */
  readonly district?: string;
  readonly nearBorder: boolean;
}

type OutsideProblem = Problem<'invalid-input'>;

/**
 * Örtliche Zuständigkeit (§ 3 VwVfG): who decides on these answers. `byDistrictOf` names a place
 * (`position`) or the places of a list (`trees.position`): all of them must lie in one Bezirk.
 */
export function responsibleFor(
  pkg: Pick<ServicePackage, 'authority'>,
  answers: Answers,
  city: { readonly authorities: readonly Authority[]; readonly districts: readonly District[] },
): Result<Responsible, OutsideProblem> {
  const rule = pkg.authority;
  if ('id' in rule) {
    return ok({ authority: city.authorities.find((one) => one.id === rule.id)!, nearBorder: false });
  }
  const given = evaluateFeel(rule.byDistrictOf, answers);
  const places: readonly unknown[] = Array.isArray(given) ? given : [given];
  const fieldOf = (index: number): string => (Array.isArray(given) ? rule.byDistrictOf.replace('.', `.${index}.`) : rule.byDistrictOf);
  const found = places.map((place) => (isPosition(place) ? districtAt(city.districts, place) : undefined));
  const first = found[0];
  const authority = city.authorities.find((one) => one.district === first?.district.id);
  const outside = found.indexOf(undefined);
  if (first === undefined || authority === undefined || outside >= 0) return refuse(invalidField(fieldOf(Math.max(outside, 0)), OUTSIDE));
  // beside a border the outlines may be wrong: then a person looks, and nobody is sent away
  const elsewhere = found.findIndex((one) => one!.district.id !== first.district.id && !one!.nearBorder && !first.nearBorder);
  if (elsewhere >= 0) return refuse(invalidField(fieldOf(elsewhere), ELSEWHERE));
  return ok({ authority, district: first.district.name, nearBorder: found.some((one) => one!.nearBorder) });
}

/** The (first) place that an application is about, where the package asks for one. */
export function placeOf(pkg: Pick<ServicePackage, 'authority'>, answers: Answers): Position | undefined {
  if ('id' in pkg.authority) return undefined;
  const given = evaluateFeel(pkg.authority.byDistrictOf, answers);
  return (Array.isArray(given) ? given : [given]).find((place) => isPosition(place));
}

const OUTSIDE = 'Dieser Ort liegt nicht in Hamburg. Wählen Sie den Ort auf der Karte neu.';
const ELSEWHERE = 'Dieser Ort liegt in einem anderen Bezirk als der erste. Stellen Sie für ihn einen eigenen Antrag.';

const isPosition = (place: unknown): place is Position => {
  const { lon, lat } = (typeof place === 'object' && place !== null ? place : {}) as Partial<Record<'lon' | 'lat', unknown>>;
  return typeof lon === 'number' && typeof lat === 'number';
};
