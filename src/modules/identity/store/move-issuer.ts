import { sql } from 'kysely';
import type { Tx } from '../../../platform/database/port.ts';

/**
 * The provider that the city brings along has its address in the city's own. When that changes, whom it vouched
 * for stays who they are. Somebody who is known at the new address already is left alone.
 * @param path of the provider in the city, e.g. `/demo-idp`
 */
export async function moveIssuer(tx: Tx, path: string, issuer: string): Promise<void> {
  const moved = sql`issuer <> ${issuer} and right(issuer, length(${path}::text)) = ${path}`;
  await sql`update identity.eid_link l set issuer = ${issuer} where ${moved}
    and not exists (select 1 from identity.eid_link k where k.issuer = ${issuer} and (k.subject = l.subject or k.account_id = l.account_id))`.execute(tx);
  await sql`update identity.staff s set issuer = ${issuer} where ${moved}
    and not exists (select 1 from identity.staff k where k.issuer = ${issuer} and k.subject = s.subject)`.execute(tx);
}
