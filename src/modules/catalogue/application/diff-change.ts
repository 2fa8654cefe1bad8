/** Part of a package that people or the law notice. */
export type Area =
  | 'Recht'
  | 'Zuständigkeit'
  | 'Formular'
  | 'Unterlagen'
  | 'Kurze Prüfung'
  | 'Gebühren'
  | 'Fristen'
  | 'Verfahren'
  | 'Regeln'
  | 'Briefe'
  | 'Textbausteine'
  | 'Beschreibung';

/** One difference between two versions of a package, in words. */
export interface Change {
  readonly area: Area;
  readonly kind: 'added' | 'removed' | 'changed';
  /** A German sentence for people. */
  readonly what: string;
  /** Set where a running case cannot simply be moved to the new version: what would happen to it. */
  readonly unsafe?: string;
}

/** All differences; `safe` when every running case may be moved to the new version. */
export interface PackageDiff {
  readonly from: { readonly key: string; readonly version: string; readonly hash: string };
  readonly to: { readonly key: string; readonly version: string; readonly hash: string };
  readonly safe: boolean;
  readonly changes: readonly Change[];
}

/** Things of two versions that belong together by their key. */
export interface Paired<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly kept: readonly (readonly [before: T, after: T])[];
}

export function pairBy<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string): Paired<T> {
  const [old, fresh] = [new Map(before.map((one) => [keyOf(one), one])), new Map(after.map((one) => [keyOf(one), one]))];
  return {
    added: [...fresh].flatMap(([key, one]) => (old.has(key) ? [] : [one])),
    removed: [...old].flatMap(([key, one]) => (fresh.has(key) ? [] : [one])),
    kept: [...old].flatMap(([key, one]) => (fresh.has(key) ? [[one, fresh.get(key)!] as const] : [])),
  };
}

export const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))) : one,
  ) ?? 'undefined';

export const change = (area: Area, kind: Change['kind'], what: string, unsafe?: string): Change => ({
  area,
  kind,
  what,
  ...(unsafe !== undefined && { unsafe }),
});

/** A value of a package as people read it. */
export function shown(value: unknown): string {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return 'nichts';
  if (typeof value === 'boolean') return value ? 'ja' : 'nein';
  if (typeof value === 'string' || typeof value === 'number') return `«${value}»`;
  if (Array.isArray(value)) return value.map(shown).join('; ');
  const { de } = value as { de?: unknown };
  return typeof de === 'string'
    ? `«${de}»`
    : Object.entries(value)
        .map(([key, one]) => `${key} ${shown(one)}`)
        .join(', ');
}
