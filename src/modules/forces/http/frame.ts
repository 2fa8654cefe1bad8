import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Opened } from '../application/records.ts';

/** Sets a page of a Lage into the frame of the Lage. */
export type LageFrame = (visit: Visit, view: Opened<'unit'>['view']) => PageView;
