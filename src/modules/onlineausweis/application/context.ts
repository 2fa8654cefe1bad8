import type { CountUse } from '../../../kernel/usage.ts';
import type { Context } from '../../../platform/context.ts';
import type { PlaceTask } from '../domain/tree.ts';
import type { PracticeDesk } from './practice.ts';

/** A place where people help with the Online-Ausweis, ready to be read. */
export interface HelpPlace {
  readonly name: string;
  readonly address: string;
  /** When it is open next, in words. */
  readonly when?: string;
  readonly href?: string;
  /** Where an appointment can be made. */
  readonly book?: string;
  /** What it can do itself, and not only help with. */
  readonly does: readonly PlaceTask[];
}

/** What the helper needs; it keeps nothing, so no database is among it. */
export interface HelperContext extends Pick<Context, 'clock' | 'settings' | 'typesetter'> {
  readonly count: CountUse;
  /** In one of the city's languages. Absent: the helper names the general places alone. */
  readonly places?: (lang: 'de' | 'en' | 'leicht') => Promise<readonly HelpPlace[]>;
  /** Absent: there is no provider that is made for trying. */
  readonly practice?: PracticeDesk;
}
