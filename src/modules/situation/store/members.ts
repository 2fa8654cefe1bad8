import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Layer, StaffFunction } from '../../../kernel/lage.ts';
import type { Lage, ListedMember, Member } from '../domain/lage.ts';
import { isLageKey, LAGE_COLUMNS } from './lagen.ts';

const MEMBER = sql`m.id, m.name, m.organisation, m.function, m.section_id as "sectionId", m.staff_id is null as guest`;

/** A Lage and the person's place in it. */
export interface Entry {
  readonly lage: Lage;
  readonly member: Member;
  readonly given: readonly Layer[] | null;
}

type EntryRow = Lage & { readonly member: Member; readonly given: Layer[] | null };

/** The Lage with this key, if the person belongs to it now. */
export async function findEntry(
  db: Sql,
  key: string,
  who: { readonly staffId: string } | { readonly memberId: string },
  now: Temporal.Instant,
): Promise<Entry | undefined> {
  if (!isLageKey(key)) return undefined;
  const mine = 'staffId' in who ? sql`m.staff_id = ${who.staffId}::uuid` : sql`m.id = ${who.memberId}::uuid and m.staff_id is null`;
  const { rows } = await sql<EntryRow>`select ${LAGE_COLUMNS}, m.layers as given,
      json_build_object('id', m.id, 'name', m.name, 'organisation', m.organisation, 'function', m.function, 'sectionId', m.section_id,
        'guest', m.staff_id is null) as member
    from situation.lage l join situation.member m on m.lage_id = l.id
    where l.key = ${key} and ${mine} and m.ended_at is null and (m.until is null or m.until > ${now})`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { member, given, ...lage } = row;
  return { lage, member, given };
}

interface GuestRow {
  readonly id: string;
  readonly lageId: string;
  readonly name: string;
  readonly until: Temporal.Instant;
  readonly key: string;
  readonly title: string;
}

/** The guest behind a link, while it lasts. */
export async function findGuest(db: Sql, tokenSha256: string, now: Temporal.Instant): Promise<GuestRow | undefined> {
  const { rows } = await sql<GuestRow>`select m.id, m.lage_id as "lageId", m.name, m.until, l.key, l.title
    from situation.member m join situation.lage l on l.id = m.lage_id
    where m.token_sha256 = ${tokenSha256} and m.ended_at is null and m.until > ${now}`.execute(db);
  return rows[0];
}

/** Everybody who belongs or belonged to it, in the order they came. */
export async function listMembers(db: Sql, lageId: string): Promise<ListedMember[]> {
  const { rows } = await sql<ListedMember>`select ${MEMBER}, m.staff_id as "staffId", m.layers, m.since, m.until, m.ended_at as "endedAt"
    from situation.member m where m.lage_id = ${lageId} order by m.since, m.id limit 1000`.execute(db);
  return rows;
}

export async function findMember(db: Sql, lageId: string, id: string): Promise<ListedMember | undefined> {
  const { rows } = await sql<ListedMember>`select ${MEMBER}, m.staff_id as "staffId", m.layers, m.since, m.until, m.ended_at as "endedAt"
    from situation.member m where m.lage_id = ${lageId} and m.id = ${id}`.execute(db);
  return rows[0];
}

export interface NewMember {
  readonly id: string;
  readonly lageId: string;
  readonly staffId: string | null;
  readonly tokenSha256: string | null;
  readonly name: string;
  readonly organisation: string;
  readonly function: StaffFunction;
  readonly sectionId: string | null;
  readonly layers: readonly Layer[] | null;
  readonly until: Temporal.Instant | null;
}

/** @returns `false` when this person belongs to it already */
export async function insertMember(tx: Tx, one: NewMember, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`insert into situation.member (id, lage_id, staff_id, token_sha256, name, organisation, function, section_id, layers, since, until)
    values (${one.id}, ${one.lageId}, ${one.staffId}, ${one.tokenSha256}, ${one.name}, ${one.organisation}, ${one.function}, ${one.sectionId},
      ${one.layers === null ? null : [...one.layers]}::text[], ${now}, ${one.until})
    on conflict (lage_id, staff_id) where ended_at is null and staff_id is not null do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

/** @returns `false` when they are no longer there */
export async function setFunction(tx: Tx, id: string, to: StaffFunction, sectionId: string | null): Promise<boolean> {
  const { rows } = await sql`update situation.member set function = ${to}, section_id = ${sectionId} where id = ${id} and ended_at is null returning 1`.execute(
    tx,
  );
  return rows.length === 1;
}

export async function endMembership(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`update situation.member set ended_at = ${now} where id = ${id} and ended_at is null returning 1`.execute(tx);
  return rows.length === 1;
}

/** Who leads now, held until the end of the transaction. */
export async function lockLeaders(tx: Tx, lageId: string): Promise<readonly { readonly id: string }[]> {
  const { rows } = await sql<{ id: string }>`select id from situation.member where lage_id = ${lageId} and function = 'leiter' and ended_at is null
    order by id for update`.execute(tx);
  return rows;
}
