import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Context } from '../../../platform/context.ts';
import type { Tx } from '../../../platform/database/port.ts';
import type { XbauCase } from '../domain/xbau-case.ts';
import type { XbauExport } from '../domain/xbau-names.ts';
import type { XbauMapping } from '../domain/xbau-mapping.ts';

/** A file that came with a message, for the case. */
export interface ReceivedFile {
  /** The form's document; absent where none fits. */
  readonly slot?: string | undefined;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly description?: string | undefined;
}

/** The case that came of a message. */
export interface CaseOfMessage {
  readonly caseId: string;
  readonly fileNumber: string;
  readonly authority: string;
  /** Files that came and could not be kept, each with the reason. */
  readonly refusedFiles: readonly { readonly fileName: string; readonly reason: string }[];
}

/** What came after a request for documents. */
export interface ReceivedAnswer {
  readonly caseId: string;
  readonly text: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly documents: readonly ReceivedFile[];
}

/** A new application. */
export interface ReceivedApplication {
  /** Unique among all that come in XBau. */
  readonly reference: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly documents: readonly ReceivedFile[];
  /** The message itself. */
  readonly original: ReceivedFile;
  /** Who is to be answered; given back as it is. */
  readonly replyTo: unknown;
}

/** Cases as XBau sees them. Whoever reads one is journalled there. */
export interface XbauCases {
  /** The Leistung that building permits are, in the words of XBau; `undefined` where the city does not offer it. */
  readonly mapping: () => XbauMapping | undefined;
  read(actor: Actor, caseId: string): Promise<Result<XbauCase, Problem>>;
  /** The case of a file number, or by its id, if this actor may change it. */
  find(actor: Actor, wanted: { readonly caseId?: string | undefined; readonly fileNumber?: string | undefined }): Promise<CaseOfMessage | undefined>;
  receive(actor: Actor, application: ReceivedApplication): Promise<Result<CaseOfMessage, Problem>>;
  /** @param alongside kept in the same transaction */
  /** The messages that this case can be written as now. */
  offered(actor: Actor, caseId: string): Promise<readonly XbauExport[]>;
  answer(actor: Actor, answer: ReceivedAnswer, alongside: (tx: Tx) => Promise<void>): Promise<Result<CaseOfMessage, Problem>>;
}

/** What the use cases of XBau may reach. */
export interface XbauContext extends Pick<Context, 'clock' | 'database' | 'journal'> {
  readonly cases: XbauCases;
  readonly product: string;
}
