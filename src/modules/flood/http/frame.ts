import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { RunPage } from '../application/runs.ts';

/** Sets a page of a Lage into the city's frame, with the head of the Lage above it. */
export type LageFrame = (visit: Visit, view: RunPage['view']) => PageView;
