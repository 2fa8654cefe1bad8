import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Parts } from '../domain/match.ts';

/** One row of why reports are one event. */
export interface Link {
  readonly id: string;
  readonly lageId: string;
  readonly kind: 'join' | 'merge' | 'split' | 'undo' | 'proposal';
  readonly moved: readonly string[];
  /** `null`: the report was new. */
  readonly fromEvent: string | null;
  readonly toEvent: string;
  readonly otherReport: string | null;
  readonly reason: 'repost' | 'same-text' | 'alike' | 'person';
  readonly score: number | null;
  readonly parts: Parts | null;
  readonly memberId: string | null;
  readonly memberName: string | null;
  readonly words: string;
  readonly undoes: string | null;
  readonly at: Temporal.Instant;
}

/** A link, and whether it has been undone. */
export type KeptLink = Link & { readonly undone: boolean };

const COLUMNS = sql`l.id, l.lage_id as "lageId", l.kind, l.moved, l.from_event as "fromEvent", l.to_event as "toEvent", l.other_report as "otherReport",
  l.reason, l.score, l.parts, l.member_id as "memberId", l.member_name as "memberName", l.words, l.undoes, l.at,
  exists (select 1 from reports.link u where u.undoes = l.id) as undone`;

export async function insertLinks(tx: Tx, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return;
  const of = <T>(pick: (one: Link) => T): T[] => links.map(pick);
  await sql`insert into reports.link (id, lage_id, kind, moved, from_event, to_event, other_report, reason, score, parts, member_id, member_name, words, undoes, at)
    select id, lage_id, kind, array(select jsonb_array_elements_text(moved)::uuid), from_event, to_event, other_report, reason, score, parts, member_id,
      member_name, words, undoes, at
    from unnest(${of(({ id }) => id)}::uuid[], ${of(({ lageId }) => lageId)}::uuid[], ${of(({ kind }) => kind)}::text[],
      ${of(({ moved }) => JSON.stringify(moved))}::jsonb[], ${of(({ fromEvent }) => fromEvent)}::uuid[], ${of(({ toEvent }) => toEvent)}::uuid[],
      ${of(({ otherReport }) => otherReport)}::uuid[], ${of(({ reason }) => reason)}::text[], ${of(({ score }) => score)}::float8[],
      ${of(({ parts }) => (parts === null ? null : JSON.stringify(parts)))}::jsonb[], ${of(({ memberId }) => memberId)}::text[],
      ${of(({ memberName }) => memberName)}::text[], ${of(({ words }) => words)}::text[], ${of(({ undoes }) => undoes)}::uuid[],
      ${of(({ at }) => at)}::timestamptz[])
      as n (id, lage_id, kind, moved, from_event, to_event, other_report, reason, score, parts, member_id, member_name, words, undoes, at)`.execute(tx);
}

export async function findLink(db: Sql, lageId: string, id: string): Promise<KeptLink | undefined> {
  const { rows } = await sql<KeptLink>`select ${COLUMNS} from reports.link l where l.lage_id = ${lageId} and l.id = ${id}`.execute(db);
  return rows[0];
}

/** What happened to an event's reports, the newest first. */
export async function linksOf(db: Sql, eventId: string, limit: number): Promise<KeptLink[]> {
  const { rows } = await sql<KeptLink>`select ${COLUMNS} from reports.link l where l.to_event = ${eventId} or l.from_event = ${eventId}
    order by l.at desc, l.id desc limit ${limit}`.execute(db);
  return rows;
}
