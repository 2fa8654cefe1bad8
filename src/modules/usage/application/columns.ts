import { storedColumns } from '../store/columns.ts';
import type { UsageContext } from './context.ts';
import type { StoredColumn } from '../domain/kept.ts';

/** Tables of other modules in which it is counted how often something was used, or help was given. */
export const COUNTED_ELSEWHERE = [
  'outreach.follow',
  'outreach.landing_opened',
  'outreach.shown_variant',
  'guides.consultation_month',
  'guides.consultation_waiting',
  'entrance.status_code',
  'entrance.figures',
] as const;

/** Every column in which use is counted, in all of the city's program. */
export const storedColumnsOf = (ctx: Pick<UsageContext, 'database'>): Promise<StoredColumn[]> => storedColumns(ctx.database.read, COUNTED_ELSEWHERE);
