import type { Actor } from '../../../kernel/actor.ts';
import { actorRef } from '../../../kernel/actor.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { newId, parseId } from '../../../kernel/id.ts';
import { wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { isStorable } from '../../../kernel/storable.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { enterLage, lageStream, type LageView } from '../../situation/public.ts';
import type { Facility } from '../domain/affected.ts';
import type { MemberFacts } from '../domain/member.ts';
import { checkRun, membersOf, MODEL_VERSION, RUN_LIMITS, type MemberInput, type RunInput } from '../domain/run.ts';
import type { Run } from '../domain/summary.ts';
import { countOpen, endRun, findRun, insertRun, listRuns, memberFacts, readFacilities } from '../store/runs.ts';
import { NO_RUN, NOT_YOUR_LAYER, RUN, type FloodContext, type Reading, type Writing } from './context.ts';
import { gridById } from './grids.ts';

const TOO_MANY: Problem = {
  kind: 'too-many',
  detail: `In dieser Lage warten oder laufen schon ${RUN_LIMITS.openRuns} Rechnungen. Warten Sie, bis eine fertig ist, oder brechen Sie eine ab.`,
};
const NOT_STORABLE: Problem = { kind: 'invalid-input', detail: 'Der Titel enthält Zeichen, die kein Text sind. Nehmen Sie sie heraus.' };

/** Orders a run; needs the right to assess. */
export async function startFloodRun(ctx: Writing & Pick<FloodContext, 'outbox'>, actor: Actor, key: string, input: RunInput): Promise<Result<Run, Problem>> {
  const found = await gridById(ctx, input.gridId);
  return ctx.database.transaction(async (tx) => {
    const opened = await enterLage(ctx, actor, key, 'assess', tx);
    if (!opened.ok) return opened;
    if (!found.ok) return found;
    const { structures, lowestMetres } = found.value;
    const checked = checkRun(input, structures, lowestMetres);
    if (!checked.ok) return checked;
    if (!isStorable(input)) return refuse(NOT_STORABLE);
    const { lage, member } = opened.value;
    if ((await countOpen(tx, lage.id)) >= RUN_LIMITS.openRuns) return refuse(TOO_MANY);
    const now = ctx.clock();
    const id = newId(now.epochMilliseconds);
    const inputHash = sha256Hex(canonicalJson(input));
    const version = MODEL_VERSION[input.model];
    const members = membersOf(input).length;
    const run = await insertRun(
      tx,
      {
        ...{ id, lageId: lage.id, gridId: input.gridId, title: input.title.trim() || titleOf(input), model: input.model, version, input, inputHash, members },
        ...{ message: 'Die Rechnung wartet.', owner: actorRef(actor), ownerName: `${member.name}, ${member.organisation}` },
      },
      now,
    );
    await ctx.outbox.enqueue(tx, RUN, { runId: id });
    const payload = { runId: id, gridId: input.gridId, model: input.model, version, inputHash, members };
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: 'flood.run-ordered', payload }]);
    return ok(run);
  });
}

const titleOf = ({ peaksMetres }: RunInput): string =>
  `Scheitel ${peaksMetres.map((peak) => peak.toLocaleString('de-DE', { minimumFractionDigits: 2 })).join('; ')} m`;

async function enterForecast(ctx: Reading, actor: Actor, key: string, right: 'read' | 'assess' = 'read'): Promise<Result<LageView, Problem>> {
  const opened = await enterLage(ctx, actor, key, right);
  return opened.ok && !opened.value.layers.has('prognose') ? refuse(NOT_YOUR_LAYER) : opened;
}

export interface RunPage {
  readonly view: LageView;
  readonly runs: readonly Run[];
  readonly next?: string;
}

/** Runs of a Lage, newest first. */
export async function floodRuns(
  ctx: Reading,
  actor: Actor,
  key: string,
  wish: { readonly limit: number; readonly before?: string },
): Promise<Result<RunPage, Problem>> {
  const opened = await enterForecast(ctx, actor, key);
  if (!opened.ok) return opened;
  const rows = await listRuns(ctx.database.read, opened.value.lage.id, { ...wish, limit: wish.limit + 1 });
  const runs = rows.slice(0, wish.limit);
  return ok({ view: opened.value, runs, ...(rows.length > wish.limit ? { next: runs.at(-1)!.id } : {}) });
}

export interface RunMember extends MemberInput {
  readonly facts: MemberFacts;
}

export interface WholeRun {
  readonly view: LageView;
  readonly run: Run;
  readonly members: readonly RunMember[];
}

export async function floodRun(ctx: Reading, actor: Actor, key: string, id: string): Promise<Result<WholeRun, Problem>> {
  const opened = await enterForecast(ctx, actor, key);
  if (!opened.ok) return opened;
  const run = parseId(id) === undefined ? undefined : await findRun(ctx.database.read, id, opened.value.lage.id);
  if (run === undefined) return refuse(NO_RUN);
  const facts = new Map((await memberFacts(ctx.database.read, id)).map((one) => [one.number, one.facts]));
  const members = membersOf(run.input).flatMap((one) => (facts.has(one.number) ? [{ ...one, facts: facts.get(one.number)! }] : []));
  return ok({ view: opened.value, run, members });
}

/** Ends a run that waits or runs. */
export async function cancelFloodRun(ctx: Writing, actor: Actor, key: string, id: string): Promise<Result<Run, Problem>> {
  const opened = await enterForecast(ctx, actor, key, 'assess');
  if (!opened.ok) return opened;
  const { lage } = opened.value;
  return ctx.database.transaction(async (tx) => {
    const run = parseId(id) === undefined ? undefined : await findRun(tx, id, lage.id);
    if (run === undefined) return refuse(NO_RUN);
    const now = ctx.clock();
    const ended = await endRun(tx, id, { status: 'cancelled', message: 'Die Rechnung wurde abgebrochen.' }, now);
    if (ended === undefined) return refuse(wrongState('Diese Rechnung ist schon zu Ende. Laden Sie ihren Stand neu.'));
    await ctx.journal.append(tx, actor, now, [{ stream: lageStream(lage.id), kind: 'flood.run-cancelled', payload: { runId: id, inputHash: run.inputHash } }]);
    return ok(ended);
  });
}

export interface FacilityPage {
  readonly facilities: readonly (Facility & { readonly number: number })[];
  readonly next?: number;
}

/** Facilities in the water, the soonest first, for who may see facilities. */
export async function floodedFacilities(
  ctx: Reading,
  actor: Actor,
  key: string,
  id: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Result<FacilityPage, Problem>> {
  const found = await floodRun(ctx, actor, key, id);
  if (!found.ok) return found;
  if (!found.value.view.layers.has('einrichtungen')) return ok({ facilities: [] });
  const rows = await readFacilities(ctx.database.read, id, { after, limit: limit + 1 });
  const facilities = rows.slice(0, limit);
  return ok({ facilities, ...(rows.length > limit ? { next: facilities.at(-1)!.number } : {}) });
}
