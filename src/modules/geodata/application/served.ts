import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Collection } from '../domain/collection.ts';
import { CRS_LIST, STORAGE_CRS } from '../domain/crs.ts';
import { readNoQuery, timeProperty } from '../domain/items-query.ts';

/** What every collection is served in, as URIs. */
export const SERVED: { readonly crs: readonly string[]; readonly storageCrs: string; readonly crs84: string } = {
  crs: CRS_LIST.map(({ uri }) => uri),
  storageCrs: STORAGE_CRS.uri,
  crs84: CRS_LIST[0]!.uri,
};

/** Whether `datetime` means anything there. */
export const hasTime = ({ properties }: Collection): boolean => timeProperty(properties) !== undefined;

/** Refuses options where a document has none. */
export const noOptions = (query: URLSearchParams): Result<true, Problem> => readNoQuery(query);
