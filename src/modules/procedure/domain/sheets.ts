/** What an officer entered on a sheet. `xMm` and `yMm`: millimetres from the upper left corner of the page as it is shown. */
export interface SheetMark {
  /** Counted within the case; on the sheet it stands beside the place. */
  readonly number: number;
  /** From 1. */
  readonly page: number;
  readonly xMm: number;
  readonly yMm: number;
  /** `gruen` approves (Grüneintrag), `ungueltig` takes the sheet out, `auflage` is meant as a Nebenbestimmung. */
  readonly kind: 'vermerk' | 'auflage' | 'gruen' | 'ungueltig';
  readonly text: string;
}

/** A sheet as it belongs to a decision: one version of one file, with what was entered on it. */
export interface DecisionSheet {
  readonly uploadId: string;
  readonly slot: string;
  readonly fileName: string;
  readonly version: number;
  readonly sha256: string;
  readonly standing: 'genehmigt' | 'ungueltig' | 'vermerkt';
  readonly marks: readonly SheetMark[];
}
