import type { Actor } from '../../../kernel/actor.ts';
import type { KnownParty, LanguageModels } from '../../../kernel/language-model.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { AssistedCase, CaseDecision, ClosedCase } from '../domain/assisted-case.ts';

export type ProposalProblem = CommonProblem;

/** How cases are read; the wiring fills it. Nothing in it can change a case. */
export interface AssistedCases {
  /** For those who may see it; the look of anybody but the applicant is journalled. Files and statements only where they are wanted. */
  readonly read: (
    actor: Actor,
    caseId: string,
    wanted: { readonly documents?: boolean; readonly statements?: boolean },
  ) => Promise<Result<{ readonly view: AssistedCase; readonly parties: readonly KnownParty[] }, ProposalProblem>>;
  /** The decision in force, once it is written; for those who may see the case, journalled alike. */
  readonly decision: (actor: Actor, caseId: string) => Promise<Result<CaseDecision | undefined, ProposalProblem>>;
  /** Whether the actor may see it, and work on it; nothing is read of it. */
  readonly access: (actor: Actor, caseId: string) => Promise<{ readonly sees: boolean; readonly acts: boolean }>;
  /** Closed cases of the same Leistung at the same authority, the newest first, to be compared by rules. */
  readonly closed: (actor: Actor, like: Pick<AssistedCase, 'id' | 'service' | 'authority'>) => Promise<readonly ClosedCase[]>;
  /** Journals that the actor was shown something of these cases. */
  readonly shown: (actor: Actor, caseIds: readonly string[]) => Promise<void>;
}

export interface ProposalsContext extends Pick<Context, 'clock' | 'database' | 'journal'> {
  readonly cases: AssistedCases;
  readonly models: LanguageModels<Actor>;
  /** Numbers, days, paragraphs and amounts of a text that its source does not have. */
  readonly unknownFacts: (text: string, source: string) => readonly string[];
}

export const notFound: ProposalProblem = {
  kind: 'not-found',
  detail: 'Diesen Vorgang gibt es nicht, oder er gehört nicht zu Ihnen. Öffnen Sie ihn aus dem Eingang.',
};
