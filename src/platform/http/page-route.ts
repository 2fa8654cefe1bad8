import type { Problem } from '../../kernel/problem.ts';
import { routeRefusal, visitFor } from './access.ts';
import { fileAnswer, redirectAnswer, textAnswer } from './answers.ts';
import { signInPath } from './local-path.ts';
import { readForm } from './multipart.ts';
import { problemHtml, sessionEnded, type RenderRefusal } from './refusals.ts';
import type { Answer, Cookie, GetPage, PostPage, Visit } from './route.ts';
import { packedStream } from '../live/packed.ts';
import { closedHeaders, leftByVisit, pageOfDevice } from './shared-device.ts';
import { isMultipart, readSpooledForm, removeSpooled } from './spool.ts';
import { LANG_COOKIE, type HttpContext } from './visit.ts';

export interface PageOptions {
  readonly renderProblem: RenderRefusal;
  /** Aborts when the city stops: open streams end then. */
  readonly stopping: AbortSignal;
}

/** Answers a page: access, form, handler, answer. */
export async function runPage(c: HttpContext, route: GetPage | PostPage, asked: Visit, options: PageOptions): Promise<Response> {
  const refusal = routeRefusal(route, asked.actor);
  const visit = visitFor(route.access, asked);
  if (route.method === 'get') {
    if (refusal !== undefined) return refusedPage(c, visit, refusal, options);
    return toResponse(c, await route.handle(visit), visit, options);
  }
  const spooling = route.spool !== undefined && isMultipart(c.req.header('content-type') ?? '');
  // a large file is not taken from strangers, only to be thrown away
  if (refusal !== undefined && (spooling || refusal.kind !== 'sign-in-needed')) return problemHtml(c, refusal, visit, options.renderProblem);
  if (spooling) return runSpooled(c, route, visit, options);
  const form = await readForm(c.req.header('content-type') ?? '', c.req.raw.body);
  if (!form.ok) return problemHtml(c, form.problem, visit, options.renderProblem);
  if (refusal !== undefined) {
    const { problem, extra } = sessionEnded(visit, form.value.fields);
    return problemHtml(c, problem, visit, options.renderProblem, { extra });
  }
  const autosave = c.req.header('x-autosave') === '1';
  return toResponse(c, await route.handle({ ...visit, ...form.value, autosave }), visit, options);
}

async function runSpooled(c: HttpContext, route: PostPage, visit: Visit, options: PageOptions): Promise<Response> {
  const form = await readSpooledForm(c.req.header('content-type') ?? '', c.req.raw.body, route.spool!);
  if (!form.ok) return problemHtml(c, form.problem, visit, options.renderProblem);
  try {
    return await toResponse(c, await route.handle({ ...visit, ...form.value, files: [] }), visit, options);
  } finally {
    await removeSpooled(form.value.spooled);
  }
}

/** Whoever is not signed in is led to the sign-in and back again. */
function refusedPage(c: HttpContext, visit: Visit, refusal: Problem, options: PageOptions): Promise<Response> | Response {
  if (refusal.kind === 'sign-in-needed') return redirectAnswer(c, signInPath(visit.url), languageOfLink(c, visit));
  return problemHtml(c, refusal, visit, options.renderProblem);
}

/**
 * Who follows a link into a language, from a mail, a handout or a friend, reads on in it, also where it leads to the sign-in
 * first: for as long as the browser is open.
 * A frame in somebody else's page leaves nothing behind.
 */
function languageOfLink(c: HttpContext, { query, lang, cookies, ahead }: Visit): readonly Cookie[] {
  const follows = c.req.method === 'GET' && ahead !== true && c.req.header('sec-fetch-dest') !== 'iframe';
  return follows && query.get('lang') === lang && cookies[LANG_COOKIE] !== lang ? [{ name: LANG_COOKIE, value: lang }] : [];
}

async function toResponse(c: HttpContext, answer: Answer, visit: Visit, options: PageOptions): Promise<Response> {
  switch (answer.kind) {
    case 'html': {
      const cache = visit.actor.kind === 'anonymous' && visit.sharedDevice === undefined ? 'no-cache' : 'no-store';
      const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': cache, ...closedHeaders(visit) };
      const body = pageOfDevice((await answer.body).toString(), visit);
      return textAnswer(c, body, answer.status ?? 200, headers, [...leftByVisit(visit), ...(answer.cookies ?? []), ...languageOfLink(c, visit)]);
    }
    case 'redirect':
      return redirectAnswer(c, answer.to, [...(answer.cookies ?? []), ...languageOfLink(c, visit)], answer.status);
    case 'file':
      return fileAnswer(answer);
    case 'problem':
      if (answer.problem.kind === 'sign-in-needed' && c.req.method === 'GET') return redirectAnswer(c, signInPath(visit.url), languageOfLink(c, visit));
      return problemHtml(c, answer.problem, visit, options.renderProblem);
    case 'live': {
      const lastEventId = Number(c.req.header('last-event-id') ?? c.req.query('nach') ?? Number.NaN);
      const body = answer.open({
        lastEventId: Number.isSafeInteger(lastEventId) && lastEventId >= 0 ? lastEventId : undefined,
        signal: AbortSignal.any([c.req.raw.signal, options.stopping]),
      });
      const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
      const packed = answer.packed === true && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
      return packed ? new Response(packedStream(body), { headers: { ...headers, 'content-encoding': 'gzip' } }) : new Response(body, { headers });
    }
  }
}
