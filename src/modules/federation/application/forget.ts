import { forgettableLagen } from '../../situation/public.ts';
import { dropEntries } from '../store/partners.ts';
import type { FederationContext } from './context.ts';

/** Drops what was given to other servers of Lagen that ended long ago; the chain's end stays with the partner. @returns how many entries */
export async function forgetEntries(ctx: Pick<FederationContext, 'database' | 'clock'>): Promise<number> {
  const lagen = await forgettableLagen(ctx.database.read, ctx.clock());
  return lagen.length === 0
    ? 0
    : dropEntries(
        ctx.database.read,
        lagen.map(({ id }) => id),
      );
}
