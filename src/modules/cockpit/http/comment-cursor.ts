import { parseId } from '../../../kernel/id.ts';
import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { decodeCursor, encodeCursor } from '../../../platform/http/paging.ts';
import type { CommentEnd } from '../domain/comment.ts';

export const writeEnd = (end: CommentEnd | undefined): string | null => (end === undefined ? null : encodeCursor([end.waiting ? 'waiting' : 'done', end.id]));

/** Where a list goes on; nothing given: it begins. */
export function readEnd(text: string | undefined): Result<CommentEnd | undefined, Problem<'invalid-input'>> {
  if (text === undefined) return ok(undefined);
  const [state, id] = decodeCursor(text) ?? [];
  return (state === 'waiting' || state === 'done') && typeof id === 'string' && parseId(id) !== undefined
    ? ok({ waiting: state === 'waiting', id })
    : refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.'));
}

/** The same in the address of a page, where one that somebody made up begins the list. */
export function pageAsked(query: URLSearchParams): CommentEnd | undefined {
  const read = readEnd(query.get('nach') ?? undefined);
  return read.ok ? read.value : undefined;
}
