import type { Ring } from '../../../kernel/geo.ts';
import type { Context } from '../../../platform/context.ts';
import type { PublicBoard } from './board.ts';

export interface WarningsContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'settings' | 'seal' | 'log'> {
  /** What the public reads, kept at hand. */
  readonly board: PublicBoard;
  /** Who warns, as people read it. */
  readonly senderName: string;
  /** The city's districts, beneath the area of a warning. */
  readonly districts: () => readonly { readonly name: string; readonly rings: readonly Ring[] }[];
}
