/** What a form says: one answer, as people read it. */
export interface CaseFact {
  /** Unique within the case, e.g. `chip` or `trees.0.circumferenceCm`. */
  readonly id: string;
  readonly label: string;
  readonly type: string;
  /** As kept: an ISO day, a number, a text. */
  readonly raw: unknown;
  /** As people read it, e.g. `03.05.2026` or `45 cm`. */
  readonly shown: string;
  readonly unit?: string;
}

export interface CasePage {
  readonly number: number;
  readonly text: string;
}

/** A document of the case that could be read. */
export interface CaseDocument {
  readonly id: string;
  readonly title: string;
  readonly sha256: string;
  readonly pages: readonly CasePage[];
}

/** What the package's list asks for and the Antrag lacks. */
export interface Lack {
  readonly field: string;
  /** As the form would say it to the applicant. */
  readonly message: string;
  /** Where the list says so, e.g. `hund 1.0.0, Seite „Ihr Hund“`. */
  readonly rule: string;
}

/** A rule of the package that fired. */
export interface FiredRule {
  readonly decision: string;
  readonly row: number;
  readonly sentence: string;
}

export interface CaseStatement {
  readonly number: string;
  readonly from: string;
  readonly text: string;
}

export interface CaseDecision {
  readonly id: string;
  /** `bescheid`: the first decision. Others (Widerspruchsbescheid, Rücknahme, Fiktion …) have remedies of their own. */
  readonly kind: string;
  readonly outcome: 'grant' | 'partial' | 'refuse';
  readonly decidedOn: string;
  readonly operative: readonly string[];
  readonly conditions: readonly { readonly kind: string; readonly text: string }[];
  readonly reasons: readonly string[];
  readonly feeCents: number;
  readonly remedyUntil?: string;
}

/** A case as the assistant reads it: for somebody who may see it, and never more than that person sees. */
export interface AssistedCase {
  readonly id: string;
  readonly fileNumber: string;
  readonly service: string;
  readonly serviceName: string;
  readonly authority: string;
  readonly facts: readonly CaseFact[];
  readonly documents: readonly CaseDocument[];
  /** Files that could not be read, each with the reason. */
  readonly unread: readonly { readonly title: string; readonly reason: string }[];
  readonly lacks: readonly Lack[];
  readonly rules: readonly FiredRule[];
  /** Only where they were asked for. */
  readonly statements: readonly CaseStatement[];
  /** There are more statements than were read. */
  readonly statementsCut?: boolean;
  /** The decision in force, once it is written. */
  readonly decision?: CaseDecision;
}

/** A closed case of the same Leistung and authority. */
export interface ClosedCase {
  readonly id: string;
  readonly fileNumber: string;
  readonly closedOn: string;
  readonly facts: readonly CaseFact[];
}
