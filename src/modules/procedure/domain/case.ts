import type { CoApplicant } from './applicants.ts';
import type { Applicant, Channel, Day, DecisionKind, DecisionText, DecisionValidity, ReceivedFile, Source } from './events.ts';
import type { Outcome } from './procedure-rules.ts';
import type { CaseStatus } from './status.ts';
import type { RestsOn } from './versions.ts';

/** A decision that has been made. */
export interface Decision {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly outcome: Outcome;
  readonly channel: Channel;
  readonly feeCents: number;
  readonly decidedOn: Day;
  readonly automated: boolean;
  readonly legalBasis?: string;
  readonly follows?: string;
  readonly registerNumber?: string;
  /** The versions of the files that it rests on. */
  readonly documents?: readonly RestsOn[];
  /** How long it holds; absent: it grants nothing, or without an end. */
  readonly validity?: DecisionValidity;
  readonly text: DecisionText;
  /** Who decided, `actorRef` notation. */
  readonly by: string;
  readonly pdfSha256?: string;
  /** § 42a(3) VwVfG: the certificate of a fiction was asked for; it lies among the letters. */
  readonly certified?: true;
  readonly delivery?: {
    readonly via: Channel | 'zugang' | 'verkuendung';
    readonly on: Day;
    readonly bekanntgabeOn: Day;
    readonly remedyUntil: Day;
  };
}

/** A case, folded from its events. Plain JSON, so that it can be kept and compared. */
export interface Case {
  readonly id: string;
  readonly fileNumber: string;
  readonly service: string;
  readonly packageHash: string;
  readonly authority: string;
  /** Whose application it is; null where nobody has a Servicekonto for it: see `origin`. */
  readonly accountId: string | null;
  /** Absent: applied for in a Servicekonto. `amt`: begun by the authority (§ 22 VwVfG). Else the system it came from. */
  readonly origin?: 'amt' | Source;
  /** The campaign's link that led to the application. */
  readonly cameBy?: string;
  /** What the system it came from calls it. */
  readonly reference?: string;
  /** Files that came from another system and could not be kept, each with the reason. */
  readonly refusedFiles?: readonly ReceivedFile[];
  /** Mandate under which somebody else filed it for the account: a Vollmacht, or a place in an organisation. */
  readonly filedUnder?: string;
  /** The applicant's own sign-in that sent it was one with the card. */
  readonly withCard?: true;
  readonly channel: Channel;
  readonly applicant: Applicant;
  /** Who applied together with `accountId`; that person takes letters for all. */
  readonly coApplicants?: readonly CoApplicant[];
  /** Accounts of applicants who withdrew while others go on. */
  readonly withdrawn?: readonly string[];
  readonly answers: Readonly<Record<string, unknown>>;
  readonly status: CaseStatus;
  /** Number of events so far; guards against two people acting on the same state. */
  readonly version: number;
  readonly submittedOn: Day;
  /** Day of the applicant's last filing: completeness is reached on such a day, not on a click. */
  readonly lastFiledOn: Day;
  readonly completeOn?: Day;
  readonly handedToPerson: readonly string[];
  readonly request?: {
    readonly id: string;
    readonly items: readonly string[];
    readonly itemTexts: readonly string[];
    readonly text: string;
    readonly dueOn: Day;
  };
  readonly hearing?: {
    readonly id: string;
    readonly text: string;
    readonly dueOn: Day;
    readonly open: boolean;
    readonly answer?: string;
    /** Status the case had before, and returns to. Absent in cases heard before this was kept. */
    readonly from?: CaseStatus;
  };
  readonly suspensions: readonly { readonly from: Day; readonly to?: Day; readonly reason: string }[];
  readonly extension?: { readonly length: number; readonly unit: 'days' | 'weeks' | 'months'; readonly legalBasis: string; readonly reason: string };
  readonly draft?: {
    readonly decisionKind: DecisionKind;
    readonly outcome: Outcome;
    readonly channel: Channel;
    readonly feeCents: number;
    /** The last day of what is granted, as a person named it. */
    readonly validUntil?: Day;
    readonly text: DecisionText;
    /** Author, `actorRef` notation: the second pair of eyes must be another. */
    readonly by: string;
    /** Status the case had before, and returns to when the draft is sent back. */
    readonly from: CaseStatus;
    readonly returned?: string;
  };
  readonly decisions: readonly Decision[];
  readonly objection?: Objection;
  /** Where several applied: what the others filed after the first. */
  readonly furtherObjections?: readonly Objection[];
  /** Steps of the package's course that are done, in the order they were recorded. */
  readonly steps?: readonly { readonly id: string; readonly on: Day; readonly note: string; readonly documents: readonly string[] }[];
  /** Steps of the examination that are ticked off: who and when. */
  readonly checked?: readonly { readonly key: string; readonly by: string; readonly on: Day }[];
  readonly assignee?: string;
  readonly remindOn?: Day;
  /** Which warning of which period the desk has had. */
  readonly warned?: { readonly dueOn: Day; readonly stage: 'vorher' | 'nachher' };
}

type Origin = Pick<Case, 'origin'>;

/** Whether the authority began by itself: then nobody applies, nobody is written to and nobody pays. */
export const isOwnMotion = ({ origin }: Origin): boolean => origin === 'amt';

/** The system that the application came from; its applicant has no Servicekonto and gets letters by post. */
export const sourceOf = ({ origin }: Origin): Source | undefined => (origin === 'amt' ? undefined : origin);

export interface Objection {
  readonly receivedOn: Day;
  readonly inTime: boolean;
  readonly text: string;
  /** Whose it is, where several applied. */
  readonly accountId?: string;
}

/** The decision that holds now: the last one made. */
export function presentDecision(state: Case): Decision | undefined {
  return state.decisions.at(-1);
}
