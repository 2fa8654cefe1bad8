import type { Context } from '../../../platform/context.ts';
import type { Outbound } from '../../../platform/outbound/port.ts';
import type { PageView, ViewSource } from '../../../platform/ui/view.ts';
import type { LangText } from '../../../platform/ui/html.ts';

/** What other modules say of a day, and no event tells; absent: not known. */
export interface SnapshotPorts {
  readonly sensors?: () => Promise<{ readonly all: number; readonly fresh: number }>;
  readonly openData?: () => Promise<number>;
}

export interface IndicatorsContext extends Pick<Context, 'settings' | 'clock' | 'database' | 'journal' | 'log'> {
  readonly outbound: Outbound;
  readonly ports: SnapshotPorts;
  /** The services of the city; others of the journal are shown by their key. */
  readonly serviceName: (key: string) => LangText | undefined;
}

export type Frame = (visit: ViewSource) => PageView;
