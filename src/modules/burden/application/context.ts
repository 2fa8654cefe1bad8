import type { Context } from '../../../platform/context.ts';
import type { ServiceDesk } from '../../catalogue/public.ts';

/** What the module needs; how many cases there are is told by whoever counts them. */
export interface BurdenContext extends Pick<Context, 'settings' | 'clock' | 'database' | 'journal'> {
  readonly desk: ServiceDesk;
  /** Cases of the last twelve whole months by service, in tens, from months that may be shown. A service that is missing is unknown. */
  readonly casesPerYear: () => Promise<ReadonlyMap<string, number>>;
}
