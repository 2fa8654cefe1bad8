import { parseId } from '../../../kernel/id.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { headOf, type PlanHead } from '../domain/plan.ts';
import { notFound, type PlanProblem } from '../domain/problems.ts';
import type { DocumentRef, PlansContext, PublicCaseView } from './context.ts';
import { planGeoJson } from './geojson.ts';
import { planSvg } from './plan-svg.ts';
import { readPlan, type ReadPlan } from './read-plan.ts';

export const PLAN_TYPE = 'application/gml+xml';

/** Plans by the hash of their file: what is read once stays right. */
const KEEP = 32;
const known = new Map<string, ReadPlan>();

/** Why the bytes are no XPlanGML that Kontor reads; nothing when they are. */
export function xplanComplaint(bytes: Uint8Array): string | undefined {
  const read = readPlan(bytes);
  return read.ok ? undefined : read.problem.detail;
}

/** What the plan in these bytes lays down, as GeoJSON. */
export function featuresOfPlan(bytes: Uint8Array): Result<ReturnType<typeof planGeoJson>, PlanProblem> {
  const read = readPlan(bytes);
  return read.ok ? ok(planGeoJson(read.value.plan)) : read;
}

async function planOf(ctx: PlansContext, documents: readonly DocumentRef[]): Promise<ReadPlan | undefined> {
  const document = documents.findLast(({ mediaType }) => mediaType === PLAN_TYPE);
  if (document === undefined) return undefined;
  const before = known.get(document.sha256);
  if (before !== undefined) return before;
  const file = await ctx.readFile(ctx.database.read, document.sha256);
  const read = file && readPlan(file.bytes);
  if (read?.ok !== true) return undefined;
  known.set(document.sha256, read.value);
  for (const oldest of known.keys()) if (known.size > KEEP) known.delete(oldest);
  return read.value;
}

/** A public case with its plan, where one is public. */
export interface PublicPlan {
  readonly view: PublicCaseView;
  readonly read: ReadPlan | undefined;
  readonly head: PlanHead | undefined;
}

async function withPlan(ctx: PlansContext, view: PublicCaseView): Promise<PublicPlan> {
  const read = await planOf(ctx, view.documents);
  return { view, read, head: read && headOf(read.plan) };
}

export async function listPlans(ctx: PlansContext): Promise<PublicPlan[]> {
  const views = await ctx.cases.listPublic();
  return Promise.all(views.map((view) => withPlan(ctx, view)));
}

export async function openPlan(ctx: PlansContext, caseId: string): Promise<Result<PublicPlan, PlanProblem>> {
  const id = parseId(caseId);
  const view = id && (await ctx.cases.findPublic(id));
  return view === undefined ? refuse(notFound) : ok(await withPlan(ctx, view));
}

/** The file itself, as it was handed in. */
export async function planFile(ctx: PlansContext, caseId: string): Promise<Result<{ bytes: Uint8Array; fileName: string }, PlanProblem>> {
  const opened = await openPlan(ctx, caseId);
  if (!opened.ok) return opened;
  const document = opened.value.view.documents.findLast(({ mediaType }) => mediaType === PLAN_TYPE);
  const file = document && (await ctx.readFile(ctx.database.read, document.sha256));
  return document === undefined || file === undefined ? refuse(notFound) : ok({ bytes: file.bytes, fileName: document.fileName });
}

/** The newest plan of a case as an officer sees it, public or not. */
export async function officerPlan(ctx: PlansContext, actor: Actor, caseId: string): Promise<ReadPlan | undefined> {
  const documents = actor.kind === 'staff' ? await ctx.cases.documentsFor(actor, caseId) : undefined;
  return documents && planOf(ctx, documents);
}

const drawn = ({ plan }: ReadPlan): Result<string, PlanProblem> => ok(planSvg(plan, headOf(plan).name));

/** The public plan as SVG. */
export async function planPicture(ctx: PlansContext, caseId: string): Promise<Result<string, PlanProblem>> {
  const opened = await openPlan(ctx, caseId);
  if (!opened.ok) return opened;
  return opened.value.read === undefined ? refuse(notFound) : drawn(opened.value.read);
}

/** The newest plan as SVG, for an officer who may see the case. */
export async function officerPicture(ctx: PlansContext, actor: Actor, caseId: string): Promise<Result<string, PlanProblem>> {
  const id = parseId(caseId);
  const read = id && (await officerPlan(ctx, actor, id));
  return read === undefined ? refuse(notFound) : drawn(read);
}

/** The public plan as GeoJSON; empty where none is public yet. */
export async function planFeatures(ctx: PlansContext, caseId: string): Promise<Result<ReturnType<typeof planGeoJson>, PlanProblem>> {
  const opened = await openPlan(ctx, caseId);
  if (!opened.ok) return opened;
  return ok(opened.value.read === undefined ? { type: 'FeatureCollection', features: [] } : planGeoJson(opened.value.read.plan));
}
