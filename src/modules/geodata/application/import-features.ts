import type { Actor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isStorable } from '../../../kernel/storable.ts';
import type { Context } from '../../../platform/context.ts';
import type { NewFeature } from '../domain/feature.ts';
import { readGeometry } from '../domain/geometry.ts';
import { UnreadableFile, type FileCrs, type SourceFeature, type SourceRow } from '../domain/source.ts';
import { PLACE_OF } from '../domain/source-crs.ts';
import { findCollection, lockCollection } from '../store/collections.ts';
import { deleteOthers, updateSummary } from '../store/keep-features.ts';
import { advanceRun, endRun, findRun, findRejects, insertRun, interruptedRun, type ImportRun, type Reject } from '../store/import-runs.ts';
import { NO_COLLECTION } from './collections.ts';
import { keepFeatures, prepare } from './keep-features.ts';

type Importing = Pick<Context, 'database' | 'journal' | 'clock'>;
export type { ImportRun, Reject };

export interface ImportWish {
  readonly collection: string;
  /** Tells the file apart: an interrupted run of the same goes on. */
  readonly source: string;
  readonly format: string;
  /** Rows as the file has them; `crs` may be known only once the first has been read. */
  readonly rows: AsyncIterable<SourceRow>;
  readonly crs: () => FileCrs;
  /** Removes what the file does not hold. */
  readonly replace?: boolean;
  /** Called once it is known which run this is: a new one, or an interrupted one that goes on. */
  readonly begun?: (run: ImportRun) => Promise<void>;
  /** Called after each batch; what it throws interrupts the run. */
  readonly progress?: (run: ImportRun) => Promise<void> | void;
}

const BATCH = 1000;
/** From here on a file that is mostly wrong is not read further: it is another file than it was thought to be. */
const MOST_REJECTED = 10_000;
const TOO_MANY_WRONG =
  'Mehr als 10.000 Zeilen sind falsch, und mehr als die Hälfte von allen. Was bis hier richtig war, ist da. Prüfen Sie Format und Koordinatensystem.';

/**
 * Takes a file's features into a collection: each row is kept or rejected with its reason, and how far it
 * is stands in the same transaction. The same file again goes on where it was interrupted.
 */
export async function importFeatures(ctx: Importing, actor: Actor, wish: ImportWish): Promise<Result<ImportRun, Problem>> {
  const collection = await findCollection(ctx.database.read, wish.collection, true);
  if (collection === undefined) return refuse(NO_COLLECTION);
  const run = await openRun(ctx, wish);
  await wish.begun?.(run);
  const reader = new RowReader(collection.keyProperty, wish.crs);
  try {
    for await (const batch of batches(wish.rows, BATCH)) {
      const read = batch.flatMap((row) => reader.read(row, row.row > run.rowsRead) ?? []);
      if (batch.at(-1)!.row <= run.rowsRead) continue;
      const so = await keepBatch(ctx, run.id, collection.id, batch.at(-1)!.row, read);
      if (so.rejected > MOST_REJECTED && so.rejected > so.rowsRead / 2) throw new UnreadableFile(TOO_MANY_WRONG);
      await wish.progress?.(so);
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await ctx.database.write((tx) => endRun(tx, run.id, 'failed', error.message, ctx.clock()));
    return refuse(invalidField('file', error.message));
  }
  return ok(await finish(ctx, actor, run.id, collection.id, wish.replace === true ? reader.named : undefined));
}

async function openRun(ctx: Importing, { collection, source, format }: ImportWish): Promise<ImportRun> {
  const before = await interruptedRun(ctx.database.read, collection, source);
  if (before !== undefined) return before;
  const id = newId(ctx.clock().epochMilliseconds);
  return ctx.database.write((tx) => insertRun(tx, { id, collectionId: collection, source, format }, ctx.clock()));
}

type Read = NewFeature | Reject;
const isReject = (read: Read): read is Reject => 'reason' in read;

/** Checks rows; remembers every id, so that one that comes twice in a file is seen. */
class RowReader {
  readonly ids = new Set<string>();
  /** Those of rejected rows, too: what the file names is not missing in it. */
  readonly named = new Set<string>();
  readonly #key: string | undefined;
  readonly #crs: () => FileCrs;

  constructor(key: string | undefined, crs: () => FileCrs) {
    this.#key = key;
    this.#crs = crs;
  }

  /** @param wanted `false`: it was kept by an earlier start, and only its id counts */
  read(row: SourceRow, wanted: boolean): Read | undefined {
    if ('reason' in row) return wanted ? { row: row.row, reason: row.reason } : undefined;
    const id = this.#idOf(row.row, row.value);
    if (id === undefined) return wanted ? { row: row.row, reason: `Das Merkmal „${this.#key ?? 'id'}“ fehlt, das die Objekte unterscheidet.` } : undefined;
    this.named.add(id);
    if (this.ids.has(id)) return wanted ? { row: row.row, reason: `„${id.slice(0, 80)}“ kommt in der Datei schon vor.` } : undefined;
    if (!wanted) {
      this.ids.add(id);
      return undefined;
    }
    if (!isStorable([id, row.value])) return { row: row.row, reason: 'Die Zeile enthält Zeichen, die kein Text sind, oder ist zu tief geschachtelt.' };
    const { geometry, properties } = row.value;
    if (geometry === null) return this.#keep({ id, geometry, properties });
    const read = readGeometry(geometry, PLACE_OF[this.#crs()]);
    return 'reason' in read ? { row: row.row, reason: read.reason } : this.#keep({ id, geometry: read.geometry, properties });
  }

  #keep(feature: NewFeature): NewFeature {
    this.ids.add(feature.id);
    return feature;
  }

  /** By the key; else by the file's own id; else by the place in the file. */
  #idOf(row: number, { id, properties }: SourceFeature): string | undefined {
    const value = this.#key === undefined ? (id ?? row) : properties[this.#key];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    return text === '' || text.length > 500 ? undefined : text;
  }
}

async function keepBatch(ctx: Importing, runId: string, collectionId: string, rowsRead: number, read: readonly Read[]): Promise<ImportRun> {
  const rejects = read.filter(isReject);
  const prepared = prepare(read.filter((one): one is NewFeature => !isReject(one)));
  return ctx.database.write(async (tx) => {
    const collection = await lockCollection(tx, collectionId);
    if (collection === undefined) throw new UnreadableFile('Die Sammlung wurde während des Einlesens gelöscht.');
    const kept = await keepFeatures(tx, collection, prepared, ctx.clock());
    return advanceRun(tx, runId, { ...kept, rowsRead, rejects });
  });
}

const NOTHING_REMOVED = 'Keine Zeile der Datei war richtig. Deshalb wurde nichts entfernt. Prüfen Sie die Datei.';

/** @param keep ids that stay; without it nothing is removed. A file of which nothing was taken removes nothing: its source was down, or it is another file */
async function finish(ctx: Importing, actor: Actor, runId: string, collectionId: string, keep: ReadonlySet<string> | undefined): Promise<ImportRun> {
  const now = ctx.clock();
  return ctx.database.write(async (tx) => {
    const collection = await lockCollection(tx, collectionId);
    const so = await findRun(tx, runId);
    const empty = so.created + so.changed + so.unchanged === 0;
    const removed = keep === undefined || empty ? 0 : await deleteOthers(tx, collectionId, [...keep]);
    if (removed > 0 && collection !== undefined) await updateSummary(tx, collectionId, now, { ...collection, added: -removed });
    const message = removed > 0 ? `${removed} Objekte, die in der Datei fehlen, wurden entfernt.` : keep !== undefined && empty ? NOTHING_REMOVED : undefined;
    const run = await endRun(tx, runId, 'done', message, now);
    const { created, changed, unchanged, rejected } = run;
    await ctx.journal.append(tx, actor, now, [
      { stream: `geodata:${collectionId}`, kind: 'geodata.imported', payload: { runId, created, changed, unchanged, rejected, removed } },
    ]);
    return run;
  });
}

async function* batches<T>(rows: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Rows a run has rejected, with their reasons, in the order of the file. */
export const rejectsOf = (ctx: Pick<Context, 'database'>, runId: string, limit: number, after?: number): Promise<readonly Reject[]> =>
  findRejects(ctx.database.read, runId, limit, after);
