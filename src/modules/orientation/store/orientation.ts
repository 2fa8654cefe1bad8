import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Option } from '../domain/options.ts';

export interface Seen {
  readonly pictureSeq: number;
  readonly logNumber: number;
  readonly seenAt: Temporal.Instant | null;
}

export async function findSeen(db: Sql, lageId: string, memberId: string): Promise<Seen> {
  const { rows } = await sql<Seen>`select picture_seq as "pictureSeq", log_number as "logNumber", seen_at as "seenAt" from orientation.seen
    where lage_id = ${lageId} and member_id = ${memberId}`.execute(db);
  return rows[0] ?? { pictureSeq: 0, logNumber: 0, seenAt: null };
}

/** Never back: two windows of one person end at the later place. */
export async function saveSeen(
  db: Sql,
  lageId: string,
  memberId: string,
  { pictureSeq, logNumber }: Omit<Seen, 'seenAt'>,
  now: Temporal.Instant,
): Promise<void> {
  await sql`insert into orientation.seen as s (lage_id, member_id, picture_seq, log_number, seen_at)
    values (${lageId}, ${memberId}, ${pictureSeq}, ${logNumber}, ${now})
    on conflict (lage_id, member_id) do update set picture_seq = greatest(s.picture_seq, excluded.picture_seq),
      log_number = greatest(s.log_number, excluded.log_number), seen_at = excluded.seen_at`.execute(db);
}

export interface Decision {
  readonly id: string;
  readonly question: string;
  readonly options: readonly Option[];
  readonly chosen: number;
  readonly because: string;
  readonly decidedBy: string;
  readonly logNumber: number;
  readonly decidedAt: Temporal.Instant;
}

const DECISION = sql`id, question, options, chosen, because, decided_by as "decidedBy", log_number as "logNumber", decided_at as "decidedAt"`;

export async function findDecision(db: Sql, lageId: string, id: string): Promise<Decision | undefined> {
  const { rows } = await sql<Decision>`select ${DECISION} from orientation.decision where lage_id = ${lageId} and id = ${id}`.execute(db);
  return rows[0];
}

/** The newest first. */
export async function listDecisions(db: Sql, lageId: string, page: { readonly limit: number; readonly after?: string | undefined }): Promise<Decision[]> {
  const { rows } = await sql<Decision>`select ${DECISION} from orientation.decision where lage_id = ${lageId}
    and (${page.after ?? null}::uuid is null or id < ${page.after ?? null}::uuid) order by id desc limit ${page.limit}`.execute(db);
  return rows;
}

/** @returns `false` when the id is taken */
export async function insertDecision(tx: Tx, lageId: string, one: Decision): Promise<boolean> {
  const { rows } = await sql`insert into orientation.decision (id, lage_id, question, options, chosen, because, decided_by, log_number, decided_at)
    values (${one.id}, ${lageId}, ${one.question}, ${JSON.stringify(one.options)}::jsonb, ${one.chosen}, ${one.because}, ${one.decidedBy},
      ${one.logNumber}, ${one.decidedAt}) on conflict (id) do nothing returning 1`.execute(tx);
  return rows.length === 1;
}
