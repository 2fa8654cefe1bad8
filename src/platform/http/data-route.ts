import type { Problem } from '../../kernel/problem.ts';
import { routeRefusal, visitFor } from './access.ts';
import { textAnswer } from './answers.ts';
import { problemJson } from './refusals.ts';
import type { DataAnswer, DataRoute, Visit } from './route.ts';
import type { HttpContext } from './visit.ts';

/** Readable from any page: what is behind a sign-in needs a cookie, and cookies never come along from elsewhere. */
const OPEN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Link, Location, ETag, Content-Crs, OGC-NumberMatched' };

/** Answers a route of an open protocol: access, handler, answer. */
export async function runData(c: HttpContext, route: DataRoute, asked: Visit, options: { readonly publicUrl: string }): Promise<Response> {
  const refusal = routeRefusal(route, asked.actor);
  if (refusal !== undefined) return refuse(c, refusal, options.publicUrl);
  const visit = visitFor(route.access, asked);
  const answer = await route.handle({
    ...visit,
    header: (name) => c.req.header(name),
    body: c.req.raw.body,
    signal: c.req.raw.signal,
  });
  return toResponse(c, answer);
}

function refuse(c: HttpContext, problem: Problem, publicUrl: string): Promise<Response> | Response {
  return problemJson(c, problem, publicUrl, { ...OPEN, ...(problem.kind === 'sign-in-needed' ? { 'www-authenticate': 'Bearer' } : {}) });
}

function toResponse(c: HttpContext, { status, headers, body }: DataAnswer): Promise<Response> | Response {
  const all = { ...OPEN, ...headers };
  if (typeof body === 'string') return textAnswer(c, body, status, all);
  return new Response((body ?? null) as Uint8Array<ArrayBuffer> | ReadableStream | null, { status, headers: all });
}
