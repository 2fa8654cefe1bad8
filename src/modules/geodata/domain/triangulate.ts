type Place = readonly [number, number];

/** A corner of the ring that is being cut, with its place in the input. */
interface Node {
  readonly at: Place;
  readonly index: number;
}

/** Twice the area of a triangle, positive against the clock. */
const turn = ([ax, ay]: Place, [bx, by]: Place, [cx, cy]: Place): number => (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);

/**
 * Cuts a polygon into triangles by its ears (Meisters 1975); holes are first joined to the ring around them
 * by a bridge. Rings are open and do not cross; either direction is fine. Takes quadratic time.
 * @param rings outer ring, then holes @returns triples of places in all rings together, against the clock
 */
export function triangulate(rings: readonly (readonly Place[])[]): readonly (readonly [number, number, number])[] {
  let start = 0;
  const nodes = rings.map((ring, which) => {
    const numbered = ring.map((at, index): Node => ({ at, index: start + index }));
    start += ring.length;
    return area(ring) > 0 === (which === 0) ? numbered : numbered.toReversed();
  });
  const [outer = [], ...holes] = nodes;
  const rightmost = (ring: readonly Node[]): number => ring.reduce((best, { at }) => Math.max(best, at[0]), -Infinity);
  let joined = outer;
  for (const hole of holes.filter(({ length }) => length >= 3).toSorted((a, b) => rightmost(b) - rightmost(a))) joined = bridge(joined, hole);
  return cutEars(joined);
}

function area(ring: readonly Place[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nx, ny] = ring[(index + 1) % ring.length]!;
    return sum + x * ny - nx * y;
  }, 0);
}

/** The ring that goes into the hole and back, over the shortest way that crosses nothing. */
function bridge(outer: readonly Node[], hole: readonly Node[]): Node[] {
  const from = hole.reduce((best, { at }, index) => (at[0] > hole[best]!.at[0] ? index : best), 0);
  const start = hole[from]!.at;
  const ways = outer.map(({ at }, index) => ({ index, at, length: Math.hypot(at[0] - start[0], at[1] - start[1]) })).toSorted((a, b) => a.length - b.length);
  const free = ways.find(({ at, index }) => opens(outer, index, start) && !crosses(outer, start, at) && !crosses(hole, start, at)) ?? ways[0];
  if (free === undefined) return [...outer];
  const around = [...hole.slice(from), ...hole.slice(0, from + 1)];
  return [...outer.slice(0, free.index + 1), ...around, ...outer.slice(free.index)];
}

/** Whether the way from this corner goes into the ring: a bridge has made some corners double. */
function opens(ring: readonly Node[], index: number, to: Place): boolean {
  const [before, at, after] = [ring[(index + ring.length - 1) % ring.length]!.at, ring[index]!.at, ring[(index + 1) % ring.length]!.at];
  const [left, right] = [turn(before, at, to) >= 0, turn(at, after, to) >= 0];
  return turn(before, at, after) >= 0 ? left && right : left || right;
}

function crosses(ring: readonly Node[], from: Place, to: Place): boolean {
  return ring.some(({ at }, index) => {
    const next = ring[(index + 1) % ring.length]!.at;
    if ([at, next].some((one) => same(one, from) || same(one, to))) return false;
    return turn(from, to, at) > 0 !== turn(from, to, next) > 0 && turn(at, next, from) > 0 !== turn(at, next, to) > 0;
  });
}

const same = ([ax, ay]: Place, [bx, by]: Place): boolean => ax === bx && ay === by;

function cutEars(ring: readonly Node[]): (readonly [number, number, number])[] {
  const left = [...ring];
  const triangles: (readonly [number, number, number])[] = [];
  let [at, misses] = [0, 0];
  while (left.length > 2) {
    const [a, b, c] = [left[at % left.length]!, left[(at + 1) % left.length]!, left[(at + 2) % left.length]!];
    const twice = turn(a.at, b.at, c.at);
    // a whole round without an ear: the ring crosses itself, and what is left is cut as it comes
    if (twice === 0 || misses > left.length || (twice > 0 && left.every((one) => !blocks(one.at, a.at, b.at, c.at)))) {
      if (twice > 0) triangles.push([a.index, b.index, c.index]);
      left.splice((at + 1) % left.length, 1);
      misses = 0;
    } else {
      at += 1;
      misses += 1;
    }
    at %= left.length;
  }
  return triangles;
}

const blocks = (place: Place, a: Place, b: Place, c: Place): boolean =>
  !same(place, a) && !same(place, b) && !same(place, c) && turn(a, b, place) >= 0 && turn(b, c, place) >= 0 && turn(c, a, place) >= 0;
