/** One row of a file, read or not: counted from 1 in the order of the file. */
export type SourceRow = { readonly row: number; readonly value: SourceFeature } | { readonly row: number; readonly reason: string };

/** A feature as the file says it, before its geometry is checked. */
export interface SourceFeature {
  readonly id?: string | number;
  readonly geometry: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Systems whose coordinates are understood; `4326` and `CRS84` both arrive as longitude, latitude in files. */
export type FileCrs = 'CRS84' | '25832' | '3857';

/** Thrown when a file as a whole cannot be read; the message is for people. */
export class UnreadableFile extends Error {}

/** One feature or row is never larger; a file that says otherwise wants memory, not a place on a map. */
export const MOST_BYTES_A_ROW = 32 * 1024 * 1024;
