import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import { dataJson, dataRefusal } from '../../../platform/http/data-route.ts';
import { readStorableJson } from '../../../platform/http/json-body.ts';
import { dataRoute, type AnyRoute, type DataAnswer, type DataVisit } from '../../../platform/http/route.ts';
import { createObservations } from '../application/create-observations.ts';
import { ROOT, selfLink } from '../application/read-links.ts';
import { patchEntityAt } from '../application/patch-entity.ts';
import type { Written } from '../application/build-entities.ts';
import { createEntity, deleteEntityAt, updateEntityAt } from '../application/write-entity.ts';

type SensorsContext = Pick<Context, 'database' | 'journal' | 'clock'>;
export const WRITERS = ['administration', 'device'] as const;
/** 200,000 rows of a dataArray. */
const MOST_BYTES = 40 * 1024 * 1024;

/** SensorThings API 1.1, req/create-update-delete and req/data-array: for the administration and for devices with a key. */
export function sensorsWriteRoutes(ctx: SensorsContext): readonly AnyRoute[] {
  const path = `${ROOT}/:path{.+}`;
  return [
    dataRoute('post', `${ROOT}/CreateObservations`, WRITERS, (visit) =>
      withBody(visit, async (body) => {
        const done = await createObservations(ctx, body);
        if (!done.ok) return refused(done.problem, visit);
        const links = done.value.map((row) => (row === 'error' ? row : selfLink(visit.origin + ROOT, 'Observation', row)));
        return dataJson(links, 201);
      }),
    ),
    dataRoute('post', path, WRITERS, (visit) =>
      withBody(visit, async (body) => written(await createEntity(ctx, visit.actor, pathOf(visit), body), visit, 201)),
    ),
    dataRoute('patch', path, WRITERS, (visit) =>
      withBody(visit, async (body) => {
        const byPatch = /^application\/json-patch\+json\b/i.test(visit.header('content-type') ?? '');
        const done = byPatch ? await patchEntityAt(ctx, visit.actor, pathOf(visit), body) : await updateEntityAt(ctx, visit.actor, pathOf(visit), body, 'part');
        return written(done, visit, 200);
      }),
    ),
    dataRoute('put', path, WRITERS, (visit) =>
      withBody(visit, async (body) => written(await updateEntityAt(ctx, visit.actor, pathOf(visit), body, 'whole'), visit, 200)),
    ),
    dataRoute('delete', path, WRITERS, async (visit) => written(await deleteEntityAt(ctx, visit.actor, pathOf(visit)), visit, 200)),
  ];
}

const pathOf = ({ params }: DataVisit): string => params['path'] ?? '';

async function withBody(visit: DataVisit, handle: (body: unknown) => Promise<DataAnswer>): Promise<DataAnswer> {
  const read = await readStorableJson(visit.header('content-type') ?? 'application/json', visit.body, MOST_BYTES);
  return read.ok ? handle(read.value.value) : refused(read.problem, visit);
}

/** The address of what was written; reading it is another request. */
function written(done: Result<Written, Problem>, visit: DataVisit, status: 200 | 201): DataAnswer {
  if (!done.ok) return refused(done.problem, visit);
  const { entity, id } = done.value;
  return { status, headers: { location: selfLink(visit.origin + ROOT, entity, id) } };
}

/** The standard says 400 where the rest of the city says 422. */
const refused = (problem: Problem, visit: DataVisit): DataAnswer => dataRefusal(problem, visit, problem.kind === 'invalid-input' ? { status: 400 } : {});
