import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewObservation } from '../domain/observation.ts';
import { summariesOf } from '../domain/stream-summary.ts';
import { addToSummaries, ensurePartitions, featuresOfStreams, insertObservations, takeIds } from '../store/observations.ts';

/** An observation as it was kept. */
export type KeptObservation = NewObservation & { readonly id: number };

/** Makes room for observations; before the transaction that keeps them. */
export function makeRoom(ctx: Pick<Context, 'database'>, rows: readonly NewObservation[]): Promise<void> {
  return ensurePartitions(
    ctx.database,
    rows.map(({ phenomenonStart }) => phenomenonStart),
  );
}

/** Keeps checked observations in the caller's transaction, after `makeRoom`. The streams must be there. */
export async function keepIn(tx: Tx, rows: readonly NewObservation[]): Promise<readonly KeptObservation[]> {
  const without = rows.filter(({ featureId }) => featureId === undefined).map(({ streamId }) => streamId);
  const features = without.length === 0 ? new Map<number, number>() : await featuresOfStreams(tx, without);
  const placed = rows.map((row) => {
    const featureId = row.featureId ?? features.get(row.streamId);
    return featureId === undefined ? row : { ...row, featureId };
  });
  if (placed.length === 0) return [];
  const ids = await takeIds(tx, placed.length);
  await insertObservations(tx, placed, ids);
  // last, and in the order of streams: writers cannot wait for each other in a circle
  await addToSummaries(tx, summariesOf(placed, ids));
  return placed.map((row, index) => ({ ...row, id: ids[index]! }));
}

/** Keeps checked observations durably. @returns them with their ids, in order */
export async function keepObservations(ctx: Pick<Context, 'database'>, rows: readonly NewObservation[]): Promise<readonly KeptObservation[]> {
  await makeRoom(ctx, rows);
  return ctx.database.write((tx) => keepIn(tx, rows));
}
