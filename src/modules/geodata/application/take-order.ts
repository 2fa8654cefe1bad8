import { access, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOpen, type ImportOrder } from '../domain/import-order.ts';
import { UnreadableFile } from '../domain/source.ts';
import { endRun } from '../store/import-runs.ts';
import { changeOrder, findOrder, neededFiles, type OrderChange } from '../store/import-orders.ts';
import { formatOf } from './check-content.ts';
import { FORMATS } from './formats.ts';
import { importFeatures, type ImportRun } from './import-features.ts';
import { IMPORT, type ImportContext } from './import-orders.ts';
import { openFile } from './open-file.ts';

const ACTOR = { kind: 'system', job: IMPORT } as const;
/** An upload and a fetched file are never larger. */
export const MOST_IMPORT_BYTES = 2_000_000_000;
const FETCH_MS = 10 * 60_000;
/** A job is given up by the queue after 15 minutes; long before, the rest becomes a job of its own. */
const SLICE_MS = 5 * 60_000;
const MOST_REST_MS = 250;

/** The work goes on in another job. */
class Interrupted extends Error {
  readonly runId: string;
  constructor(runId: string) {
    super('interrupted');
    this.runId = runId;
  }
}

/**
 * Job: fetches the file if it must, and takes its rows in. It may be killed at any moment: done again, it goes on
 * where it was. @returns whether more is to be done
 */
export async function takeOrder(ctx: ImportContext, orderId: string, sliceMs = SLICE_MS): Promise<'done' | 'more'> {
  const order = await findOrder(ctx.database.read, orderId);
  if (order === undefined || !isOpen(order.state)) {
    await rm(join(ctx.imports, orderId), { force: true });
    return 'done';
  }
  const until = performance.now() + sliceMs;
  try {
    const there = await fetched(ctx, order);
    if (there === undefined) return 'done';
    await read(ctx, there, until);
  } catch (error) {
    if (error instanceof Interrupted) return goOn(ctx, orderId, error.runId);
    if (!(error instanceof UnreadableFile)) throw error;
    await end(ctx, order, { state: 'failed', message: error.message });
  }
  return 'done';
}

/** The order with its file on this machine; `undefined` when there is none to be had. */
async function fetched(ctx: ImportContext, order: ImportOrder): Promise<ImportOrder | undefined> {
  const path = join(ctx.imports, order.id);
  if (order.file !== null) {
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return order;
    if (order.url === null) throw new UnreadableFile('Die hochgeladene Datei liegt nicht mehr auf diesem Rechner. Laden Sie sie noch einmal hoch.');
  }
  await mkdir(ctx.imports, { recursive: true, mode: 0o700 });
  await rm(path, { force: true });
  if (!(await ctx.database.write((tx) => changeOrder(tx, order.id, { state: 'fetching' })))) return undefined;
  const done = await ctx.outbound.download(order.url!, path, { maxBytes: MOST_IMPORT_BYTES, timeoutMs: FETCH_MS });
  if (!done.ok) throw new UnreadableFile(done.problem.detail);
  const { name, sizeBytes } = done.value;
  const kept = await ctx.database.write((tx) => changeOrder(tx, order.id, { file: order.id, name, sizeBytes }));
  return kept ? { ...order, name, sizeBytes, file: order.id } : undefined;
}

async function read(ctx: ImportContext, order: ImportOrder, until: number): Promise<void> {
  const path = join(ctx.imports, order.id);
  const { format: wished, replace, ...wish } = order.wish;
  const format = await formatOf(
    path,
    order.name,
    FORMATS.find((one) => one === wished),
  );
  const file = await openFile(path, { ...wish, format, name: order.name, plans: ctx.plans });
  let told: readonly string[] = [];
  let run: ImportRun | undefined;
  let since = performance.now();
  const done = await importFeatures(ctx, ACTOR, {
    ...file,
    collection: order.collectionId,
    replace: replace === true,
    async begun(one) {
      run = one;
      if (!(await ctx.database.write((tx) => changeOrder(tx, order.id, { state: 'reading', runId: one.id })))) throw new Interrupted(one.id);
    },
    async progress(one) {
      run = one;
      const notes = file.notes.length === told.length ? {} : { notes: (told = [...file.notes]) };
      if (!(await ctx.database.write((tx) => changeOrder(tx, order.id, notes))) || performance.now() > until) throw new Interrupted(one.id);
      // people who are being answered come first
      await sleep(Math.min(MOST_REST_MS, (performance.now() - since) / 2));
      since = performance.now();
    },
  });
  if (!done.ok) throw new UnreadableFile(done.problem.fields?.[0]?.message ?? done.problem.detail);
  await end(ctx, order, { state: 'done', runId: done.value.id, notes: file.notes });
  ctx.log.info('geodata.imported', { collection: order.collectionId, rows: run?.rowsRead ?? 0, rejected: done.value.rejected });
}

/** Orders the rest; an order that was cancelled meanwhile ends here. */
async function goOn(ctx: ImportContext, orderId: string, runId: string): Promise<'done' | 'more'> {
  const more = await ctx.database.write(async (tx) => {
    const order = await findOrder(tx, orderId);
    const open = order !== undefined && isOpen(order.state);
    if (open) await ctx.outbox.enqueue(tx, IMPORT, { orderId });
    else await endRun(tx, runId, 'cancelled', undefined, ctx.clock());
    return open;
  });
  if (!more) await rm(join(ctx.imports, orderId), { force: true });
  return more ? 'more' : 'done';
}

async function end(ctx: ImportContext, order: ImportOrder, change: OrderChange): Promise<void> {
  await ctx.database.write((tx) => changeOrder(tx, order.id, { ...change, endedAt: ctx.clock() }));
  await rm(join(ctx.imports, order.id), { force: true });
}

const FORGOTTEN_MS = 24 * 3_600_000;

/** Job by the clock: removes files that a killed process left and nobody needs. */
export async function sweepImports(ctx: Pick<ImportContext, 'database' | 'imports' | 'clock'>): Promise<void> {
  const needed = await neededFiles(ctx.database.read);
  for (const name of await readdir(ctx.imports).catch(() => [])) {
    const path = join(ctx.imports, name);
    const facts = await stat(path).catch(() => undefined);
    if (facts?.isFile() === true && !needed.has(name) && ctx.clock().epochMilliseconds - facts.mtimeMs > FORGOTTEN_MS) await rm(path, { force: true });
  }
}
