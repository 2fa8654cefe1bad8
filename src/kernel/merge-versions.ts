/** One state that somebody gave a thing, perhaps without a network. */
export interface Version<T = unknown> {
  /** Made by who wrote it, unique: sent twice it is one. */
  readonly id: string;
  /** What it is about, e.g. `task:0190…`. */
  readonly about: string;
  /** The version its author had before them. */
  readonly basis: string;
  /** When it was so, in milliseconds. */
  readonly eventAt: number;
  readonly value: T;
}

/** What is known of a thing when all versions are in. */
export interface Merged<T = unknown> {
  readonly about: string;
  /** The latest by time of event, then by id: what a page shows. */
  readonly shown: Version<T>;
  /** Versions that nobody has built upon; with more than one a person has to decide. */
  readonly open: readonly Version<T>[];
}

/**
 * Brings together what several people wrote apart, without losing a version: the outcome depends on the set of versions
 * only, never on the order or the number of times they arrive.
 */
export function mergeVersions<T>(versions: readonly Version<T>[]): Merged<T>[] {
  const things = Map.groupBy(inOrder(versions), ({ about }) => about);
  return [...things]
    .map(([about, of]) => {
      const built = new Set(of.map(({ basis }) => basis));
      const ends = of.filter(({ id }) => !built.has(id));
      // versions that name each other in a circle: all of them stand
      const open = ends.length === 0 ? of : ends;
      return { about, shown: open.at(-1)!, open };
    })
    .toSorted((a, b) => compare(a.about, b.about));
}

/** Entries of logs written apart, each once, in the order in which things happened. */
export const inOrder = <T>(versions: readonly Version<T>[]): Version<T>[] => [...new Map(versions.map((one) => [one.id, one])).values()].toSorted(byEvent);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byEvent = (a: Version, b: Version): number => a.eventAt - b.eventAt || compare(a.id, b.id);
