import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

export interface SwitchRow {
  readonly kind: 'model' | 'use';
  readonly key: string;
  readonly active: boolean;
  readonly changedAt: Temporal.Instant;
}

export interface BoundRow {
  readonly name: string;
  readonly value: number;
}

/** Everything that the administration set, in one question: it is asked for every order. */
export async function readSettings(db: Sql): Promise<{ readonly switches: readonly SwitchRow[]; readonly bounds: readonly BoundRow[] }> {
  const { rows } = await sql<Omit<SwitchRow, 'kind'> & { readonly kind: 'model' | 'use' | 'bound'; readonly value: number }>`
    select kind, key, active, 0 as value, changed_at as "changedAt" from llm.switch
    union all select 'bound', name, true, value, changed_at from llm.bound`.execute(db);
  return {
    switches: rows.flatMap(({ kind, key, active, changedAt }) => (kind === 'bound' ? [] : [{ kind, key, active, changedAt }])),
    bounds: rows.flatMap(({ kind, key, value }) => (kind === 'bound' ? [{ name: key, value }] : [])),
  };
}

export async function saveSwitch(tx: Tx, { kind, key, active, changedAt }: SwitchRow, changedBy: string): Promise<void> {
  await sql`insert into llm.switch (kind, key, active, changed_by, changed_at) values (${kind}, ${key}, ${active}, ${changedBy}, ${changedAt})
    on conflict (kind, key) do update set active = excluded.active, changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(tx);
}

export async function saveBound(tx: Tx, { name, value }: BoundRow, changedBy: string, changedAt: Temporal.Instant): Promise<void> {
  await sql`insert into llm.bound (name, value, changed_by, changed_at) values (${name}, ${value}, ${changedBy}, ${changedAt})
    on conflict (name) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(tx);
}
