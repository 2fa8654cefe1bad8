import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import type { LageView } from '../domain/lage.ts';
import type { KeptObject, PictureObject } from '../../../kernel/picture.ts';
import { changedThings, countPicture, type ChangedThing, type KnownKind } from '../store/picture-sums.ts';
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

/** Objects of one page, and pages of what is read whole: beyond that it says that it is cut. */
const [PAGE, PAGES] = [5000, 20];

/** All of it that is asked for, read page after page. @returns `cut`: there is more than a page of people could use */
export async function readWholePicture(
  db: Sql,
  view: LageView,
  query: Pick<PictureQuery, 'kinds' | 'layers' | 'doubtful'>,
): Promise<{ readonly objects: readonly KeptObject[]; readonly cut: boolean }> {
  const objects: KeptObject[] = [];
  for (let pages = 0; pages < PAGES; pages += 1) {
    const page = await selectPicture(db, view, { ...query, after: objects.at(-1)?.seq ?? 0, ended: false, limit: PAGE });
    objects.push(...page.objects);
    if (page.objects.length < PAGE) return { objects, cut: false };
  }
  return { objects, cut: true };
}

export type { ChangedThing, KnownKind };

/** Of each kind how much is known, and how old it is. */
export const countsOfPicture = (db: Sql, view: LageView, now: Temporal.Instant): Promise<KnownKind[]> => countPicture(db, view, now);

/** Of each kind the newest few that changed after a number, and how many there are. */
export const changesOfPicture = (
  db: Sql,
  view: LageView,
  query: { readonly after: number; readonly perKind: number },
): Promise<{ readonly things: readonly ChangedThing[]; readonly head: number }> => changedThings(db, view, query);

/** One thing of the picture, if this person may see it. */
export const readObject = (db: Sql, view: LageView, id: string): Promise<KeptObject | undefined> => selectObject(db, view, id);

/** All that was known of one thing, the newest first. */
export const objectHistory = (db: Sql, view: LageView, id: string, limit = 500): Promise<KeptObject[]> => selectHistory(db, view, id, limit);
