import { storedColumns } from '../store/columns.ts';
import type { UsageContext } from './context.ts';
import type { StoredColumn } from '../domain/kept.ts';

/** Every column that this module stores. */
export const storedColumnsOf = (ctx: Pick<UsageContext, 'database'>): Promise<StoredColumn[]> => storedColumns(ctx.database.read);
