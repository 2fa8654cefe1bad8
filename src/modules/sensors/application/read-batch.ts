import type { Problem } from '../../../kernel/problem.ts';
import { refuse, type Result } from '../../../kernel/result.ts';
import { isStorable, storableText } from '../../../kernel/storable.ts';
import { batchProblem, readJsonBatch, type BatchPart } from '../domain/batch.ts';
import { readMultipartBatch } from '../domain/batch-multipart.ts';
import { resolveBody, resolvePath, type MadeBefore } from '../domain/batch-references.ts';
import { ROOT } from './read-links.ts';

/** Reads a batch in the form its media type says. */
export function readBatch(contentType: string, text: string): Result<readonly BatchPart[], Problem> {
  if (/^multipart\/mixed\b/i.test(contentType)) return readMultipartBatch(contentType, text);
  if (!/^application\/json\b/i.test(contentType)) return batchProblem('body', 'Senden Sie multipart/mixed oder application/json.');
  try {
    const value = JSON.parse(text) as unknown;
    return isStorable(value) ? readJsonBatch(value) : NOT_STORABLE;
  } catch {
    return batchProblem('body', 'Die Anfrage enthält kein gültiges JSON. Prüfen Sie die Schreibweise.');
  }
}

const NOT_STORABLE = batchProblem('body', 'Die Anfrage enthält Zeichen, die kein Text sind, oder ist zu tief geschachtelt. Nehmen Sie das heraus.');

/** Where a request of a batch goes: its path below the root, decoded, and its options. */
export interface Address {
  readonly path: string;
  readonly query: URLSearchParams;
}

/**
 * @param origin scheme and host of the city: addresses of others are refused
 * @param made what names like `$1` stand for; without it they are left
 */
export function readAddress(url: string, origin: string, made: MadeBefore | undefined): Result<Address, Problem> {
  const at = url.indexOf('?');
  const address = at === -1 ? url : url.slice(0, at);
  const below = [`${origin}${ROOT}/`, `${ROOT}/`].find((prefix) => address.startsWith(prefix));
  const relative = below === undefined ? address : address.slice(below.length);
  const path = decoded(relative);
  if (path === undefined || path.startsWith('/') || /^[a-z]+:/i.test(path) || path.startsWith('$batch')) return refuse(ELSEWHERE);
  const found = made === undefined ? path : resolvePath(path, made);
  return found === undefined
    ? batchProblem('url', `„${path.slice(0, 40)}“ nennt nichts, was vorher in diesem Stapel angelegt wurde.`)
    : { ok: true, value: { path: found, query: queryOf(at === -1 ? '' : url.slice(at + 1)) } };
}

/** The body with numbers in the place of names. */
export function resolveReferences(body: unknown, made: MadeBefore): Result<unknown, Problem> {
  const resolved = resolveBody(body, made);
  return resolved === undefined
    ? batchProblem('body', 'Ein Verweis wie $1 nennt nichts, was vorher in diesem Stapel angelegt wurde.')
    : { ok: true, value: resolved.body };
}

/** As the server hands on the options of any address. */
const queryOf = (text: string): URLSearchParams => new URLSearchParams([...new URLSearchParams(text)].map(([name, value]) => [name, storableText(value)]));

const ELSEWHERE: Problem = {
  kind: 'not-found',
  detail: 'Diese Adresse liegt nicht in diesem Dienst. Nennen Sie sie unterhalb seiner Wurzel, zum Beispiel Things(1).',
};

function decoded(text: string): string | undefined {
  try {
    return storableText(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}
