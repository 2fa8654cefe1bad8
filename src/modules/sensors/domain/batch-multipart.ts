import type { Problem } from '../../../kernel/problem.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { isStorable } from '../../../kernel/storable.ts';
import { batchProblem, isMethod, MOST_REQUESTS, tooMany, type BatchPart, type BatchRequest } from './batch.ts';

/** A part of a multipart body: its headers, with names in lower case, and what follows. */
interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Reads a batch as `multipart/mixed` (OData 4.0, 11.7.2): requests as `application/http`, sets as multipart in it. */
export function readMultipartBatch(contentType: string, text: string): Result<readonly BatchPart[], Problem> {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return batchProblem('body', 'Im Kopf Content-Type fehlt boundary.');
  const outer = partsOf(text, boundary);
  if (outer === undefined) return batchProblem('body', 'Der Stapel endet nicht mit seiner Grenze (boundary).');
  const parts: BatchPart[] = [];
  const ids = new Set<string>();
  let count = 0;
  for (const [index, part] of outer.entries()) {
    const at = `body.${String(index)}`;
    const inner = boundaryOf(part.headers.get('content-type') ?? '');
    const members = inner === undefined ? [part] : partsOf(part.body, inner);
    if (members === undefined || members.length === 0) return batchProblem(at, 'Diese Gruppe endet nicht mit ihrer Grenze, oder sie ist leer.');
    const requests: BatchRequest[] = [];
    for (const member of members) {
      count += 1;
      if (count > MOST_REQUESTS) return batchProblem('body', tooMany);
      const read = readHttpRequest(member, `#${String(count)}`, at);
      if (!read.ok) return read;
      if (ids.has(read.value.id)) return batchProblem(at, `Die Content-ID „${read.value.id}“ gibt es schon.`);
      ids.add(read.value.id);
      requests.push(read.value);
    }
    parts.push({ set: inner === undefined ? undefined : `set ${String(index)}`, requests: requests as [BatchRequest, ...BatchRequest[]] });
  }
  return ok(parts);
}

const boundaryOf = (contentType: string): string | undefined => {
  const found = /^multipart\/mixed\s*;(?:[^"]*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  return found?.[1] ?? found?.[2];
};

/** What stands between the boundaries; `undefined` without the last one. */
function partsOf(text: string, boundary: string): readonly Part[] | undefined {
  const parts: string[] = [];
  let lines: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    const bare = line.trimEnd();
    if (bare === `--${boundary}` || bare === `--${boundary}--`) {
      if (lines !== undefined) parts.push(lines.join('\r\n'));
      if (bare.endsWith('--') && bare !== `--${boundary}`) return parts.map(readPart);
      lines = [];
    } else lines?.push(line);
  }
  return undefined;
}

function readPart(text: string): Part {
  const end = text.startsWith('\r\n') ? 0 : text.indexOf('\r\n\r\n');
  const head = end === -1 ? text : text.slice(0, end);
  const headers = head.split('\r\n').flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon === -1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
  });
  return { headers: new Map(headers), body: end === -1 ? '' : text.slice(end + (end === 0 ? 2 : 4)) };
}

function readHttpRequest({ headers, body: http }: Part, made: string, at: string): Result<BatchRequest, Problem> {
  if (!/^application\/http\b/i.test(headers.get('content-type') ?? ''))
    return batchProblem(at, 'Jeder Teil ist application/http oder eine Gruppe als multipart/mixed.');
  const text = http.replace(/^(?:\r\n)+/, '');
  const end = text.indexOf('\r\n');
  const [method = '', url = ''] = (end === -1 ? text : text.slice(0, end)).trim().split(/ +/);
  const verb = method.toLowerCase();
  if (!isMethod(verb) || url === '') return batchProblem(at, 'Eine Anfrage beginnt mit einer Zeile wie: GET Things(1) HTTP/1.1.');
  const request = readPart(end === -1 ? '' : text.slice(end + 2));
  const json = request.body.trim();
  // ids stand with the part; some clients send them with the request
  const id = headers.get('content-id') ?? request.headers.get('content-id') ?? made;
  const common = { id: id.replace(/^<(.*)>$/, '$1'), method: verb, url, contentType: request.headers.get('content-type'), dependsOn: [] };
  if (json === '') return ok({ ...common, body: undefined });
  try {
    const body = JSON.parse(json) as unknown;
    if (!isStorable(body)) return batchProblem(at, `Der Inhalt der Anfrage ${common.id} enthält Zeichen, die kein Text sind, oder ist zu tief geschachtelt.`);
    return ok({ ...common, body });
  } catch {
    return batchProblem(at, `Der Inhalt der Anfrage ${common.id} ist kein gültiges JSON.`);
  }
}
