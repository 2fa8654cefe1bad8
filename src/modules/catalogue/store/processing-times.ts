import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';

/** Where the projection stands in the journal. */
export async function readCursor(tx: Tx): Promise<number> {
  const found = await sql<{ seq: number }>`select seq from catalogue.journal_cursor for update`.execute(tx);
  return found.rows[0]!.seq;
}

export async function moveCursor(tx: Tx, seq: number): Promise<void> {
  await sql`update catalogue.journal_cursor set seq = ${seq}`.execute(tx);
}

export async function noteSubmitted(tx: Tx, row: { caseId: string; service: string; authority: string; at: Temporal.Instant }): Promise<void> {
  await sql`insert into catalogue.processing_time (case_id, service, authority, submitted_at)
    values (${row.caseId}, ${row.service}, ${row.authority}, ${row.at}) on conflict (case_id) do nothing`.execute(tx);
}

export async function noteDecided(tx: Tx, caseId: string, at: Temporal.Instant): Promise<void> {
  await sql`update catalogue.processing_time set decided_at = ${at} where case_id = ${caseId} and decided_at is null`.execute(tx);
}

/** Measured duration of closed cases of the last year. */
export interface ProcessingTime {
  readonly cases: number;
  /** Absent below `FEWEST_CASES`: unknown is shown as unknown. */
  readonly medianDays?: number;
  readonly p80Days?: number;
}

const FEWEST_CASES = 5;

export async function readProcessingTime(db: Sql, service: string, since: Temporal.Instant): Promise<ProcessingTime> {
  const found = await sql<Measured>`select ${MEASURED} from catalogue.processing_time where service = ${service} and decided_at >= ${since}`.execute(db);
  return present(found.rows[0]!);
}

/** The same of every service. */
export interface ServiceTime extends ProcessingTime {
  readonly service: string;
}

export async function readProcessingTimes(db: Sql, since: Temporal.Instant): Promise<ServiceTime[]> {
  const found = await sql<Measured & { service: string }>`select service, ${MEASURED} from catalogue.processing_time
    where decided_at >= ${since} group by service order by service`.execute(db);
  return found.rows.map((row) => ({ service: row.service, ...present(row) }));
}

interface Measured {
  readonly cases: number;
  readonly median: number | null;
  readonly p80: number | null;
}

const MEASURED = sql`count(*) as cases,
  percentile_cont(0.5) within group (order by extract(epoch from decided_at - submitted_at) / 86400) as median,
  percentile_cont(0.8) within group (order by extract(epoch from decided_at - submitted_at) / 86400) as p80`;

function present({ cases, median, p80 }: Measured): ProcessingTime {
  if (cases < FEWEST_CASES || median === null || p80 === null) return { cases };
  return { cases, medianDays: median, p80Days: p80 };
}
