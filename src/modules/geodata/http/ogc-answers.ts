import type { Problem } from '../../../kernel/problem.ts';
import { dataRefusal } from '../../../platform/http/data-route.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import type { DataAnswer, DataVisit } from '../../../platform/http/route.ts';

export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
}

export const OGC = '/ogc';
export const GEOJSON = 'application/geo+json';
export const FLATGEOBUF = 'application/flatgeobuf';

export const json = (value: unknown, type = 'application/json'): DataAnswer => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8` },
  body: JSON.stringify(value),
});

/** A refusal as the standard wants it: 400 for what cannot be understood. */
export function refusal(problem: Problem, visit: Pick<DataVisit, 'origin' | 'requestId'>): DataAnswer {
  const status = problemStatus(problem);
  return dataRefusal(problem, visit, { status: status === 422 ? 400 : status });
}

/** What a client wants: `f`, else what it accepts. */
export function wantsHtml({ query, header }: Pick<DataVisit, 'query' | 'header'>): boolean {
  const f = query.get('f');
  return f === null ? (header('accept') ?? '').includes('text/html') : f === 'html';
}

/** `f` names one of these, or there is a refusal. */
export function formatProblem(query: URLSearchParams, known: readonly string[]): Problem | undefined {
  const f = query.get('f');
  return f === null || known.includes(f)
    ? undefined
    : { kind: 'malformed-filter', detail: `f: Dieses Format gibt es hier nicht. Es gibt ${known.join(', ')}.` };
}
