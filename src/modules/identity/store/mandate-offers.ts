import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { MandateOffer, NamedOffer } from '../domain/mandate.ts';
import { accountName } from './mandates.ts';

const NAMED = sql`select o.id, o.way, o.asker_id as "askerId", o.holder_id as "holderId", o.email, o.role, o.services, o.receives, o.trust,
    o.valid_from as "validFrom", o.valid_until as "validUntil", o.created_at as "createdAt", o.expires_at as "expiresAt",
    ${accountName('a')} as "askerName", coalesce(a.sources->>'familyName' = 'eid', false) as "askerProven", ${accountName('h')} as "holderName"
  from identity.mandate_offer o join identity.account a on a.id = o.asker_id left join identity.account h on h.id = o.holder_id`;

export async function insertOffer(tx: Tx, offer: MandateOffer, tokenSha256: string): Promise<void> {
  const { id, way, askerId, holderId, email, role, services, receives, trust, validFrom, validUntil, createdAt, expiresAt } = offer;
  await sql`insert into identity.mandate_offer (id, token_sha256, way, asker_id, holder_id, email, role, services, receives, trust, valid_from, valid_until, created_at, expires_at)
    values (${id}, ${tokenSha256}, ${way}, ${askerId}, ${holderId}, ${email}, ${role}, ${services === null ? null : [...services]}::text[], ${receives}, ${trust},
      ${validFrom}::date, ${validUntil}::date, ${createdAt}, ${expiresAt})`.execute(tx);
}

/** What the link is about, while it is good. */
export async function findOffer(db: Sql, tokenSha256: string, now: Temporal.Instant): Promise<NamedOffer | undefined> {
  const found = await sql<NamedOffer>`${NAMED} where o.token_sha256 = ${tokenSha256} and o.expires_at > ${now}
    and a.deleted_at is null and (h.id is null or h.deleted_at is null)`.execute(db);
  return found.rows[0];
}

/** Uses the link up: of several answers exactly one counts. @returns whether this is the one */
export async function takeOffer(tx: Tx, id: string): Promise<boolean> {
  const taken = await sql`delete from identity.mandate_offer where id = ${id}`.execute(tx);
  return Number(taken.numAffectedRows ?? 0) === 1;
}

/** What waits for an answer to this account, or to this organisation; without `now` also what has expired and not been swept. */
export async function listOffersOf(db: Sql, accountId: string, now?: Temporal.Instant): Promise<NamedOffer[]> {
  const rows =
    await sql<NamedOffer>`${NAMED} where ((o.asker_id = ${accountId} and (o.holder_id is null or o.holder_id = ${accountId})) or o.holder_id = ${accountId})
    ${now === undefined ? sql`` : sql`and o.expires_at > ${now}`} order by o.created_at desc, o.id desc limit 200`.execute(db);
  return rows.rows;
}

/** Who may take the offer back: who asked, or whose account it is. */
export async function lockOffer(tx: Tx, id: string): Promise<Pick<MandateOffer, 'id' | 'askerId' | 'holderId'> | undefined> {
  const found = await sql<Pick<MandateOffer, 'id' | 'askerId' | 'holderId'>>`select id, asker_id as "askerId", holder_id as "holderId"
    from identity.mandate_offer where id = ${id} for update`.execute(tx);
  return found.rows[0];
}

const openedSince = (accountId: string, after: Temporal.Instant) => sql`(asker_id = ${accountId} or holder_id = ${accountId}) and created_at > ${after}`;

/** What the account has asked or offered after an instant, also for organisations, and still waits. */
export async function countOffersSince(db: Sql, accountId: string, after: Temporal.Instant, now: Temporal.Instant): Promise<number> {
  const found = await sql<{
    n: number;
  }>`select count(*)::int as n from identity.mandate_offer where ${openedSince(accountId, after)} and expires_at > ${now}`.execute(db);
  return found.rows[0]!.n;
}

/** Takes back what the account has asked or offered after an instant. @returns how many waited */
export async function deleteOffersSince(tx: Tx, accountId: string, after: Temporal.Instant): Promise<number> {
  const done = await sql`delete from identity.mandate_offer where ${openedSince(accountId, after)}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}

export async function deleteOffersOf(tx: Tx, accountId: string): Promise<void> {
  await sql`delete from identity.mandate_offer where asker_id = ${accountId} or holder_id = ${accountId}`.execute(tx);
}
