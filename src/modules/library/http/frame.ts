import { STAFF_ROLES, type StaffRole } from '../../../kernel/actor.ts';
import { decodeCursor } from '../../../platform/http/paging.ts';
import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';

/** Sets a page into the city's frame. */
export type Frame = (visit: Visit) => PageView;

/** Everybody who works for the city; which rows, the queries ask. */
export const STAFF: readonly StaffRole[] = STAFF_ROLES;

export const COLLECTIONS = '/assistent/sammlungen';
export const DOCUMENTS = '/assistent/dokumente';

/** The place of a passage in its document. */
export const placeHref = ({
  documentId,
  page,
  start,
  end,
}: {
  readonly documentId: string;
  readonly page: number;
  readonly start: number;
  readonly end: number;
}): string => `${DOCUMENTS}/${documentId}?seite=${page}&von=${start}&bis=${end}#stelle`;

/** Where a list of documents goes on. */
export function cursorOf(text: string | null | undefined): { readonly addedAt: string; readonly id: string } | undefined {
  const [addedAt, id] = decodeCursor(text ?? undefined) ?? [];
  const known = typeof addedAt === 'string' && typeof id === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(addedAt) && /^[0-9a-f-]{36}$/.test(id);
  return known ? { addedAt, id } : undefined;
}
