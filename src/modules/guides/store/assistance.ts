import { sql } from 'kysely';
import type { Owner } from '../../../kernel/actor.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Assistance, EndReason } from '../domain/assistance.ts';

const COLUMNS = sql`id, draft_id as "draftId", account_id as "accountId", service, answer_until as "answerUntil", staff_id as "staffId",
  consented_at as "consentedAt", runs_until as "runsUntil", ended_at as "endedAt", ended_because as "endedBecause", typed`;

export async function insertAssistance(tx: Tx, one: Assistance, codeHash: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into guides.assistance (id, draft_id, account_id, service, code_hash, answer_until, opened_at)
    values (${one.id}, ${one.draftId}, ${one.accountId}, ${one.service}, ${codeHash}, ${one.answerUntil}, ${now})`.execute(tx);
}

/** Until the transaction ends, nobody else asks for help with this draft. */
export async function holdAsking(tx: Tx, draftId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('guides.assistance'), hashtext(${draftId}))`.execute(tx);
}

/** The help with a draft that nobody has ended, if the draft is this owner's. */
export async function findOpenOf(db: Sql, draftId: string, owner: Owner): Promise<Assistance | undefined> {
  const within = owner.services === undefined ? sql`true` : sql`service = any(${[...owner.services]}::text[])`;
  const { rows } = await sql<Assistance>`select ${COLUMNS} from guides.assistance
    where draft_id = ${draftId} and account_id = ${owner.accountId} and ${within} and ended_at is null`.execute(db);
  return rows[0];
}

/** The newest help with a draft, ended or not, if the draft is this owner's. */
export async function findLatestOf(db: Sql, draftId: string, owner: Owner): Promise<Assistance | undefined> {
  const within = owner.services === undefined ? sql`true` : sql`service = any(${[...owner.services]}::text[])`;
  const { rows } = await sql<Assistance>`select ${COLUMNS} from guides.assistance
    where draft_id = ${draftId} and account_id = ${owner.accountId} and ${within} order by opened_at desc, id desc limit 1`.execute(db);
  return rows[0];
}

/** All help with a draft, the newest first, if the draft is or was this owner's. */
export async function listOf(db: Sql, draftId: string, owner: Owner): Promise<readonly (Assistance & { readonly openedAt: Temporal.Instant })[]> {
  const within = owner.services === undefined ? sql`true` : sql`service = any(${[...owner.services]}::text[])`;
  const { rows } = await sql<Assistance & { readonly openedAt: Temporal.Instant }>`select ${COLUMNS}, opened_at as "openedAt" from guides.assistance
    where draft_id = ${draftId} and account_id = ${owner.accountId} and ${within} order by opened_at desc, id desc limit 50`.execute(db);
  return rows;
}

/** Help that this guide gives or offers. */
export async function findOfGuide(db: Sql, id: string, staffId: string): Promise<Assistance | undefined> {
  const { rows } = await sql<Assistance>`select ${COLUMNS} from guides.assistance where id = ${id} and staff_id = ${staffId}`.execute(db);
  return rows[0];
}

/** What a guide has under way, newest first. */
export async function listOfGuide(db: Sql, staffId: string): Promise<readonly Assistance[]> {
  const { rows } = await sql<Assistance>`select ${COLUMNS} from guides.assistance
    where staff_id = ${staffId} and ended_at is null order by opened_at desc limit 20`.execute(db);
  return rows;
}

export async function lockById(tx: Tx, id: string): Promise<Assistance | undefined> {
  const { rows } = await sql<Assistance>`select ${COLUMNS} from guides.assistance where id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function lockByCode(tx: Tx, codeHash: string): Promise<Assistance | undefined> {
  const { rows } = await sql<Assistance>`select ${COLUMNS} from guides.assistance where code_hash = ${codeHash} for update`.execute(tx);
  return rows[0];
}

/** Help with a draft that nobody has ended; for the city itself. */
export async function findOpenOfDraft(db: Sql, draftId: string): Promise<Assistance | undefined> {
  const { rows } = await sql<Assistance>`select ${COLUMNS} from guides.assistance where draft_id = ${draftId} and ended_at is null`.execute(db);
  return rows[0];
}

/** Help with a draft that is not ended, held; whose the draft is, the caller has found out. */
export async function lockOpenOfDraft(tx: Tx, draftId: string): Promise<Assistance | undefined> {
  const { rows } = await sql<Assistance>`select ${COLUMNS} from guides.assistance where draft_id = ${draftId} and ended_at is null for update`.execute(tx);
  return rows[0];
}

/** All help with a draft: of each, who typed where and when. */
export async function listTyped(db: Sql, draftId: string): Promise<readonly Pick<Assistance, 'id' | 'staffId' | 'typed'>[]> {
  const { rows } = await sql<Pick<Assistance, 'id' | 'staffId' | 'typed'>>`select id, staff_id as "staffId", typed from guides.assistance
    where draft_id = ${draftId} and typed <> '{}'::jsonb order by opened_at`.execute(db);
  return rows;
}

/** The code is used up with this. */
export async function keepOffer(tx: Tx, { id, staffId, answerUntil }: Assistance): Promise<void> {
  await sql`update guides.assistance set staff_id = ${staffId}, answer_until = ${answerUntil}, code_hash = null where id = ${id}`.execute(tx);
}

export async function keepConsent(
  tx: Tx,
  { id, consentedAt, runsUntil }: Assistance,
  sentence: { readonly lang: string; readonly text: string },
): Promise<void> {
  await sql`update guides.assistance set consented_at = ${consentedAt}, runs_until = ${runsUntil}, consent_lang = ${sentence.lang},
    consent_text = ${sentence.text} where id = ${id}`.execute(tx);
}

export async function keepEnd(tx: Tx, id: string, because: EndReason, now: Temporal.Instant): Promise<void> {
  await sql`update guides.assistance set ended_at = ${now}, ended_because = ${because}, code_hash = null where id = ${id} and ended_at is null`.execute(tx);
}

/** Adds to what was typed before. */
export async function keepTyped(tx: Tx, { id, typed }: Pick<Assistance, 'id' | 'typed'>): Promise<void> {
  await sql`update guides.assistance set typed = typed || ${JSON.stringify(typed)}::jsonb where id = ${id}`.execute(tx);
}

/** Help whose time is over and that nobody has ended, held. */
export async function lockLapsed(tx: Tx, now: Temporal.Instant): Promise<readonly Assistance[]> {
  const { rows } = await sql<Assistance>`select ${COLUMNS} from guides.assistance
    where ended_at is null and coalesce(runs_until, answer_until) <= ${now} order by id limit 200 for update skip locked`.execute(tx);
  return rows;
}

/** @returns how many were deleted */
export async function deleteEndedBefore(tx: Tx, before: Temporal.Instant): Promise<number> {
  const { numAffectedRows } = await sql`delete from guides.assistance where ended_at < ${before}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Help that was asked for by an account, as its owner may see it. */
export interface HelpAsked {
  readonly service: string;
  readonly askedAt: string;
  readonly consentedAt: string | null;
  /** The sentence that was agreed to. */
  readonly consentText: string | null;
  readonly endedAt: string | null;
  readonly endedBecause: string | null;
}

export async function selectAsked(db: Sql, accountId: string): Promise<readonly HelpAsked[]> {
  const text = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  const { rows } = await sql<HelpAsked>`select service, ${text('opened_at')} as "askedAt", ${text('consented_at')} as "consentedAt",
    consent_text as "consentText", ${text('ended_at')} as "endedAt", ended_because as "endedBecause"
    from guides.assistance where account_id = ${accountId} order by opened_at, id`.execute(db);
  return rows;
}

export async function deleteAsked(tx: Tx, accountId: string): Promise<void> {
  await sql`delete from guides.assistance where account_id = ${accountId}`.execute(tx);
}
