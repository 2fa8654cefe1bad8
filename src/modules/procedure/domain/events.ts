import type { Outcome } from './procedure-rules.ts';
import type { DecisionSheet } from './sheets.ts';
import type { RestsOn } from './versions.ts';

/** A legal day as ISO text, `2026-11-23`: cases are kept as JSON. */
export type Day = string;

/** Other systems that bring applications. */
export const SOURCES = ['fit-connect', 'xbau', 'xdomea'] as const;
export type Source = (typeof SOURCES)[number];

/** How a decision reaches its addressee. */
export type Channel = 'postfach' | 'post';

/** Kinds of decision. One is never edited, only followed by another (§§ 42, 48, 49, 73 VwVfG/VwGO). */
export type DecisionKind = 'bescheid' | 'fiktion' | 'widerspruchsbescheid' | 'berichtigung' | 'ruecknahme' | 'widerruf';

/** A Nebenbestimmung (§ 36(2) VwVfG) as it stands in the decision. */
export interface Nebenbestimmung {
  readonly kind: 'Bedingung' | 'Auflage' | 'Befristung' | 'Widerrufsvorbehalt' | 'Auflagenvorbehalt';
  readonly text: string;
}

/** How long what a decision grants holds: until a last day, or from its Bekanntgabe on, which brings the day. */
export interface DecisionValidity {
  readonly until?: Day;
  readonly from?: 'announcement';
}

/** The words of a decision: personal, so kept beside the journal and hashed into it. */
export interface DecisionText {
  readonly operative: readonly string[];
  readonly nebenbestimmungen: readonly Nebenbestimmung[];
  readonly reasons: readonly string[];
  /** Reasons that guided discretion (§ 39(1) sentence 3 VwVfG); empty for bound decisions. */
  readonly discretion: readonly string[];
  /** What is granted, item by item, where the application has several (e.g. trees). */
  readonly items: readonly { readonly label: string; readonly outcome: Outcome; readonly reason: string }[];
  /** Of what the fee is made, where a rule reckoned it. */
  readonly fees?: readonly { readonly label: string; readonly cents: number }[];
  /** Plan sheets that belong to the decision, as they were when it was drafted. */
  readonly sheets?: readonly DecisionSheet[];
}

/** Facts of an event, journalled: no personal data. */
interface Facts {
  'antrag-eingereicht': {
    caseId: string;
    fileNumber: string;
    service: string;
    packageHash: string;
    authority: string;
    /** Null where it came from another system: nobody has proven in a Servicekonto who applies. */
    accountId: string | null;
    channel: Channel;
    /** The applicant's own sign-in that sent it was one with the card. */
    withCard?: true;
    documents: readonly string[];
    /** The campaign's link that led to the application (`ORIGIN` in kernel/usage.ts). */
    origin?: string;
    source?: Source;
    /** Day of receipt, where that is not the day on which the case was made. */
    receivedOn?: Day;
    /** Who applies together with this account, each with the hash of what they signed. */
    coApplicants?: readonly { readonly accountId: string; readonly signedSha256: string }[];
    /** Guides who typed some of it, with the applicant's consent (ADR 57). */
    helped?: readonly { readonly assistanceId: string; readonly staffId: string }[];
  };
  /** § 22 VwVfG: the authority begins by itself; there is no applicant. */
  'von-amts-wegen-begonnen': { caseId: string; fileNumber: string; service: string; packageHash: string; authority: string };
  /** A closed file of another authority comes into the keeping of this one: nobody applies here, nothing is decided. */
  'akte-uebernommen': {
    caseId: string;
    fileNumber: string;
    service: string;
    packageHash: string;
    authority: string;
    source: Source;
    begunOn?: Day;
    closedOn: Day;
    documents: readonly string[];
  };
  /** A document that the authority itself puts into the file. */
  'unterlage-aufgenommen': { slot: string; sha256: string };
  /** A step of the course is done; with the documents it rests on. */
  'schritt-vollzogen': { step: string; on: Day; documents: readonly string[] };
  /** Steps of the examination were ticked off, or opened again. */
  'pruefschritte-abgehakt': { done: readonly string[]; reopened: readonly string[] };
  'an-person-gegeben': { reasons: readonly string[] };
  vollstaendig: { completeOn: Day; by: 'person' | 'rule' };
  'nachforderung-gestellt': { requestId: string; items: readonly string[]; dueOn: Day };
  'nachforderung-beantwortet': { requestId: string; receivedOn: Day; documents: readonly string[] };
  'anhoerung-eingeleitet': { hearingId: string; dueOn: Day };
  'anhoerung-beantwortet': { hearingId: string; receivedOn: Day };
  'anhoerung-abgelaufen': { hearingId: string };
  'nachforderung-abgelaufen': { requestId: string };
  'frist-ausgesetzt': { from: Day };
  'frist-fortgesetzt': { on: Day };
  'frist-verlaengert': { length: number; unit: 'days' | 'weeks' | 'months'; legalBasis: string };
  'entscheidung-entworfen': { decisionKind: DecisionKind; outcome: Outcome; channel: Channel; feeCents: number; validUntil?: Day };
  'freigabe-erbeten': Record<never, never>;
  'entwurf-zurueckgegeben': Record<never, never>;
  'bescheid-erlassen': {
    decisionId: string;
    decisionKind: DecisionKind;
    outcome: Outcome;
    channel: Channel;
    feeCents: number;
    decidedOn: Day;
    automated: boolean;
    legalBasis?: string;
    follows?: string;
    /** Public number that the grant gives (`register` of the package). */
    registerNumber?: string;
    /** The versions of the files that the decision rests on. */
    documents?: readonly RestsOn[];
    /** Absent: it grants nothing, or without an end. */
    validity?: DecisionValidity;
  };
  /** § 42a(1) VwVfG: the period passed without a decision, and a statute says that the permit is given. */
  'genehmigung-fingiert': { decisionId: string; since: Day; legalBasis: string; validUntil?: Day };
  /** § 42a(3) VwVfG. */
  'bescheinigung-verlangt': { decisionId: string };
  /** The desk was told: before the period ends, and once more when it has passed. */
  'frist-gewarnt': { dueOn: Day; stage: 'vorher' | 'nachher' };
  'bescheid-versiegelt': { decisionId: string; pdfSha256: string };
  'bescheid-bekanntgegeben': {
    decisionId: string;
    caseId: string;
    via: Channel | 'zugang' | 'verkuendung';
    on: Day;
    bekanntgabeOn: Day;
    remedyUntil: Day;
    /** The last day of what is granted, where it runs from the Bekanntgabe. */
    validUntil?: Day;
  };
  /** `accountId` says whose it is, where several applied. */
  'widerspruch-eingelegt': { receivedOn: Day; inTime: boolean; accountId?: string };
  bestandskraeftig: { since: Day };
  zurueckgenommen: Record<never, never>;
  /** One of several applicants withdraws the own application; the case goes on for the others. */
  'fuer-sich-zurueckgenommen': { accountId: string };
  vermerkt: Record<never, never>;
  zugewiesen: { staffId: string | null };
  'wiedervorlage-gesetzt': { on: Day | null };
  abgegeben: { authority: string };
  /** The case goes over to another version of its package: explicit and journalled. */
  'fassung-gewechselt': { from: string; to: string; packageVersion: string };
}

/** Content of an event with personal data; kept in `procedure.content`, its hash in the journal. */
interface Contents {
  'antrag-eingereicht': {
    answers: Readonly<Record<string, unknown>>;
    applicant: Applicant;
    /** What the source calls it. */
    reference?: string;
    /** What came beside the answers, with the reason where a file could not be kept (§ 3a(3) VwVfG). */
    files?: readonly ReceivedFile[];
    /** In the order of the facts. */
    coApplicants?: readonly { readonly givenName: string; readonly familyName: string }[];
  };
  'von-amts-wegen-begonnen': { answers: Readonly<Record<string, unknown>> };
  'akte-uebernommen': {
    reference: string;
    subject: string;
    /** Who kept it until now, and under which number. */
    formerAuthority: string;
    formerNumber?: string;
    files: readonly ReceivedFile[];
  };
  'schritt-vollzogen': { note: string };
  'nachforderung-gestellt': { text: string; itemTexts: readonly string[] };
  'nachforderung-beantwortet': {
    text: string;
    answers?: Readonly<Record<string, unknown>>;
    /** Files that came with the answer and could not be kept, each with the reason (§ 3a(3) VwVfG). */
    refused?: readonly ReceivedFile[];
  };
  'anhoerung-eingeleitet': { text: string };
  'anhoerung-beantwortet': { text: string };
  'frist-ausgesetzt': { reason: string };
  'frist-verlaengert': { reason: string };
  'entscheidung-entworfen': { text: DecisionText };
  'entwurf-zurueckgegeben': { remark: string };
  'bescheid-erlassen': { text: DecisionText };
  'widerspruch-eingelegt': { text: string };
  zurueckgenommen: { reason: string };
  'fuer-sich-zurueckgenommen': { reason: string };
  vermerkt: { text: string };
  abgegeben: { reason: string };
  'fassung-gewechselt': { reason: string };
}

/** A file as its source named it. */
export interface ReceivedFile {
  readonly fileName: string;
  readonly description?: string;
  readonly refused?: string;
}

/** Who applies, as it goes into letters. */
export interface Applicant {
  readonly name: string;
  readonly addressLines: readonly string[];
}

export type EventKind = keyof Facts;

/** An accepted event: `facts` go to the journal, `content` beside it. */
export type CaseEvent = {
  [K in EventKind]: {
    readonly kind: K;
    readonly facts: Readonly<Facts[K]>;
  } & (K extends keyof Contents ? { readonly content: Contents[K] } : { readonly content?: undefined });
}[EventKind];

/** The event of one kind. */
export type EventOf<K extends EventKind> = Extract<CaseEvent, { kind: K }>;

/** An event as kept: with its place in the case, its time and who caused it. */
export type StoredEvent = CaseEvent & {
  readonly version: number;
  readonly at: Temporal.Instant;
  /** `actorRef` notation: who really acted. */
  readonly actor: string;
  /** Mandate under which they acted for the applicant. */
  readonly mandateId?: string;
};
