/** A document of a case as it goes to another house. */
export interface FileDocument {
  /** UUID. */
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly mediaType: string;
  /** Legal day. */
  readonly writtenOn: string;
  /** Written by the authority, or handed in to it. */
  readonly direction: 'out' | 'in';
  /** Carries the authority's seal inside (PAdES). */
  readonly sealed: boolean;
  readonly bytes: Uint8Array;
}

/** A Vorgang with its documents, ready to be handed on. */
export interface CaseRecord {
  /** UUID of the case. */
  readonly id: string;
  readonly fileNumber: string;
  readonly service: { readonly key: string; readonly name: string; readonly leistungsschluessel: string };
  readonly authority: { readonly name: string; readonly street: string; readonly place: string };
  readonly applicant: string;
  readonly openedOn: string;
  /** Absent while the case runs. */
  readonly closedOn?: string;
  readonly retentionYears: number;
  readonly documents: readonly FileDocument[];
  /** What was done when, without words of persons. */
  readonly course: readonly { readonly at: string; readonly action: string; readonly actor: string }[];
}
