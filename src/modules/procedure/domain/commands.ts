import type { Channel, Day, DecisionKind, DecisionText, ReceivedFile } from './events.ts';
import type { Outcome } from './procedure-rules.ts';
import type { RestsOn } from './versions.ts';

/** What somebody wants to do to a case. Dates are legal days; ids come from outside. */
export type CaseCommand =
  | { readonly action: 'confirm-complete'; readonly completeOn?: Day }
  | {
      readonly action: 'request-documents';
      readonly requestId: string;
      readonly items: readonly { readonly id: string; readonly text: string }[];
      readonly text: string;
      readonly dueOn?: Day;
    }
  | {
      readonly action: 'answer-request';
      readonly text: string;
      readonly documents: readonly string[];
      readonly answers?: Readonly<Record<string, unknown>>;
      readonly refused?: readonly ReceivedFile[];
      readonly receivedOn?: Day;
    }
  | { readonly action: 'hear'; readonly hearingId: string; readonly text: string; readonly dueOn?: Day }
  | { readonly action: 'answer-hearing'; readonly text: string; readonly receivedOn?: Day }
  | { readonly action: 'suspend'; readonly reason: string; readonly from?: Day }
  | { readonly action: 'resume'; readonly on?: Day }
  | { readonly action: 'extend'; readonly reason: string }
  | {
      readonly action: 'draft-decision' | 'decide-objection' | 'follow-decision';
      readonly decisionKind?: DecisionKind;
      readonly outcome: Outcome;
      readonly channel?: Channel;
      readonly feeCents: number;
      /** The last day of what is granted; absent: as the package says. */
      readonly validUntil?: Day;
      readonly text: DecisionText;
    }
  | { readonly action: 'submit-for-approval' }
  | { readonly action: 'approve'; readonly decisionId: string; readonly registerNumber?: string; readonly documents?: readonly RestsOn[] }
  | { readonly action: 'return-draft'; readonly remark: string }
  | { readonly action: 'decide'; readonly decisionId: string; readonly registerNumber?: string; readonly documents?: readonly RestsOn[] }
  | {
      readonly action: 'record-bekanntgabe';
      /** `post`: handed to the post on this day; `zugang`: proven receipt on this day; `verkuendung`: promulgated on this day. */
      readonly via: 'post' | 'zugang' | 'verkuendung';
      readonly on: Day;
    }
  | { readonly action: 'withdraw'; readonly reason: string }
  /** `receivedOn` is for the authority, when it records what came by post. */
  | { readonly action: 'object'; readonly text: string; readonly receivedOn?: Day }
  | { readonly action: 'request-certificate' }
  | { readonly action: 'note'; readonly text: string }
  | { readonly action: 'assign'; readonly staffId: string | null }
  | { readonly action: 'remind'; readonly on: Day | null }
  /** A step of the package's course is done; `documents` are those it rests on (SHA-256), found by the server. */
  | { readonly action: 'record-step'; readonly step: string; readonly on?: Day; readonly note: string; readonly documents: readonly string[] }
  /** The steps of the examination that are ticked off now; all others are open. */
  | { readonly action: 'check-tasks'; readonly done: readonly string[] }
  | { readonly action: 'transfer'; readonly authority: string; readonly reason: string };

export type CommandOf<A extends CaseCommand['action']> = Extract<CaseCommand, { action: A }>;

/** What the city itself does, by the clock or from the outbox. */
export type SystemCommand =
  | { readonly action: 'hand-to-person'; readonly reasons: readonly string[] }
  | {
      readonly action: 'decide-automatically';
      readonly decisionId: string;
      readonly feeCents: number;
      readonly text: DecisionText;
      readonly registerNumber?: string;
      readonly documents?: readonly RestsOn[];
    }
  | { readonly action: 'seal'; readonly decisionId: string; readonly pdfSha256: string }
  | { readonly action: 'provide-in-postfach'; readonly decisionId: string }
  | { readonly action: 'expire-request' }
  | { readonly action: 'expire-hearing' }
  | { readonly action: 'become-final' }
  /** Warns the desk, and lets a statute's fiction happen (§ 42a(1) VwVfG). `decisionId` is that of the permit if it does. */
  | { readonly action: 'watch-period'; readonly decisionId: string };

export type CommandOfSystem<A extends SystemCommand['action']> = Extract<SystemCommand, { action: A }>;
