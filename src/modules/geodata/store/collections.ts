import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Collection, CollectionAbout } from '../domain/collection.ts';

/** A collection as its row says it. */
interface Row extends Omit<Collection, 'keyProperty' | 'extent' | 'dataAsOf'> {
  readonly keyProperty: string | null;
  readonly extent: NonNullable<Collection['extent']> | null;
  readonly dataAsOf: Temporal.PlainDate | null;
}

const COLUMNS = sql`id, number, title, description, about, access, properties, geometry_types as "geometryTypes", key_property as "keyProperty",
  features, extent, created_at as "createdAt", changed_at as "changedAt", data_as_of as "dataAsOf"`;

const toCollection = ({ keyProperty, extent, dataAsOf, ...row }: Row): Collection => ({
  ...row,
  ...(keyProperty === null ? {} : { keyProperty }),
  ...(extent === null ? {} : { extent }),
  ...(dataAsOf === null ? {} : { dataAsOf }),
});

/** @param internal whether the reader may see what is kept inside */
export async function listCollections(db: Sql, internal: boolean): Promise<readonly Collection[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from geodata.collection where ${internal} or access = 'open' order by id`.execute(db);
  return rows.map(toCollection);
}

export async function findCollection(db: Sql, id: string, internal: boolean): Promise<Collection | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from geodata.collection where id = ${id} and (${internal} or access = 'open')`.execute(db);
  return rows[0] && toCollection(rows[0]);
}

/** A tag of how the collection stands: it changes with every write. */
export const tagOf = ({ number, changedAt }: Pick<Collection, 'number' | 'changedAt'>): string => `${number}-${changedAt.epochNanoseconds / 1000n}`;

/** Of those that are open the tags, by id. */
export async function openCollectionTags(db: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<Pick<Collection, 'id' | 'number' | 'changedAt'>>`select id, number, changed_at as "changedAt" from geodata.collection
    where access = 'open' and id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`.execute(db);
  return new Map(rows.map((row) => [row.id, tagOf(row)]));
}

/** The collection for writing; other writers of it wait until the commit. */
export async function lockCollection(tx: Tx, id: string): Promise<Collection | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from geodata.collection where id = ${id} for update`.execute(tx);
  return rows[0] && toCollection(rows[0]);
}

export interface NewCollection {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly about?: CollectionAbout;
  readonly access?: 'open' | 'internal';
  readonly keyProperty?: string;
  readonly dataAsOf?: Temporal.PlainDate;
}

/** Makes the collection and its partition. @returns `false` when the id is taken. @param one with an id of the table's form, checked before */
export async function insertCollection(tx: Tx, one: NewCollection, now: Temporal.Instant): Promise<boolean> {
  const at = now.toString();
  const { rows } = await sql<{ number: number }>`
    insert into geodata.collection (id, title, description, about, access, key_property, data_as_of, created_at, changed_at)
    values (${one.id}, ${one.title}, ${one.description ?? ''}, ${JSON.stringify(one.about ?? {})}::jsonb, ${one.access ?? 'open'}, ${one.keyProperty ?? null},
      ${one.dataAsOf?.toString() ?? null}::date, ${at}::timestamptz, ${at}::timestamptz)
    on conflict (id) do nothing returning number`.execute(tx);
  const made = rows[0];
  if (made === undefined) return false;
  await sql`create table ${partition(made.number)} partition of geodata.feature for values in (${sql.lit(one.id)})`.execute(tx);
  return true;
}

const partition = (number: number) => sql.id('geodata', `feature_${number}`);

/** Everything of the collection, at once. */
export async function deleteCollection(tx: Tx, { id, number }: Pick<Collection, 'id' | 'number'>): Promise<void> {
  await sql`drop table ${partition(number)}`.execute(tx);
  await sql`delete from geodata.collection where id = ${id}`.execute(tx);
}

/** What is told of a collection besides its features; what is absent stays as it is. */
export async function describeCollection(tx: Tx, id: string, change: Omit<NewCollection, 'id' | 'title'> & { readonly title?: string }): Promise<void> {
  await sql`update geodata.collection set title = coalesce(${change.title ?? null}, title), description = coalesce(${change.description ?? null}, description),
    about = about || ${JSON.stringify(change.about ?? {})}::jsonb, access = coalesce(${change.access ?? null}, access),
    key_property = coalesce(${change.keyProperty ?? null}, key_property), data_as_of = coalesce(${change.dataAsOf?.toString() ?? null}::date, data_as_of)
    where id = ${id}`.execute(tx);
}

/** Everything that is told of a collection besides its features, anew: what is absent is gone. */
export async function replaceDescription(tx: Tx, one: NewCollection): Promise<boolean> {
  const { rows } =
    await sql`update geodata.collection set title = ${one.title}, description = ${one.description ?? ''}, about = ${JSON.stringify(one.about ?? {})}::jsonb,
    access = ${one.access ?? 'open'}, key_property = ${one.keyProperty ?? null}, data_as_of = ${one.dataAsOf?.toString() ?? null}::date
    where id = ${one.id} returning 1`.execute(tx);
  return rows.length > 0;
}
