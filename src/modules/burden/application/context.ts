import type { Context } from '../../../platform/context.ts';
import type { ServiceDesk } from '../../catalogue/public.ts';
import type { Way } from '../domain/burden.ts';

/** Cases of a service in the last twelve whole months, in tens. A way that is missing is unknown. */
export interface CountedCases {
  readonly byWay: Readonly<Partial<Record<Way, number>>>;
  /** In how many of these months the ways other than online were counted. */
  readonly countedMonths: number;
}

/** What the module needs; how many cases there are is told by whoever counts them. */
export interface BurdenContext extends Pick<Context, 'settings' | 'clock' | 'database' | 'journal'> {
  readonly desk: ServiceDesk;
  /** By service, of what may be shown. A service that is missing is unknown. */
  readonly cases: () => Promise<ReadonlyMap<string, CountedCases>>;
}
