import { parseId } from '../../../kernel/id.ts';
import { decodeCursor, encodeCursor } from '../../../platform/http/paging.ts';
import type { NoticeEnd } from '../application/rules.ts';

export const writeNoticeCursor = ({ raisedAt, id }: NoticeEnd): string => encodeCursor([raisedAt.toString(), id]);

/** What a page's link carries; what somebody made up begins anew. */
export function readNoticeCursor(cursor: string | undefined): NoticeEnd | undefined {
  const [at, text] = decodeCursor(cursor) ?? [];
  const id = typeof text === 'string' ? parseId(text) : undefined;
  if (id === undefined || typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/.test(at)) return undefined;
  try {
    return { raisedAt: Temporal.Instant.from(at), id };
  } catch {
    return undefined;
  }
}
