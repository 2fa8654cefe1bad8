import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { NewObservation } from '../domain/observation.ts';
import { summariesOf } from '../domain/stream-summary.ts';
import { addToSummaries, ensurePartitions, featuresOfStreams, insertObservations, takeIds } from '../store/observations.ts';
import { writeTold, type Changes, type KeptObservation } from './changes.ts';

/** Makes room for observations; before the transaction that keeps them. */
export function makeRoom(ctx: Pick<Context, 'database'>, rows: readonly NewObservation[]): Promise<void> {
  return ensurePartitions(
    ctx.database,
    rows.map(({ phenomenonStart }) => phenomenonStart),
  );
}

const NO_FEATURES: Awaited<ReturnType<typeof featuresOfStreams>> = { features: new Map(), made: [] };

/** Keeps checked observations in the caller's transaction, after `makeRoom`. The streams must be there. */
export async function keepIn(tx: Tx, rows: readonly NewObservation[], changes: Changes): Promise<readonly KeptObservation[]> {
  const without = rows.filter(({ featureId }) => featureId === undefined).map(({ streamId }) => streamId);
  const { features, made } = without.length === 0 ? NO_FEATURES : await featuresOfStreams(tx, without);
  for (const id of made) changes.entities.push({ what: 'created', entity: 'FeatureOfInterest', id });
  const placed = rows.map((row) => {
    const featureId = row.featureId ?? features.get(row.streamId);
    return featureId === undefined ? row : { ...row, featureId };
  });
  if (placed.length === 0) return [];
  const ids = await takeIds(tx, placed.length);
  await insertObservations(tx, placed, ids);
  // last, and in the order of streams: writers cannot wait for each other in a circle
  await addToSummaries(tx, summariesOf(placed, ids));
  const kept = placed.map((row, index) => ({ ...row, id: ids[index]! }));
  for (const one of kept) changes.observations.push(one);
  return kept;
}

/** Keeps checked observations durably. @returns them with their ids, in order */
export async function keepObservations(ctx: Pick<Context, 'database'>, rows: readonly NewObservation[]): Promise<readonly KeptObservation[]> {
  await makeRoom(ctx, rows);
  return writeTold(ctx.database, (tx, changes) => keepIn(tx, rows, changes));
}
