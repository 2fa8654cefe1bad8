/** The messages that Kontor reads, by their number. */
export const READABLE = {
  '0401': 'Abgabe.Abgabe.0401',
  '0501': 'Aussonderung.Anbieteverzeichnis.0501',
  '0503': 'Aussonderung.Aussonderung.0503',
} as const;
export type MessageType = keyof typeof READABLE;

/** One file that a message names. */
export interface NamedFile {
  readonly name: string;
  readonly originalName?: string;
  /** Code of the list Dateiformat 1.0, or the name where the sender wrote one. */
  readonly format?: string;
  /** Lower-case hex, where the sender is a Kontor. */
  readonly sha256?: string;
  readonly line: number;
}

/** The extension in which Kontor says the checksum of a document's file. */
export const CHECKSUM = { kennung: 'kontor-pruefsumme', field: 'SHA-256' } as const;

/** A Dokument with all versions of its files; attachments (Anlagen) are documents of their own below it. */
export interface ReceivedDocument {
  /** UUID. */
  readonly id: string;
  readonly subject?: string;
  /** Legal day, `YYYY-MM-DD`. */
  readonly writtenOn?: string;
  readonly files: readonly NamedFile[];
  readonly attachments: readonly ReceivedDocument[];
}

/** An Akte or a Vorgang, with what is inside it. */
export interface ReceivedRecord {
  readonly kind: 'Akte' | 'Vorgang' | 'Dokument';
  /** UUID. */
  readonly id: string;
  readonly subject?: string;
  readonly fileNumber?: string;
  /** What the sender calls its kind: the key of the service, where the sender is a Kontor. */
  readonly type?: string;
  /** Of the unit of the Aktenplan: the Leistungsschlüssel, where the sender is a Kontor. */
  readonly planNumber?: string;
  /** Legal days. */
  readonly begunOn?: string;
  readonly endedOn?: string;
  readonly retention?: { readonly years: number } | 'unlimited';
  readonly documents: readonly ReceivedDocument[];
  readonly parts: readonly ReceivedRecord[];
}

/** A message of another authority, understood as far as it concerns a case. */
export interface ReceivedMessage {
  readonly type: MessageType;
  /** UUID. */
  readonly processId: string;
  readonly createdAt: string;
  readonly sender: string;
  readonly recipient: string;
  /** Name and version of the sending system. */
  readonly product?: string;
  readonly records: readonly ReceivedRecord[];
}

/** Every document of a message, attachments after the document they belong to. */
export function documentsOf(records: readonly ReceivedRecord[]): readonly ReceivedDocument[] {
  const flat = (document: ReceivedDocument): readonly ReceivedDocument[] => [document, ...document.attachments.flatMap(flat)];
  return records.flatMap(({ documents, parts }) => [...documents.flatMap(flat), ...documentsOf(parts)]);
}
