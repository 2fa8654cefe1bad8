import { GRAVITY } from './engine.ts';

/** What passes an edge within a second and a metre of width: water, and its momentum as each side sees it. */
export const passed = { water: 0, momentumBefore: 0, momentumBehind: 0, sideways: 0 };

/** Velocity of a depth with momentum; bounded where the depth vanishes (Kurganov & Petrova 2007, eq. 2.17). */
export function velocity(depth: number, momentum: number): number {
  if (depth > THIN) return momentum / depth;
  const fourth = depth * depth * depth * depth;
  return (Math.SQRT2 * depth * momentum) / Math.sqrt(fourth + Math.max(fourth, THIN ** 4));
}
const THIN = 1e-4;

/**
 * Flow through an edge by Harten, Lax & van Leer (1983) with hydrostatic reconstruction (Audusse et al. 2004,
 * eq. 2.13 to 2.16), wave speeds of Toro (2001, eq. 10.20 to 10.23). The bed of the edge is its crest, so a
 * closed gate is a wall as high as it is. What runs along the edge is carried by the water that passes.
 * @param before,behind depth, ground, velocity across and along the edge, of the cell before and behind it
 */
export function flux(
  depthBefore: number,
  groundBefore: number,
  acrossBefore: number,
  alongBefore: number,
  depthBehind: number,
  groundBehind: number,
  acrossBehind: number,
  alongBehind: number,
  crest: number,
): void {
  const before = Math.max(0, depthBefore + groundBefore - crest);
  const behind = Math.max(0, depthBehind + groundBehind - crest);
  // what the step in the bed pushes back, on either side
  const pushBefore = (GRAVITY / 2) * (depthBefore * depthBefore - before * before);
  const pushBehind = (GRAVITY / 2) * (depthBehind * depthBehind - behind * behind);
  if (before === 0 && behind === 0) {
    passed.water = 0;
    passed.sideways = 0;
    passed.momentumBefore = pushBefore;
    passed.momentumBehind = pushBehind;
    return;
  }
  const celerityBefore = Math.sqrt(GRAVITY * before);
  const celerityBehind = Math.sqrt(GRAVITY * behind);
  const middle = (acrossBefore + acrossBehind) / 2 + celerityBefore - celerityBehind;
  const between = (celerityBefore + celerityBehind) / 2 + (acrossBefore - acrossBehind) / 4;
  const slow = before === 0 ? acrossBehind - 2 * celerityBehind : Math.min(acrossBefore - celerityBefore, behind === 0 ? Infinity : middle - between);
  const fast = behind === 0 ? acrossBefore + 2 * celerityBefore : Math.max(acrossBehind + celerityBehind, before === 0 ? -Infinity : middle + between);
  const waterBefore = before * acrossBefore;
  const waterBehind = behind * acrossBehind;
  const forceBefore = waterBefore * acrossBefore + (GRAVITY / 2) * before * before;
  const forceBehind = waterBehind * acrossBehind + (GRAVITY / 2) * behind * behind;
  let water: number;
  let force: number;
  if (slow >= 0) {
    water = waterBefore;
    force = forceBefore;
  } else if (fast <= 0) {
    water = waterBehind;
    force = forceBehind;
  } else {
    const width = fast - slow;
    water = (fast * waterBefore - slow * waterBehind + slow * fast * (behind - before)) / width;
    force = (fast * forceBefore - slow * forceBehind + slow * fast * (waterBehind - waterBefore)) / width;
  }
  passed.water = water;
  passed.momentumBefore = force + pushBefore;
  passed.momentumBehind = force + pushBehind;
  passed.sideways = water * (water > 0 ? alongBefore : alongBehind);
}
