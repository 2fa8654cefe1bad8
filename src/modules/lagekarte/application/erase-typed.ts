import type { Actor } from '../../../kernel/actor.ts';
import type { Result } from '../../../kernel/result.ts';
import { erase, type LageProblem } from '../../situation/public.ts';
import type { LagekarteContext } from './context.ts';

/** Takes a drawing off the map. @param basis number of the change that was looked at, as the form sent it */
export function eraseTyped(
  ctx: Pick<LagekarteContext, 'clock' | 'database' | 'journal'>,
  actor: Actor,
  key: string,
  { id, basis }: { readonly id: string; readonly basis: string },
): Promise<Result<{ readonly id: string }, LageProblem>> {
  return erase(ctx, actor, key, id, /^\d{1,15}$/.test(basis) ? Number(basis) : -1);
}
