import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { SurgeView } from '../application/read-surge.ts';

/** The Lage as the person on the page sees it. */
export type LageView = SurgeView['view'];

/** Sets a page of a Lage into its frame. */
export type LageFrame = (visit: Visit, view: LageView) => PageView;
