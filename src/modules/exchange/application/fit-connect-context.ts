import type { CommonProblem, Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { PrivateJwk } from '../domain/fit-connect-jwk.ts';
import type { AuthenticationInformation, ReplyChannel } from '../domain/fit-connect-metadata.ts';

/** A submission as the delivery service lists it. */
export interface SubmissionRef {
  readonly submissionId: string;
  /** The delivery service's case. */
  readonly caseId: string;
  readonly destinationId: string;
}

/** A submission as the delivery service keeps it: all contents encrypted. */
export interface FetchedSubmission extends SubmissionRef {
  /** The service that the sender announced. */
  readonly serviceIdentifier: string;
  readonly attachmentIds: readonly string[];
  readonly encryptedMetadata: string;
  readonly encryptedData?: string;
}

/** What a delivery service says of a Zustellpunkt. */
export interface Destination {
  readonly destinationId: string;
  readonly active: boolean;
  readonly encryptionKid: string;
  /** Services it takes: identifier, and URIs of the schemas of their data. */
  readonly services: readonly { readonly identifier: string; readonly schemaUris: readonly string[] }[];
}

type Answer<T> = Promise<Result<T, CommonProblem>>;

/**
 * A delivery service (Zustelldienst) as one client of it sees it: Submission API, version 1. Adapters:
 * the real one over HTTPS, and the same against the bundled demo. `unavailable` means: try again;
 * every other refusal is the service's last word.
 */
export interface DeliveryService {
  readonly demo: boolean;
  /** How it names itself in events it signs. */
  readonly issuer: string;
  /** Its signature keys, unread. */
  serviceKeys(): Answer<readonly unknown[]>;
  destination(destinationId: string): Answer<Destination>;
  /** One public key of a destination, unread. */
  destinationKey(destinationId: string, kid: string): Answer<unknown>;
  listForPickUp(destinationId: string, page: { readonly offset: number; readonly limit: number }): Answer<{ readonly submissions: readonly SubmissionRef[] }>;
  fetchSubmission(submissionId: string): Answer<FetchedSubmission>;
  fetchAttachment(submissionId: string, attachmentId: string): Answer<string>;
  /** All tokens of a case, in their order. */
  eventLog(caseId: string): Answer<readonly string[]>;
  postEvent(caseId: string, token: string): Answer<void>;
  announce(input: {
    readonly destinationId: string;
    readonly attachmentIds: readonly string[];
    readonly service: { readonly identifier: string; readonly name: string };
  }): Answer<SubmissionRef>;
  uploadAttachment(submissionId: string, attachmentId: string, jwe: string): Answer<void>;
  submit(submissionId: string, parts: { readonly encryptedMetadata: string; readonly encryptedData: string }): Answer<void>;
  /** Replies go the other way: from the administration to the online service, in the case of its submission. */
  announceReply(input: { readonly caseId: string; readonly attachmentIds: readonly string[] }): Answer<{ readonly replyId: string }>;
  uploadReplyAttachment(replyId: string, attachmentId: string, jwe: string): Answer<void>;
  submitReply(replyId: string, parts: { readonly encryptedMetadata: string; readonly encryptedData: string }): Answer<void>;
}

/** Keys of our destinations: those that may still be asked to decrypt, and the one that signs. */
export interface SubscriberKeys {
  readonly decryption: readonly PrivateJwk[];
  readonly signature: PrivateJwk;
}

/** A file of a submission, decrypted and compared with its hash; its content is not checked yet. */
export interface ReceivedAttachment {
  readonly attachmentId: string;
  readonly purpose: 'form' | 'attachment' | 'report';
  readonly fileName: string;
  /** As the sender says. */
  readonly mediaType: string;
  readonly description?: string;
  readonly bytes: Uint8Array;
}

/** An application that came whole and unchanged. */
export interface ReceivedApplication {
  readonly submissionId: string;
  /** Key of the service package. */
  readonly serviceKey: string;
  /** URI of the schema that the data follow, as the sender says. */
  readonly schemaUri: string;
  readonly data: unknown;
  readonly attachments: readonly ReceivedAttachment[];
  /** Absent: answer by post. */
  readonly replyChannel?: ReplyChannel;
  readonly authenticationInformation: readonly AuthenticationInformation[];
  /** When the delivery service took it, by its signed event: the day of receipt. */
  readonly submittedAt: Temporal.Instant;
}

/** A finished letter of a case that came through FIT-Connect. */
export interface OutgoingLetter {
  readonly submissionId: string;
  /** What was kept of the submission for answers, as it is. */
  readonly replyTo: unknown;
  readonly fileNumber: string;
  readonly kind: string;
  /** Legal day. */
  readonly writtenOn: string;
  /** PDF, the letter first. */
  readonly files: readonly { readonly fileName: string; readonly bytes: Uint8Array }[];
}

/** Where applications become cases, and letters to them come from. */
export interface Intake {
  /**
   * Keeps the application in a transaction of its own. The same `submissionId` twice gives the same
   * case. `unavailable` and `conflict`: it is brought again later; any other refusal sends the
   * submission back to its sender.
   */
  receive(application: ReceivedApplication): Promise<Result<{ readonly caseId: string }, Problem>>;
  /** `undefined`: the case did not come through FIT-Connect. */
  letter(caseId: string, letterKey: string): Promise<OutgoingLetter | undefined>;
}

/** What became of a submission of ours. */
export interface SentNews {
  readonly key: string;
  readonly state: 'submitted' | 'forwarded' | 'accepted' | 'rejected' | 'deleted' | 'failed';
  /** URIs of what the receiver found wrong. */
  readonly problems: readonly string[];
}

/** What the use cases around FIT-Connect may reach. */
export interface FitConnectContext extends Pick<Context, 'settings' | 'clock' | 'database' | 'journal' | 'outbox' | 'log'> {
  readonly receiving?: {
    readonly service: DeliveryService;
    readonly destinationIds: readonly string[];
    readonly keys: SubscriberKeys;
    /** The service package for an identifier such as `urn:de:fim:leika:leistung:99…`. */
    readonly serviceKeyOf: (identifier: string) => string | undefined;
    readonly intake: Intake;
    /** Absent: submissions are found by the clock alone. */
    readonly callbackSecret?: string;
  };
  readonly sending?: {
    readonly service: DeliveryService;
    /** Roots (PEM) that certificates of receivers must lead to; `undefined` only against a test or demo service. */
    readonly anchors?: readonly string[];
    /** Called in the transaction that keeps the news. */
    readonly onNews?: (tx: Tx, news: SentNews) => Promise<void>;
  };
}

export const FIT_CONNECT_JOBS = {
  pickUp: 'exchange.fit-connect-pick-up',
  send: 'exchange.fit-connect-send',
  follow: 'exchange.fit-connect-follow',
  notified: 'exchange.fit-connect-notified',
  reply: 'exchange.fit-connect-reply',
} as const;

/** The journal's stream of a submission. */
export const submissionStream = (submissionId: string): string => `fit-connect:${submissionId}`;
