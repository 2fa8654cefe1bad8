/** A finished PDF. */
export type Pdf = Uint8Array;

/** Sets letters with Typst as tagged PDF/A-3a. */
export interface Typesetter {
  /**
   * @param template Typst source of the letter
   * @param data     JSON the template reads as `sys.inputs.data` (already for the reader's eyes)
   * @param attach   files embedded in the PDF (PDF/A-3 associated files), e.g. the decision as JSON
   */
  compile(template: string, data: unknown, attach?: readonly Attachment[]): Promise<Pdf>;
}

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly description: string;
  /** A picture that the template draws from `/attachments/<place in the list>`; it is not embedded as a file. */
  readonly drawn?: true;
}

/** Seals a PDF as PAdES by an incremental update (ETSI EN 319 142-1). */
export interface SealProvider {
  /** Name on the certificate, for display. */
  readonly subject: string;
  readonly demo: boolean;
  seal(pdf: Pdf, about: { readonly reason: string; readonly at: Temporal.Instant }): Promise<Pdf>;
  /** Signs an XML document by an enveloped XML signature; @throws when the key is none for that */
  sealXml(xml: string, at: Temporal.Instant): Promise<string>;
}

/** What an uploaded PDF's seal says. */
export type SealCheck =
  | {
      readonly verdict: 'genuine';
      readonly subject: string;
      readonly sealedAt: Temporal.Instant;
      readonly timestamped: boolean;
      readonly demo: boolean;
      readonly attachments: readonly Attachment[];
    }
  | { readonly verdict: 'changed' | 'unknown-sealer' | 'unsealed' | 'not-a-pdf'; readonly reason: string };
