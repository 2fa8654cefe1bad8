import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import { findMessage, type PublicMessage } from '../store/warnings.ts';
import type { WarningsContext } from './context.ts';

export interface Published {
  readonly message: PublicMessage & { readonly exercise: boolean };
  /** In force: the newest of its warning, not called off and not over. */
  readonly current: boolean;
}

/** A message that went out; whoever has its identifier may read it for ever. */
export async function publishedMessage(ctx: Pick<WarningsContext, 'database' | 'clock'>, identifier: string): Promise<Result<Published, CommonProblem>> {
  const message = /^[\w.-]{1,200}$/.test(identifier) ? await findMessage(ctx.database.read, identifier) : undefined;
  if (message === undefined) return refuse({ kind: 'not-found', detail: 'Diese Warnung gibt es nicht. Alle Warnungen stehen unter „Warnungen und Lage“.' });
  const current = !message.replaced && message.type !== 'Cancel' && Temporal.Instant.compare(message.expires, ctx.clock()) > 0;
  return ok({ message, current });
}
