import type { NamedMandate, NamedOffer } from '../domain/mandate.ts';
import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import { listOffersOf } from './mandate-offers.ts';
import { listMandatesOf } from './mandates.ts';

/** Everything about one account that does not stand in its profile or its messages. */
export interface Holdings {
  readonly createdAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
  readonly passwordLogin: { readonly email: string; readonly changedAt: Temporal.Instant } | undefined;
  readonly eidLinks: readonly {
    readonly issuer: string;
    readonly subject: string;
    readonly trust: string;
    readonly linkedAt: Temporal.Instant;
    readonly usedAt: Temporal.Instant;
  }[];
  readonly passkeys: readonly { readonly label: string; readonly createdAt: Temporal.Instant; readonly usedAt: Temporal.Instant | null }[];
  readonly sessions: readonly {
    readonly method: string;
    readonly deviceKind: string | null;
    readonly createdAt: Temporal.Instant;
    readonly lastSeenAt: Temporal.Instant;
    readonly expiresAt: Temporal.Instant;
  }[];
  readonly mailLinks: readonly {
    readonly purpose: string;
    readonly email: string;
    readonly createdAt: Temporal.Instant;
    readonly expiresAt: Temporal.Instant;
  }[];
  readonly knownDevices: readonly { readonly kind: string; readonly firstSeenAt: Temporal.Instant; readonly lastSeenAt: Temporal.Instant }[];
  /** Without the codes themselves: nobody has them but the person. */
  readonly recoveryCodes: readonly { readonly madeAt: Temporal.Instant; readonly usedAt: Temporal.Instant | null }[];
  readonly recoveries: readonly {
    readonly email: string;
    readonly askedAt: Temporal.Instant;
    readonly readyAt: Temporal.Instant;
    readonly endedAt: Temporal.Instant | null;
    readonly outcome: string | null;
  }[];
  /** Given and held, memberships of organisations included; ended ones too. */
  readonly mandates: readonly NamedMandate[];
  /** Offers and requests without an answer yet. */
  readonly mandateOffers: readonly NamedOffer[];
}

/** What the tables hold of the account, without secrets (hashes of passwords and tokens). */
export async function readHoldings(db: Sql, accountId: string): Promise<Holdings> {
  const account = await sql<Pick<Holdings, 'createdAt' | 'changedAt'>>`select created_at as "createdAt", changed_at as "changedAt"
    from identity.account where id = ${accountId}`.execute(db);
  const login = await sql<NonNullable<Holdings['passwordLogin']>>`select email, changed_at as "changedAt" from identity.password_login
    where account_id = ${accountId}`.execute(db);
  const eidLinks = await sql<Holdings['eidLinks'][number]>`select issuer, subject, trust, linked_at as "linkedAt", used_at as "usedAt"
    from identity.eid_link where account_id = ${accountId} order by linked_at`.execute(db);
  const passkeys = await sql<Holdings['passkeys'][number]>`select label, created_at as "createdAt", used_at as "usedAt"
    from identity.passkey where account_id = ${accountId} order by created_at`.execute(db);
  const sessions = await sql<Holdings['sessions'][number]>`select method, device_kind as "deviceKind", created_at as "createdAt", last_seen_at as "lastSeenAt",
    expires_at as "expiresAt" from identity.session where account_id = ${accountId} order by created_at`.execute(db);
  const mailLinks = await sql<Holdings['mailLinks'][number]>`select purpose, email, created_at as "createdAt", expires_at as "expiresAt"
    from identity.mail_link where account_id = ${accountId} order by created_at`.execute(db);
  const knownDevices = await sql<Holdings['knownDevices'][number]>`select kind, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt"
    from identity.known_device where account_id = ${accountId} order by first_seen_at`.execute(db);
  const recoveryCodes = await sql<Holdings['recoveryCodes'][number]>`select made_at as "madeAt", used_at as "usedAt"
    from identity.recovery_code where account_id = ${accountId} order by made_at, used_at`.execute(db);
  const recoveries = await sql<Holdings['recoveries'][number]>`select email, asked_at as "askedAt", ready_at as "readyAt", ended_at as "endedAt", outcome
    from identity.recovery where account_id = ${accountId} order by asked_at`.execute(db);
  const { createdAt, changedAt } = account.rows[0]!;
  return {
    createdAt,
    changedAt,
    passwordLogin: login.rows[0],
    eidLinks: eidLinks.rows,
    passkeys: passkeys.rows,
    sessions: sessions.rows,
    mailLinks: mailLinks.rows,
    knownDevices: knownDevices.rows,
    recoveryCodes: recoveryCodes.rows,
    recoveries: recoveries.rows,
    mandates: await listMandatesOf(db, accountId),
    mandateOffers: await listOffersOf(db, accountId),
  };
}
