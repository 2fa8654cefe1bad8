/** A file of a case, as far as its versions ask. */
export interface Filed {
  readonly id: string;
  /** Document id of the package, with the item where there are several: `foto.2`. */
  readonly slot: string;
  readonly fileName: string;
  /** The file whose next version this one is. */
  readonly replaces: string | null;
  readonly submitted: boolean;
}

/** Where a file stands among its versions. */
export interface Version {
  /** From 1. */
  readonly version: number;
  /** No other file has taken its place. */
  readonly current: boolean;
  /** Id of the version before. */
  readonly former: string | undefined;
}

/** @param uploads of one case, in any order. @returns each with its version, in the same order */
export function versionsOf<T extends Filed>(uploads: readonly T[]): (T & Version)[] {
  const byId = new Map(uploads.map((one) => [one.id, one]));
  const formerOne = (one: T): T | undefined => (one.replaces === null ? undefined : byId.get(one.replaces));
  const replaced = new Set(uploads.map((one) => one.replaces));
  return uploads.map((upload) => {
    let version = 1;
    for (let before = formerOne(upload); before !== undefined; before = formerOne(before)) version += 1;
    return { ...upload, version, current: !replaced.has(upload.id), former: formerOne(upload)?.id };
  });
}

/** What a person says of a new file: the id of the one it replaces, or {@link ADDITIONAL}. */
export type Replaces = string;
export const ADDITIONAL = 'zusaetzlich';

/**
 * The file whose next version a new one is. What the person says counts; said nothing, the same name
 * does, and where only one file fits, that one.
 * @param present files of the case, oldest first
 * @returns its id, null for an additional file, `undefined` when the one named cannot be replaced
 */
export function formerOf(
  present: readonly Filed[],
  file: Pick<Filed, 'slot' | 'fileName'>,
  { said, single }: { readonly said: Replaces | undefined; readonly single: boolean },
): string | null | undefined {
  const open = versionsOf(present).filter((one) => one.slot === file.slot && one.current && one.submitted);
  if (said === ADDITIONAL) return null;
  if (said !== undefined) return open.find((one) => one.id === said)?.id;
  const sameName = open.findLast((one) => one.fileName === file.fileName);
  return (sameName ?? (single ? open.at(-1) : undefined))?.id ?? null;
}

/** A file that a decision rests on. */
export interface RestsOn {
  readonly slot: string;
  readonly version: number;
  readonly sha256: string;
}

/** The newest version of every file handed in. */
export const currentVersions = (uploads: readonly (Filed & { readonly sha256: string })[]): RestsOn[] =>
  versionsOf(uploads.filter((one) => one.submitted))
    .filter((one) => one.current)
    .map(({ slot, version, sha256 }) => ({ slot, version, sha256 }));
