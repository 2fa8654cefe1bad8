import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { OpenedWarning } from '../application/warnings.ts';

/** Sets a page into the city's frame. */
export type CityFrame = (visit: Visit) => PageView;

/** Sets a page of a Lage into the frame of the Lage. */
export type LageFrame = (visit: Visit, view: OpenedWarning['view']) => PageView;
