import type { Position } from '../../../kernel/geo.ts';
import type { AnswerKind, Day, FileRef, RoundKind, Via } from './events.ts';
import type { ConsulteeKind, PlanPeriod, Silence } from '../../catalogue/public.ts';

/** Opens a round; ids come from outside. */
export interface OpenRound {
  readonly action: 'open-round';
  readonly roundId: string;
  readonly kind: RoundKind;
  readonly planId?: string | undefined;
  readonly title: string;
  /** What is asked of the agencies, or what is planned for the public to read. */
  readonly request: string;
  readonly legalBasis: string;
  readonly startsOn?: Day | undefined;
  /** Day of the notice (Bekanntmachung), when it appeared elsewhere before. */
  readonly noticedOn?: Day | undefined;
  readonly period: PlanPeriod & { readonly atLeastDays?: number | undefined };
  readonly noticeDays: number;
  readonly graceDays: number;
  readonly place?: Position | undefined;
  /** § 4a(3) BauGB: the draft changed; the round it repeats, what changed, and a shorter period with its reason. */
  readonly repeat?:
    | {
        readonly of: string;
        readonly changes: string;
        readonly limited: boolean;
        readonly dueOn?: Day | undefined;
        readonly shortenedBecause?: string | undefined;
      }
    | undefined;
}

/** Asks one consultee. */
export interface Ask {
  readonly action: 'ask';
  readonly consultationId: string;
  readonly roundId: string;
  readonly planId?: string | undefined;
  readonly kind: ConsulteeKind;
  readonly name: string;
  readonly email?: string | undefined;
  readonly period: PlanPeriod;
  readonly reminderDays: number;
  readonly legalBasis: string;
  readonly silence: Silence;
}

export interface Answer {
  readonly action: 'answer';
  readonly consultationId: string;
  readonly statementId: string;
  readonly answer: AnswerKind;
  readonly via: Via;
  /** Of a paper answer; else today. */
  readonly receivedOn?: Day | undefined;
}

export type OfficerCommand =
  | { readonly action: 'declare-none'; readonly reason: string }
  | OpenRound
  | { readonly action: 'attach'; readonly roundId: string; readonly file: FileRef }
  | Ask
  | { readonly action: 'remind'; readonly consultationId: string }
  | { readonly action: 'extend'; readonly consultationId: string; readonly dueOn: Day; readonly reason: string; readonly reminderDays: number }
  | { readonly action: 'withdraw'; readonly consultationId: string; readonly reason: string }
  | { readonly action: 'renew-link'; readonly consultationId: string }
  | { readonly action: 'revoke-link'; readonly consultationId: string }
  | { readonly action: 'close-round'; readonly roundId: string };

/** What a consultee may do, and what the clock does. */
export type OtherCommand = Answer | { readonly action: 'claim'; readonly consultationId: string; readonly by: string } | { readonly action: 'pass-time' };

export type Command = OfficerCommand | OtherCommand;
