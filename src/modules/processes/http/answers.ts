import type { Problem } from '../../../kernel/problem.ts';
import { dataRefusal } from '../../../platform/http/data-route.ts';
import type { DataAnswer, DataVisit, Visit } from '../../../platform/http/route.ts';
import type { Html } from '../../../platform/ui/html.ts';

export const OGC = '/ogc';
export const PROCESSES = `${OGC}/processes`;
export const JOBS = `${OGC}/jobs`;

export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
}

export const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): DataAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'private, no-cache', ...headers },
  body: JSON.stringify(value),
});

export async function pageAnswer(page: Html): Promise<DataAnswer> {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-cache' }, body: String(await page) };
}

/** What a client wants: `f`, else what it accepts. */
export function wantsHtml({ query, header }: Pick<DataVisit, 'query' | 'header'>): boolean {
  const f = query.get('f');
  return f === null ? (header('accept') ?? '').includes('text/html') : f === 'html';
}

const EXCEPTIONS = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';
/** What a refusal is about: the same kind is another exception for a process, a job and its results. */
export type About = 'process' | 'job' | 'results';

/** Names that the standard gives to refusals (OGC 18-062r2); all others keep the city's. */
function exceptionOf({ kind }: Problem, about: About): { readonly status?: number; readonly type?: string } {
  if (kind === 'not-found') return about === 'process' ? { type: `${EXCEPTIONS}/no-such-process` } : { type: `${EXCEPTIONS}/no-such-job` };
  if (kind === 'wrong-state' && about === 'results') return { status: 404, type: `${EXCEPTIONS}/result-not-ready` };
  if (kind === 'invalid-input') return { status: 400 };
  return {};
}

/** A refusal as the standard wants it. */
export function refusal(problem: Problem, visit: Pick<Visit, 'origin' | 'requestId'>, about: About): DataAnswer {
  const { status, type } = exceptionOf(problem, about);
  const answer = dataRefusal(problem, visit, { status, more: type === undefined ? {} : { type } });
  return problem.kind === 'sign-in-needed' ? { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Bearer' } } : answer;
}

/** Options of a document that nobody knows, or a format that there is none of. */
export function oddQuery(query: URLSearchParams, known: readonly string[], formats: readonly string[] = ['json', 'html']): Problem | undefined {
  const odd = [...query.keys()].find((name) => !['f', 'lang', ...known].includes(name));
  if (odd !== undefined) return { kind: 'invalid-input', detail: `${odd.slice(0, 60)}: Diesen Parameter gibt es hier nicht. Lassen Sie ihn weg.` };
  const f = query.get('f');
  return f === null || formats.includes(f)
    ? undefined
    : { kind: 'invalid-input', detail: `f: Dieses Format gibt es hier nicht. Es gibt ${formats.join(', ')}.` };
}
