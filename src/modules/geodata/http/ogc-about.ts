import type { Problem } from '../../../kernel/problem.ts';
import type { Context } from '../../../platform/context.ts';
import type { DataAnswer, DataVisit } from '../../../platform/http/route.ts';
import { collectionFor } from '../application/collections.ts';
import { noOptions } from '../application/served.ts';
import type { Collection } from '../domain/collection.ts';
import { formatProblem, refusal } from './ogc-answers.ts';

/** Options that a document does not have, or a format. */
export function documentProblem(query: URLSearchParams, formats: readonly string[]): Problem | undefined {
  const read = noOptions(query);
  return read.ok ? formatProblem(query, formats) : read.problem;
}

/** Answers about the collection of the path, for who may see it. */
export const aboutCollection =
  (ctx: Pick<Context, 'database' | 'settings'>, show: (collection: Collection, visit: DataVisit) => DataAnswer | Promise<DataAnswer>) =>
  async (visit: DataVisit): Promise<DataAnswer> => {
    const found = await collectionFor(ctx, visit.actor, visit.params['id'] ?? '');
    return found.ok ? show(found.value, visit) : refusal(found.problem, visit);
  };
