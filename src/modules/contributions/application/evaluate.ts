import type { Actor } from '../../../kernel/actor.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import { evaluate, type Evaluation } from '../domain/evaluation.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { Participation } from '../domain/participation.ts';
import type { ContributionProblem } from '../domain/problems.ts';
import { listPublished } from '../store/contributions.ts';
import { listCounted } from '../store/desk.ts';
import type { ContributionsContext } from './context.ts';
import { participationForStaff } from './desk.ts';
import { REPORT_TEMPLATE } from './report-template.ts';

export interface Evaluated {
  readonly participation: Participation;
  readonly evaluation: Evaluation;
  readonly mostSupported: readonly Contribution[];
}

const MOST_SUPPORTED = 10;
const PAGE = 500;

/** Counts and the most supported: of published contributions, without any person. */
export async function evaluation(ctx: Pick<ContributionsContext, 'database'>, actor: Actor, key: string): Promise<Result<Evaluated, ContributionProblem>> {
  const found = await participationForStaff(ctx, actor, key);
  if (!found.ok) return found;
  const participation = found.value;
  const rows = await listCounted(ctx.database.read, participation.id);
  const most = await listPublished(ctx.database.read, participation.id, { sorting: 'support', limit: MOST_SUPPORTED });
  return ok({ participation, evaluation: evaluate(rows, participation.categories), mostSupported: most.filter(({ support }) => support > 0) });
}

/** Every published contribution, by the query of map and list, page by page. */
export async function allPublished(ctx: Pick<ContributionsContext, 'database'>, { id }: Pick<Participation, 'id'>): Promise<readonly Contribution[]> {
  const all: Contribution[] = [];
  for (;;) {
    const last = all.at(-1);
    const page = await listPublished(ctx.database.read, id, { sorting: 'newest', limit: PAGE, ...(last === undefined ? {} : { after: last }) });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

export interface ExportRow {
  readonly number: number;
  readonly category: string;
  readonly title: string;
  readonly text: string;
  readonly district: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly support: number;
  readonly comments: number;
  readonly submittedOn: string;
  readonly answer: string;
}

/** A published contribution as it leaves the house. */
export function exportRow(one: Contribution, { categories }: Pick<Participation, 'categories'>): ExportRow {
  const { number, title, text, lon, lat, support, comments } = one;
  return {
    number,
    category: categories.find(({ id }) => id === one.category)?.name ?? one.category,
    title,
    text,
    district: one.district ?? '',
    lon,
    lat,
    support,
    comments,
    submittedOn: legalDay(one.submittedAt).toString(),
    answer: one.answer ?? '',
  };
}

/** All published contributions for a table. */
export async function exportRows(
  ctx: Pick<ContributionsContext, 'database'>,
  actor: Actor,
  key: string,
): Promise<Result<readonly ExportRow[], ContributionProblem>> {
  const found = await participationForStaff(ctx, actor, key);
  return found.ok ? ok((await allPublished(ctx, found.value)).map((one) => exportRow(one, found.value))) : found;
}

export interface ContributionFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: Contribution['geometry'];
  readonly properties: Readonly<Record<string, string | number>>;
}

/** GeoJSON of a published contribution. Counts that change by the minute are not in it: they are asked for. */
export function featureOf(one: Contribution, participation: Pick<Participation, 'categories' | 'key'>): ContributionFeature {
  const { lon: _, lat: __, support: ___, comments: ____, ...properties } = exportRow(one, participation);
  return { type: 'Feature', id: one.id, geometry: one.geometry, properties: { participation: participation.key, ...properties } };
}

/** The report as PDF. */
export async function reportPdf(
  ctx: Pick<ContributionsContext, 'database' | 'typesetter' | 'clock' | 'authorityName'>,
  actor: Actor,
  key: string,
): Promise<Result<Uint8Array, ContributionProblem>> {
  const evaluated = await evaluation(ctx, actor, key);
  if (!evaluated.ok) return evaluated;
  const { participation, evaluation: counts, mostSupported } = evaluated.value;
  return ok(
    await ctx.typesetter.compile(REPORT_TEMPLATE, {
      title: participation.title,
      authority: ctx.authorityName(participation.authority),
      from: formatGermanDate(participation.startsOn),
      to: formatGermanDate(participation.endsOn),
      asOf: formatGermanDate(legalDay(ctx.clock())),
      states: counts.states,
      total: counts.total,
      categories: counts.categories,
      districts: counts.districts,
      days: counts.days.filter(({ contributions }) => contributions > 0).map(({ day, contributions }) => ({ day: formatGermanDate(day), contributions })),
      most: mostSupported.map(({ number, title, support, comments }) => ({ number, title, support, comments })),
    }),
  );
}
