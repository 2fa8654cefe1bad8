import type { Context } from '../../../platform/context.ts';
import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { LageView } from '../../situation/public.ts';

export type { LageView };

/** Sets a page into the city's frame. */
export type CityFrame = (visit: Visit) => PageView;

/** Sets a page of a Lage into the city's frame, with the head of the Lage above it. */
export type LageFrame = (visit: Visit, view: LageView) => PageView;

/** What the module asks of others; the wiring fills it. */
export interface ReportsContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'log'> {
  /** Where a task is made of something in the picture; absent: nobody keeps tasks. */
  readonly taskHref?: (view: LageView, task: { readonly title: string; readonly ref: string }) => string;
}
