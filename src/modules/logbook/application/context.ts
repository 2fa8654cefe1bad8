import type { Actor } from '../../../kernel/actor.ts';
import type { Context } from '../../../platform/context.ts';
import type { Sql } from '../../../platform/database/port.ts';
import type { ChainRow } from '../../../platform/journal/chain.ts';
import type { LageView } from '../../situation/public.ts';

/** A Lage as somebody entered it; for pages. */
export type EnteredLage = LageView;

export interface LogbookContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'typesetter' | 'seal'> {
  /** Name of this server, as exports say where they come from. */
  readonly origin: string;
  /** Who works in a staff now, e.g. `S2 Silke Lage, Feuerwehr`. */
  readonly staffNames: (actor: Actor, key: string) => Promise<readonly string[]>;
  /** Rows of a stream of the journal as they are hashed, the oldest first. */
  readonly chain: (db: Sql, stream: string) => Promise<readonly ChainRow[]>;
  /** Packs files into one ZIP. */
  readonly zip: (files: readonly { readonly name: string; readonly bytes: Uint8Array }[]) => Uint8Array;
}
