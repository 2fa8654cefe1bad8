import type { Actor } from '../../../kernel/actor.ts';
import type { Context } from '../../../platform/context.ts';
import type { LageView } from '../../situation/public.ts';
import type { Finding } from '../domain/finding.ts';

/** What one module knows to be due, missing, contradictory or proposed; only of what the person may see. */
export type FindingSource = (view: LageView, actor: Actor, now: Temporal.Instant) => Promise<readonly Finding[]>;

/** An entry of the log, as the page tells it. */
export interface LogLine {
  readonly number: number;
  readonly text: string;
  readonly at: Temporal.Instant;
  readonly author: string;
}

export interface OrientationContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'log'> {
  /** By name, so that one that fails can be named and hides nothing of the others. */
  readonly sources: Readonly<Record<string, FindingSource>>;
  /** Entries of the log after a number, the newest first; none for who may not read it. */
  readonly logAfter: (actor: Actor, key: string, number: number, limit: number) => Promise<readonly LogLine[]>;
}
