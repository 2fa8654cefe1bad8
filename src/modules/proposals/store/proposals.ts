import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Proposal, Settled } from '../domain/proposal.ts';

type Row = Omit<Proposal, 'origin' | 'decisionId' | 'settled' | 'settledAt' | 'settledBy'> & {
  readonly origin: Proposal['origin'] | null;
  readonly decisionId: string | null;
  readonly settled: readonly Settled[] | null;
  readonly settledAt: Temporal.Instant | null;
  readonly settledBy: string | null;
};

const COLUMNS = sql`id, case_id as "caseId", kind, items, notes, origin, made_at as "madeAt", made_by as "madeBy", decision_id as "decisionId", settled,
  settled_at as "settledAt", settled_by as "settledBy"`;

function proposalOf({ origin, decisionId, settled, settledAt, settledBy, ...row }: Row): Proposal {
  return {
    ...row,
    ...(origin === null ? {} : { origin }),
    ...(decisionId === null ? {} : { decisionId }),
    ...(settled === null || settledAt === null || settledBy === null ? {} : { settled, settledAt, settledBy }),
  };
}

export async function insertProposal(tx: Tx, one: Proposal): Promise<void> {
  await sql`insert into proposals.proposal (id, case_id, kind, items, notes, origin, made_at, made_by, decision_id)
    values (${one.id}, ${one.caseId}, ${one.kind}, ${JSON.stringify(one.items)}::jsonb, ${[...one.notes]}::text[],
      ${one.origin === undefined ? null : JSON.stringify(one.origin)}::jsonb, ${one.madeAt}, ${one.madeBy}, ${one.decisionId ?? null})`.execute(tx);
}

export async function findProposal(db: Sql, caseId: string, id: string): Promise<Proposal | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from proposals.proposal where case_id = ${caseId} and id = ${id}`.execute(db);
  return rows[0] && proposalOf(rows[0]);
}

/** The newest first. */
export async function listProposals(db: Sql, caseId: string, page: { readonly limit: number; readonly after?: string | undefined }): Promise<Proposal[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from proposals.proposal where case_id = ${caseId}
    and (${page.after ?? null}::uuid is null or id < ${page.after ?? null}::uuid) order by id desc limit ${page.limit}`.execute(db);
  return rows.map(proposalOf);
}

/** The newest explanation of a decision that a person has settled. */
export async function settledExplanation(db: Sql, caseId: string, decisionId: string): Promise<Proposal | undefined> {
  const { rows } = await sql<Row>`select ${COLUMNS} from proposals.proposal where case_id = ${caseId} and kind = 'erklaerung'
    and decision_id = ${decisionId} and settled is not null order by settled_at desc, id desc limit 1`.execute(db);
  return rows[0] && proposalOf(rows[0]);
}

/** @returns `false` when somebody has settled it before */
export async function settle(tx: Tx, id: string, settled: readonly Settled[], by: string, at: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`update proposals.proposal set settled = ${JSON.stringify(settled)}::jsonb, settled_at = ${at}, settled_by = ${by}
    where id = ${id} and settled is null returning 1`.execute(tx);
  return rows.length === 1;
}
