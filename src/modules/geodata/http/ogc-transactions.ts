import type { Context } from '../../../platform/context.ts';
import { dataRefusal } from '../../../platform/http/data-route.ts';
import { readStorableJson } from '../../../platform/http/json-body.ts';
import { dataRoute, type AnyRoute, type DataAnswer, type DataVisit } from '../../../platform/http/route.ts';
import { changeFeature, type ChangeProblem, type ChangeWish } from '../application/change-feature.ts';
import { OGC } from './ogc-answers.ts';

type Changing = Pick<Context, 'database' | 'journal' | 'clock' | 'settings'>;
const WRITERS = ['administration', 'device'] as const;

/** OGC API Features 4 (OGC 20-002): single features, guarded by their ETag. */
export function transactionRoutes(ctx: Changing): AnyRoute[] {
  const items = `${OGC}/collections/:id/items`;
  const one = `${items}/:feature`;
  return [
    dataRoute('post', items, WRITERS, (visit) => change(ctx, visit, 'create')),
    dataRoute('put', one, WRITERS, (visit) => change(ctx, visit, 'replace')),
    dataRoute('patch', one, WRITERS, (visit) => change(ctx, visit, 'merge')),
    dataRoute('delete', one, WRITERS, (visit) => change(ctx, visit, 'delete')),
  ];
}

async function change(ctx: Changing, visit: DataVisit, how: ChangeWish['how']): Promise<DataAnswer> {
  const body = how === 'delete' ? undefined : await readStorableJson(visit.header('content-type') ?? 'application/geo+json', visit.body);
  if (body !== undefined && !body.ok) return refused(body.problem as ChangeProblem, visit);
  const { id: collection = '', feature } = visit.params;
  const seen = seenBy(visit.header('if-match')?.trim() ?? '');
  const done = await changeFeature(ctx, visit.actor, {
    collection,
    how,
    ...(feature === undefined ? {} : { feature }),
    ...(body === undefined ? {} : { body: body.value.value }),
    ...(seen === undefined ? {} : { seen }),
  });
  if (!done.ok) return refused(done.problem, visit);
  const { id, tag } = done.value;
  if (how === 'delete') return { status: 204, headers: {} };
  const location = `${ctx.settings.publicUrl}${OGC}/collections/${collection}/items/${encodeURIComponent(id)}`;
  return { status: how === 'create' ? 201 : 204, headers: { location, etag: `"${tag}"` } };
}

/** The state a caller has seen; one that was never there is another than the feature's. `*` has seen none. */
const seenBy = (match: string): string | undefined => (match === '' || match === '*' ? undefined : (/^(?:W\/)?"([^"]*)"$/.exec(match)?.[1] ?? ''));

/** 412 and 428 are the standard's words for what the city calls a conflict. */
const STATUS: Partial<Record<ChangeProblem['kind'], number>> = { stale: 412, unguarded: 428, 'invalid-input': 400 };

const refused = (problem: ChangeProblem, visit: DataVisit): DataAnswer => dataRefusal(problem, visit, { status: STATUS[problem.kind] });
