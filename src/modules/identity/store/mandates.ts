import { sql } from 'kysely';
import type { Lang } from '../../../kernel/lang.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { ActedFor, Mandate, MemberRole, NamedMandate } from '../domain/mandate.ts';

/** What an account is called; an account that was deleted has no name. */
export const accountName = (table: string) => sql.raw(`coalesce(${table}.organisation->>'name', ${table}.given_name || ' ' || ${table}.family_name)`);

/** Whether the mandate `m` is in force on a legal day. */
export const inForce = (day: Temporal.PlainDate) =>
  sql`m.ended_at is null and m.valid_from <= ${day}::date and (m.valid_until is null or m.valid_until >= ${day}::date)`;

const NAMED = sql`select m.id, m.kind, m.holder_id as "holderId", m.agent_id as "agentId", m.role, m.services, m.receives, m.writes, m.trust,
    m.valid_from as "validFrom", m.valid_until as "validUntil", m.granted_at as "grantedAt", m.granted_by as "grantedBy", m.ended_at as "endedAt",
    coalesce(${accountName('h')}, '–') as "holderName", coalesce(${accountName('a')}, '–') as "agentName",
    coalesce(a.sources->>'familyName' = 'eid', false) as "agentProven"
  from identity.mandate m join identity.account h on h.id = m.holder_id join identity.account a on a.id = m.agent_id`;

/** @returns `false` when the person already is a member of the organisation */
export async function insertMandate(tx: Tx, mandate: Omit<Mandate, 'endedAt'>): Promise<boolean> {
  const { id, kind, holderId, agentId, role, services, receives, writes, trust, validFrom, validUntil, grantedAt, grantedBy } = mandate;
  const done =
    await sql`insert into identity.mandate (id, kind, holder_id, agent_id, role, services, receives, writes, trust, valid_from, valid_until, granted_at, granted_by)
    values (${id}, ${kind}, ${holderId}, ${agentId}, ${role}, ${services === null ? null : [...services]}::text[], ${receives}, ${writes}, ${trust},
      ${validFrom}::date, ${validUntil}::date, ${grantedAt}, ${grantedBy}) on conflict do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/** The mandate, whatever has become of it, locked until the transaction ends. */
export async function lockMandate(tx: Tx, id: string): Promise<NamedMandate | undefined> {
  const found = await sql<NamedMandate>`${NAMED} where m.id = ${id} for update of m`.execute(tx);
  return found.rows[0];
}

/** What the person may use on this day, for choosing whom to act for. */
export async function findInForce(db: Sql, id: string, agentId: string, day: Temporal.PlainDate): Promise<NamedMandate | undefined> {
  const found = await sql<NamedMandate>`${NAMED} where m.id = ${id} and m.agent_id = ${agentId} and h.deleted_at is null and ${inForce(day)}`.execute(db);
  return found.rows[0];
}

/** Every mandate that the account has given or holds, newest first. */
export async function listMandatesOf(db: Sql, accountId: string): Promise<NamedMandate[]> {
  const rows = await sql<NamedMandate>`${NAMED} where m.holder_id = ${accountId} or m.agent_id = ${accountId}
    order by m.granted_at desc, m.id desc limit 500`.execute(db);
  return rows.rows;
}

/** @returns whether it was not ended before */
export async function endMandate(tx: Tx, id: string, by: string, now: Temporal.Instant): Promise<boolean> {
  const done = await sql`update identity.mandate set ended_at = ${now}, ended_by = ${by} where id = ${id} and ended_at is null`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}

/**
 * What the account `by` has given since an instant, for itself and for organisations; and what those it let into an
 * organisation have given there since, whether they are still in it or not.
 */
const givenSince = (by: string, after: Temporal.Instant) => sql`with recursive given as (
  select id, holder_id, agent_id from identity.mandate where granted_by = ${by} and granted_at > ${after}
  union select m.id, m.holder_id, m.agent_id from identity.mandate m join given g on m.granted_by = g.agent_id and m.holder_id = g.holder_id
    where m.granted_at > ${after} and m.agent_id <> ${by})`;

/** What was given in the name of the account since an instant, as `givenSince`; what is ended is left out. */
export async function listGivenSince(db: Sql, by: string, after: Temporal.Instant): Promise<NamedMandate[]> {
  const rows = await sql<NamedMandate>`${givenSince(by, after)} ${NAMED}
    where m.id in (select id from given) and m.ended_at is null order by m.granted_at desc, m.id desc limit 500`.execute(db);
  return rows.rows;
}

/** Ends all of it; but an organisation that nobody else manages keeps who does. */
export async function endMandatesSince(tx: Tx, by: string, after: Temporal.Instant, now: Temporal.Instant): Promise<{ id: string; agentId: string }[]> {
  const done = await sql<{ id: string; agentId: string }>`${givenSince(by, after)} update identity.mandate m set ended_at = ${now}, ended_by = ${by}
    where m.id in (select id from given) and m.ended_at is null and (m.role is distinct from 'verwaltung' or exists (
      select 1 from identity.mandate o where o.holder_id = m.holder_id and o.role = 'verwaltung' and o.ended_at is null and o.id not in (select id from given)))
    returning m.id, m.agent_id as "agentId"`.execute(tx);
  return done.rows;
}

/** Ends everything that the account gave or holds. @returns the ids of what was ended */
export async function endMandatesOf(tx: Tx, accountId: string, by: string, now: Temporal.Instant): Promise<string[]> {
  const done = await sql<{ id: string }>`update identity.mandate set ended_at = ${now}, ended_by = ${by}
    where (holder_id = ${accountId} or agent_id = ${accountId}) and ended_at is null returning id`.execute(tx);
  return done.rows.map(({ id }) => id);
}

/** The person's place in an organisation that still stands, locked with all others of it: roles change one after the other. */
export async function lockMembers(tx: Tx, organisationId: string): Promise<NamedMandate[]> {
  await sql`select 1 from identity.account where id = ${organisationId} for update`.execute(tx);
  return listMembers(tx, organisationId);
}

export async function listMembers(db: Sql, organisationId: string): Promise<NamedMandate[]> {
  const rows = await sql<NamedMandate>`${NAMED} where m.holder_id = ${organisationId} and m.kind = 'mitglied' and m.ended_at is null
    order by m.granted_at, m.id`.execute(db);
  return rows.rows;
}

export async function setRole(tx: Tx, id: string, { role, receives, writes }: { role: MemberRole; receives: boolean; writes: boolean }): Promise<void> {
  await sql`update identity.mandate set role = ${role}, receives = ${receives}, writes = ${writes} where id = ${id} and ended_at is null`.execute(tx);
}

/** Organisations in which the person is the only one with `verwaltung`. */
export async function solelyManaged(db: Sql, agentId: string): Promise<string[]> {
  const rows = await sql<{
    name: string;
  }>`select coalesce(h.organisation->>'name', '–') as name from identity.mandate m join identity.account h on h.id = m.holder_id
    where m.agent_id = ${agentId} and m.role = 'verwaltung' and m.ended_at is null and h.deleted_at is null
      and not exists (select 1 from identity.mandate o where o.holder_id = m.holder_id and o.role = 'verwaltung' and o.ended_at is null and o.id <> m.id)
    order by name`.execute(db);
  return rows.rows.map(({ name }) => name);
}

/** Who acted under these mandates, for histories; also when they have ended since. */
export async function namesUnder(db: Sql, mandateIds: readonly string[]): Promise<Map<string, ActedFor>> {
  if (mandateIds.length === 0) return new Map();
  const rows = await sql<ActedFor & { id: string }>`select m.id, m.kind, ${accountName('h')} as holder, ${accountName('a')} as agent
    from identity.mandate m join identity.account h on h.id = m.holder_id join identity.account a on a.id = m.agent_id
    where m.id = any(${[...new Set(mandateIds)]}::uuid[])`.execute(db);
  return new Map(rows.rows.map(({ id, ...rest }) => [id, rest]));
}

/** Those who receive the holder's post about a service, with their confirmed e-mail where they have one. */
export async function receiversOf(
  db: Sql,
  holderId: string,
  service: string | undefined,
  day: Temporal.PlainDate,
): Promise<{ accountId: string; email: string | null; lang: Lang | null }[]> {
  const rows = await sql<{ accountId: string; email: string | null; lang: Lang | null }>`select distinct a.id as "accountId",
      case when a.email_confirmed_at is null then null else a.email end as email, a.lang
    from identity.mandate m join identity.account a on a.id = m.agent_id
    where m.holder_id = ${holderId} and m.receives and (m.services is null or ${service ?? null}::text = any(m.services)) and ${inForce(day)}
      and a.deleted_at is null order by "accountId"`.execute(db);
  return rows.rows;
}

/** As `receiversOf`, the other way round: whose post the account receives on a day, and about which services; `null`: all. */
export async function sendersOf(
  db: Sql,
  agentId: string,
  day: Temporal.PlainDate,
): Promise<{ readonly holderId: string; readonly services: readonly string[] | null }[]> {
  const rows = await sql<{ holderId: string; services: readonly string[] | null }>`select m.holder_id as "holderId", m.services
    from identity.mandate m join identity.account a on a.id = m.agent_id
    where m.agent_id = ${agentId} and m.receives and ${inForce(day)} and a.deleted_at is null order by m.id`.execute(db);
  return rows.rows;
}

/** Mandates in force of persons that end from one day to another, of one account or of all. */
export async function endingMandates(
  db: Sql,
  span: { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate; readonly accountId?: string },
): Promise<{ id: string; holderId: string; agentId: string; validUntil: Temporal.PlainDate }[]> {
  const mine = span.accountId === undefined ? sql`` : sql`and (holder_id = ${span.accountId} or agent_id = ${span.accountId})`;
  const rows = await sql<{ id: string; holderId: string; agentId: string; validUntil: Temporal.PlainDate }>`
    select id, holder_id as "holderId", agent_id as "agentId", valid_until as "validUntil" from identity.mandate
    where ended_at is null and valid_until between ${span.from}::date and ${span.until}::date ${mine} order by valid_until, id`.execute(db);
  return rows.rows;
}
