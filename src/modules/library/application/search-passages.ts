import type { Actor } from '../../../kernel/actor.ts';
import { idOrNobody, parseId } from '../../../kernel/id.ts';
import type { FoundPassage } from '../../../kernel/passage.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { readerOf } from '../domain/collection.ts';
import { searchIndexes, type SearchedIndex } from '../domain/gram-index.ts';
import { STAFF_ONLY, type LibraryProblem } from '../domain/problems.ts';
import { searchedCollections } from '../store/collections.ts';
import { passagesAt } from '../store/passages.ts';
import type { LibraryContext } from './context.ts';
import { noteReads } from './journal.ts';
import { ranked } from './ranked.ts';

export interface SearchWish {
  readonly query: string;
  /** These collections, and these documents beside them; neither named: everything the actor may read. */
  readonly collections?: readonly string[] | undefined;
  readonly documents?: readonly string[] | undefined;
  readonly limit: number;
}

/** A passage with whether its document holds data of persons: who hands it on must know. */
export interface LibraryPassage extends FoundPassage {
  readonly personal: boolean;
}

const LONGEST_QUERY = 2000;
const MOST_FOUND = 100;
/** What other rankers choose from. */
const CANDIDATES = 50;

/** What is no id names nothing, and must not turn into «everything». */
const NOBODY = idOrNobody('');
const ids = (list: readonly string[] | undefined): readonly string[] => (list ?? []).map((one) => parseId(one) ?? NOBODY);

/**
 * The best passages that the actor may read, best first. What they may read is asked of the database in this call, and
 * nothing else is scored; the words come by a second query that asks again.
 */
export async function searchPassages(ctx: LibraryContext, actor: Actor, wish: SearchWish): Promise<Result<readonly LibraryPassage[], LibraryProblem>> {
  const reader = readerOf(actor);
  if (reader === undefined) return refuse(STAFF_ONLY);
  const query = wish.query.slice(0, LONGEST_QUERY);
  const limit = Math.min(Math.max(0, Math.trunc(wish.limit)), MOST_FOUND);
  const documents = ids(wish.documents);
  const db = ctx.database.read;
  const collections = await searchedCollections(db, reader, ids(wish.collections), documents);
  const searched: SearchedIndex[] = [];
  for (const collection of collections) searched.push({ index: await ctx.indexes.fresh(db, collection), ...(collection.whole ? {} : { documents }) });
  const found = searchIndexes(searched, query, ctx.rankers.length === 0 ? limit : Math.max(limit, CANDIDATES));
  if (found.length === 0) return ok([]);
  const rows = new Map((await passagesAt(db, reader, found)).map((row) => [row.id, row]));
  const passages = found.flatMap(({ document, place, score }) => {
    const row = rows.get(`${document}-${place}`);
    return row === undefined ? [] : [{ ...row, score }];
  });
  const shown = (await ranked(ctx.rankers, query, passages)).slice(0, limit);
  await noteReads(
    ctx,
    actor,
    shown.flatMap(({ id }) => rows.get(id) ?? []),
  );
  return ok(
    shown.map(({ id, documentId, title, documentSha256, page, start, end, text, heading, score }) => ({
      ...{ id, documentId, title, documentSha256, page, start, end, text, score },
      personal: rows.get(id)?.personal ?? true,
      ...(heading === undefined ? {} : { heading }),
    })),
  );
}
