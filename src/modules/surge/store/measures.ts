import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Confirmation, MeasureState } from '../domain/checklist.ts';
import type { OptionFigures } from '../domain/options.ts';
import type { Proposed } from '../domain/proposals.ts';

interface MeasureRow extends Omit<MeasureState, 'confirmation'> {
  readonly confirmation: (Omit<Confirmation, 'at'> & { readonly at: string }) | null;
}

export async function listMeasures(db: Sql, lageId: string): Promise<MeasureState[]> {
  const { rows } =
    await sql<MeasureRow>`select key, due_since as "dueSince", confirmation, task_ref as "taskRef", escalated from surge.measure where lage_id = ${lageId}`.execute(
      db,
    );
  return rows.map((row) => ({ ...row, confirmation: row.confirmation && { ...row.confirmation, at: Temporal.Instant.from(row.confirmation.at) } }));
}

export async function keepMeasure(tx: Tx, lageId: string, { key, dueSince, confirmation, taskRef, escalated }: MeasureState): Promise<void> {
  await sql`insert into surge.measure (lage_id, key, due_since, confirmation, task_ref, escalated)
    values (${lageId}, ${key}, ${dueSince}, ${confirmation === null ? null : JSON.stringify(confirmation)}::jsonb, ${taskRef}, ${escalated})
    on conflict (lage_id, key) do update set due_since = excluded.due_since, confirmation = excluded.confirmation, task_ref = excluded.task_ref,
      escalated = excluded.escalated`.execute(tx);
}

export type ProposalState = 'open' | 'accepted' | 'refused' | 'lapsed';

export interface Proposal extends Proposed {
  readonly id: string;
  readonly raisedAt: Temporal.Instant;
  readonly state: ProposalState;
  readonly decidedAt: Temporal.Instant | null;
  readonly decidedBy: string | null;
  readonly because: string | null;
  readonly taskRef: string | null;
}

const PROPOSAL = sql`id, key, rule, urgency, subject, title, reasons, raised_at as "raisedAt", state, decided_at as "decidedAt", decided_by as "decidedBy", because,
  task_ref as "taskRef"`;

/** The newest first. */
export async function listProposals(
  db: Sql,
  lageId: string,
  { state, limit, after }: { readonly state?: ProposalState | undefined; readonly limit: number; readonly after?: string | undefined },
): Promise<Proposal[]> {
  const { rows } = await sql<Proposal>`select ${PROPOSAL} from surge.proposal where lage_id = ${lageId}
    and (${state ?? null}::text is null or state = ${state ?? null}) and (${after ?? null}::uuid is null or id < ${after ?? null}::uuid)
    order by id desc limit ${limit}`.execute(db);
  return rows;
}

export async function findProposal(db: Sql, lageId: string, id: string): Promise<Proposal | undefined> {
  return (await sql<Proposal>`select ${PROPOSAL} from surge.proposal where lage_id = ${lageId} and id = ${id}`.execute(db)).rows[0];
}

export async function lockProposal(tx: Tx, lageId: string, id: string): Promise<Proposal | undefined> {
  return (await sql<Proposal>`select ${PROPOSAL} from surge.proposal where lage_id = ${lageId} and id = ${id} for update`.execute(tx)).rows[0];
}

/** @returns the keys that were new: what was decided on is not proposed again */
export async function raiseProposals(tx: Tx, lageId: string, found: readonly (Proposed & { readonly id: string })[], now: Temporal.Instant): Promise<string[]> {
  if (found.length === 0) return [];
  const of = (pick: (one: Proposed & { readonly id: string }) => string): string[] => found.map(pick);
  const { rows } = await sql<{ key: string }>`insert into surge.proposal (id, lage_id, key, rule, urgency, subject, title, reasons, raised_at, state)
    select id, ${lageId}::uuid, key, rule, urgency, subject, title, reasons, ${now}::timestamptz, 'open'
    from unnest(${of(({ id }) => id)}::uuid[], ${of(({ key }) => key)}::text[], ${of(({ rule }) => rule)}::text[], ${of(({ urgency }) => urgency)}::text[],
      ${of(({ subject }) => subject)}::text[], ${of(({ title }) => title)}::text[], ${of(({ reasons }) => JSON.stringify(reasons))}::jsonb[])
      as c (id, key, rule, urgency, subject, title, reasons)
    on conflict (lage_id, key) where state <> 'lapsed' do nothing returning key`.execute(tx);
  return rows.map(({ key }) => key);
}

/** Open ones whose reason is gone. @returns how many */
export async function lapseProposals(tx: Tx, lageId: string, stillSo: readonly string[], now: Temporal.Instant): Promise<number> {
  const { rows } = await sql`update surge.proposal set state = 'lapsed', decided_at = ${now} where lage_id = ${lageId} and state = 'open'
    and not (key = any(${[...stillSo]}::text[])) returning 1`.execute(tx);
  return rows.length;
}

export async function decideProposal(
  tx: Tx,
  id: string,
  {
    state,
    at,
    by,
    because,
    taskRef,
  }: { readonly state: 'accepted' | 'refused'; readonly at: Temporal.Instant; readonly by: string; readonly because: string; readonly taskRef: string | null },
): Promise<void> {
  await sql`update surge.proposal set state = ${state}, decided_at = ${at}, decided_by = ${by}, because = ${because}, task_ref = ${taskRef} where id = ${id}`.execute(
    tx,
  );
}

export interface Decision {
  readonly id: string;
  readonly number: number;
  readonly question: string;
  readonly options: readonly OptionFigures[];
  readonly chosen: number;
  readonly because: string;
  readonly decidedAt: Temporal.Instant;
  readonly decidedBy: string;
}

export async function insertDecision(tx: Tx, lageId: string, one: Decision): Promise<void> {
  await sql`insert into surge.decision (id, lage_id, number, question, options, chosen, because, decided_at, decided_by)
    values (${one.id}, ${lageId}, ${one.number}, ${one.question}, ${JSON.stringify(one.options)}::jsonb, ${one.chosen}, ${one.because}, ${one.decidedAt}, ${one.decidedBy})`.execute(
    tx,
  );
}

/** The newest first; `after` is the number the page before ended with. */
export async function listDecisions(
  db: Sql,
  lageId: string,
  { limit, after }: { readonly limit: number; readonly after?: number | undefined },
): Promise<Decision[]> {
  const { rows } =
    await sql<Decision>`select id, number, question, options, chosen, because, decided_at as "decidedAt", decided_by as "decidedBy" from surge.decision
    where lage_id = ${lageId} and (${after ?? null}::integer is null or number < ${after ?? null}::integer) order by number desc limit ${limit}`.execute(db);
  return rows;
}
