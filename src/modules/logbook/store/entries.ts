import type { LogKind } from '../../../kernel/log.ts';
import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { LogEntry, ReadEntry } from '../domain/entry.ts';

/** Holds the book of a Lage until the commit: whoever writes next waits here. */
export async function holdBook(tx: Tx, lageId: string): Promise<void> {
  await sql`insert into logbook.book as b (lage_id, last_number) values (${lageId}, 0)
    on conflict (lage_id) do update set last_number = b.last_number`.execute(tx);
}

/** The next number of a Lage's log; held until the commit. */
export async function nextNumber(tx: Tx, lageId: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`insert into logbook.book as b (lage_id, last_number) values (${lageId}, 1)
    on conflict (lage_id) do update set last_number = b.last_number + 1 returning last_number as number`.execute(tx);
  return rows[0]!.number;
}

export async function insertEntry(tx: Tx, lageId: string, one: LogEntry): Promise<void> {
  await sql`insert into logbook.entry (id, lage_id, number, kind, text, event_at, written_at, author_id, author, organisation, function, refs, corrects, sha256)
    values (${one.id}, ${lageId}, ${one.number}, ${one.kind}, ${one.text}, ${one.eventAt}, ${one.writtenAt}, ${one.authorId}, ${one.author},
      ${one.organisation}, ${one.function}, ${[...one.refs]}::text[], ${one.corrects}, ${one.sha256})`.execute(tx);
}

const ENTRY = sql`e.id, e.number, e.kind, e.text, e.event_at as "eventAt", e.written_at as "writtenAt", e.author_id as "authorId", e.author,
  e.organisation, e.function, e.refs, e.corrects, e.sha256`;

const LATER = sql`(select max(c.number) from logbook.entry c where c.lage_id = e.lage_id and c.corrects = e.number) as "correctedBy",
  array(select r.number from logbook.entry r where r.lage_id = e.lage_id and r.refs @> array['log:' || e.number] order by r.number limit 50) as "referredBy"`;

/** An id that is kept anywhere, with the Lage it is in. */
export async function findById(tx: Tx, id: string): Promise<(LogEntry & { readonly lageId: string }) | undefined> {
  const { rows } = await sql<LogEntry & { lageId: string }>`select ${ENTRY}, e.lage_id as "lageId" from logbook.entry e where e.id = ${id}`.execute(tx);
  return rows[0];
}

export async function findEntry(db: Sql, lageId: string, number: number): Promise<ReadEntry | undefined> {
  const { rows } = await sql<ReadEntry>`select ${ENTRY}, ${LATER} from logbook.entry e where e.lage_id = ${lageId} and e.number = ${number}`.execute(db);
  return rows[0];
}

export async function knownNumbers(db: Sql, lageId: string, numbers: readonly number[]): Promise<ReadonlySet<number>> {
  if (numbers.length === 0) return new Set();
  const { rows } = await sql<{ number: number }>`select number from logbook.entry
    where lage_id = ${lageId} and number = any(${[...numbers]}::int[])`.execute(db);
  return new Set(rows.map(({ number }) => number));
}

export interface LogQuery {
  /** Entries with a smaller number: the next page of the newest first. */
  readonly before?: number | undefined;
  /** Entries with a larger number, the oldest first: what is new, or the whole book in its order. */
  readonly after?: number | undefined;
  readonly limit: number;
  readonly kinds?: readonly LogKind[] | undefined;
  /** Part of the name, the organisation, or a function. */
  readonly author?: string | undefined;
  readonly from?: Temporal.Instant | undefined;
  readonly until?: Temporal.Instant | undefined;
  readonly text?: string | undefined;
  /** What it names. */
  readonly ref?: string | undefined;
}

/** The sign of LIKE that matches anything is text here. */
const containing = (text: string): string => `%${text.toWellFormed().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

export async function listEntries(db: Sql, lageId: string, query: LogQuery): Promise<ReadEntry[]> {
  const { before, after, limit, kinds, author, from, until, text, ref } = query;
  const when = [
    before === undefined ? undefined : sql`e.number < ${before}`,
    after === undefined ? undefined : sql`e.number > ${after}`,
    kinds === undefined ? undefined : sql`e.kind = any(${[...kinds]}::text[])`,
    author === undefined
      ? undefined
      : sql`(e.author ilike ${containing(author)} or e.organisation ilike ${containing(author)} or lower(e.function) = lower(${author}))`,
    from === undefined ? undefined : sql`e.event_at >= ${from}`,
    until === undefined ? undefined : sql`e.event_at <= ${until}`,
    text === undefined ? undefined : sql`e.text ilike ${containing(text)}`,
    ref === undefined ? undefined : sql`e.refs @> array[${ref}]::text[]`,
  ].filter((one) => one !== undefined);
  const { rows } = await sql<ReadEntry>`select ${ENTRY}, ${LATER} from logbook.entry e
    where ${sql.join([sql`e.lage_id = ${lageId}`, ...when], sql` and `)}
    order by e.number ${after === undefined ? sql`desc` : sql`asc`} limit ${limit}`.execute(db);
  return rows;
}

/** Those with these numbers, for the links between entries. */
export async function entriesByNumber(db: Sql, lageId: string, numbers: readonly number[]): Promise<ReadEntry[]> {
  const { rows } = await sql<ReadEntry>`select ${ENTRY}, ${LATER} from logbook.entry e
    where e.lage_id = ${lageId} and e.number = any(${[...numbers]}::int[]) order by e.number`.execute(db);
  return rows;
}
