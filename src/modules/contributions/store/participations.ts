import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Participation, ParticipationFacts } from '../domain/participation.ts';

type Row = Omit<Participation, 'displayId'> & { readonly displayId: string | null };

const COLUMNS = sql`id, key, title, text, area, categories, starts_on as "startsOn", ends_on as "endsOn", moderation, authority,
  display_id as "displayId", created_at as "createdAt", forgotten_at is not null as forgotten`;

const toParticipation = ({ displayId, ...row }: Row): Participation => ({ ...row, ...(displayId === null ? {} : { displayId }) });

/** What cannot be a key is none: a database would not even read it. */
const isKey = (text: string): boolean => /^[a-z0-9-]{1,64}$/.test(text);

export async function findByKey(db: Sql, key: string): Promise<Participation | undefined> {
  if (!isKey(key)) return undefined;
  const { rows } = await sql<Row>`select ${COLUMNS} from contributions.participation where key = ${key}`.execute(db);
  return rows[0] && toParticipation(rows[0]);
}

export async function findById(db: Sql, id: string): Promise<Participation | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from contributions.participation where id = ${id}`.execute(db);
  return rows[0] && toParticipation(rows[0]);
}

/** As `findByKey`, held: the description does not change while something is written, and numbers are given one by one. */
export async function lockByKey(tx: Tx, key: string): Promise<Participation | undefined> {
  if (!isKey(key)) return undefined;
  const { rows } = await sql<Row>`select ${COLUMNS} from contributions.participation where key = ${key} for update`.execute(tx);
  return rows[0] && toParticipation(rows[0]);
}

export async function findByDisplay(db: Sql, displayId: string): Promise<Participation | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from contributions.participation where display_id = ${displayId}`.execute(db);
  return rows[0] && toParticipation(rows[0]);
}

/** A participation with its counts, for lists. */
export type ListedParticipation = Participation & { readonly published: number; readonly open: number };

export interface ListWish {
  readonly limit: number;
  readonly after?: { readonly endsOn: string; readonly id: string } | undefined;
  /** Only those of these authorities; absent: all. */
  readonly authorities?: readonly string[] | undefined;
  /** Only those that end on this day or later. */
  readonly endingFrom?: Temporal.PlainDate | undefined;
  /** Only those that ended before this day. */
  readonly endedBefore?: Temporal.PlainDate | undefined;
}

/** The latest end first. */
export async function listParticipations(db: Sql, { limit, after, authorities, endingFrom, endedBefore }: ListWish): Promise<readonly ListedParticipation[]> {
  const { rows } = await sql<Row & { readonly published: number; readonly open: number }>`select ${COLUMNS},
      (select count(*) from contributions.contribution c where c.participation_id = p.id and c.state = 'published') as published,
      (select count(*) from contributions.contribution c where c.participation_id = p.id and not c.checked)
        + (select count(*) from contributions.comment m join contributions.contribution c on c.id = m.contribution_id
            where c.participation_id = p.id and not m.checked) as open
    from contributions.participation p
    where ${authorities === undefined ? sql`true` : sql`authority = any(${[...authorities]}::text[])`}
      and ${endingFrom === undefined ? sql`true` : sql`ends_on >= ${endingFrom}::date`}
      and ${endedBefore === undefined ? sql`true` : sql`ends_on < ${endedBefore}::date`}
      and ${after === undefined ? sql`true` : sql`(ends_on, id) < (${after.endsOn}::date, ${after.id}::uuid)`}
    order by ends_on desc, id desc limit ${limit}`.execute(db);
  return rows.map(({ published, open, ...row }) => ({ ...toParticipation(row), published, open }));
}

/** @returns `false` when the key or the display is taken */
export async function insertParticipation(tx: Tx, id: string, one: ParticipationFacts, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`insert into contributions.participation
      (id, key, title, text, area, categories, starts_on, ends_on, moderation, authority, display_id, created_at, changed_at)
    values (${id}, ${one.key}, ${one.title}, ${one.text}, ${JSON.stringify(one.area)}::jsonb, ${JSON.stringify(one.categories)}::jsonb,
      ${one.startsOn}, ${one.endsOn}, ${one.moderation}, ${one.authority}, ${one.displayId ?? null}, ${now}, ${now})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length === 1;
}

export async function updateParticipation(tx: Tx, id: string, one: ParticipationFacts, now: Temporal.Instant): Promise<void> {
  await sql`update contributions.participation set title = ${one.title}, text = ${one.text}, area = ${JSON.stringify(one.area)}::jsonb,
    categories = ${JSON.stringify(one.categories)}::jsonb, starts_on = ${one.startsOn}, ends_on = ${one.endsOn}, moderation = ${one.moderation},
    display_id = ${one.displayId ?? null}, changed_at = ${now} where id = ${id}`.execute(tx);
}

export async function countContributions(db: Sql, participationId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from contributions.contribution where participation_id = ${participationId}`.execute(db);
  return rows[0]!.n;
}

/** The next number of a participation; the row is held by the caller or by this. */
export async function nextNumber(tx: Tx, participationId: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`update contributions.participation set last_number = last_number + 1
    where id = ${participationId} returning last_number as number`.execute(tx);
  return rows[0]!.number;
}
