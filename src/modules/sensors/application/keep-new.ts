import { isStorable, storableText } from '../../../kernel/storable.ts';
import { INPUT_FIELDS, misfit } from '../domain/input-fields.ts';
import type { Json, NewObservation } from '../domain/observation.ts';
import type { ReadRow } from '../domain/connector-rows.ts';
import { toObservation } from '../domain/read-observation.ts';
import { advanceConnector, knownTimes, lockConnector, streamsByKey } from '../store/connectors.ts';
import { findStreams } from '../store/write-links.ts';
import { writeTold } from './changes.ts';
import type { ConnectorContext } from './connector-context.ts';
import { keepIn, makeRoom } from './keep-observations.ts';

/** An observation that has come, for a datastream named by its number. */
export interface Candidate {
  readonly streamId: number;
  readonly values: Readonly<Record<string, Json>>;
}

export interface Brought {
  readonly kept: number;
  readonly rejected: number;
  /** It was paused or removed meanwhile: nothing was kept. */
  readonly gone?: boolean;
}

const BATCH = 5000;
const TOLD_REJECTS = 5;
const NO_TEXT = 'Der Wert enthält Zeichen, die kein Text sind, oder ist zu tief geschachtelt.';
const epochMsOf = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;

/**
 * Keeps what is new: an observation of a datastream is known by its time, to the millisecond. So the same data again,
 * in any order, after any restart, double nothing. What is known of the connector is kept in the same transaction.
 */
export async function keepNew(
  ctx: ConnectorContext,
  connectorId: string,
  candidates: readonly Candidate[],
  { reasons = [], marks = {} }: { readonly reasons?: readonly string[]; readonly marks?: Readonly<Record<string, string>> } = {},
): Promise<Brought> {
  const streams = await findStreams(ctx.database.read, [...new Set(candidates.map(({ streamId }) => streamId))]);
  const rejects = [...reasons];
  const seen = new Set<string>();
  const rows: (NewObservation & { readonly epochMs: number })[] = [];
  for (const { streamId, values } of candidates) {
    const stream = streams.get(streamId);
    const wrong = stream === undefined ? `Den Datenstrom ${streamId} gibt es nicht.` : isStorable(values) ? misfitOf(values) : NO_TEXT;
    const read = wrong === undefined ? toObservation(values, stream!, undefined, ctx.clock()) : undefined;
    if (read?.ok !== true) {
      rejects.push(wrong ?? read?.problem.detail ?? '');
      continue;
    }
    const epochMs = epochMsOf(read.value.phenomenonStart);
    const key = `${streamId} ${epochMs}`;
    // kept as it is looked up: to the millisecond
    const phenomenonStart = Temporal.Instant.fromEpochMilliseconds(epochMs).toString();
    if (!seen.has(key)) rows.push({ ...read.value, phenomenonStart, epochMs });
    seen.add(key);
  }
  return keepRows(ctx, connectorId, rows, rejects, marks);
}

function misfitOf(values: Candidate['values']): string | undefined {
  for (const [name, value] of Object.entries(values)) {
    const wrong = misfit(INPUT_FIELDS.Observation[name]!.kind, value);
    if (wrong !== undefined) return `${name} ${wrong}`;
  }
  return undefined;
}

async function keepRows(
  ctx: ConnectorContext,
  id: string,
  rows: readonly (NewObservation & { readonly epochMs: number })[],
  rejects: readonly string[],
  marks: Readonly<Record<string, string>>,
): Promise<Brought> {
  await makeRoom(ctx, rows);
  let kept = 0;
  for (let from = 0; from === 0 || from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    const last = from + BATCH >= rows.length;
    const done = await writeTold(ctx.database, async (tx, changes) => {
      // two runs of one connector wait for each other here
      if (!(await lockConnector(tx, id))) return undefined;
      const known = await knownTimes(tx, batch);
      const fresh = batch.filter(({ streamId, epochMs }) => !known.has(`${streamId} ${epochMs}`));
      await keepIn(
        tx,
        fresh.map(({ epochMs: _epochMs, ...row }) => row),
        changes,
      );
      const latest = fresh.reduce<number | undefined>((most, { epochMs }) => (most === undefined || epochMs > most ? epochMs : most), undefined);
      await advanceConnector(tx, id, {
        kept: fresh.length,
        rejected: last ? rejects.length : 0,
        rejects: last ? [...new Set(rejects)].slice(0, TOLD_REJECTS) : [],
        ...(latest === undefined ? {} : { latest: Temporal.Instant.fromEpochMilliseconds(latest).toString() }),
        ...(last ? { marks } : {}),
      });
      return fresh.length;
    });
    if (done === undefined) return { kept, rejected: 0, gone: true };
    kept += done;
  }
  return { kept, rejected: rejects.length };
}

/** Keeps rows whose datastreams are named by number or by their own key. */
export async function keepRead(
  ctx: ConnectorContext,
  connectorId: string,
  property: string | undefined,
  read: readonly (ReadRow | { readonly reason: string })[],
): Promise<Brought> {
  // a key that no database keeps names no datastream
  const keys = [...new Set(read.flatMap((row) => ('key' in row && row.key !== undefined ? [storableText(row.key.toWellFormed())] : [])))];
  const byKey = property === undefined || keys.length === 0 ? new Map<string, number>() : await streamsByKey(ctx.database.read, property, keys);
  const candidates: Candidate[] = [];
  const reasons: string[] = [];
  for (const row of read) {
    if ('reason' in row) reasons.push(row.reason);
    else {
      const streamId = row.stream ?? byKey.get(row.key ?? '');
      if (streamId === undefined)
        reasons.push(`Kein Datenstrom, oder mehr als einer, hat ${property ?? 'key'} = „${storableText((row.key ?? '').slice(0, 80).toWellFormed())}“.`);
      else candidates.push({ streamId, values: { phenomenonTime: row.time, result: row.result } });
    }
  }
  return keepNew(ctx, connectorId, candidates, { reasons });
}
