import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';

/** Sets a page into the city's frame. */
export type Frame = (visit: Visit) => PageView;
