import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Conversation } from '../domain/conversation.ts';

const COLUMNS = sql`id, title, created_at as "createdAt", changed_at as "changedAt"`;

export async function insertConversation(tx: Tx, owner: string, one: Conversation): Promise<void> {
  await sql`insert into assistant.conversation (id, owner, title, created_at, changed_at) values (${one.id}, ${owner}, ${one.title}, ${one.createdAt}, ${one.changedAt})`.execute(
    tx,
  );
}

/** The owner's own. */
export async function findConversation(db: Sql, owner: string, id: string): Promise<Conversation | undefined> {
  return (await sql<Conversation>`select ${COLUMNS} from assistant.conversation where id = ${id} and owner = ${owner}`.execute(db)).rows[0];
}

/** The last one that was written in comes first. */
export async function listConversations(db: Sql, owner: string, limit: number): Promise<readonly Conversation[]> {
  return (
    await sql<Conversation>`select ${COLUMNS} from assistant.conversation where owner = ${owner} order by changed_at desc, id desc limit ${limit}`.execute(db)
  ).rows;
}

export async function touchConversation(tx: Tx, owner: string, id: string, now: Temporal.Instant): Promise<boolean> {
  return (await sql`update assistant.conversation set changed_at = ${now} where id = ${id} and owner = ${owner} returning 1`.execute(tx)).rows.length === 1;
}

export async function deleteConversation(tx: Tx, owner: string, id: string): Promise<boolean> {
  return (await sql`delete from assistant.conversation where id = ${id} and owner = ${owner} returning 1`.execute(tx)).rows.length === 1;
}

/** @returns ids of what is gone */
export async function deleteConversations(tx: Tx, owner: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`delete from assistant.conversation where owner = ${owner} returning id`.execute(tx);
  return rows.map(({ id }) => id);
}
