import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export interface SwitchRow {
  readonly kind: 'model' | 'use';
  readonly key: string;
  readonly active: boolean;
  readonly changedAt: Temporal.Instant;
}

export async function readSwitches(db: Sql): Promise<SwitchRow[]> {
  const { rows } = await sql<SwitchRow>`select kind, key, active, changed_at as "changedAt" from llm.switch`.execute(db);
  return rows;
}

export async function saveSwitch(tx: Tx, { kind, key, active, changedAt }: SwitchRow, changedBy: string): Promise<void> {
  await sql`insert into llm.switch (kind, key, active, changed_by, changed_at) values (${kind}, ${key}, ${active}, ${changedBy}, ${changedAt})
    on conflict (kind, key) do update set active = excluded.active, changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(tx);
}

export interface BoundRow {
  readonly name: string;
  readonly value: number;
}

export async function readBounds(db: Sql): Promise<BoundRow[]> {
  const { rows } = await sql<BoundRow>`select name, value from llm.bound`.execute(db);
  return rows;
}

export async function saveBound(tx: Tx, { name, value }: BoundRow, changedBy: string, changedAt: Temporal.Instant): Promise<void> {
  await sql`insert into llm.bound (name, value, changed_by, changed_at) values (${name}, ${value}, ${changedBy}, ${changedAt})
    on conflict (name) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(tx);
}
