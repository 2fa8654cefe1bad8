import type { Context } from '../../../platform/context.ts';
import { dataJson } from '../../../platform/http/data-route.ts';
import { dataRoute, type AnyRoute, type DataAnswer, type DataVisit } from '../../../platform/http/route.ts';
import { readResource } from '../application/read-resource.ts';
import { formatProblem, readingAnswer, refusalAnswer } from './read-answers.ts';
import { ROOT } from '../application/read-links.ts';
import { sensorsWriteRoutes } from './write-routes.ts';
import { serviceRoot } from '../application/read-root.ts';

type SensorsContext = Pick<Context, 'database' | 'journal' | 'clock'>;

/** SensorThings API 1.1. */
export function sensorsRoutes(ctx: SensorsContext): readonly AnyRoute[] {
  return [
    dataRoute('get', ROOT, 'public', async ({ origin }) => dataJson(serviceRoot(origin + ROOT))),
    dataRoute('get', `${ROOT}/:path{.+}`, 'public', (visit) => read(ctx, visit)),
    ...sensorsWriteRoutes(ctx),
  ];
}

/** Options that are about the answer and not about what is read. */
const OF_ANSWER = new Set(['$resultFormat', '$skiptoken']);

async function read(ctx: SensorsContext, visit: DataVisit): Promise<DataAnswer> {
  const path = visit.params['path'] ?? '';
  const format = visit.query.get('$resultFormat') ?? undefined;
  const misfit = formatProblem(format, path);
  if (misfit !== undefined) return refusalAnswer(misfit, visit);
  const options = [...visit.query].filter(([name]) => name.startsWith('$') && !OF_ANSWER.has(name)).map(([name, text]) => ({ name, text }));
  const reading = await readResource(ctx, visit.actor, { path, options, token: visit.query.get('$skiptoken') ?? undefined });
  if (!reading.ok) return refusalAnswer(reading.problem, visit);
  const base = visit.origin + ROOT;
  return readingAnswer(reading.value, { base, address: `${base}/${encodeURI(path)}`, query: visit.query, format });
}
