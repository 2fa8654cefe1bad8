import { sql } from 'kysely';
import type { Owner } from '../../../kernel/actor.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Message, MessageDocument, MessageText, NewMessage } from '../domain/mailbox.ts';

interface Row {
  id: string;
  case_id: string;
  subject: MessageText;
  body: readonly MessageText[];
  delivered_at: Temporal.Instant;
  notice_sent: boolean;
  opened_at: Temporal.Instant | null;
  documents: readonly { name: string; sha256: string; mediaType: string; retrievedAt: string | null }[] | null;
}

const toMessage = (row: Row): Message => ({
  id: row.id,
  caseId: row.case_id,
  subject: row.subject,
  body: row.body,
  deliveredAt: row.delivered_at,
  noticeSent: row.notice_sent,
  ...(row.opened_at === null ? {} : { openedAt: row.opened_at }),
  documents: (row.documents ?? []).map(({ retrievedAt, ...document }) => ({
    ...document,
    ...(retrievedAt === null ? {} : { retrievedAt: Temporal.Instant.from(retrievedAt) }),
  })),
});

const MESSAGE = sql`select m.id, m.case_id, m.subject, m.body, m.delivered_at, m.notice_sent, m.opened_at,
    (select jsonb_agg(jsonb_build_object('name', d.name, 'sha256', d.sha256, 'mediaType', d.media_type, 'retrievedAt', d.retrieved_at)
      order by d.position) from identity.mailbox_document d where d.message_id = m.id) as documents
  from identity.mailbox_message m`;

/** @returns the id when the message is new; `undefined` when its key had been delivered before */
export async function insertMessage(tx: Tx, id: string, message: NewMessage, at: Temporal.Instant, noticeSent: boolean): Promise<boolean> {
  const inserted = await sql`insert into identity.mailbox_message (id, account_id, case_id, service, delivery_key, subject, body, delivered_at, notice_sent)
    values (${id}, ${message.accountId}, ${message.caseId}, ${message.service ?? null}, ${message.key}, ${message.subject}, ${JSON.stringify(message.body)}, ${at}, ${noticeSent})
    on conflict (delivery_key) do nothing`.execute(tx);
  if (Number(inserted.numAffectedRows ?? 0) === 0) return false;
  for (const [position, document] of message.documents.entries()) {
    await sql`insert into identity.mailbox_document (message_id, position, name, sha256, media_type)
      values (${id}, ${position}, ${document.name}, ${document.sha256}, ${document.mediaType})`.execute(tx);
  }
  return true;
}

/** The delivery kept under `key`, whoever's it is. */
export async function findDelivery(db: Sql, key: string): Promise<{ id: string; deliveredAt: Temporal.Instant; noticeSent: boolean } | undefined> {
  const found = await sql<{ id: string; delivered_at: Temporal.Instant; notice_sent: boolean }>`
    select id, delivered_at, notice_sent from identity.mailbox_message where delivery_key = ${key}`.execute(db);
  const row = found.rows[0];
  return row && { id: row.id, deliveredAt: row.delivered_at, noticeSent: row.notice_sent };
}

/** The messages of the owner: all of the account's, or those about the services of a limited mandate. */
const ownedBy = ({ accountId, services }: Owner) =>
  services === undefined ? sql`m.account_id = ${accountId}` : sql`m.account_id = ${accountId} and m.service = any(${[...services]}::text[])`;

/** The owner's messages, newest first; `before` is the id of the last one already seen. */
export async function listMessages(db: Sql, owner: Owner, limit: number, before?: string): Promise<Message[]> {
  const rows = await sql<Row>`${MESSAGE} where ${ownedBy(owner)}
    ${
      before === undefined
        ? sql``
        : sql`and (m.delivered_at, m.id) < (select b.delivered_at, b.id from identity.mailbox_message b
      where b.id = ${before} and b.account_id = ${owner.accountId})`
    }
    order by m.delivered_at desc, m.id desc limit ${limit}`.execute(db);
  return rows.rows.map(toMessage);
}

/** The message, if it is this owner's. */
export async function findMessage(db: Sql, id: string, owner: Owner): Promise<Message | undefined> {
  const found = await sql<Row>`${MESSAGE} where m.id = ${id} and ${ownedBy(owner)}`.execute(db);
  const row = found.rows[0];
  return row && toMessage(row);
}

/** @returns whether it was unopened until now */
export async function markOpened(tx: Tx, id: string, accountId: string, at: Temporal.Instant): Promise<boolean> {
  const done = await sql`update identity.mailbox_message set opened_at = ${at}
    where id = ${id} and account_id = ${accountId} and opened_at is null`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** A document of a message of this owner. */
export async function findDocument(
  db: Sql,
  messageId: string,
  position: number,
  owner: Owner,
): Promise<(MessageDocument & { retrieved: boolean }) | undefined> {
  const found = await sql<{ name: string; sha256: string; media_type: string; retrieved: boolean }>`
    select d.name, d.sha256, d.media_type, d.retrieved_at is not null as retrieved from identity.mailbox_document d
    join identity.mailbox_message m on m.id = d.message_id
    where m.id = ${messageId} and ${ownedBy(owner)} and d.position = ${position}`.execute(db);
  const row = found.rows[0];
  return row && { name: row.name, sha256: row.sha256, mediaType: row.media_type, retrieved: row.retrieved };
}

/** @returns whether it had not been retrieved before */
export async function markRetrieved(tx: Tx, messageId: string, position: number, at: Temporal.Instant): Promise<boolean> {
  const done = await sql`update identity.mailbox_document set retrieved_at = ${at}
    where message_id = ${messageId} and position = ${position} and retrieved_at is null`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

export async function deleteMessages(tx: Tx, accountId: string): Promise<void> {
  await sql`delete from identity.mailbox_document where message_id in
    (select id from identity.mailbox_message where account_id = ${accountId})`.execute(tx);
  await sql`delete from identity.mailbox_message where account_id = ${accountId}`.execute(tx);
}
