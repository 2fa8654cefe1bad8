/** Where something was, and when: x and y of Web Mercator from 0 to 1, time in milliseconds. */
export interface Fix {
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

export type Taken = 'placed' | 'glides' | 'jump' | 'older';

interface Track {
  last: Fix;
  fromX: number;
  fromY: number;
  startsAt: number;
  takes: number;
  /** A place too far away to have been reached: it is marked until a further fix bears it out. */
  doubted: Fix | undefined;
}

/** The earth's girth at its waist: mercator units become metres by it and by the latitude's cosine. */
export const GIRTH_METRES = 40_075_016.69;
/** A glide never lasts longer, so that a picture is at most so much behind. */
const LONGEST_GLIDE_MS = 10_000;
/** Two fixes in one moment say nothing about speed; within so many metres they may differ. */
const FREE_METRES = 100;

/** Cosine of the latitude at a height on the mercator map. */
export const shrink = (y: number): number => 1 / Math.cosh(Math.PI * (1 - 2 * y));
const metresBetween = (a: Fix, b: Fix): number => Math.hypot(a.x - b.x, a.y - b.y) * GIRTH_METRES * shrink((a.y + b.y) / 2);

/**
 * Moves things between their fixes: from where one is seen to where it was last known, in the time between the two
 * fixes. Nothing runs ahead of what is known; what had gone stale is placed, not moved; a jump is marked, not drawn.
 */
export class Motion {
  readonly #tracks = new Map<string, Track>();
  #until = 0;

  /** Whether something still moves at this time. */
  moving(now: number): boolean {
    return now < this.#until;
  }

  jumped(id: string): boolean {
    return this.#tracks.get(id)?.doubted !== undefined;
  }

  forget(id: string): void {
    this.#tracks.delete(id);
  }

  clear(): void {
    this.#tracks.clear();
    this.#until = 0;
  }

  /** @param limit metres a second that such a thing can reach @param freshMs how long its fixes stay fresh */
  take(id: string, fix: Fix, now: number, { limit, freshMs }: { readonly limit: number; readonly freshMs: number }): Taken {
    const track = this.#tracks.get(id);
    if (track === undefined) {
      this.#tracks.set(id, placed(fix, now));
      return 'placed';
    }
    if (fix.at < track.last.at) return 'older';
    const passed = fix.at - track.last.at;
    if (!reachable(track.last, fix, limit)) {
      const borneOut = track.doubted !== undefined && fix.at > track.doubted.at && reachable(track.doubted, fix, limit);
      if (!borneOut) {
        track.doubted = fix;
        return 'jump';
      }
      this.#tracks.set(id, placed(fix, now));
      return 'placed';
    }
    if (passed > freshMs || passed === 0) {
      this.#tracks.set(id, placed(fix, now));
      return 'placed';
    }
    const [fromX, fromY] = this.#seen(track, now);
    const takes = Math.min(LONGEST_GLIDE_MS, passed);
    this.#tracks.set(id, { last: fix, fromX, fromY, startsAt: now, takes, doubted: undefined });
    this.#until = Math.max(this.#until, now + takes);
    return 'glides';
  }

  /** Where it is seen now. */
  at(id: string, now: number): readonly [x: number, y: number] | undefined {
    const track = this.#tracks.get(id);
    return track === undefined ? undefined : this.#seen(track, now);
  }

  /** Writes all places of these things, two numbers each: nothing is made anew for each frame. */
  write(ids: readonly string[], now: number, into: Float64Array): void {
    for (let index = 0; index < ids.length; index++) {
      const track = this.#tracks.get(ids[index]!);
      if (track === undefined) continue;
      const part = now >= track.startsAt + track.takes ? 1 : (now - track.startsAt) / track.takes;
      into[2 * index] = track.fromX + (track.last.x - track.fromX) * part;
      into[2 * index + 1] = track.fromY + (track.last.y - track.fromY) * part;
    }
  }

  #seen(track: Track, now: number): readonly [number, number] {
    const part = now >= track.startsAt + track.takes ? 1 : (now - track.startsAt) / track.takes;
    return [track.fromX + (track.last.x - track.fromX) * part, track.fromY + (track.last.y - track.fromY) * part];
  }
}

const placed = (fix: Fix, now: number): Track => ({ last: fix, fromX: fix.x, fromY: fix.y, startsAt: now, takes: 0, doubted: undefined });

const reachable = (from: Fix, to: Fix, limit: number): boolean => metresBetween(from, to) <= FREE_METRES + (limit * Math.abs(to.at - from.at)) / 1000;
