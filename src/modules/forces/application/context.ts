import type { Actor } from '../../../kernel/actor.ts';
import type { Context } from '../../../platform/context.ts';

export type ForcesContext = Pick<Context, 'clock' | 'database' | 'journal'>;

/** As the pages need it: with whom a form can name. */
export interface DeskContext extends ForcesContext {
  /** Who belongs to the Lage now; nobody for who may not enter it. */
  readonly members: (actor: Actor, key: string) => Promise<readonly { readonly id: string; readonly name: string; readonly organisation: string }[]>;
}
