import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';

export type BatchMethod = 'get' | 'post' | 'patch' | 'put' | 'delete';

/** One request of a batch (OGC 18-088, 11; OData 4.0 and 4.01, 11.7). */
export interface BatchRequest {
  /** Unique in its batch: `Content-ID`, or `id` in JSON; made up where there is none. */
  readonly id: string;
  readonly method: BatchMethod;
  /** Relative to the service's root, or with it, or `$id` of an earlier request; encoded as addresses are. */
  readonly url: string;
  readonly contentType: string | undefined;
  readonly body: unknown;
  /** Requests and sets that must have succeeded. */
  readonly dependsOn: readonly string[];
}

/** Requests alone, or a set that is done whole or not at all. */
export interface BatchPart {
  /** Of a set its name. */
  readonly set: string | undefined;
  readonly requests: readonly [BatchRequest, ...BatchRequest[]];
}

export const MOST_REQUESTS = 200;
const METHODS: ReadonlySet<string> = new Set(['get', 'post', 'patch', 'put', 'delete']);

export const batchProblem = (field: string, detail: string): { ok: false; problem: Problem } => refuse(invalidField(field, detail));

export const isMethod = (method: string): method is BatchMethod => METHODS.has(method);

/** Reads a batch as JSON (OData JSON Format 4.01, 19). */
export function readJsonBatch(body: unknown): Result<readonly BatchPart[], Problem> {
  const given = typeof body === 'object' && body !== null && 'requests' in body ? body.requests : undefined;
  if (!Array.isArray(given)) return batchProblem('requests', 'Senden Sie {"requests": […]}: je Anfrage id, method, url und gegebenenfalls body.');
  if (given.length > MOST_REQUESTS) return batchProblem('requests', tooMany);
  const parts: { set: string | undefined; requests: [BatchRequest, ...BatchRequest[]] }[] = [];
  const ids = new Set<string>();
  for (const [index, entry] of (given as readonly unknown[]).entries()) {
    const read = readJsonRequest(entry, `requests.${index}`);
    if (!read.ok) return read;
    const { request, set } = read.value;
    if (ids.has(request.id) || set === request.id) return batchProblem(`requests.${index}.id`, `Die Kennung „${request.id}“ gibt es schon.`);
    ids.add(request.id);
    if (set !== undefined && parts.at(-1)?.set === set) parts.at(-1)!.requests.push(request);
    else if (set !== undefined && parts.some((part) => part.set === set))
      return batchProblem(`requests.${index}.atomicityGroup`, 'Anfragen einer atomicityGroup stehen hintereinander.');
    else parts.push({ set, requests: [request] });
  }
  return ok(parts);
}

export const tooMany = `Ein Stapel hat höchstens ${String(MOST_REQUESTS)} Anfragen. Teilen Sie ihn.`;

function readJsonRequest(entry: unknown, at: string): Result<{ readonly request: BatchRequest; readonly set: string | undefined }, Problem> {
  const { id, method, url, atomicityGroup, headers, body, dependsOn } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
  const texts = typeof id === 'string' && id !== '' && typeof method === 'string' && typeof url === 'string';
  if (!texts) return batchProblem(at, 'Jede Anfrage hat id, method und url als Text.');
  const verb = method.toLowerCase();
  if (!isMethod(verb)) return batchProblem(`${at}.method`, 'Möglich sind get, post, patch, put und delete.');
  if (atomicityGroup !== undefined && typeof atomicityGroup !== 'string') return batchProblem(`${at}.atomicityGroup`, 'atomicityGroup ist ein Text.');
  const needed = dependsOn ?? [];
  if (!Array.isArray(needed) || !needed.every((one) => typeof one === 'string'))
    return batchProblem(`${at}.dependsOn`, 'dependsOn ist eine Liste von Kennungen.');
  const type = Object.entries((headers ?? {}) as Record<string, unknown>).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const request = { id, method: verb, url, contentType: typeof type === 'string' ? type : undefined, body, dependsOn: needed as readonly string[] };
  return ok({ request, set: atomicityGroup });
}
