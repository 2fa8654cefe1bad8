import { sql, type RawBuilder } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Layer } from '../../../kernel/lage.ts';
import type { LageView } from '../domain/lage.ts';
import { boxOf, type KeptObject, type ObjectKind, type PictureObject } from '../../../kernel/picture.ts';

/** One change of the picture, before it has its number. */
export interface Change {
  readonly object: PictureObject;
  readonly ended: boolean;
}

/** Objects that would change their layer or who may see them: to be ended, and shown under another id. */
export class ChangesWhoSees extends Error {
  readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    super(`objects change their layer or who may see them: ${ids.slice(0, 5).join(', ')}. End them and show them under another id`);
    this.ids = ids;
  }
}

/**
 * Writes changes under the next numbers of the Lage, in their order; the row of the Lage is held until the
 * commit, so that numbers become visible in their order. @returns the first and the last number
 */
export async function keepChanges(tx: Tx, lageId: string, changes: readonly Change[], now: Temporal.Instant): Promise<{ from: number; to: number }> {
  const head = await sql<{ to: number }>`update situation.lage set picture_seq = picture_seq + ${changes.length} where id = ${lageId}
    returning picture_seq as to`.execute(tx);
  const to = head.rows[0]?.to;
  if (to === undefined) throw new Error(`no Lage ${lageId}`);
  const from = to - changes.length + 1;
  const boxes = changes.map(({ object }) => boxOf(object.geometry));
  const of = <T>(pick: (object: PictureObject, index: number) => T): T[] => changes.map(({ object }, index) => pick(object, index));
  const kept = await sql<{ id: string }>`with change as (
      select * from unnest(
        ${of((_, i) => from + i)}::bigint[], ${of(({ id }) => id)}::text[], ${of(({ kind }) => kind)}::text[], ${of(({ layer }) => layer)}::text[],
        ${of((_, i) => boxes[i]?.west ?? null)}::float8[], ${of((_, i) => boxes[i]?.south ?? null)}::float8[],
        ${of((_, i) => boxes[i]?.east ?? null)}::float8[], ${of((_, i) => boxes[i]?.north ?? null)}::float8[],
        ${of(({ needToKnow }) => needToKnow?.join(',') ?? null)}::text[], ${of(({ sectionId }) => sectionId ?? null)}::uuid[],
        ${of((object) => JSON.stringify(object))}::jsonb[], ${changes.map(({ ended }) => ended)}::boolean[]
      ) as c (seq, id, kind, layer, west, south, east, north, need, section_id, body, ended)
    ), told as (
      insert into situation.history (lage_id, seq, object_id, changed_at, body, ended)
      select ${lageId}::uuid, seq, id, ${now}::timestamptz, body, ended from change
    )
    insert into situation.object as o (lage_id, id, seq, kind, layer, west, south, east, north, need_to_know, section_id, body, ended, changed_at)
    select ${lageId}::uuid, id, seq, kind, layer, west, south, east, north, string_to_array(need, ','), section_id, body, ended, ${now}::timestamptz from change
    on conflict (lage_id, id) do update set seq = excluded.seq, kind = excluded.kind, west = excluded.west, south = excluded.south, east = excluded.east,
      north = excluded.north, section_id = excluded.section_id, body = excluded.body, ended = excluded.ended, changed_at = excluded.changed_at
      -- who sees a thing never changes: else those who no longer do would keep what they saw
      where o.layer = excluded.layer and o.need_to_know is not distinct from excluded.need_to_know
    returning o.id`.execute(tx);
  if (kept.rows.length !== changes.length) {
    const there = new Set(kept.rows.map(({ id }) => id));
    throw new ChangesWhoSees(changes.flatMap(({ object: { id } }) => (there.has(id) ? [] : [id])));
  }
  return { from, to };
}

interface ObjectRow {
  readonly seq: number;
  readonly body: Omit<PictureObject, 'eventAt' | 'receivedAt'> & { readonly eventAt: string; readonly receivedAt: string };
  readonly ended: boolean;
  readonly changedAt: Temporal.Instant;
}

const toObject = ({ seq, body, ended, changedAt }: ObjectRow): KeptObject => ({
  ...body,
  eventAt: Temporal.Instant.from(body.eventAt),
  receivedAt: Temporal.Instant.from(body.receivedAt),
  seq,
  ended,
  changedAt,
});

/** Those that are there and have not ended, held: somebody is about to change them. */
export async function lockObjects(tx: Tx, lageId: string, ids: readonly string[]): Promise<KeptObject[]> {
  // whoever shows things holds the Lage first and then the things: in another order two could wait for each other
  await sql`select 1 from situation.lage where id = ${lageId} for update`.execute(tx);
  const { rows } = await sql<ObjectRow>`select seq, body, ended, changed_at as "changedAt" from situation.object
    where lage_id = ${lageId} and id = any(${[...ids]}::text[]) and not ended order by id for update`.execute(tx);
  return rows.map(toObject);
}

/** Layer of each thing that is or was there: who sees a thing never changes. */
export async function layersOfObjects(db: Sql, lageId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{
    id: string;
    layer: string;
  }>`select id, layer from situation.object where lage_id = ${lageId} and id = any(${[...ids]}::text[])`.execute(db);
  return new Map(rows.map(({ id, layer }) => [id, layer]));
}

export interface PictureQuery {
  /** Changes after this number; ended things come along then. */
  readonly after?: number;
  readonly limit?: number;
  /** As it was known then. */
  readonly at?: Temporal.Instant;
  /** West, south, east, north in degrees. What has no place is left out then, unless it is asked for. */
  readonly bbox?: readonly [number, number, number, number];
  /** With `bbox`: what has no place comes along. */
  readonly unplaced?: boolean;
  readonly layers?: readonly Layer[];
  readonly kinds?: readonly ObjectKind[];
  /** Beside `kinds`: things of any kind that say of themselves that they are contradicted, silent or unknown. */
  readonly doubtful?: boolean;
  /** Whose title has these words, in any case. */
  readonly titled?: string;
  /** Also what has ended; by default only with `after`. */
  readonly ended?: boolean;
  /** The newest change first, and of more than `limit` the newest; only of what is known now. */
  readonly newest?: boolean;
}

export interface PicturePage {
  readonly objects: readonly KeptObject[];
  /** Number of the last change of the picture, read before the objects: nothing up to it is missing after the last page. */
  readonly head: number;
}

const MOST = 5000;

/** What of the table this person may see. */
export function visible(view: Pick<LageView, 'layers' | 'member'>, layers: readonly Layer[] | undefined): RawBuilder<boolean> {
  const seen = [...view.layers].filter((layer) => layers?.includes(layer) ?? true);
  const everything = view.member.function === 'leiter' ? sql`true` : sql`(need_to_know is null or ${view.member.function} = any(need_to_know))`;
  return sql<boolean>`layer = any(${seen}::text[]) and ${everything}`;
}

const doubtfulIn = (body: 'body' | 'h.body'): RawBuilder<unknown> =>
  sql`(${sql.ref(body)} @? '$.facts ? (@.contradiction == true || @.contradicts == true || @.contradictions > 0 || @.sensorSilent == true || @.state == "unknown")')`;

function ofKinds({ kinds, doubtful = false }: PictureQuery, body: 'body' | 'h.body'): RawBuilder<unknown> {
  if (kinds === undefined) return doubtful ? doubtfulIn(body) : sql`true`;
  const named = sql`kind = any(${[...kinds]}::text[])`;
  return doubtful ? sql`(${named} or ${doubtfulIn(body)})` : named;
}

export async function selectPicture(db: Sql, view: Pick<LageView, 'lage' | 'layers' | 'member'>, query: PictureQuery): Promise<PicturePage> {
  const { after = 0, limit = MOST, at, bbox, unplaced = false, layers, titled } = query;
  const lageId = view.lage.id;
  const head = await sql<{ head: number }>`select picture_seq as head from situation.lage where id = ${lageId}`.execute(db);
  const there = bbox === undefined ? sql`true` : sql`west <= ${bbox[2]} and east >= ${bbox[0]} and south <= ${bbox[3]} and north >= ${bbox[1]}`;
  const inBox = unplaced ? sql`(west is null or ${there})` : there;
  const wanted = sql`${visible(view, layers)} and ${ofKinds(query, 'body')} and ${inBox}
    and ${titled === undefined ? sql`true` : sql`strpos(lower(body->>'title'), ${titled.toLowerCase()}) > 0`}`;
  const ended = (query.ended ?? after > 0) ? sql`true` : sql`not ended`;
  const most = Math.min(limit, MOST);
  const { rows } =
    at === undefined
      ? await sql<ObjectRow>`select seq, body, ended, changed_at as "changedAt" from situation.object
          where lage_id = ${lageId} and seq > ${after} and ${ended} and ${wanted} order by seq ${query.newest === true ? sql`desc` : sql``} limit ${most}`.execute(
          db,
        )
      : await sql<ObjectRow>`select h.seq, h.body, h.ended, h.changed_at as "changedAt" from situation.object o
          cross join lateral (select seq, body, ended, changed_at from situation.history
            where lage_id = o.lage_id and object_id = o.id and changed_at <= ${at} order by seq desc limit 1) h
          where o.lage_id = ${lageId} and h.seq > ${after} and not h.ended
            and ${visible(view, layers)} and ${ofKinds(query, 'h.body')}
          order by h.seq limit ${most}`.execute(db);
  return { objects: rows.map(toObject), head: head.rows[0]?.head ?? 0 };
}

/** One thing, if this person may see it; ended or not. */
export async function selectObject(db: Sql, view: Pick<LageView, 'lage' | 'layers' | 'member'>, id: string): Promise<KeptObject | undefined> {
  const { rows } = await sql<ObjectRow>`select seq, body, ended, changed_at as "changedAt" from situation.object
    where lage_id = ${view.lage.id} and id = ${id} and ${visible(view, undefined)}`.execute(db);
  return rows[0] && toObject(rows[0]);
}

/** All that was ever known of it, the newest first. */
export async function selectHistory(db: Sql, view: Pick<LageView, 'lage' | 'layers' | 'member'>, id: string, limit: number): Promise<KeptObject[]> {
  if ((await selectObject(db, view, id)) === undefined) return [];
  const { rows } = await sql<ObjectRow>`select seq, body, ended, changed_at as "changedAt" from situation.history
    where lage_id = ${view.lage.id} and object_id = ${id} order by seq desc limit ${limit}`.execute(db);
  return rows.map(toObject);
}
