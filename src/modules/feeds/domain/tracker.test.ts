import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cheapestAssignment } from '../../../kernel/assignment.ts';
import { distanceMetres } from './mover.ts';
import { stateOf, track, type Detection, type Track } from './tracker.ts';

const AT = Date.parse('2026-11-28T19:00:00Z');

/** Numbers that look random and are the same every time (mulberry32), with a normal distribution on top. */
function seeded(seed: number) {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { uniform, normal: (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()) };
}

interface Ship {
  lon: number;
  lat: number;
  readonly east: number;
  readonly north: number;
}

/** Ships on straight ways, seen by a radar every 2 s and a drone every 3 s, with misses and clutter. */
function sail(ships: Ship[], seconds: number, how: { readonly seen: number; readonly clutter: number; readonly sigma: number }) {
  const { uniform, normal } = seeded(7);
  const metres = 111_320;
  const wide = metres * Math.cos((53.54 * Math.PI) / 180);
  let tracks: readonly Track[] = [];
  let made = 0;
  const last = new Map<number, string>();
  const sum = { squared: 0, pairs: 0, missed: 0, wrong: 0, switches: 0, moments: 0, gospa: 0 };
  for (let second = 1; second <= seconds; second++) {
    for (const ship of ships) {
      ship.lon += ship.east / wide;
      ship.lat += ship.north / metres;
    }
    for (const sensor of [...(second % 2 === 0 ? ['radar'] : []), ...(second % 3 === 0 ? ['drone'] : [])]) {
      const detections: Detection[] = ships
        .filter(() => uniform() < how.seen)
        .map(({ lon, lat }) => ({
          lon: lon + (how.sigma * normal()) / wide,
          lat: lat + (how.sigma * normal()) / metres,
          uncertaintyMetres: how.sigma,
          what: 'ship',
        }));
      for (let i = 0; i < how.clutter; i++)
        if (uniform() < 0.5) detections.push({ lon: 9.9 + uniform() * 0.1, lat: 53.51 + uniform() * 0.06, uncertaintyMetres: how.sigma, what: 'ship' });
      ({ tracks } = track(tracks, { sensor, atMs: AT + second * 1000, detections }, () => `t${++made}`));
    }
    if (second < 30 || second % 6 !== 0) continue;
    score(
      ships,
      tracks.filter(({ confirmed }) => confirmed),
      last,
      sum,
    );
  }
  return { ...sum, rms: Math.sqrt(sum.squared / Math.max(1, sum.pairs)), meanGospa: sum.gospa / sum.moments };
}

/** GOSPA with p = 2, alpha = 2 and a cutoff of 100 m, and how often a ship's track is another than before. */
function score(ships: readonly Ship[], tracks: readonly Track[], last: Map<number, string>, sum: Record<string, number>): void {
  const cutoff = 100;
  const costs = ships.map((ship) => tracks.map((one) => Math.min(cutoff, distanceMetres(ship, stateOf(one))) ** 2));
  let [pairs, squared] = [0, 0];
  for (const [row, column] of cheapestAssignment(costs).entries()) {
    if (column < 0 || costs[row]![column]! >= cutoff ** 2) continue;
    pairs += 1;
    squared += costs[row]![column]!;
    const { id } = tracks[column]!;
    if (last.has(row) && last.get(row) !== id) sum['switches']! += 1;
    last.set(row, id);
  }
  sum['moments']! += 1;
  sum['pairs']! += pairs;
  sum['squared']! += squared;
  sum['missed']! += ships.length - pairs;
  sum['wrong']! += tracks.length - pairs;
  sum['gospa']! += Math.sqrt(squared + (cutoff ** 2 / 2) * (ships.length + tracks.length - 2 * pairs));
}

const at = (lon: number, what: Detection['what'] = 'ship'): Detection => ({ lon, lat: 53.54, uncertaintyMetres: 10, what });

describe('tracks of what does not say who it is', () => {
  it('are confirmed by three hits, whoever saw them', () => {
    let made = 0;
    let tracks: readonly Track[] = [];
    for (const [index, sensor] of ['radar', 'drone', 'radar'].entries())
      ({ tracks } = track(tracks, { sensor, atMs: AT + index * 1000, detections: [at(9.97)] }, () => `t${++made}`));
    assert.deepEqual([tracks.length, tracks[0]?.confirmed, tracks[0]?.sensors], [1, true, ['radar', 'drone']]);
  });

  it('end when nobody sees them any more: soon while they are new, later when they are confirmed', () => {
    let made = 0;
    const begun = track([], { sensor: 'radar', atMs: AT, detections: [at(9.97)] }, () => `t${++made}`);
    assert.deepEqual(track(begun.tracks, { sensor: 'radar', atMs: AT + 21_000, detections: [] }, () => 'x').ended, ['t1']);
    let tracks = begun.tracks;
    for (const second of [1, 2]) ({ tracks } = track(tracks, { sensor: 'radar', atMs: AT + second * 1000, detections: [at(9.97)] }, () => 'x'));
    assert.deepEqual(track(tracks, { sensor: 'radar', atMs: AT + 23_000, detections: [] }, () => 'x').ended, []);
    assert.deepEqual(track(tracks, { sensor: 'radar', atMs: AT + 63_000, detections: [] }, () => 'x').ended, ['t1']);
  });

  it('a ship and a drone at one place are two', () => {
    let made = 0;
    const first = track([], { sensor: 'radar', atMs: AT, detections: [at(9.97)] }, () => `t${++made}`);
    assert.equal(track(first.tracks, { sensor: 'camera', atMs: AT, detections: [at(9.97, 'drone')] }, () => `t${++made}`).tracks.length, 2);
  });

  it('what lies outside of the gate begins a track of its own: nothing jumps', () => {
    let made = 0;
    const first = track([], { sensor: 'radar', atMs: AT, detections: [at(9.97)] }, () => `t${++made}`);
    const { assigned } = track(first.tracks, { sensor: 'radar', atMs: AT + 1000, detections: [at(9.99)] }, () => `t${++made}`);
    assert.deepEqual(assigned, ['t2']);
  });

  it('twelve ships, seen by two sensors with misses and clutter: few missed or false, no id changes, better than the sensors', () => {
    const ships = Array.from({ length: 12 }, (_, i): Ship => ({
      lon: 9.91 + i * 0.006,
      lat: 53.52 + (i % 4) * 0.008,
      east: i % 2 === 0 ? 4 : -3,
      north: (i % 3) - 1,
    }));
    const found = sail(ships, 300, { seen: 0.9, clutter: 4, sigma: 12 });
    assert.ok(found.rms < 12, `rms ${found.rms.toFixed(1)} m`);
    assert.ok(found.missed / found.moments < 0.5, `missed ${found.missed} in ${found.moments} moments`);
    assert.ok(found.wrong / found.moments < 1, `false ${found.wrong} in ${found.moments} moments`);
    assert.ok(found.switches <= 2, `${found.switches} id switches`);
  });

  it('two ships that pass each other keep their tracks', () => {
    const found = sail(
      [
        { lon: 9.95, lat: 53.54, east: 5, north: 0.3 },
        { lon: 9.97, lat: 53.5406, east: -5, north: 0 },
      ],
      240,
      { seen: 0.95, clutter: 0, sigma: 8 },
    );
    assert.deepEqual([found.switches, found.missed], [0, 0]);
  });
});
