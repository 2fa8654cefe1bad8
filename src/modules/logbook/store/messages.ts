import type { Direction } from '../../../kernel/log.ts';
import { sql, type RawBuilder } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Message, ReadMessage, Step } from '../domain/message.ts';

export async function holdMessages(tx: Tx, lageId: string): Promise<void> {
  await sql`insert into logbook.message_book as b (lage_id, last_number) values (${lageId}, 0)
    on conflict (lage_id) do update set last_number = b.last_number`.execute(tx);
}

export async function nextMessageNumber(tx: Tx, lageId: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`update logbook.message_book set last_number = last_number + 1 where lage_id = ${lageId}
    returning last_number as number`.execute(tx);
  return rows[0]!.number;
}

export async function insertMessage(tx: Tx, lageId: string, one: Message): Promise<void> {
  await sql`insert into logbook.message (id, lage_id, number, direction, priority, channel, call_sign, addressee, conversation, content, written_at, sender,
      sign, sender_function, wants_receipt, refs, taken_at, taken_by_id, taken_by, taken_by_function, log_number, sha256)
    values (${one.id}, ${lageId}, ${one.number}, ${one.direction}, ${one.priority}, ${one.channel}, ${one.callSign}, ${one.addressee}, ${one.conversation},
      ${one.content}, ${one.writtenAt}, ${one.sender}, ${one.sign}, ${one.senderFunction}, ${one.wantsReceipt}, ${[...one.refs]}::text[], ${one.takenAt},
      ${one.takenById}, ${one.takenBy}, ${one.takenByFunction}, ${one.logNumber}, ${one.sha256})`.execute(tx);
}

export async function insertSteps(tx: Tx, lageId: string, steps: readonly Step[]): Promise<void> {
  for (const one of steps)
    await sql`insert into logbook.message_step (lage_id, message_id, place, kind, copy, to_function, ref, note, at, by_id, by_name, by_function, sha256)
      values (${lageId}, ${one.messageId}, ${one.place}, ${one.kind}, ${one.copy}, ${one.toFunction}, ${one.ref}, ${one.note}, ${one.at}, ${one.byId},
        ${one.by}, ${one.byFunction}, ${one.sha256})`.execute(tx);
}

const MESSAGE = sql`m.id, m.number, m.direction, m.priority, m.channel, m.call_sign as "callSign", m.addressee, m.conversation, m.content,
  m.written_at as "writtenAt", m.sender, m.sign, m.sender_function as "senderFunction", m.wants_receipt as "wantsReceipt", m.refs,
  m.taken_at as "takenAt", m.taken_by_id as "takenById", m.taken_by as "takenBy", m.taken_by_function as "takenByFunction",
  m.log_number as "logNumber", m.sha256`;
const STEP = sql`s.message_id as "messageId", s.place, s.kind, s.copy, s.to_function as "toFunction", s.ref, s.note, s.at, s.by_id as "byId",
  s.by_name as by, s.by_function as "byFunction", s.sha256`;

async function withSteps(db: Sql, lageId: string, messages: readonly Message[]): Promise<ReadMessage[]> {
  if (messages.length === 0) return [];
  const { rows } = await sql<Step>`select ${STEP} from logbook.message_step s
    where s.lage_id = ${lageId} and s.message_id = any(${messages.map(({ id }) => id)}::uuid[]) order by s.message_id, s.place`.execute(db);
  const of = Map.groupBy(rows, ({ messageId }) => messageId);
  return messages.map((message) => ({ ...message, steps: of.get(message.id) ?? [] }));
}

/** What a person may see of the messages. */
export type MessageReader = { readonly all: true } | { readonly all: false; readonly memberId: string; readonly function: string };

function visible(reader: MessageReader): RawBuilder<boolean> {
  if (reader.all) return sql<boolean>`true`;
  return sql<boolean>`(m.taken_by_id = ${reader.memberId} or exists (select 1 from logbook.message_step s
    where s.lage_id = m.lage_id and s.message_id = m.id and s.to_function = ${reader.function}))`;
}

export async function findMessage(db: Sql, lageId: string, id: string, reader: MessageReader): Promise<ReadMessage | undefined> {
  const { rows } = await sql<Message>`select ${MESSAGE} from logbook.message m where m.lage_id = ${lageId} and m.id = ${id} and ${visible(reader)}`.execute(db);
  return (await withSteps(db, lageId, rows))[0];
}

/** As `findMessage`, held until the commit: somebody is about to add a step. */
export async function lockMessage(tx: Tx, lageId: string, id: string, reader: MessageReader): Promise<ReadMessage | undefined> {
  const { rows } = await sql<Message>`select ${MESSAGE} from logbook.message m
    where m.lage_id = ${lageId} and m.id = ${id} and ${visible(reader)} for update`.execute(tx);
  return (await withSteps(tx, lageId, rows))[0];
}

export interface MessageQuery {
  readonly limit: number;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly direction?: Direction | undefined;
  /** Given to this function. */
  readonly inbox?: string | undefined;
  /** With `inbox`: and not read by it. */
  readonly unread?: boolean | undefined;
  /** Urgent, taken before these times, and not settled. */
  readonly overdue?: { readonly blitz: Temporal.Instant; readonly sofort: Temporal.Instant } | undefined;
  readonly text?: string | undefined;
}

const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

const READ = sql`exists (select 1 from logbook.message_step r where r.lage_id = m.lage_id and r.message_id = m.id and r.kind in ('gelesen', 'quittung', 'erledigt')`;

function overdueBefore({ blitz, sofort }: NonNullable<MessageQuery['overdue']>): RawBuilder<boolean> {
  return sql<boolean>`((m.priority = 'blitz' and m.taken_at < ${blitz}) or (m.priority = 'sofort' and m.taken_at < ${sofort}))
    and not exists (select 1 from logbook.message_step s where s.lage_id = m.lage_id and s.message_id = m.id
      and s.kind = any(case m.direction when 'in' then array['quittung', 'erledigt'] else array['befoerderung', 'erledigt'] end))`;
}

export async function listMessages(db: Sql, lageId: string, reader: MessageReader, query: MessageQuery): Promise<ReadMessage[]> {
  const { limit, before, after, direction, inbox, unread, overdue, text } = query;
  const when = [
    before === undefined ? undefined : sql`m.number < ${before}`,
    after === undefined ? undefined : sql`m.number > ${after}`,
    direction === undefined ? undefined : sql`m.direction = ${direction}`,
    inbox === undefined
      ? undefined
      : sql`exists (select 1 from logbook.message_step s where s.lage_id = m.lage_id and s.message_id = m.id and s.to_function = ${inbox})`,
    unread === true && inbox !== undefined ? sql`not ${READ} and r.by_function = ${inbox})` : undefined,
    overdue === undefined ? undefined : overdueBefore(overdue),
    text === undefined ? undefined : sql`(m.content ilike ${containing(text)} or m.sender ilike ${containing(text)} or m.addressee ilike ${containing(text)})`,
  ].filter((one) => one !== undefined);
  const { rows } = await sql<Message>`select ${MESSAGE} from logbook.message m
    where ${sql.join([sql`m.lage_id = ${lageId}`, visible(reader), ...when], sql` and `)}
    order by m.number ${after === undefined ? sql`desc` : sql`asc`} limit ${limit}`.execute(db);
  return withSteps(db, lageId, rows);
}

/** How many messages lie unread with each function. */
export async function countUnread(db: Sql, lageId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ function: string; count: number }>`select g.to_function as function, count(*)::int as count
    from (select distinct message_id, to_function from logbook.message_step where lage_id = ${lageId} and to_function is not null) g
    where not exists (select 1 from logbook.message_step r where r.lage_id = ${lageId} and r.message_id = g.message_id
      and r.by_function = g.to_function and r.kind in ('gelesen', 'quittung', 'erledigt'))
    group by g.to_function`.execute(db);
  return new Map(rows.map((row) => [row.function, row.count]));
}
