import type { Context } from '../../../platform/context.ts';
import type { LageView } from '../../situation/public.ts';

/** What the module asks of others; the wiring fills it. */
export interface ReportsContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'log'> {
  /** Where a task is made of something in the picture; absent: nobody keeps tasks. */
  readonly taskHref?: (view: LageView, task: { readonly title: string; readonly ref: string }) => string;
}
