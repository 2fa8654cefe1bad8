import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';

/** A payment in the demo provider's books. */
export interface DemoCheckout {
  readonly id: string;
  /** The merchant's id of it. */
  readonly idempotencyKey: string;
  readonly amountCents: number;
  readonly reference: string;
  readonly returnUrl: string;
  readonly notifyUrl: string;
  readonly state: 'pending' | 'succeeded' | 'declined' | 'cancelled';
  readonly messageId: string;
  readonly settledOn: Temporal.PlainDate | null;
}

const columns = sql`id, idempotency_key as "idempotencyKey", amount_cents as "amountCents", reference, return_url as "returnUrl",
  notify_url as "notifyUrl", state, message_id as "messageId", settled_on as "settledOn"`;

/** Keeps a new payment, or gives the one made under this key before. */
export async function openCheckout(db: Sql, checkout: Omit<DemoCheckout, 'state' | 'settledOn'>): Promise<DemoCheckout> {
  await sql`insert into payment.demo_checkout (id, idempotency_key, amount_cents, reference, return_url, notify_url, state, message_id)
    values (${checkout.id}, ${checkout.idempotencyKey}, ${checkout.amountCents}, ${checkout.reference}, ${checkout.returnUrl}, ${checkout.notifyUrl}, 'pending', ${checkout.messageId})
    on conflict (idempotency_key) do nothing`.execute(db);
  return (await sql<DemoCheckout>`select ${columns} from payment.demo_checkout where idempotency_key = ${checkout.idempotencyKey}`.execute(db)).rows[0]!;
}

export async function findCheckout(db: Sql, id: string): Promise<DemoCheckout | undefined> {
  return (await sql<DemoCheckout>`select ${columns} from payment.demo_checkout where id = ${id}`.execute(db)).rows[0];
}

/** Ends a pending payment. @returns false when it had ended before */
export async function endCheckout(db: Sql, id: string, state: DemoCheckout['state'], on: Temporal.PlainDate): Promise<boolean> {
  const updated = await sql`update payment.demo_checkout set state = ${state}, settled_on = ${on} where id = ${id} and state = 'pending'`.execute(db);
  return Number(updated.numAffectedRows ?? 0) === 1;
}
