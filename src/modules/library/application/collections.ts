import type { Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { storableText } from '../../../kernel/storable.ts';
import { LONGEST, OWN_DAYS, readerOf, type Member, type OpenCollection, type Readers } from '../domain/collection.ts';
import { NO_COLLECTION, OWNERS_ONLY, STAFF_ONLY, type LibraryProblem } from '../domain/problems.ts';
import { deleteCollection, findCollection, insertCollection, listCollections, listMembers, replaceMembers, updateCollection } from '../store/collections.ts';
import type { LibraryContext, NamedStaff } from './context.ts';
import { note } from './journal.ts';

/** Collections shown and searched at once. */
export const MOST_COLLECTIONS = 500;
/** For pages: after so many days own documents go. */
export const OWN_DOCUMENT_DAYS = OWN_DAYS;
const MOST_MEMBERS = 200;

/** What somebody says of a collection. */
export interface CollectionWish {
  readonly title: string;
  readonly description: string;
  readonly readers: Readers;
  /** With `authority`: which one; one's own. */
  readonly authority?: string | undefined;
  readonly members: readonly Member[];
}

/** Everything the actor may read: their own first. */
export async function collectionsFor(ctx: LibraryContext, actor: Actor): Promise<Result<readonly OpenCollection[], LibraryProblem>> {
  const reader = readerOf(actor);
  return reader === undefined ? refuse(STAFF_ONLY) : ok(await listCollections(ctx.database.read, reader, MOST_COLLECTIONS));
}

/** One collection; with its named people for whoever owns it. */
export async function collectionFor(
  ctx: LibraryContext,
  actor: Actor,
  id: string,
): Promise<Result<OpenCollection & { readonly members: readonly Member[] }, LibraryProblem>> {
  const reader = readerOf(actor);
  if (reader === undefined) return refuse(STAFF_ONLY);
  const found = parseId(id) === undefined ? undefined : await findCollection(ctx.database.read, reader, id);
  return found === undefined ? refuse(NO_COLLECTION) : ok({ ...found, members: await listMembers(ctx.database.read, reader.staffId, id) });
}

export async function makeCollection(ctx: LibraryContext, actor: Actor, wish: CollectionWish): Promise<Result<{ readonly id: string }, LibraryProblem>> {
  const reader = readerOf(actor);
  if (reader === undefined) return refuse(STAFF_ONLY);
  const checked = checkedWish(wish, reader.authorities);
  if (!checked.ok) return checked;
  const now = ctx.clock();
  const id = newId(now.epochMilliseconds);
  return ctx.database.write(async (tx) => {
    const { members, ...facts } = checked.value;
    await insertCollection(tx, { id, own: false, ownerId: reader.staffId, createdAt: now, ...facts });
    await replaceMembers(tx, id, members);
    await note(ctx, tx, actor, [{ collectionId: id, kind: 'collection-made', payload: sharing(checked.value) }]);
    return ok({ id });
  });
}

/** Title, description and who may read; in force with the next request of anybody. */
export async function changeCollection(
  ctx: LibraryContext,
  actor: Actor,
  id: string,
  wish: CollectionWish,
): Promise<Result<{ readonly id: string }, LibraryProblem>> {
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  const reader = readerOf(actor)!;
  if (!found.value.owns || found.value.own) return refuse(OWNERS_ONLY);
  const checked = checkedWish(wish, reader.authorities);
  if (!checked.ok) return checked;
  return ctx.database.transaction(async (tx): Promise<Result<{ readonly id: string }, LibraryProblem>> => {
    if (!(await updateCollection(tx, reader.staffId, id, checked.value))) return refuse(NO_COLLECTION);
    await replaceMembers(tx, id, checked.value.members);
    await note(ctx, tx, actor, [{ collectionId: id, kind: 'collection-changed', payload: sharing(checked.value) }]);
    return ok({ id });
  });
}

/** Deletes it with all documents in it. */
export async function removeCollection(ctx: LibraryContext, actor: Actor, id: string): Promise<Result<{ readonly id: string }, LibraryProblem>> {
  const found = await collectionFor(ctx, actor, id);
  if (!found.ok) return found;
  if (!found.value.owns || found.value.own) return refuse(OWNERS_ONLY);
  return ctx.database.transaction(async (tx): Promise<Result<{ readonly id: string }, LibraryProblem>> => {
    if (!(await deleteCollection(tx, found.value.ownerId, id))) return refuse(NO_COLLECTION);
    await note(ctx, tx, actor, [{ collectionId: id, kind: 'collection-removed', payload: { documents: found.value.documents } }]);
    return ok({ id });
  });
}

/** Who can be named as a reader: the colleagues of one's own authorities. */
export async function colleaguesOf(ctx: LibraryContext, actor: Actor): Promise<readonly NamedStaff[]> {
  const reader = readerOf(actor);
  if (reader === undefined) return [];
  const people = new Map<string, NamedStaff>();
  for (const authority of reader.authorities) for (const one of await ctx.colleagues(ctx.database.read, authority)) people.set(one.staffId, one);
  people.delete(reader.staffId);
  return [...people.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'de'));
}

const sharing = ({ readers, authority, members }: { readers: Readers; authority: string | null; members: readonly Member[] }) => ({
  readers,
  authority,
  members: members.length,
});

type Checked = Omit<CollectionWish, 'authority'> & { readonly authority: string | null };

function checkedWish(wish: CollectionWish, authorities: readonly string[]): Result<Checked, LibraryProblem> {
  const [title, description] = [storableText(wish.title.toWellFormed()).trim(), storableText(wish.description.toWellFormed()).trim()];
  const problems: FieldProblem[] = [];
  if (title === '') problems.push({ field: 'title', message: 'Geben Sie der Sammlung einen Namen.' });
  if (title.length > LONGEST.title) problems.push({ field: 'title', message: `Kürzen Sie den Namen auf ${LONGEST.title} Zeichen.` });
  if (description.length > LONGEST.description)
    problems.push({ field: 'description', message: `Kürzen Sie die Beschreibung auf ${LONGEST.description} Zeichen.` });
  if (wish.readers === 'authority' && !authorities.includes(wish.authority ?? ''))
    problems.push({ field: 'authority', message: 'Wählen Sie eine Behörde, für die Sie arbeiten.' });
  const members = [...new Map(wish.members.map((one) => [one.staffId, one])).values()];
  if (members.length > MOST_MEMBERS)
    problems.push({ field: 'members', message: `Nennen Sie höchstens ${MOST_MEMBERS} Personen. Geben Sie die Sammlung sonst für die Behörde frei.` });
  if (problems.length > 0) return refuse(invalidFields(problems));
  return ok({ title, description, readers: wish.readers, authority: wish.readers === 'authority' ? wish.authority! : null, members });
}
