import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { DatedRule, Reference, SurgeRules } from '../domain/rules.ts';

/** What a Lage keeps of the storm surge beside its lists. */
export interface SurgeLage {
  readonly rules: SurgeRules;
  readonly pinnedAt: Temporal.Instant;
  readonly levelStreamId: number | null;
  readonly levelReference: Reference;
  readonly levelDivisor: number;
  readonly helpersFree: number | null;
}

const COLUMNS = sql`rules, pinned_at as "pinnedAt", level_stream_id as "levelStreamId", level_reference as "levelReference", level_divisor as "levelDivisor",
  helpers_free as "helpersFree"`;

export async function findSurge(db: Sql, lageId: string): Promise<SurgeLage | undefined> {
  return (await sql<SurgeLage>`select ${COLUMNS} from surge.lage where lage_id = ${lageId}`.execute(db)).rows[0];
}

/** Keeps the rules a Lage begins with, once, and holds its row until the commit. */
export async function lockSurge(tx: Tx, lageId: string, rules: SurgeRules, now: Temporal.Instant): Promise<SurgeLage> {
  await sql`insert into surge.lage (lage_id, rules, pinned_at) values (${lageId}, ${JSON.stringify(rules)}::jsonb, ${now}) on conflict (lage_id) do nothing`.execute(
    tx,
  );
  return (await sql<SurgeLage>`select ${COLUMNS} from surge.lage where lage_id = ${lageId} for update`.execute(tx)).rows[0]!;
}

export async function setRules(tx: Tx, lageId: string, rules: SurgeRules, now: Temporal.Instant): Promise<void> {
  await sql`update surge.lage set rules = ${JSON.stringify(rules)}::jsonb, pinned_at = ${now} where lage_id = ${lageId}`.execute(tx);
}

export interface Binding {
  readonly streamId: number | null;
  readonly reference: Reference;
  readonly divisor: number;
}

export async function setBinding(tx: Tx, lageId: string, { streamId, reference, divisor }: Binding): Promise<void> {
  await sql`update surge.lage set level_stream_id = ${streamId}, level_reference = ${reference}, level_divisor = ${divisor} where lage_id = ${lageId}`.execute(
    tx,
  );
}

export async function setHelpers(tx: Tx, lageId: string, helpers: number | null): Promise<void> {
  await sql`update surge.lage set helpers_free = ${helpers} where lage_id = ${lageId}`.execute(tx);
}

/** The next number of a Lage's forecasts or decisions; the row is held already. */
export async function nextNumber(tx: Tx, lageId: string, of: 'last_forecast' | 'last_decision'): Promise<number> {
  const column = sql.ref(of);
  const { rows } = await sql<{ n: number }>`update surge.lage set ${column} = ${column} + 1 where lage_id = ${lageId} returning ${column} as n`.execute(tx);
  return rows[0]!.n;
}

interface RuleRow extends Omit<DatedRule, 'validFrom' | 'recordedAt' | 'checked'> {
  readonly id: string;
  readonly validFrom: string;
  readonly recordedAt: Temporal.Instant;
}

/** What the administration laid down up to a moment; also what will be in force later. */
export async function listRules(db: Sql, until: Temporal.Instant): Promise<(DatedRule & { readonly id: string })[]> {
  const { rows } = await sql<RuleRow>`select id, name, value, unit, valid_from::text as "validFrom", source, recorded_at as "recordedAt" from surge.dated_rule
    where recorded_at <= ${until} order by recorded_at, id`.execute(db);
  return rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toString(), checked: 'by-administration' as const }));
}

export async function insertRule(tx: Tx, id: string, one: DatedRule, by: string, now: Temporal.Instant): Promise<void> {
  await sql`insert into surge.dated_rule (id, name, value, unit, valid_from, source, recorded_at, recorded_by)
    values (${id}, ${one.name}, ${one.value}, ${one.unit}, ${one.validFrom}::date, ${one.source}, ${now}, ${by})`.execute(tx);
}
