/** A text in the three languages of the city. */
export interface MessageText {
  readonly de: string;
  readonly en: string;
  readonly leicht: string;
}

/** A file that comes with a message; its bytes lie in `platform/files` under `sha256`. */
export interface MessageDocument {
  readonly name: string;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly mediaType: string;
}

/** What another module puts into a Postfach. */
export interface NewMessage {
  readonly accountId: string;
  readonly caseId: string;
  /** Key of the service it is about; without it, a mandate limited to services does not read it. */
  readonly service?: string;
  /** Names what is delivered, e.g. `<case>.bescheid.<decision>`. The same key is delivered once. */
  readonly key: string;
  readonly subject: MessageText;
  /** Paragraphs of the message. */
  readonly body: readonly MessageText[];
  readonly documents: readonly MessageDocument[];
}

/** What became of a delivery. */
export interface Delivered {
  readonly messageId: string;
  /** Bereitstellung (§ 9 OZG): of the first delivery under this key. */
  readonly deliveredAt: Temporal.Instant;
  /** Whether a mail tells the person that something waits. Without a confirmed address there is none. */
  readonly noticeSent: boolean;
  /** `false` when this key had been delivered before; nothing was done then. */
  readonly isNew: boolean;
}

/** A message as its owner sees it. */
export interface Message {
  readonly id: string;
  readonly caseId: string;
  readonly subject: MessageText;
  readonly body: readonly MessageText[];
  readonly deliveredAt: Temporal.Instant;
  readonly noticeSent: boolean;
  readonly openedAt?: Temporal.Instant;
  readonly documents: readonly (MessageDocument & { readonly retrievedAt?: Temporal.Instant })[];
}
