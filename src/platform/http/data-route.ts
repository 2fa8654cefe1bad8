import type { Problem } from '../../kernel/problem.ts';
import { routeRefusal, visitFor } from './access.ts';
import { textAnswer } from './answers.ts';
import { problemHtml, problemJson, type RenderRefusal } from './refusals.ts';
import { problemDocument, problemStatus } from './problem.ts';
import type { DataAnswer, DataRoute, Visit } from './route.ts';
import type { HttpContext } from './visit.ts';

/** Readable from any page: what is behind a sign-in needs a cookie, and cookies never come along from elsewhere. */
export const OPEN_TO_ALL = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Link, Location, ETag, Content-Crs, OGC-NumberMatched' };

/** Answers a route of an open protocol: access, handler, answer. */
export async function runData(
  c: HttpContext,
  route: DataRoute,
  asked: Visit,
  options: { readonly publicUrl: string; readonly renderProblem: RenderRefusal },
): Promise<Response> {
  const refusal = routeRefusal(route, asked.actor);
  if (refusal !== undefined) return refuse(c, refusal, options.publicUrl);
  const visit = visitFor(route.access, asked);
  const answer = await route.handle({
    ...visit,
    header: (name) => c.req.header(name),
    body: c.req.raw.body,
    signal: c.req.raw.signal,
  });
  const asPage = answer.refused !== undefined && (c.req.header('accept') ?? '').includes('text/html');
  return asPage ? problemHtml(c, answer.refused, visit, options.renderProblem, { headers: OPEN_TO_ALL }) : toResponse(c, answer);
}

function refuse(c: HttpContext, problem: Problem, publicUrl: string): Promise<Response> | Response {
  return problemJson(c, problem, publicUrl, { ...OPEN_TO_ALL, ...(problem.kind === 'sign-in-needed' ? { 'www-authenticate': 'Bearer' } : {}) });
}

function toResponse(c: HttpContext, { status, headers, body }: DataAnswer): Promise<Response> | Response {
  const all = { ...OPEN_TO_ALL, ...headers };
  if (typeof body === 'string') return textAnswer(c, body, status, all);
  return new Response((body ?? null) as Uint8Array<ArrayBuffer> | ReadableStream | null, { status, headers: all });
}

/** JSON as a protocol answers it. */
export const dataJson = (value: unknown, status = 200): DataAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

/** A refusal as `application/problem+json`. @param wish.status where the protocol names another than the city; `more` members of the document */
export function dataRefusal(
  problem: Problem,
  visit: Pick<Visit, 'origin' | 'requestId'>,
  { status = problemStatus(problem), more = {} }: { readonly status?: number | undefined; readonly more?: object } = {},
): DataAnswer {
  const body = { ...problemDocument(problem, visit.origin, visit.requestId), status, ...more };
  return { status, headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' }, body: JSON.stringify(body) };
}
