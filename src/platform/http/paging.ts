import { z, type ZodType } from 'zod';
import { parseId } from '../../kernel/id.ts';
import { invalidField, type Problem } from '../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';

/** Query of every list in the API: `?cursor=…&limit=…`. The cursor is opaque to the caller. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional().describe('Aus `next` der vorigen Seite; ohne ihn beginnt die Liste vorn.'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Höchste Zahl der Einträge dieser Seite.'),
});

/** Answer of every list in the API; `next` is null on the last page. */
export const pageOf = <Item extends ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() });

/** Makes a cursor of the sort key of the last entry. */
export const encodeCursor = (key: readonly (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The sort key in a cursor, or `undefined` when somebody made it up. */
export function decodeCursor(cursor: string | undefined): readonly (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    return Array.isArray(key) && key.every((part) => typeof part === 'string' || typeof part === 'number') ? key : undefined;
  } catch {
    return undefined;
  }
}

const BAD_CURSOR = invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.');

/** The id in the cursor of a list that is sorted by nothing else; `undefined` for the first page. */
export function cursorId(cursor: string | undefined): Result<string | undefined, Problem<'invalid-input'>> {
  if (cursor === undefined) return ok(undefined);
  const [id] = decodeCursor(cursor) ?? [];
  return typeof id === 'string' && parseId(id) !== undefined ? ok(id) : refuse(BAD_CURSOR);
}
