import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { CaseStatus } from '../domain/status.ts';

/** Notes that a case has come to a status; the stay before it ends. */
export async function noteStatus(tx: Tx, caseId: string, status: CaseStatus, at: Temporal.Instant, isNew: boolean): Promise<void> {
  if (!isNew) await sql`update procedure.stay set ended_at = ${at} where case_id = ${caseId} and ended_at is null`.execute(tx);
  await sql`insert into procedure.stay (case_id, began_at, status) values (${caseId}, ${at}, ${status})
    on conflict (case_id, began_at, status) do update set ended_at = null`.execute(tx);
}

/** Where a case stood, the latest first. */
export async function readStays(db: Sql, caseId: string): Promise<{ readonly status: CaseStatus; readonly beganAt: Temporal.Instant }[]> {
  const rows = await sql<{ status: CaseStatus; beganAt: Temporal.Instant }>`select status, began_at as "beganAt" from procedure.stay
    where case_id = ${caseId} order by began_at desc, ended_at desc nulls first`.execute(db);
  return rows.rows;
}

/** The first decision of a case. */
export interface FirstDecision {
  readonly caseId: string;
  readonly decidedAt: Temporal.Instant;
  readonly dueOn: string | undefined;
  readonly onTime: boolean | undefined;
  readonly automated: boolean;
}

export async function noteDecision(
  tx: Tx,
  { caseId, decidedAt, dueOn = null, onTime = null, automated }: { [K in keyof FirstDecision]: FirstDecision[K] | null },
): Promise<void> {
  await sql`insert into procedure.outcome (case_id, decided_at, due_on, on_time, automated)
    values (${caseId}, ${decidedAt}, ${dueOn}, ${onTime}, ${automated}) on conflict (case_id) do nothing`.execute(tx);
}

/** Measured figures of one service. Durations in days. */
export interface ServiceFigures {
  readonly service: string;
  readonly submitted: number;
  /** Of them, from other systems. */
  readonly fromElsewhere: number;
  readonly decided: number;
  readonly open: number;
  readonly medianDays: number | null;
  readonly p90Days: number | null;
  /** Of the decisions with a period. */
  readonly due: number;
  readonly onTime: number;
  readonly automated: number;
}

export interface StatisticsFilter {
  readonly authorities: readonly string[];
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/**
 * Figures by service: what came in and what was first decided in the time, and what is open now. A file that was taken
 * over closed is no work that came in.
 */
export async function figuresByService(db: Sql, { authorities, from, to }: StatisticsFilter): Promise<ServiceFigures[]> {
  const rows = await sql<ServiceFigures>`
    select c.service,
      count(*) filter (where c.submitted_at >= ${from} and c.submitted_at < ${to} and c.status <> 'abgeschlossen') as submitted,
      count(*) filter (where c.submitted_at >= ${from} and c.submitted_at < ${to} and c.status <> 'abgeschlossen' and c.state->>'origin' <> 'amt') as "fromElsewhere",
      count(o.case_id) filter (where o.decided_at >= ${from} and o.decided_at < ${to}) as decided,
      count(*) filter (where o.case_id is null and c.status not in ('zurueckgenommen', 'abgeschlossen')) as open,
      percentile_cont(0.5) within group (order by extract(epoch from o.decided_at - c.submitted_at) / 86400)
        filter (where o.decided_at >= ${from} and o.decided_at < ${to}) as "medianDays",
      percentile_cont(0.9) within group (order by extract(epoch from o.decided_at - c.submitted_at) / 86400)
        filter (where o.decided_at >= ${from} and o.decided_at < ${to}) as "p90Days",
      count(*) filter (where o.on_time is not null and o.decided_at >= ${from} and o.decided_at < ${to}) as due,
      count(*) filter (where o.on_time and o.decided_at >= ${from} and o.decided_at < ${to}) as "onTime",
      count(*) filter (where o.automated and o.decided_at >= ${from} and o.decided_at < ${to}) as automated
    from procedure.case_file c left join procedure.outcome o on o.case_id = c.id
    where c.authority = any(${[...authorities]}::text[])
    group by c.service order by c.service`.execute(db);
  return rows.rows;
}

/** How long cases of a service stayed in a status, of the stays that ended in the time. Durations in days. */
export interface StepFigures {
  readonly service: string;
  readonly status: CaseStatus;
  readonly stays: number;
  readonly medianDays: number;
  readonly totalDays: number;
}

export async function figuresByStep(db: Sql, { authorities, from, to }: StatisticsFilter): Promise<StepFigures[]> {
  const rows = await sql<StepFigures>`
    select c.service, s.status, count(*) as stays,
      percentile_cont(0.5) within group (order by extract(epoch from s.ended_at - s.began_at) / 86400) as "medianDays",
      sum(extract(epoch from s.ended_at - s.began_at) / 86400) as "totalDays"
    from procedure.stay s join procedure.case_file c on c.id = s.case_id
    where s.ended_at >= ${from} and s.ended_at < ${to} and c.authority = any(${[...authorities]}::text[])
    group by c.service, s.status order by c.service, s.status`.execute(db);
  return rows.rows;
}
