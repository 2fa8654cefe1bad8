import type { Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { enterLage, type LageView, type Right } from '../../situation/public.ts';
import type { Forecast } from '../domain/forecast.ts';
import type { Item } from '../domain/checklist.ts';
import type { Zone } from '../domain/gates.ts';
import { noGate, noMeasure, noProposal, noZone, type SurgeProblem } from '../domain/problems.ts';
import { hasSynthetic, listGateWords, type GateWord } from '../store/gates.ts';
import { listDecisions, listProposals, type Decision, type Proposal, type ProposalState } from '../store/measures.ts';
import { listForecasts, listReadings, type Reading } from '../store/water.ts';
import type { SurgeContext } from './context.ts';
import { enterSeeing, SURGE_LAYERS } from './in-surge.ts';
import { readGates, readState, readWater, type KeptRow, type SurgeState } from './surge-state.ts';

/** The storm surge as the page shows it. */
export interface SurgeView {
  readonly view: LageView;
  readonly state: SurgeState;
  readonly proposals: readonly Proposal[];
  readonly decisions: readonly Decision[];
  readonly connected: { readonly tasks: boolean; readonly flood: boolean };
}

type Read<T> = Promise<Result<T, SurgeProblem>>;

export async function showSurge(ctx: SurgeContext, actor: Actor, key: string): Read<SurgeView> {
  const opened = await enterSeeing(ctx, actor, key);
  if (!opened.ok) return opened;
  const { lage } = opened.value;
  const db = ctx.database.read;
  return ok({
    view: opened.value,
    state: await readState(ctx, db, lage, ctx.clock()),
    proposals: await listProposals(db, lage.id, { state: 'open', limit: 200 }),
    decisions: await listDecisions(db, lage.id, { limit: 5 }),
    connected: { tasks: ctx.orderTask !== undefined, flood: ctx.whatIfOpen !== undefined },
  });
}

/** What is to be done in the storm surge, and what the rules propose. */
export async function surgeDuties(ctx: SurgeContext, view: LageView): Promise<{ readonly items: readonly Item[]; readonly proposals: readonly Proposal[] }> {
  if (!SURGE_LAYERS.every((layer) => view.layers.has(layer))) return { items: [], proposals: [] };
  const db = ctx.database.read;
  const { items } = await readWater(db, view.lage, ctx.clock());
  return { items, proposals: await listProposals(db, view.lage.id, { state: 'open', limit: 200 }) };
}

/** The gates of a Lage, as their list shows them. */
export interface GatesView {
  readonly view: LageView;
  readonly now: Temporal.Instant;
  readonly gates: readonly KeptRow[];
  /** Some of it is made up. */
  readonly synthetic: boolean;
}

export async function showGates(ctx: SurgeContext, actor: Actor, key: string): Read<GatesView> {
  const opened = await enterSeeing(ctx, actor, key, ['tore']);
  if (!opened.ok) return opened;
  const { lage } = opened.value;
  const [db, now] = [ctx.database.read, ctx.clock()];
  return ok({ view: opened.value, now, gates: await readGates(db, lage, now), synthetic: await hasSynthetic(db, lage.id) });
}

/** The Lage, for a page that only asks whether the person may do something there. */
export const openFor = (ctx: SurgeContext, actor: Actor, key: string, right: Right): Read<LageView> => enterLage(ctx, actor, key, right);

interface Shown<One> {
  readonly shown: SurgeView;
  readonly one: One;
}

async function pick<One>(ctx: SurgeContext, actor: Actor, key: string, of: (shown: SurgeView) => One | undefined, missing: SurgeProblem): Read<Shown<One>> {
  const shown = await showSurge(ctx, actor, key);
  if (!shown.ok) return shown;
  const one = of(shown.value);
  return one === undefined ? refuse(missing) : ok({ shown: shown.value, one });
}

export const showMeasure = (ctx: SurgeContext, actor: Actor, key: string, measureKey: string): Read<Shown<Item>> =>
  pick(ctx, actor, key, ({ state }) => state.items.find(({ measure }) => measure.key === measureKey), noMeasure);

export const showZone = (ctx: SurgeContext, actor: Actor, key: string, zoneId: string): Read<Shown<Zone>> =>
  pick(ctx, actor, key, ({ state }) => state.zones.find(({ id }) => id === zoneId), noZone);

/** One that still waits for somebody's decision. */
export const showProposal = (ctx: SurgeContext, actor: Actor, key: string, proposalId: string): Read<Shown<Proposal>> =>
  pick(ctx, actor, key, ({ proposals }) => proposals.find(({ id }) => id === proposalId), {
    ...noProposal,
    detail: 'Diesen Vorschlag gibt es nicht mehr: Jemand hat entschieden, oder der Anlass ist weggefallen.',
  });

export interface Paging<After> {
  readonly limit: number;
  readonly after?: After | undefined;
}

export async function forecastsOf(ctx: SurgeContext, actor: Actor, key: string, page: Paging<number>): Read<readonly Forecast[]> {
  const opened = await enterSeeing(ctx, actor, key, ['prognose']);
  return opened.ok ? ok(await listForecasts(ctx.database.read, opened.value.lage.id, page)) : opened;
}

export async function levelsOf(ctx: SurgeContext, actor: Actor, key: string, hours: number): Read<readonly Reading[]> {
  const opened = await enterSeeing(ctx, actor, key, ['pegel']);
  return opened.ok ? ok(await listReadings(ctx.database.read, opened.value.lage.id, ctx.clock().subtract({ hours }))) : opened;
}

export async function proposalsOf(
  ctx: SurgeContext,
  actor: Actor,
  key: string,
  page: Paging<string> & { readonly state?: ProposalState | undefined },
): Read<readonly Proposal[]> {
  const opened = await enterSeeing(ctx, actor, key);
  return opened.ok ? ok(await listProposals(ctx.database.read, opened.value.lage.id, page)) : opened;
}

export async function decisionsOf(ctx: SurgeContext, actor: Actor, key: string, page: Paging<number>): Read<readonly Decision[]> {
  const opened = await enterSeeing(ctx, actor, key);
  return opened.ok ? ok(await listDecisions(ctx.database.read, opened.value.lage.id, page)) : opened;
}

/** A gate with all that was said of it. */
export async function showGate(
  ctx: SurgeContext,
  actor: Actor,
  key: string,
  id: string,
  page: Paging<string>,
): Read<{ readonly view: LageView; readonly row: KeptRow; readonly words: readonly GateWord[] }> {
  const opened = await enterSeeing(ctx, actor, key, ['tore']);
  if (!opened.ok) return opened;
  const gates = await readGates(ctx.database.read, opened.value.lage, ctx.clock());
  const row = parseId(id) === undefined ? undefined : gates.find(({ gate }) => gate.id === id);
  return row === undefined ? refuse(noGate) : ok({ view: opened.value, row, words: await listGateWords(ctx.database.read, id, page) });
}
