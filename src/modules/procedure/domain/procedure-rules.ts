import type { Milestone, Promulgation, Validity } from '../../catalogue/public.ts';
import type { CaseAction, CaseStatus } from './status.ts';

/** A length of time as law states it. */
export interface Period {
  readonly length: number;
  readonly unit: 'days' | 'weeks' | 'months';
}

/** What the pinned service package says of the course of its procedure. */
export interface ProcedureRules {
  readonly offered: Readonly<Partial<Record<CaseStatus, readonly CaseAction[]>>>;
  /** Time the authority has from completeness; absent where no statute sets one. */
  readonly decisionPeriod?: Period & { readonly legalBasis: string };
  /** One reasoned extension (§ 42a(2) sentence 3 VwVfG or the special statute). */
  readonly extension?: Period & { readonly legalBasis: string };
  /** Statute that orders the fiction of the permit (§ 42a(1) VwVfG); absent: none, whatever the period. */
  readonly fictionBasis?: string;
  /** The fee is demanded with the application, and the grant waits for it. */
  readonly paidBefore?: boolean;
  /** Days before the end of the decision period on which the desk is warned. */
  readonly warnDays: number;
  readonly requestDays: number;
  readonly hearingDays: number;
  readonly fourEyes: 'never' | 'always' | 'refusal';
  /** Outcomes the package allows. */
  readonly outcomes: readonly Outcome[];
  /** Discretion needs its reasons (§ 39(1) sentence 3 VwVfG). */
  readonly discretion: boolean;
  /** Legal regime for Bekanntgabe and Widerspruch, e.g. `hh`. */
  readonly regime: 'bund' | 'hh';
  /** What the officer checks, each by its key; absent: nothing is listed. */
  readonly checklist?: readonly { readonly key: string; readonly name: string; readonly required: boolean }[];
  /** The course of the procedure; absent: none beyond the states. */
  readonly milestones?: readonly Milestone[];
  /** Absent: the decision is made known to its addressee. */
  readonly promulgation?: Promulgation;
  /** How long what is granted holds; absent: without an end. */
  readonly validity?: Validity;
  /** Statute that allows a fully automated decision (§ 35a VwVfG); absent: a person decides. */
  readonly automationBasis?: string;
}

export type Outcome = 'grant' | 'partial' | 'refuse';
