import type { Context } from '../../../platform/context.ts';
import type { Sql, Tx } from '../../../platform/database/port.ts';
import type { Pdf } from '../../../platform/documents/port.ts';
import type { CountUse } from '../../../kernel/usage.ts';
import type { Result } from '../../../kernel/result.ts';
import type { NewEntry } from '../../../platform/journal/port.ts';
import type { DocumentChecks, ServiceDesk } from '../../catalogue/public.ts';
import type { Nebenbestimmung, Source } from '../domain/events.ts';
import type { DecisionSheet } from '../domain/sheets.ts';

/** What the procedure's use cases may reach. */
export interface ProcedureContext extends Context {
  readonly desk: ServiceDesk;
  /** Why a case cannot be decided yet, asked of modules that procedure does not know (e.g. an open Beteiligung). */
  readonly gates?: readonly DecisionGate[];
  /** Absent: steps ask nothing of a Beteiligung. */
  readonly steps?: StepGate;
  /** Media types beyond pictures and PDF, each with its check; a type without one is not taken in. */
  readonly contents?: Readonly<Record<string, ContentCheck>>;
  /** Says what blocks a file by the technical rules of its document; slow, so never inside a transaction. */
  readonly inspect?: (bytes: Uint8Array, mediaType: string, checks: DocumentChecks) => Promise<string | undefined>;
  /** Absent: nothing is entered on plan sheets. */
  readonly sheets?: SheetOffice;
  /** What consulted agencies ask for and the Abwägung follows. Absent: nobody is asked. */
  readonly demands?: (db: Sql, caseId: string) => Promise<readonly DemandedCondition[]>;
  /** Told of each letter to a case from another system, in the transaction that keeps it: the source may want it too. */
  readonly letterOut?: (tx: Tx, letter: { readonly source: Source; readonly caseId: string; readonly letterKey: string }) => Promise<void>;
  /** Absent: nobody helps with drafts. */
  readonly help?: DraftHelp;
  /** The code with which the status of a case can be asked for without signing in; nothing where it is switched off. */
  readonly statusCode?: (db: Sql, caseId: string) => Promise<string | undefined>;
  /** Absent: nothing is demanded (tests of other things). */
  readonly cashier?: Cashier;
  /** Absent: nothing is counted. */
  readonly count?: CountUse;
  /** Where somebody is asked who has thrown an application away: a path. Absent: nowhere. */
  readonly askAfterDiscard?: (draft: { readonly id: string; readonly service: string }) => string;
}

/** Guides who help people with a draft (ADR 57), as procedure sees them. */
export interface DraftHelp {
  /** Fields of a page into which a guide has typed since then: a page that is older than that does not take it away again. */
  readonly typedSince: (
    db: Sql,
    page: { readonly draftId: string; readonly pageId: string; readonly itemIndex?: number },
    since: Temporal.Instant,
  ) => Promise<ReadonlySet<string>>;
  /** Whether somebody is asked to help, or helps, at this moment. */
  readonly isOpen: (db: Sql, draftId: string, now: Temporal.Instant) => Promise<boolean>;
  /** The draft is submitted or thrown away: help ends with it. The draft is held by the caller, who journals the entries last. */
  readonly close: (
    tx: Tx,
    draftId: string,
    because: 'submitted' | 'discarded',
    now: Temporal.Instant,
  ) => Promise<{ readonly helped: readonly HelpGiven[]; readonly entries: readonly NewEntry[] }>;
}

/** Help in which something was typed. */
export interface HelpGiven {
  readonly assistanceId: string;
  readonly staffId: string;
}

/** A condition that an agency asks for, in words that name it, to be proposed as a Nebenbestimmung. */
export interface DemandedCondition extends Nebenbestimmung {
  /** The words without who asks for them. */
  readonly bare: string;
  /** Proposed with the draft; else only offered, as the Abwägung follows in part. */
  readonly wholly: boolean;
}

/** Plan sheets with what officers entered on them, as procedure sees them. */
export interface SheetOffice {
  /** Remarks that are meant as Nebenbestimmungen, in words that name their sheet. */
  conditions(db: Sql, caseId: string): Promise<readonly Nebenbestimmung[]>;
  /** Sheets that belong to a grant, held until the transaction ends; or what must be settled first, as a sentence. */
  forDecision(tx: Tx, caseId: string): Promise<Result<readonly DecisionSheet[], string>>;
  /** A copy of each sheet with stamps and remarks drawn upon it, in the same order. */
  copies(caseId: string, sheets: readonly DecisionSheet[], about: StampedFor): Promise<readonly StampedCopy[]>;
}

/** What a stamp names. */
export interface StampedFor {
  readonly fileNumber: string;
  readonly authority: string;
  readonly decidedOn: Temporal.PlainDate;
}

/** Without `pdf`, the sheet could not be drawn; `reason` says why, as a sentence. */
export type StampedCopy = { readonly fileName: string; readonly pdf: Pdf } | { readonly fileName: string; readonly pdf?: undefined; readonly reason: string };

/** What a step of the course asks of the Beteiligung. */
export interface StepRequirement {
  /** Ids of the package's public rounds that must be closed, or `stellen` for the agencies. */
  readonly rounds: readonly string[];
  /** Every statement must be weighed. */
  readonly weighed: boolean;
  /** Day of the step before: earlier rounds of agencies belong to that one. */
  readonly since: string | undefined;
}

/** @returns a plain sentence that says what is open, or nothing when the step may be recorded */
export type StepGate = (tx: Tx, caseId: string, requirement: StepRequirement) => Promise<string | undefined>;

/** @returns why the bytes are not what the media type says, or nothing when they are */
export type ContentCheck = (bytes: Uint8Array) => string | undefined;

/** A fee to be demanded. */
export interface FeeDemand {
  readonly caseId: string;
  readonly fileNumber: string;
  /** Null: the debtor has no Servicekonto and pays by transfer. */
  readonly accountId: string | null;
  readonly authority: string;
  readonly service: string;
  /** Integer cents, more than 0. */
  readonly amountCents: number;
  readonly dueOn: Temporal.PlainDate;
  readonly legalBasis: string;
  /** The same key is one demand. */
  readonly key: string;
}

/** The Kasse, as procedure sees it. */
export interface Cashier {
  demand(tx: Tx, fee: FeeDemand): Promise<void>;
  /** Whether something was demanded for the case and all of it is paid. */
  isPaid(db: Sql, caseId: string): Promise<boolean>;
}

/** @returns a plain sentence that says what is open, or nothing when the decision may be taken */
export type DecisionGate = (tx: Tx, caseId: string) => Promise<string | undefined>;
