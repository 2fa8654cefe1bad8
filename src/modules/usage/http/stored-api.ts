import { z } from 'zod';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery } from '../../../platform/http/paging.ts';
import { apiRoute, type AnyRoute } from '../../../platform/http/route.ts';
import { storedColumnsOf } from '../application/columns.ts';
import { cellKey, publishedCells, readCellKey } from '../application/published-cells.ts';
import { meaningOf } from './column-texts.ts';
import { TAG, type UsageDesk } from './frame.ts';

export const sumRow = z.object({ step: z.string(), dimension: z.string(), value: z.string(), count: z.number() });

/** What is kept, as it lies there. */
export function storedRoutes(desk: UsageDesk): AnyRoute[] {
  return [
    apiRoute({
      method: 'get',
      path: '/api/usage/cells',
      access: 'public',
      open: true,
      tag: TAG,
      summary: 'Alle Zähler, wie sie gespeichert sind',
      query: pageQuery,
      output: pageOf(sumRow.extend({ day: z.string(), subject: z.string() })),
      handle: async ({ queryInput: { cursor, limit } }) => {
        const after = readCellKey(decodeCursor(cursor));
        if (cursor !== undefined && after === undefined) return refuse(invalidField('cursor', 'Diesen Zeiger gibt es nicht. Beginnen Sie die Liste ohne ihn.'));
        const cells = await publishedCells(desk, limit + 1, after);
        const items = cells.slice(0, limit);
        return ok({ items, next: cells.length > limit ? encodeCursor(cellKey(items.at(-1)!)) : null });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/usage/columns',
      access: 'public',
      open: true,
      tag: TAG,
      summary: 'Jede Spalte, in der Nutzung oder Hilfe gezählt wird, mit Schema und Tabelle',
      output: z.array(z.object({ table: z.string(), column: z.string(), type: z.string(), meaning: z.string() })),
      handle: async ({ lang }) => ok((await storedColumnsOf(desk)).map((one) => ({ ...one, meaning: meaningOf(one)?.[lang] ?? '' }))),
    }),
  ];
}
