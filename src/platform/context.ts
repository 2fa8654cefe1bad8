import type { Clock } from '../kernel/time.ts';
import type { Database } from './database/port.ts';
import type { SealProvider, Typesetter } from './documents/port.ts';
import type { Outbox } from './jobs/port.ts';
import type { Journal } from './journal/port.ts';
import type { Log } from './log/log.ts';
import type { Mailer } from './mail/port.ts';
import type { Notify } from './notice/port.ts';

/** The settings that use cases may look at; `src/config.ts` reads them from the environment. */
export interface Settings {
  readonly env: 'demo' | 'production';
  /** Where the city answers, without a slash at the end, e.g. `http://localhost:8080`. */
  readonly publicUrl: string;
  /** Who publishes, warns and signs, as people read it, e.g. `Freie und Hansestadt Hamburg`. */
  readonly city: string;
}

/**
 * What use cases may need of the outside. Wired once in `app.ts`; a use case takes only the part it
 * uses: `(ctx: Pick<Context, 'database' | 'journal'>, actor, input)`.
 */
export interface Context {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly database: Database;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly mailer: Mailer;
  /** Channels beside mail; absent: mail alone. */
  readonly notify?: Notify;
  readonly typesetter: Typesetter;
  readonly seal: SealProvider;
  readonly log: Log;
}
