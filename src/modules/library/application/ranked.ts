import type { FoundPassage } from '../../../kernel/passage.ts';
import { fused } from '../domain/fusion.ts';
import type { PassageRanker } from './context.ts';

/** With other rankers their order counts as much as ours. They only order what the reader may see: they add and change nothing. */
export async function ranked(rankers: readonly PassageRanker[], query: string, passages: readonly FoundPassage[]): Promise<readonly FoundPassage[]> {
  if (rankers.length === 0 || passages.length === 0) return passages;
  const own = new Map(passages.map((passage) => [passage.id, passage]));
  const others = await Promise.all(rankers.map((ranker) => ranker.rank(query, passages)));
  return fused([passages, ...others.map((order) => order.flatMap(({ id }) => own.get(id) ?? []))]);
}
