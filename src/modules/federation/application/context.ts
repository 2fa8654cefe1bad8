import type { Context } from '../../../platform/context.ts';
import type { Outbound } from '../../../platform/outbound/port.ts';
import type { ServerKey } from '../domain/feed.ts';

export interface FederationContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'settings' | 'log'> {
  readonly outbound: Outbound;
  readonly key: ServerKey;
  /** Name of this server, as others see where something comes from. */
  readonly origin: string;
}
