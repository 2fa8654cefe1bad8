import type { XbauAnswers } from './xbau-answers-read.ts';
import type { XbauType } from './xbau-names.ts';

/** An authority or portal as the head of a message names it. */
export interface XbauParty {
  /** Code of the list Verzeichnisdienst, e.g. `DVDV`, with the version of the list. */
  readonly directory: string;
  readonly directoryVersion: string;
  /** In the DVDV three small letters, a colon and digits. */
  readonly id: string;
  readonly name: string;
}

/** What a message says of itself. */
export interface XbauHead {
  readonly type: XbauType;
  /** UUID of this message. */
  readonly messageId: string;
  /** ISO 8601 with milliseconds and offset. */
  readonly createdAt: string;
  readonly author?: XbauParty | undefined;
  readonly reader?: XbauParty | undefined;
  /** Name and version of the program that wrote it. */
  readonly product: { readonly name: string; readonly maker: string; readonly version?: string | undefined };
}

/** Which case and which message another message speaks of. */
export interface XbauReference {
  /** The UUID that the portal gave the application (`referenzAntragsservice`). */
  readonly reference?: string | undefined;
  /** The authority's file number. */
  readonly fileNumber?: string | undefined;
  readonly message?: { readonly id: string; readonly type: string; readonly createdAt: string } | undefined;
}

/** A document that a message names; its file travels beside the message, or lies where `link` says. */
export interface XbauAttachment {
  readonly title?: string | undefined;
  /** Code of the kind of document, in the list that the sender uses. */
  readonly kind?: string | undefined;
  readonly on?: string | undefined;
  /** Announced only: it will be handed in later. */
  readonly later: boolean;
  readonly file?: { readonly name: string; readonly sizeBytes?: number | undefined; readonly sha256?: string | undefined } | undefined;
  readonly link?: string | undefined;
  /** Only from a Kontor: the form's document, and the name the file had. */
  readonly slot?: string | undefined;
  readonly originalName?: string | undefined;
  readonly line: number;
}

/** A text in the message that no field of the form asks for. */
export interface XbauRest {
  readonly path: string;
  readonly text: string;
  readonly line: number;
}

/** A message, understood as far as Kontor goes. */
export interface XbauReceived {
  readonly head: XbauHead;
  /** 0200: what the portal calls this application. */
  readonly reference?: string | undefined;
  /** All others: which case they belong to. */
  readonly refersTo?: XbauReference | undefined;
  /** 0200, 0202: answers in the form's fields. */
  readonly answers: XbauAnswers;
  readonly rest: readonly XbauRest[];
  readonly attachments: readonly XbauAttachment[];
  /** 0201, 0205, 1100, 1120: what the message tells, in sentences. */
  readonly tells: readonly string[];
}
