import type { Unreadable } from '../domain/problems.ts';
import type { OpenedFile, RawPage } from './reader-orders.ts';

/** A file that is open in the reading process. */
export interface OpenDocument {
  readonly opened: OpenedFile;
  page(number: number): Promise<RawPage>;
  /** PNG. */
  picture(number: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The file cannot be read; known only inside the reading process. */
export class CannotRead extends Error {
  readonly why: Unreadable;
  constructor(why: Unreadable) {
    super(why);
    this.why = why;
  }
}
