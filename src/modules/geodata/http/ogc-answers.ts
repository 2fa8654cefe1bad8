import type { Problem } from '../../../kernel/problem.ts';
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

const STATUS: Readonly<Record<string, readonly [number, string]>> = {
  'not-found': [404, 'Nicht gefunden'],
  'malformed-filter': [400, 'Die Anfrage ist nicht zu verstehen'],
  'too-costly': [503, 'Die Anfrage ist zu aufwendig'],
};

/** A refusal as the standard wants it: 400 for what cannot be understood. */
export function refusal({ kind, detail }: Problem, origin: string): DataAnswer {
  const [status, title] = STATUS[kind] ?? [400, 'Die Anfrage ist nicht zu verstehen'];
  return {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ type: `${origin}/api#${kind}`, title, status, detail }),
  };
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
