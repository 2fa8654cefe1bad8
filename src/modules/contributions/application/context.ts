import type { Position, Ring } from '../../../kernel/geo.ts';
import type { Lang } from '../../../kernel/lang.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { Participation } from '../domain/participation.ts';

/** A public display of a planning procedure, as this module needs it. */
export interface DisplayView {
  readonly id: string;
  readonly title: string;
  /** Whether a statement can be sent there now. */
  readonly open: boolean;
}

/** What others may see of published contributions, e.g. as a collection of the OGC API. */
export interface PublicCollection {
  /** Puts the contribution there or renews it. Idempotent. */
  readonly put: (one: Contribution, participation: Participation) => Promise<void>;
  /** Takes it away; nothing happens where it is not. */
  readonly drop: (contributionId: string) => Promise<void>;
}

export interface District {
  readonly id: string;
  readonly name: string;
  readonly rings: readonly Ring[];
}

/** What the module needs; other modules are reached through ports that the wiring fills. */
export interface ContributionsContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'mailer' | 'outbox' | 'settings' | 'typesetter' | 'log'> {
  /** Signs cookies of supporters and keys their hashes. */
  readonly secret: string;
  readonly districts: () => readonly District[];
  readonly districtAt: (place: Position) => string | undefined;
  readonly authorityName: (id: string) => string;
  readonly displays: (id: string) => Promise<DisplayView | undefined>;
  /** Confirmed address of an account and its language, to say that something waits. */
  readonly reach: (db: Sql, accountId: string) => Promise<{ readonly to: string; readonly lang: Lang } | undefined>;
  readonly collection: PublicCollection;
}
