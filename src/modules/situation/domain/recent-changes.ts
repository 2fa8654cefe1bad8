import type { Layer, StaffFunction } from '../../../kernel/lage.ts';
import type { Box } from '../../../kernel/picture.ts';

/** A change of the picture as the live feed holds it, written once for all who may see it. */
export interface LiveChange {
  readonly seq: number;
  readonly id: string;
  readonly layer: Layer;
  readonly needToKnow: readonly StaffFunction[] | null;
  /** Where it is now; absent: it has no place, and everybody gets it whatever part of the map they look at. */
  readonly box: Box | undefined;
  /** The object's JSON. */
  readonly json: Uint8Array;
}

interface Held extends LiveChange {
  /** Where it has been since the change `since`: whoever looked there must learn where it is now. */
  readonly reach: Box | undefined;
  readonly since: number;
  /** When the reach began, in milliseconds. */
  readonly reachFrom: number;
}

/** Who looks, and at what. */
export interface Looking {
  readonly function: StaffFunction;
  readonly layers: ReadonlySet<Layer>;
  /** The part of the map they look at; absent: all of it. */
  readonly box?: Box | undefined;
}

/** What somebody is to be told. */
export interface News {
  readonly objects: readonly Uint8Array[];
  /** Things that are not, or no longer, in the part of the map they look at. */
  readonly gone: readonly string[];
}

/** How long the places a moving thing has been at are counted into one reach. */
const REACH_MS = 5000;

/** May they see it at all? As `visible` of the store asks. */
export const maySee = (who: Looking, { layer, needToKnow }: Pick<LiveChange, 'layer' | 'needToKnow'>): boolean =>
  who.layers.has(layer) && (needToKnow === null || who.function === 'leiter' || needToKnow.includes(who.function));

/**
 * The newest changes of a picture, the latest of each object only, in the order of their numbers. One for all
 * viewers: each of them is but a number in it, so that a slow one costs no memory, and gets each object once,
 * as it is by then.
 */
export class RecentChanges {
  readonly #most: number;
  readonly #byId = new Map<string, Held>();
  /** In the order of numbers; the place of an object that has changed again is empty. */
  #order: (Held | undefined)[] = [];
  /** The numbers of those places. */
  #numbers: number[] = [];
  #head: number;
  #floor: number;

  /** @param head number of the picture's last change when this begins @param most objects that are held */
  constructor(head: number, most: number) {
    this.#head = head;
    this.#floor = head;
    this.#most = most;
  }

  /** Number of the newest change that is known. */
  get head(): number {
    return this.#head;
  }

  /** Who has seen less than this asks the database. */
  get floor(): number {
    return this.#floor;
  }

  /** Changes in the order of their numbers, each above the head. @param now milliseconds */
  add(changes: readonly LiveChange[], now: number): void {
    for (const change of changes) {
      const before = this.#byId.get(change.id);
      if (before !== undefined) this.#order[placeOf(this.#numbers, before.seq)] = undefined;
      const held = { ...change, ...reachOf(change, before, now) };
      this.#byId.set(change.id, held);
      this.#order.push(held);
      this.#numbers.push(change.seq);
    }
    this.#head = Math.max(this.#head, changes.at(-1)?.seq ?? 0);
    this.#forget();
  }

  /** What `who` has missed since the change `after`, which is not below the floor. */
  since(after: number, who: Looking): News {
    const objects: Uint8Array[] = [];
    const gone: string[] = [];
    for (let place = placeOf(this.#numbers, after + 1); place < this.#order.length; place += 1) {
      const held = this.#order[place];
      if (held === undefined || !maySee(who, held)) continue;
      if (isIn(held.box, who.box)) objects.push(held.json);
      // who has seen less than what the reach covers may have it anywhere, and who has seen nothing nowhere
      else if (after === 0) continue;
      else if (after < held.since || isIn(held.reach, who.box)) gone.push(held.id);
    }
    return { objects, gone };
  }

  /** Empty places are closed now and then; beyond the bound the oldest objects go. */
  #forget(): void {
    const excess = Math.max(0, this.#byId.size - this.#most);
    if (excess === 0 && this.#order.length <= 2 * this.#byId.size + 1000) return;
    const held = this.#order.filter((one) => one !== undefined);
    for (const one of held.splice(0, excess)) {
      this.#byId.delete(one.id);
      this.#floor = one.seq;
    }
    this.#order = held;
    this.#numbers = held.map(({ seq }) => seq);
  }
}

/** What has no place is everywhere. */
const isIn = (box: Box | undefined, part: Box | undefined): boolean =>
  part === undefined || box === undefined || (box.west <= part.east && box.east >= part.west && box.south <= part.north && box.north >= part.south);

function reachOf(change: LiveChange, before: Held | undefined, now: number): Pick<Held, 'reach' | 'since' | 'reachFrom'> {
  if (before === undefined) return { reach: change.box, since: change.seq, reachFrom: now };
  const goesOn = now - before.reachFrom < REACH_MS;
  return {
    reach: union(goesOn ? before.reach : before.box, change.box),
    since: goesOn ? before.since : before.seq,
    reachFrom: goesOn ? before.reachFrom : now,
  };
}

const union = (a: Box | undefined, b: Box | undefined): Box | undefined =>
  a === undefined || b === undefined
    ? undefined
    : { west: Math.min(a.west, b.west), south: Math.min(a.south, b.south), east: Math.max(a.east, b.east), north: Math.max(a.north, b.north) };

/** The first place whose number is not below `seq`. */
function placeOf(numbers: readonly number[], seq: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
