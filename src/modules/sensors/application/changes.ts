import type { Database, Tx } from '../../../platform/database/port.ts';
import type { EntityName } from '../domain/entities.ts';
import type { NewObservation } from '../domain/observation.ts';

/** An observation as it was kept. */
export type KeptObservation = NewObservation & { readonly id: number };

export interface EntityChange {
  readonly what: 'created' | 'changed' | 'deleted';
  readonly entity: EntityName;
  readonly id: number;
}

/** What one transaction changed: new observations, and everything else one by one. */
export interface Changes {
  readonly observations: KeptObservation[];
  readonly entities: EntityChange[];
}

/** Learns of each write after its commit and before its answer; it must not throw and must not wait. */
export type Follower = (changes: Changes) => void;

const followers = new WeakMap<Database, Set<Follower>>();

/** Follows what this process writes, however it came: HTTP, MQTT, batch or the demo. @returns ends it */
export function followChanges(database: Database, follower: Follower): () => void {
  const all = followers.get(database) ?? new Set<Follower>();
  followers.set(database, all.add(follower));
  return () => void all.delete(follower);
}

/** The one way to write: a transaction whose changes are told once it is committed. */
export async function writeTold<T>(database: Database, work: (tx: Tx, changes: Changes) => Promise<T>): Promise<T> {
  let changes: Changes = { observations: [], entities: [] };
  const done = await database.write((tx) => {
    changes = { observations: [], entities: [] };
    return work(tx, changes);
  });
  for (const follower of followers.get(database) ?? []) follower(changes);
  return done;
}
