import type { Result } from '../../../kernel/result.ts';
import type { EndReason } from '../../../platform/confined/confined-process.ts';

/** Recognises the characters of a page. */
export interface Recognition {
  /** As a note says it, e.g. `Tesseract 5.3.0 (deu)`. */
  readonly name: string;
  /** The words of a PNG, lines as they stand. */
  recognise(png: Uint8Array, signal?: AbortSignal): Promise<Result<string, EndReason>>;
}
