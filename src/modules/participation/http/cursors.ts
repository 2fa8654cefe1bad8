import { parseId } from '../../../kernel/id.ts';
import { decodeCursor } from '../../../platform/http/paging.ts';

/** Where a page of displays begins: the sort key of a cursor, or nothing when somebody made it up. */
export function displayCursor(text: string | undefined): { dueOn: string; id: string } | undefined {
  const [dueOn, id] = decodeCursor(text) ?? [];
  const good = typeof dueOn === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(dueOn) && typeof id === 'string' && parseId(id) !== undefined;
  return good ? { dueOn, id } : undefined;
}

/** Where a page of statements begins: the sort key of a cursor, or nothing when somebody made it up. */
export function statementCursor(text: string | undefined): { receivedAt: string; id: string } | undefined {
  const [receivedAt, id] = decodeCursor(text) ?? [];
  if (typeof receivedAt !== 'string' || typeof id !== 'string' || parseId(id) === undefined) return undefined;
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(receivedAt) ? { receivedAt, id } : undefined;
}
