import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { AssistantResult } from '../domain/result.ts';

const COLUMNS = sql`id, entrance, conversation_id as "conversationId", state, title, wish as "order", text, body, made, origin, sources,
  data_class as "dataClass", edited, confirmed_by as "confirmedBy", confirmed_at as "confirmedAt", created_at as "createdAt", changed_at as "changedAt"`;

export async function insertResult(tx: Tx, owner: string, one: AssistantResult): Promise<void> {
  await sql`insert into assistant.result (id, owner, entrance, conversation_id, state, title, wish, text, body, made, origin, sources, data_class, created_at, changed_at)
    values (${one.id}, ${owner}, ${one.entrance}, ${one.conversationId}, ${one.state}, ${one.title}, ${JSON.stringify(one.order)}::jsonb, ${one.text},
      ${JSON.stringify(one.body)}::jsonb, ${one.made}, ${json(one.origin)}::jsonb, ${JSON.stringify(one.sources)}::jsonb, ${one.dataClass}, ${one.createdAt}, ${one.changedAt})`.execute(
    tx,
  );
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** The owner's own. */
export async function findResult(db: Sql, owner: string, id: string): Promise<AssistantResult | undefined> {
  const { rows } = await sql<AssistantResult>`select ${COLUMNS} from assistant.result where id = ${id} and owner = ${owner}`.execute(db);
  return rows[0];
}

export async function lockResult(tx: Tx, owner: string, id: string): Promise<AssistantResult | undefined> {
  const { rows } = await sql<AssistantResult>`select ${COLUMNS} from assistant.result where id = ${id} and owner = ${owner} for update`.execute(tx);
  return rows[0];
}

/** Newest first; turns of conversations stand in their conversation. @param before id of the last one that was seen */
export async function listResults(db: Sql, owner: string, limit: number, before?: string): Promise<readonly AssistantResult[]> {
  const { rows } = await sql<AssistantResult>`select ${COLUMNS} from assistant.result
    where owner = ${owner} and entrance <> 'turn' and ${before === undefined ? sql`true` : sql`id < ${before}::uuid`}
    order by id desc limit ${limit}`.execute(db);
  return rows;
}

/** The turns of a conversation, oldest first. */
export async function turnsOf(db: Sql, owner: string, conversationId: string, limit: number): Promise<readonly AssistantResult[]> {
  const { rows } = await sql<AssistantResult>`select * from (select ${COLUMNS} from assistant.result
    where owner = ${owner} and conversation_id = ${conversationId} order by id desc limit ${limit}) last order by id`.execute(db);
  return rows;
}

type Finished = Pick<AssistantResult, 'state' | 'text' | 'body' | 'origin' | 'sources'>;

/** Ends a running result. @returns `false` when it has ended or is gone */
export async function finishResult(
  tx: Tx,
  owner: string,
  id: string,
  { state, text, body, origin, sources }: Finished,
  now: Temporal.Instant,
): Promise<boolean> {
  const { rows } =
    await sql`update assistant.result set state = ${state}, text = ${text}, body = ${JSON.stringify(body)}::jsonb, origin = ${json(origin)}::jsonb,
    sources = ${JSON.stringify(sources)}::jsonb, changed_at = ${now} where id = ${id} and owner = ${owner} and state = 'running' returning 1`.execute(tx);
  return rows.length === 1;
}

/** A changed text is looked at anew. */
export async function changeText(tx: Tx, owner: string, id: string, text: string, now: Temporal.Instant): Promise<void> {
  await sql`update assistant.result set text = ${text}, edited = true, confirmed_by = null, confirmed_at = null, changed_at = ${now}
    where id = ${id} and owner = ${owner}`.execute(tx);
}

export async function confirmResult(tx: Tx, owner: string, id: string, name: string, now: Temporal.Instant): Promise<void> {
  await sql`update assistant.result set confirmed_by = ${name}, confirmed_at = ${now}, changed_at = ${now} where id = ${id} and owner = ${owner}`.execute(tx);
}

export async function deleteResult(tx: Tx, owner: string, id: string): Promise<boolean> {
  return (await sql`delete from assistant.result where id = ${id} and owner = ${owner} returning 1`.execute(tx)).rows.length === 1;
}

/** What nobody touched since then. @returns how many are gone */
export async function deleteOlder(tx: Tx, before: Temporal.Instant): Promise<number> {
  const conversations = await sql`delete from assistant.conversation where changed_at < ${before} returning 1`.execute(tx);
  const results = await sql`delete from assistant.result where changed_at < ${before} and conversation_id is null returning 1`.execute(tx);
  return conversations.rows.length + results.rows.length;
}
