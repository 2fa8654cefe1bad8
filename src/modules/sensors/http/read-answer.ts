import type { Context } from '../../../platform/context.ts';
import type { DataAnswer, Visit } from '../../../platform/http/route.ts';
import { ROOT } from '../application/read-links.ts';
import { readResource } from '../application/read-resource.ts';
import { formatProblem, readingAnswer, refusalAnswer } from './read-answers.ts';

/** Options that are about the answer and not about what is read. */
const OF_ANSWER = new Set(['$resultFormat', '$skiptoken']);

/** Answers a request to read, alone or in a batch. @param path decoded, below the root */
export async function readAnswer(
  ctx: Pick<Context, 'database' | 'clock'>,
  visit: Pick<Visit, 'actor' | 'origin' | 'requestId'>,
  path: string,
  query: URLSearchParams,
): Promise<DataAnswer> {
  const format = query.get('$resultFormat') ?? undefined;
  const misfit = formatProblem(format, path);
  if (misfit !== undefined) return refusalAnswer(misfit, visit);
  const options = [...query].filter(([name]) => name.startsWith('$') && !OF_ANSWER.has(name)).map(([name, text]) => ({ name, text }));
  const reading = await readResource(ctx, visit.actor, { path, options, token: query.get('$skiptoken') ?? undefined });
  if (!reading.ok) return refusalAnswer(reading.problem, visit);
  const base = visit.origin + ROOT;
  return readingAnswer(reading.value, { base, address: `${base}/${encodeURI(path)}`, query, format });
}
