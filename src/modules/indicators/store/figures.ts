import { sql } from 'kysely';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Cell } from '../domain/fold.ts';
import type { StreamState } from '../domain/stream-state.ts';

export interface Checkpoint {
  readonly seq: number;
  /** Up to when the journal is in the figures. */
  readonly followedAt: Temporal.Instant | null;
  /** When the oldest entry was made that is in them. */
  readonly firstAt: Temporal.Instant | null;
}

const CHECKPOINT = sql<Checkpoint>`select seq, followed_at as "followedAt", first_at as "firstAt" from indicators.checkpoint`;

export async function readCheckpoint(db: Sql): Promise<Checkpoint> {
  return (await CHECKPOINT.execute(db)).rows[0]!;
}

/** Reads the checkpoint and lets nobody else follow until the transaction ends. */
export async function lockCheckpoint(tx: Tx): Promise<Checkpoint> {
  return (await sql<Checkpoint>`${CHECKPOINT} for update`.execute(tx)).rows[0]!;
}

export async function moveCheckpoint(tx: Tx, { seq, followedAt, firstAt }: Checkpoint): Promise<void> {
  await sql`update indicators.checkpoint set seq = ${seq}, followed_at = ${followedAt}, first_at = ${firstAt}`.execute(tx);
}

export async function readStates(tx: Tx, streams: readonly string[]): Promise<Map<string, StreamState>> {
  const { rows } = await sql<{ stream: string; state: string }>`select stream, state from indicators.stream_state
    where stream = any(${[...streams]}::text[])`.execute(tx);
  return new Map(rows.map(({ stream, state }) => [stream, JSON.parse(state) as StreamState]));
}

export async function saveStates(tx: Tx, states: readonly (readonly [stream: string, state: StreamState])[]): Promise<void> {
  if (states.length === 0) return;
  const [streams, texts] = [states.map(([stream]) => stream), states.map(([, state]) => JSON.stringify(state))];
  await sql`insert into indicators.stream_state (stream, state) select * from unnest(${streams}::text[], ${texts}::text[])
    on conflict (stream) do update set state = excluded.state`.execute(tx);
}

const COLUMNS = sql`service, month, counts, days, snapshot`;

/** Cells of these services and months. */
export async function readCells(tx: Tx, wanted: readonly { readonly service: string; readonly month: string }[]): Promise<readonly Cell[]> {
  const { rows } = await sql<Cell>`select ${COLUMNS} from indicators.cell where (service, month) in
    (select * from unnest(${wanted.map(({ service }) => service)}::text[], ${wanted.map(({ month }) => month)}::text[]))`.execute(tx);
  return rows;
}

/** @param after only what changed after this entry of the journal */
export async function cellsChangedAfter(db: Sql, after: number): Promise<readonly Cell[]> {
  return (await sql<Cell>`select ${COLUMNS} from indicators.cell where seq > ${after}`.execute(db)).rows;
}

export async function saveCells(tx: Tx, cells: readonly Cell[], seq: number): Promise<void> {
  if (cells.length === 0) return;
  const column = (name: 'counts' | 'days' | 'snapshot'): string[] => cells.map((cell) => JSON.stringify(cell[name]));
  await sql`insert into indicators.cell (service, month, counts, days, snapshot, seq)
    select c.service, c.month, c.counts::jsonb, c.days::jsonb, c.snapshot::jsonb, ${seq}::bigint
    from unnest(${cells.map(({ service }) => service)}::text[], ${cells.map(({ month }) => month)}::text[],
      ${column('counts')}::text[], ${column('days')}::text[], ${column('snapshot')}::text[]) as c (service, month, counts, days, snapshot)
    on conflict (service, month) do update set counts = excluded.counts, days = excluded.days, snapshot = excluded.snapshot, seq = excluded.seq`.execute(tx);
}
