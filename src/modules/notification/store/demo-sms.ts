import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export interface DemoSms {
  readonly id: string;
  readonly recipient: string;
  readonly words: string;
  readonly sentAt: Temporal.Instant;
}

/** Keeps a message; the same reference is kept once. @returns its id */
export async function keepDemoSms(tx: Tx, one: DemoSms & { readonly reference: string }): Promise<string> {
  await sql`insert into notification.demo_sms (id, reference, recipient, words, sent_at)
    values (${one.id}, ${one.reference}, ${one.recipient}, ${one.words}, ${one.sentAt}) on conflict (reference) do nothing`.execute(tx);
  return (await sql<{ id: string }>`select id from notification.demo_sms where reference = ${one.reference}`.execute(tx)).rows[0]!.id;
}

export async function listDemoSms(db: Sql): Promise<DemoSms[]> {
  return (await sql<DemoSms>`select id, recipient, words, sent_at as "sentAt" from notification.demo_sms order by sent_at desc, id desc limit 50`.execute(db))
    .rows;
}
