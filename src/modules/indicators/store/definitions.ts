import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** A version as it is kept; what `body` holds is the application's matter. */
export interface DefinitionRow {
  readonly key: string;
  readonly version: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly changedAt: Temporal.Instant;
  readonly changedBy: string;
}

const COLUMNS = sql`key, version, body, reason, changed_at as "changedAt", changed_by as "changedBy"`;

/** The newest version of each. */
export async function newestDefinitions(db: Sql): Promise<readonly DefinitionRow[]> {
  return (await sql<DefinitionRow>`select distinct on (key) ${COLUMNS} from indicators.definition order by key, version desc`.execute(db)).rows;
}

/** Every version of one, the newest first. */
export async function versionsOf(db: Sql, key: string): Promise<readonly DefinitionRow[]> {
  return (await sql<DefinitionRow>`select ${COLUMNS} from indicators.definition where key = ${key} order by version desc`.execute(db)).rows;
}

/** Nobody else changes a definition until the transaction ends: circles are looked for among all of them. */
export async function lockDefinitions(tx: Tx): Promise<void> {
  await sql`lock table indicators.definition in share row exclusive mode`.execute(tx);
}

/** @returns false where somebody else has made this version already */
export async function insertDefinition(tx: Tx, row: DefinitionRow): Promise<boolean> {
  const done = await sql`insert into indicators.definition (key, version, body, reason, changed_at, changed_by)
    values (${row.key}, ${row.version}, ${JSON.stringify(row.body)}::jsonb, ${row.reason}, ${row.changedAt}, ${row.changedBy})
    on conflict (key, version) do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}
