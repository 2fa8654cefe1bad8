import type { CountUse } from '../../../kernel/usage.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import type { ServicePackage } from '../../catalogue/public.ts';
import type { ProcedureContext } from '../../procedure/public.ts';
import type { Elsewhere } from '../domain/elsewhere.ts';
import type { Situation } from '../domain/situation.ts';

/** As much of a service as a list or a sheet shows. */
export type ShownService = Pick<ServicePackage, 'key' | 'name' | 'summary' | 'needs'>;

/** Something that goes on now and that one can take part in. */
export interface Happening {
  readonly title: string;
  readonly href: string;
  readonly until: Temporal.PlainDate;
}

/** A warning in force. */
export interface WarningNow {
  readonly title: string;
  readonly href: string;
}

/** A place where people help, as it is now. */
export interface PlaceNow {
  readonly name: string;
  readonly href?: string;
  readonly open: boolean;
  /** When it opens or closes, in words. */
  readonly opening?: string;
  /** Absent: nobody counts there. */
  readonly waiting?: number;
  /** Absent: nothing was measured yet. */
  readonly minutes?: number;
  readonly asOf: Temporal.Instant;
}

/** What the front door may reach. It knows none of the modules behind the ports; without one its part is not shown. */
export interface EntranceContext extends Pick<ProcedureContext, 'database' | 'journal' | 'clock' | 'log' | 'settings' | 'desk'> {
  readonly situations: readonly Situation[];
  /** What people look for here and do elsewhere. */
  readonly elsewhere: readonly Elsewhere[];
  /** Keys the codes of cases. */
  readonly secret: string;
  readonly count: CountUse;
  /** Whether the city has a page at this path. */
  readonly pageExists: (path: string) => boolean;
  readonly happening?: (lang: Lang) => Promise<readonly Happening[]>;
  readonly warnings?: (lang: Lang) => Promise<readonly WarningNow[]>;
  readonly placesNow?: (lang: Lang) => Promise<readonly PlaceNow[]>;
  /** How long the front door remembers what goes on; absent: a second. */
  readonly keptMs?: number;
  /** A short link to a service that carries a campaign. */
  readonly shareLink?: (serviceKey: string) => Promise<{ readonly code: string } | undefined>;
}
