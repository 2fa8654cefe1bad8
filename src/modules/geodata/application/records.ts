import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Collection } from '../domain/collection.ts';
import { freshnessOf } from '../domain/import-order.ts';
import { readRecordsQuery, RECORD_TYPE } from '../domain/record.ts';
import { collectionsFor } from './collections.ts';

export { freshnessOf, RECORD_TYPE };

export interface Records {
  readonly matched: number;
  readonly shown: readonly Collection[];
  /** How many come before the next page; `undefined` on the last. */
  readonly next: number | undefined;
}

/** Collections that a question to the catalogue means, of those the actor may see. A city has hundreds: they are looked through here. */
export async function recordsFor(
  ctx: Pick<Context, 'database'>,
  actor: Actor,
  options: URLSearchParams,
  externalIdOf: (collection: Collection) => string,
): Promise<Result<Records, Problem>> {
  const query = readRecordsQuery(options, externalIdOf);
  if (!query.ok) return query;
  const { after, limit, matches } = query.value;
  const found = (await collectionsFor(ctx, actor)).filter(matches);
  const next = after + limit < found.length ? after + limit : undefined;
  return ok({ matched: found.length, shown: found.slice(after, after + limit), next });
}
