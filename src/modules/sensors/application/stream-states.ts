import type { Database, Sql } from '../../../platform/database/port.ts';
import { latestAt, STALE_MINUTES } from '../domain/watch.ts';
import { countFresh, findStreamStates, type StreamStateRow } from '../store/stream-states.ts';
import { followChanges } from './changes.ts';

/** A stream with the last that it said, and the numbers of the last hour. */
export type StreamState = StreamStateRow;

/** What streams say now, and the numbers of the last hour; for modules that show them to who works for the city. */
export const streamStates = (db: Sql, ids: readonly number[], now: Temporal.Instant): Promise<readonly StreamState[]> =>
  findStreamStates(db, ids, { from: now.subtract({ hours: 1 }), until: latestAt(now) });

/** How many streams there are, and how many of them have said something that still counts for now. */
export const streamFreshness = (db: Sql, now: Temporal.Instant): Promise<{ readonly all: number; readonly fresh: number }> =>
  countFresh(db, { from: now.subtract({ minutes: STALE_MINUTES }), until: latestAt(now) });

/** Tells which streams have grown, after each commit of this process. @returns ends it */
export const followStreams = (database: Database, told: (streamIds: readonly number[]) => void): (() => void) =>
  followChanges(database, ({ observations }) => {
    if (observations.length > 0) told([...new Set(observations.map(({ streamId }) => streamId))]);
  });
