import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { actorRef, type Actor } from '../../../kernel/actor.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Outbound } from '../../../platform/outbound/port.ts';
import { isOpen, type ImportOrder, type OrderWish } from '../domain/import-order.ts';
import { UnreadableFile } from '../domain/source.ts';
import { findCollection } from '../store/collections.ts';
import { changeOrder, findOrder, insertOrder, listOrders, type NewOrder, type OrderEnd } from '../store/import-orders.ts';
import { endRun } from '../store/import-runs.ts';
import { formatOf } from './check-content.ts';
import { NO_COLLECTION } from './collections.ts';
import { FORMATS, type PlanReader } from './formats.ts';
import { rejectsOf, type Reject } from './import-features.ts';

export type { ImportOrder, OrderEnd, OrderWish };

/** What imports through a running city need of the outside. */
export interface ImportContext extends Pick<Context, 'database' | 'journal' | 'clock' | 'outbox' | 'log'> {
  readonly outbound: Outbound;
  /** Folder for files on their way; absolute. */
  readonly imports: string;
  readonly plans: PlanReader;
}

export const IMPORT = 'geodata.import';

/** A file that lies on disk under a name of its own. */
export interface ArrivedFile {
  readonly path: string;
  readonly fileName: string;
  readonly sizeBytes: number;
}

type Ordered = Result<{ readonly id: string }, Problem>;

/** Takes an uploaded file over and leaves the rest to the job. A file that cannot be what it says is refused at once. */
export async function orderUpload(ctx: ImportContext, actor: Actor, collection: string, file: ArrivedFile | undefined, wish: OrderWish): Promise<Ordered> {
  if (file === undefined) return refuse(invalidField('file', 'Wählen Sie eine Datei.'));
  if ((await findCollection(ctx.database.read, collection, true)) === undefined) return refuse(NO_COLLECTION);
  const checked = await checkFile(file, wish);
  if (!checked.ok) return checked;
  const id = newId(ctx.clock().epochMilliseconds);
  const kept = join(ctx.imports, id);
  await rename(file.path, kept);
  const done = await order(ctx, actor, {
    id,
    collectionId: collection,
    name: file.fileName.slice(0, 200),
    file: id,
    sizeBytes: file.sizeBytes,
    wish: checked.value,
    orderedBy: actorRef(actor),
  });
  if (!done.ok) await rm(kept, { force: true });
  return done;
}

/** Has the city fetch the data itself. Whether it may go there is said at once, and asked again when it goes. */
export async function orderUrl(ctx: ImportContext, actor: Actor, collection: string, url: string, wish: OrderWish): Promise<Ordered> {
  if (url.length > 2000) return refuse(invalidField('url', 'Die Adresse hat mehr als 2.000 Zeichen.'));
  const admitted = await ctx.outbound.admit(url.trim(), ['https:', 'http:']);
  if (!admitted.ok) return refuse(invalidField('url', admitted.problem.detail));
  const { href } = admitted.value.url;
  const id = newId(ctx.clock().epochMilliseconds);
  return order(ctx, actor, { id, collectionId: collection, name: href, url: href, wish, orderedBy: actorRef(actor) });
}

function order(ctx: ImportContext, actor: Actor, one: NewOrder): Promise<Ordered> {
  return ctx.database.transaction(async (tx) => {
    if ((await findCollection(tx, one.collectionId, true)) === undefined) return refuse(NO_COLLECTION);
    const now = ctx.clock();
    await insertOrder(tx, one, now);
    await ctx.outbox.enqueue(tx, IMPORT, { orderId: one.id }, { key: one.id });
    const payload = { orderId: one.id, from: one.url === undefined ? 'upload' : new URL(one.url).host, replace: one.wish.replace === true };
    await ctx.journal.append(tx, actor, now, [{ stream: `geodata:${one.collectionId}`, kind: 'geodata.import-ordered', payload }]);
    return ok({ id: one.id });
  });
}

async function checkFile({ path, fileName }: ArrivedFile, wish: OrderWish): Promise<Result<OrderWish, Problem>> {
  try {
    return ok({
      ...wish,
      format: await formatOf(
        path,
        fileName,
        FORMATS.find((one) => one === wish.format),
      ),
    });
  } catch (error) {
    if (error instanceof UnreadableFile) return refuse(invalidField('file', error.message));
    throw error;
  }
}

type Reading = Pick<Context, 'database'>;
const NO_ORDER: Problem = { kind: 'not-found', detail: 'Diesen Import gibt es nicht mehr. Sehen Sie in der Liste der Sammlungen nach.' };

export interface OrderPage {
  readonly orders: readonly ImportOrder[];
  readonly next?: OrderEnd;
}

/** Orders, newest first. */
export async function importOrders(
  { database }: Reading,
  wish: { readonly collection?: string; readonly before?: OrderEnd; readonly limit: number },
): Promise<OrderPage> {
  const rows = await listOrders(database.read, { ...wish, limit: wish.limit + 1 });
  const orders = rows.slice(0, wish.limit);
  return { orders, ...(rows.length > wish.limit ? { next: orders.at(-1)! } : {}) };
}

/** An order's address may hold a key: devices see those of files alone. */
export async function importOrder({ database }: Reading, actor: Actor, id: string): Promise<Result<ImportOrder, Problem>> {
  const found = parseId(id) === undefined ? undefined : await findOrder(database.read, id);
  const closed = actor.kind === 'device' && found?.url !== null;
  return found === undefined || closed ? refuse(NO_ORDER) : ok(found);
}

export interface RejectPage {
  readonly rejects: readonly Reject[];
  /** The last row of this page, where another page follows. */
  readonly next?: number;
}

/** Rejected rows of an order, in the order of the file. */
export async function orderRejects(ctx: Reading, { runId }: Pick<ImportOrder, 'runId'>, after: number, limit: number): Promise<RejectPage> {
  const rows = runId === null ? [] : await rejectsOf(ctx, runId, limit + 1, after);
  const rejects = rows.slice(0, limit);
  return { rejects, ...(rows.length > limit ? { next: rejects.at(-1)!.row } : {}) };
}

/** Ends an order that is still at work. What has been taken in stays. */
export function cancelOrder(ctx: Pick<Context, 'database' | 'journal' | 'clock'>, actor: Actor, id: string): Promise<Ordered> {
  return ctx.database.transaction(async (tx) => {
    const found = parseId(id) === undefined ? undefined : await findOrder(tx, id);
    if (found === undefined) return refuse(NO_ORDER);
    const now = ctx.clock();
    if (!isOpen(found.state) || !(await changeOrder(tx, id, { state: 'cancelled', endedAt: now })))
      return refuse({ kind: 'wrong-state', detail: 'Dieser Import ist schon zu Ende.' });
    // the same source ordered again begins anew and skips nothing
    if (found.runId !== null) await endRun(tx, found.runId, 'cancelled', undefined, now);
    await ctx.journal.append(tx, actor, now, [{ stream: `geodata:${found.collectionId}`, kind: 'geodata.import-cancelled', payload: { orderId: id } }]);
    return ok({ id });
  });
}
