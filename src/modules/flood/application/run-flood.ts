import type { Tx } from '../../../platform/database/port.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import { lageStream, showInPicture, type PictureObject } from '../../situation/public.ts';
import { affectedBy, type Affected } from '../domain/affected.ts';
import { cellsOf, type GridFrame } from '../domain/grid.ts';
import { LAYER_IDS } from '../domain/legend.ts';
import type { MemberFacts } from '../domain/member.ts';
import type { EnsembleRecord, FloodRecord } from '../domain/records.ts';
import { coarseningOf, membersOf, RUN_LIMITS } from '../domain/run.ts';
import type { Run, RunSummary } from '../domain/summary.ts';
import { claimRun, endRun, findRun, holdRun, keepFacilities, keepLayer, keepMember, memberFacts, memberRecord } from '../store/runs.ts';
import { LAYER, RUNNER, type FloodContext } from './context.ts';
import { FloodThreadEnded, type FloodThread } from './flood-threads.ts';
import { gridById, loadGround, type Grid } from './grids.ts';
import { pack, unpack16 } from './packed.ts';
import { cornersOf, placesOn } from './places.ts';

type Calculating = Pick<FloodContext, 'database' | 'journal' | 'clock' | 'log' | 'threads'>;

/** A process that says nothing for this long is taken to be gone. */
const LEASE = { seconds: 15 };
const HOLD_EVERY_MS = 3_000;

/**
 * Calculates a run, a member at a time, each kept as soon as it is there. Idempotent: after a crash it goes
 * on behind the last member that is kept. Throws where another process holds the run, to be tried again.
 */
export async function runFlood(ctx: Calculating, runId: string): Promise<void> {
  if (!(await isOpen(ctx, runId))) return;
  await ctx.threads.use(async (thread) => {
    const now = ctx.clock();
    const run = await ctx.database.write((tx) => claimRun(tx, runId, now, now.add(LEASE)));
    if (run === undefined) {
      if (await isOpen(ctx, runId)) throw new Error('another process calculates this run');
      return;
    }
    const watch = holdOn(ctx, run, thread);
    try {
      await calculate(ctx, run, thread, watch.progress);
    } catch (error) {
      if (ctx.threads.closing) throw error;
      const message = watch.timedOut() ? TOO_LONG : saidOf(error);
      if (message === undefined) throw error;
      if (message === OUR_FAULT) ctx.log.error('flood.model-failed', { runId, model: run.model, error: String(error) });
      await fail(ctx, run, message);
    } finally {
      watch.end();
    }
  });
}

async function isOpen(ctx: Calculating, runId: string): Promise<boolean> {
  const status = (await findRun(ctx.database.read, runId))?.status;
  return status === 'waiting' || status === 'running';
}

const TOO_LONG = `Die Rechnung hat länger als ${RUN_LIMITS.runSeconds / 60} Minuten gedauert und wurde beendet. Nehmen Sie weniger Stunden oder Scheitel.`;
const TOO_MUCH = 'Die Rechnung hat mehr Speicher gebraucht, als sie darf. Nehmen Sie ein gröberes Raster.';
const OUR_FAULT = 'Das Modell ist an einem Fehler von uns gescheitert. Wir haben ihn aufgezeichnet.';

/** What the staff is told; `undefined` for troubles of the database, after which it is tried again. */
function saidOf(error: unknown): string | undefined {
  if (error instanceof FloodThreadEnded) return { memory: TOO_MUCH, stopped: 'Die Rechnung wurde beendet.', broken: OUR_FAULT }[error.why];
  return error instanceof Error && ('code' in error || error.name === 'error') ? undefined : OUR_FAULT;
}

interface Watch {
  readonly progress: (percent: number) => void;
  readonly timedOut: () => boolean;
  readonly end: () => void;
}

/** Keeps the lease alive, ends the thread of a run that nobody wants any more, or that takes too long. */
function holdOn(ctx: Calculating, { id: runId }: Run, thread: FloodThread): Watch {
  const started = performance.now();
  let timedOut = false;
  let percent = 0;
  const look = async (): Promise<void> => {
    timedOut = performance.now() - started > RUN_LIMITS.runSeconds * 1000;
    const now = ctx.clock();
    if (timedOut || !(await ctx.database.write((tx) => holdRun(tx, runId, now, now.add(LEASE), percent)))) await thread.end();
  };
  const timer = setInterval(() => void look().catch((error: unknown) => ctx.log.warn('flood.not-held', { runId, error: String(error) })), HOLD_EVERY_MS);
  return { progress: (now) => void (percent = Math.floor(now)), timedOut: () => timedOut, end: () => clearInterval(timer) };
}

async function calculate(ctx: Calculating, run: Run, thread: FloodThread, progress: Watch['progress']): Promise<void> {
  const { input } = run;
  const found = await gridById(ctx, run.gridId);
  if (!found.ok) throw new FloodThreadEnded('stopped');
  const grid = found.value;
  const coarsening = coarseningOf(input, grid, grid.lowestMetres);
  const members = membersOf(input);
  const done = new Set((await memberFacts(ctx.database.read, run.id)).map(({ number }) => number));
  if (done.size < members.length) await thread.prepare({ ...(await loadGround(ctx, grid)), coarsening, input, bands: ctx.threads.bands });
  for (const member of members) {
    if (done.has(member.number)) continue;
    const share = (part: number): number => (99 * (done.size + part)) / members.length;
    const { maximum, arrival, facts } = await thread.member(member, (part) => progress(share(part)));
    const record = new Uint16Array(2 * maximum.length);
    record.set(maximum);
    record.set(arrival, maximum.length);
    const packed = await pack(record);
    done.add(member.number);
    const now = ctx.clock();
    const wanted = await ctx.database.write(async (tx) => {
      await keepMember(tx, run.id, member.number, facts, packed);
      return holdRun(tx, run.id, now, now.add(LEASE), Math.floor(share(0)));
    });
    if (!wanted) throw new FloodThreadEnded('stopped');
  }
  await finish(ctx, run, { grid, coarsening, thread });
}

/** Frame of the grid a run is calculated on. */
export function coarseFrame({ columns, rows, cellMetres, westMetres, southMetres }: GridFrame, factor: number): GridFrame {
  const size = cellMetres * factor;
  const frame = { columns: Math.ceil(columns / factor), rows: Math.ceil(rows / factor), cellMetres: size, westMetres };
  return { ...frame, southMetres: southMetres + rows * cellMetres - frame.rows * size };
}

/** Result, picture of the Lage and journal in one transaction; a run that was cancelled meanwhile stays so. */
async function finish(
  ctx: Calculating,
  run: Run,
  { grid, coarsening, thread }: { readonly grid: Grid; readonly coarsening: number; readonly thread: FloodThread },
): Promise<void> {
  const frame = coarseFrame(grid, coarsening);
  const kept = await memberFacts(ctx.database.read, run.id);
  const records: FloodRecord[] = [];
  for (const { number } of kept) {
    const both = await unpack16(await memberRecord(ctx.database.read, run.id, number), 2 * cellsOf(frame));
    records.push({ maximum: both.subarray(0, both.length / 2), arrival: both.subarray(both.length / 2) });
  }
  const all = await thread.together(records);
  const { places, unknown } = await placesOn(ctx, frame);
  const affected = affectedBy(frame, { depth: all.worst, arrival: all.arrival, probability: all.probability }, places, unknown);
  const summary = summaryOf({ frame, coarsening, grid, facts: kept.map(({ facts }) => facts), affected });
  const layers = await Promise.all(LAYER_IDS.map(async (layer) => [layer, await pack(valuesOf(all, layer))] as const));
  const now = ctx.clock();
  await ctx.database.write(async (tx) => {
    const ended = await endRun(tx, run.id, { status: 'done', message: 'Die Rechnung ist fertig.', summary }, now);
    if (ended === undefined) return;
    for (const [layer, cells] of layers) await keepLayer(tx, run.id, layer, cells);
    await keepFacilities(tx, run.id, affected.facilities);
    const shown = await showInPicture(tx, run.lageId, [objectOf(ended, summary, now)], now);
    const { inputHash, owner, model, version } = ended;
    const payload = { runId: run.id, model, version, inputHash, status: 'done', orderedBy: owner, people: summary.people, facilities: summary.facilities };
    await ctx.journal.append(tx, RUNNER, now, [{ stream: lageStream(run.lageId), kind: 'flood.run-finished', payload }, shown]);
  });
}

export const valuesOf = ({ maximum, least, worst, arrival, probability }: EnsembleRecord, layer: (typeof LAYER_IDS)[number]): Uint16Array | Uint8Array =>
  ({ depth: maximum, least, worst, arrival, probability })[layer];

function summaryOf(of: {
  readonly frame: GridFrame;
  readonly coarsening: number;
  readonly grid: Grid;
  readonly facts: readonly MemberFacts[];
  readonly affected: Affected;
}): RunSummary {
  const { frame, coarsening, grid, facts, affected } = of;
  const areas = facts.map(({ floodedSquareKilometres }) => floodedSquareKilometres).toSorted((a, b) => a - b);
  return {
    ...{ frame, coarsening, gridName: grid.name, gridSha256: grid.sha256, demo: grid.demo },
    floodedSquareKilometres: { least: areas[0]!, median: areas[areas.length >> 1]!, worst: areas.at(-1)! },
    deepestMetres: Math.max(...facts.map(({ deepestMetres }) => deepestMetres)),
    massError: Math.max(...facts.map(({ massError }) => massError)),
    ...{ people: affected.people, buildings: affected.buildings, facilities: affected.facilities.length, unknown: affected.unknown },
  };
}

/** The run as a thing of the picture: where it was calculated, and what it says. */
function objectOf(run: Run, summary: RunSummary, now: Temporal.Instant): PictureObject {
  const corners = cornersOf(summary.frame);
  return {
    id: `forecast:${run.id}`,
    kind: 'forecast',
    layer: LAYER,
    title: `Flutmodell: ${run.title}`.slice(0, 80),
    geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]!].map(([lon, lat]) => [lon, lat] as [number, number]).toReversed()] },
    facts: {
      model: run.model,
      version: run.version,
      peaksMetres: [...run.input.peaksMetres],
      members: run.members,
      floodedSquareKilometres: summary.floodedSquareKilometres.median,
      people: summary.people,
      facilities: summary.facilities,
      synthetic: summary.demo,
      runId: run.id,
    },
    source: { kind: 'model', name: `Kontor ${run.model} ${run.version}`, ref: run.id },
    eventAt: now,
    receivedAt: now,
  };
}

async function fail(ctx: Calculating, run: Run, message: string): Promise<void> {
  await ctx.database.write(async (tx: Tx) => {
    const now = ctx.clock();
    const ended = await endRun(tx, run.id, { status: 'failed', message }, now);
    if (ended === undefined) return;
    const entry: NewEntry = {
      stream: lageStream(run.lageId),
      kind: 'flood.run-finished',
      payload: { runId: run.id, inputHash: run.inputHash, status: 'failed' },
    };
    await ctx.journal.append(tx, RUNNER, now, [entry]);
  });
}
