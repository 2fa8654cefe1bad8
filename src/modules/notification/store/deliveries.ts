import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { NoticeKind } from '../../../kernel/notice.ts';
import type { Lang } from '../../../kernel/lang.ts';
import type { Channel } from '../domain/channels.ts';

/** One notice on its way through one channel to one address. */
export interface Delivery {
  readonly id: string;
  readonly accountId: string;
  readonly noticeKey: string;
  readonly kind: NoticeKind | 'code';
  readonly channel: Channel;
  readonly target: string;
  /** Of a code only. */
  readonly words: string | null;
  readonly lang: Lang;
  readonly createdAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  readonly attempts: number;
}

/** @returns `false` when this notice has this channel already */
export async function insertDelivery(tx: Tx, one: Omit<Delivery, 'attempts'>): Promise<boolean> {
  const done = await sql`insert into notification.delivery (id, account_id, notice_key, kind, channel, target, words, lang, created_at, due_at)
    values (${one.id}, ${one.accountId}, ${one.noticeKey}, ${one.kind}, ${one.channel}, ${one.target}, ${one.words}, ${one.lang}, ${one.createdAt}, ${one.dueAt})
    on conflict (account_id, notice_key, channel, target) do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** What still waits under this id. */
export async function waitingDelivery(db: Sql, id: string): Promise<Delivery | undefined> {
  const found = await sql<Delivery>`select id, account_id as "accountId", notice_key as "noticeKey", kind, channel, target, words, lang,
    created_at as "createdAt", due_at as "dueAt", attempts from notification.delivery where id = ${id} and state = 'waiting'`.execute(db);
  return found.rows[0];
}

/** How a delivery ended; the words of a code are gone then. */
export async function endDelivery(tx: Tx, id: string, state: 'sent' | 'gone' | 'refused' | 'failed' | 'stale', now: Temporal.Instant): Promise<boolean> {
  const done = await sql`update notification.delivery set state = ${state}, ended_at = ${now}, words = null where id = ${id} and state = 'waiting'`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** @param tries how many are counted with it @returns all tries so far; `undefined` when it waits no more */
export async function postpone(tx: Tx, id: string, dueAt: Temporal.Instant, tries: 0 | 1): Promise<number | undefined> {
  const done = await sql<{ attempts: number }>`update notification.delivery set attempts = attempts + ${tries}::int, due_at = ${dueAt}
    where id = ${id} and state = 'waiting' returning attempts`.execute(tx);
  return done.rows[0]?.attempts;
}

/** Whether the notice has reached the account some other way, or still may. */
export async function reachedOtherwise(tx: Tx, accountId: string, noticeKey: string): Promise<boolean> {
  const found = await sql`select 1 from notification.delivery where account_id = ${accountId} and notice_key = ${noticeKey}
    and state in ('waiting', 'sent') limit 1`.execute(tx);
  return found.rows.length > 0;
}

export async function countSms(db: Sql, accountId: string, since: Temporal.Instant): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from notification.delivery
    where account_id = ${accountId} and channel = 'sms' and created_at > ${since}`.execute(db);
  return found.rows[0]!.n;
}

/** Forgets what ended before, and requests of codes from before `requests`. @returns how many */
export async function forgetOld(tx: Tx, before: Temporal.Instant, requests: Temporal.Instant): Promise<number> {
  const done = [
    await sql`delete from notification.delivery where ended_at < ${before}`.execute(tx),
    await sql`delete from notification.code_request where asked_at < ${requests}`.execute(tx),
    await sql`delete from notification.phone_code where expires_at < ${before}`.execute(tx),
    await sql`delete from notification.demo_sms where sent_at < ${before}`.execute(tx),
    await sql`delete from notification.code_day where day < ${legalDay(before)}`.execute(tx),
  ];
  return done.reduce((sum, one) => sum + Number(one.numAffectedRows ?? 0), 0);
}
