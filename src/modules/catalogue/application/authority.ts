import { distanceToRingMetres, pointInRing, type Position, type Ring } from '../../../kernel/geo.ts';
import type { Problem } from '../../../kernel/problem.ts';
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

/** Örtliche Zuständigkeit (§ 3 VwVfG): who decides on these answers. */
export function responsibleFor(
  pkg: Pick<ServicePackage, 'authority'>,
  answers: Answers,
  city: { readonly authorities: readonly Authority[]; readonly districts: readonly District[] },
): Result<Responsible, OutsideProblem> {
  const rule = pkg.authority;
  if ('id' in rule) {
    return ok({ authority: city.authorities.find((one) => one.id === rule.id)!, nearBorder: false });
  }
  const place = evaluateFeel(rule.byDistrictOf, answers) as Position | null;
  const found = place === null || typeof place !== 'object' ? undefined : districtAt(city.districts, place);
  const authority = city.authorities.find((one) => one.district === found?.district.id);
  if (found === undefined || authority === undefined) {
    const message = 'Dieser Ort liegt nicht in Hamburg. Wählen Sie den Ort auf der Karte neu.';
    return refuse({ kind: 'invalid-input', detail: message, fields: [{ field: 'position', message }] });
  }
  return ok({ authority, district: found.district.name, nearBorder: found.nearBorder });
}
