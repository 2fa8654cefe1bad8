import { sql } from 'kysely';
import type { Sql } from '../../../platform/database/port.ts';
import { STALE_AFTER, type ObjectKind } from '../../../kernel/picture.ts';
import type { LageView } from '../domain/lage.ts';
import { visible } from './picture.ts';

/** How much of a kind is known, however much it is. */
export interface KnownKind {
  readonly kind: ObjectKind;
  readonly count: number;
  readonly stale: number;
  /** When the newest of them was so. */
  readonly newest: Temporal.Instant;
}

/** Of each kind that this person may see, how much is known and how old it is. */
export async function countPicture(db: Sql, view: Pick<LageView, 'lage' | 'layers' | 'member'>, now: Temporal.Instant): Promise<KnownKind[]> {
  const kinds = Object.keys(STALE_AFTER) as ObjectKind[];
  const { rows } = await sql<KnownKind>`select o.kind, count(*) as count, max((o.body->>'eventAt')::timestamptz) as newest,
      count(*) filter (where round(extract(epoch from ${now}::timestamptz - (o.body->>'eventAt')::timestamptz))
        > coalesce((o.body->>'staleAfterSeconds')::float8, k.stale_after)) as stale
    from situation.object o join unnest(${kinds}::text[], ${kinds.map((kind) => STALE_AFTER[kind])}::float8[]) as k (kind, stale_after) on k.kind = o.kind
    where o.lage_id = ${view.lage.id} and not o.ended and ${visible(view, undefined)} group by o.kind order by min(o.seq)`.execute(db);
  return rows;
}

/** A thing that changed, as a list names it. */
export interface ChangedThing {
  readonly id: string;
  readonly kind: ObjectKind;
  readonly title: string;
  readonly ended: boolean;
  readonly seq: number;
  /** Of its kind, this one included. */
  readonly count: number;
}

/**
 * What changed after a number: of each kind the newest few, and how many there are.
 * @returns `head` up to where this is whole
 */
export async function changedThings(
  db: Sql,
  view: Pick<LageView, 'lage' | 'layers' | 'member'>,
  { after, perKind }: { readonly after: number; readonly perKind: number },
): Promise<{ readonly things: readonly ChangedThing[]; readonly head: number }> {
  const head = await sql<{ head: number }>`select picture_seq as head from situation.lage where id = ${view.lage.id}`.execute(db);
  const upTo = head.rows[0]?.head ?? 0;
  if (upTo <= after) return { things: [], head: upTo };
  const { rows } = await sql<ChangedThing>`select c.id, c.kind, o.body->>'title' as title, c.ended, c.seq, c.count from (
      select id, kind, ended, seq, count(*) over (partition by kind) as count, row_number() over (partition by kind order by seq desc) as place
      from situation.object where lage_id = ${view.lage.id} and seq > ${after} and ${visible(view, undefined)}
    ) c join situation.object o on o.lage_id = ${view.lage.id} and o.id = c.id where c.place <= ${perKind} order by c.seq desc`.execute(db);
  return { things: rows, head: upTo };
}
