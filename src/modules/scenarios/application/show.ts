import { worksForCity, type Actor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { collectionsFor, type Collection } from '../../geodata/public.ts';
import type { Comment } from '../domain/comment.ts';
import { collectionsOf } from '../domain/job-inputs.ts';
import { isToken, sha256Hex } from '../../../kernel/token.ts';
import { compareRuns, isStale, runFor, type ComparedRow, type Run } from '../domain/run.ts';
import { roleOf, type Role, type Scenario, type Variant } from '../domain/scenario.ts';
import { listComments } from '../store/comments.ts';
import { findLayers, listRuns } from '../store/runs.ts';
import { findByKey, listScenarios, type FoundScenario } from '../store/scenarios.ts';
import { listVariants } from '../store/variants.ts';
import { collectRuns } from './collect-runs.ts';
import { openScenario, whoIs, type Reading, type Writing } from './context.ts';
import { NO_LINK } from './links.ts';

/** A scenario in a list. */
export interface ListedScenario {
  readonly scenario: Scenario;
  readonly role: Role;
}

export interface ScenarioPage {
  readonly scenarios: readonly ListedScenario[];
  /** Id of the last one, where another page follows. */
  readonly next?: string;
}

/** @param which `own`: made or worked on; `open`: others that are open to the actor. Newest first. */
export async function scenariosFor(
  ctx: Reading,
  actor: Actor,
  { which, before, limit }: { readonly which: 'own' | 'open'; readonly before?: string; readonly limit: number },
): Promise<ScenarioPage> {
  if (which === 'own' && actor.kind === 'anonymous') return { scenarios: [] };
  const visibilities = actor.kind === 'staff' ? (['public', 'staff'] as const) : (['public'] as const);
  const rows = await listScenarios(ctx.database.read, {
    which,
    who: whoIs(actor),
    visibilities,
    limit: limit + 1,
    ...(before === undefined ? {} : { before }),
  });
  const scenarios = rows.slice(0, limit).map(({ scenario, coworkers }) => ({ scenario, role: roleOf(scenario, coworkers, actor) ?? 'reader' }));
  return { scenarios, ...(rows.length > limit ? { next: scenarios.at(-1)!.scenario.id } : {}) };
}

/** A run with whether plan, area or data have changed since. */
export type ShownRun = Run & { readonly stale: boolean };

/** All that is to be seen of one scenario. */
export interface ScenarioPicture {
  readonly scenario: Scenario;
  readonly role: Role;
  /** How many work along. */
  readonly coworkers: number;
  readonly variants: readonly Variant[];
  readonly runs: readonly ShownRun[];
  readonly comments: readonly Comment[];
  /** Collections the actor may see. */
  readonly collections: readonly Collection[];
  /** Collections that the scenario names and that are not there. */
  readonly missing: readonly string[];
}

const CITY = { kind: 'system', job: 'scenarios.show' } as const;

/** Collections that are there and that the actor may not read now: what was calculated from them while they were open is closed, too. */
export async function closedTo(ctx: Reading, actor: Actor): Promise<ReadonlySet<string>> {
  if (worksForCity(actor)) return new Set();
  const open = new Set((await collectionsFor(ctx, actor)).map(({ id }) => id));
  return new Set((await collectionsFor(ctx, CITY)).map(({ id }) => id).filter((id) => !open.has(id)));
}

async function pictureOf(ctx: Writing, actor: Actor, { scenario, coworkers }: FoundScenario, role: Role): Promise<ScenarioPicture> {
  const { id } = scenario;
  await collectRuns(ctx, id);
  const db = ctx.database.read;
  const [variants, runs, comments, collections, closed] = await Promise.all([
    listVariants(db, id),
    listRuns(db, id),
    listComments(db, id, role === 'owner' ? undefined : whoIs(actor)),
    collectionsFor(ctx, actor),
    closedTo(ctx, actor),
  ]);
  const missing = collectionsOf(scenario.data).filter((one) => !collections.some((there) => there.id === one));
  const shown = runs.map((run): ShownRun => {
    const variant = variants.find((one) => one.id === run.variantId);
    return { ...runFor(run, actor, closed), stale: variant === undefined || isStale(run, scenario, variant, variants[0]!) };
  });
  return { scenario, role, coworkers: coworkers.length, variants, runs: shown, comments, collections, missing };
}

export interface Comparison {
  /** In the order of the variants. */
  readonly runs: readonly (ShownRun | undefined)[];
  readonly rows: readonly ComparedRow[];
}

/** What one process has found for the variants, side by side. */
export function compareVariants({ variants, runs }: Pick<ScenarioPicture, 'variants' | 'runs'>, process: string): Comparison {
  const ordered = variants.map(({ id }) => runs.find((run) => run.variantId === id && run.process === process));
  return { runs: ordered, rows: compareRuns(ordered) };
}

export async function showScenario(ctx: Writing, actor: Actor, id: string): Promise<Result<ScenarioPicture, Problem>> {
  const found = await openScenario(ctx.database.read, actor, id);
  return found.ok ? ok(await pictureOf(ctx, actor, found.value, found.value.role)) : found;
}

/** What whoever has the link sees, as a reader. */
export async function showShared(ctx: Writing, actor: Actor, key: string): Promise<Result<ScenarioPicture, Problem>> {
  const found = isToken(key) ? await findByKey(ctx.database.read, 'share', sha256Hex(key), ctx.clock()) : undefined;
  return found === undefined ? refuse(NO_LINK) : ok(await pictureOf(ctx, actor, found, 'reader'));
}

/** Title and question behind a link to work along, before somebody joins. */
export async function showInvitation(ctx: Reading, key: string): Promise<Result<Pick<Scenario, 'title' | 'question'>, Problem>> {
  const found = isToken(key) ? await findByKey(ctx.database.read, 'join', sha256Hex(key), ctx.clock()) : undefined;
  return found === undefined ? refuse(NO_LINK) : ok(found.scenario);
}

const NO_MAP: Problem = { kind: 'not-found', detail: 'Zu diesem Ergebnis gibt es keine Karte. Die Zahlen stehen im Vergleich.' };

/** A scenario that the actor may look at, or that a link shows. @param key of that link */
export async function readable(ctx: Reading, actor: Actor, id: string, key?: string): Promise<Result<Scenario, Problem>> {
  const shared = key !== undefined && isToken(key) ? await findByKey(ctx.database.read, 'share', sha256Hex(key), ctx.clock()) : undefined;
  if (shared?.scenario.id === id) return ok(shared.scenario);
  const found = await openScenario(ctx.database.read, actor, id);
  return found.ok ? ok(found.value.scenario) : found;
}

/** The map of a run as GeoJSON text. @param key of a link, for who is not let in otherwise */
export async function runMap(ctx: Reading, actor: Actor, scenarioId: string, runId: string, key?: string): Promise<Result<string, Problem>> {
  const found = await readable(ctx, actor, scenarioId, key);
  if (!found.ok) return found;
  const map = parseId(runId) === undefined ? undefined : await findLayers(ctx.database.read, scenarioId, runId);
  if (map === undefined || !runFor(map.run, actor, await closedTo(ctx, actor)).mapped) return refuse(NO_MAP);
  return ok(map.layers);
}

/** Scenarios that an account has made, for its holder (Art. 15 DSGVO). */
export async function exportScenarios(ctx: Reading, accountId: string): Promise<object[]> {
  const owner = { kind: 'citizen', accountId, trust: 'einfach' } as const;
  const { scenarios } = await scenariosFor(ctx, owner, { which: 'own', limit: 1000 });
  const own = scenarios.filter(({ role }) => role === 'owner');
  return Promise.all(
    own.map(async ({ scenario: { id, title, question, area, data, visibility, createdAt } }) => ({
      ...{ id, title, question, area, data, visibility, createdAt },
      variants: (await listVariants(ctx.database.read, id)).map(({ name, description, plan }) => ({ name, description, plan })),
      comments: (await listComments(ctx.database.read, id)).filter(({ author }) => author === whoIs(owner)).map(({ text, writtenAt }) => ({ text, writtenAt })),
    })),
  );
}

/** Collections that the actor may choose as data. */
export const knownCollections = (ctx: Reading, actor: Actor): Promise<readonly Collection[]> => collectionsFor(ctx, actor);
