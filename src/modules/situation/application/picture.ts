import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import type { LageView } from '../domain/lage.ts';
import type { KeptObject, PictureObject } from '../../../kernel/picture.ts';
import { keepChanges, lockObjects, selectHistory, selectObject, selectPicture, type Change, type PicturePage, type PictureQuery } from '../store/picture.ts';
import { lageStream } from './enter-lage.ts';

/** Journal kind that accompanies every change of a picture: `{ from, to, count, sha256 }`. */
export const PICTURE_CHANGED = 'situation.picture-changed';

/**
 * Puts things into the picture or renews them. Call it once in a transaction, after the caller's own rows: the row
 * of the Lage is held until the commit. Several changes of one id: the last counts.
 * @returns the journal's entry, to be appended with the caller's own as the last statement
 */
export async function showInPicture(tx: Tx, lageId: string, objects: readonly PictureObject[], now: Temporal.Instant): Promise<NewEntry> {
  return change(
    tx,
    lageId,
    objects.map((object) => ({ object, ended: false })),
    now,
  );
}

/** Takes things off the picture; they stay in its history. What is not there or has ended is passed over. */
export async function endInPicture(tx: Tx, lageId: string, ids: readonly string[], now: Temporal.Instant): Promise<NewEntry> {
  return changePicture(tx, lageId, { shown: [], ended: ids }, now);
}

/** As both in one. */
export async function changePicture(
  tx: Tx,
  lageId: string,
  { shown, ended }: { readonly shown: readonly PictureObject[]; readonly ended: readonly string[] },
  now: Temporal.Instant,
): Promise<NewEntry> {
  const gone = ended.length === 0 ? [] : await lockObjects(tx, lageId, ended);
  return change(tx, lageId, [...shown.map((object) => ({ object, ended: false })), ...gone.map((object) => ({ object: bare(object), ended: true }))], now);
}

/** A kept object without what the store added. */
export function bare({ seq: _seq, changedAt: _changedAt, ended: _ended, ...object }: KeptObject): PictureObject {
  return object;
}

async function change(tx: Tx, lageId: string, changes: readonly Change[], now: Temporal.Instant): Promise<NewEntry> {
  const last = [...new Map(changes.map((one) => [one.object.id, one])).values()];
  const { from, to } = last.length === 0 ? { from: 0, to: 0 } : await keepChanges(tx, lageId, last, now);
  return { stream: lageStream(lageId), kind: PICTURE_CHANGED, payload: { from, to, count: last.length, sha256: digestOf(last) } };
}

/** SHA-256 over the changes in their order, one canonical JSON a line: the history's rows can be proved by it. */
export function digestOf(changes: readonly Change[]): string {
  const hash = createHash('sha256');
  for (const { object, ended } of changes) hash.update(`${canonicalJson({ object, ended })}\n`);
  return hash.digest('hex');
}

/** What a person may see now, or as it was known at a time; page by page in the order of changes. */
export const readPicture = (db: Sql, view: LageView, query: PictureQuery = {}): Promise<PicturePage> => selectPicture(db, view, query);

/** One thing of the picture, if this person may see it. */
export const readObject = (db: Sql, view: LageView, id: string): Promise<KeptObject | undefined> => selectObject(db, view, id);

/** All that was known of one thing, the newest first. */
export const objectHistory = (db: Sql, view: LageView, id: string, limit = 500): Promise<KeptObject[]> => selectHistory(db, view, id, limit);
