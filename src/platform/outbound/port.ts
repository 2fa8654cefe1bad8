import type { LookupFunction } from 'node:net';
import type { Problem } from '../../kernel/problem.ts';
import type { Result } from '../../kernel/result.ts';

export interface OutboundWish {
  /** What is answered beyond it is not read. */
  readonly maxBytes: number;
  /** For everything: name, connection, redirects, body. */
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OutboundText {
  readonly text: string;
  readonly mediaType: string;
}

export interface Downloaded {
  readonly sizeBytes: number;
  /** As the answer names the file, or as its address ends. */
  readonly name: string;
}

/** Where to connect: to the addresses that were checked, and no others the name may have a moment later. */
export interface Admitted {
  readonly url: URL;
  /** The name without the brackets of an IPv6 address. */
  readonly host: string;
  /** Answers with what was checked, whatever it is asked. */
  readonly lookup: LookupFunction;
}

/**
 * Reads from other computers at addresses that people typed in: public ones, and those of the city's own network
 * that the operator has listed. Everything that goes wrong is a sentence for them.
 */
export interface Outbound {
  /** A whole answer in memory. */
  text(url: string, wish: OutboundWish): Promise<Result<OutboundText, Problem>>;
  /** An answer of any size into a new file; nothing stays of one that ends too early. */
  download(url: string, path: string, wish: OutboundWish): Promise<Result<Downloaded, Problem>>;
  /** Whether the city may connect there, for protocols that are not HTTP. */
  admit(url: string, protocols: readonly string[]): Promise<Result<Admitted, Problem>>;
}
