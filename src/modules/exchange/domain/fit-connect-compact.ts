import { createHash } from 'node:crypto';

/** Lower-case hex of SHA-512, the only hash that the metadata schema knows. */
export const sha512 = (bytes: Uint8Array): string => createHash('sha512').update(bytes).digest('hex');

/** Lower-case hex of SHA-256: how the journal names a token or a message without its contents. */
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Segments of a compact JWS (3) or JWE (5), as they stand, not decoded. */
export type Segments = readonly string[];

/**
 * The segments of a JWS or JWE in compact serialization. Each must be base64url in its one canonical
 * form: decoders ignore the unused bits of the last symbol, so that one token would have several
 * spellings, and a changed byte could go unseen (RFC 4648 section 3.5).
 * @returns `undefined` when the text is no such token
 */
export function segmentsOf(compact: string, count: 3 | 5): Segments | undefined {
  const segments = compact.split('.');
  if (segments.length !== count) return undefined;
  return segments.every((segment) => Buffer.from(segment, 'base64url').toString('base64url') === segment) ? segments : undefined;
}

/** A segment that holds a JSON object; `undefined` when it does not. */
export function jsonOf(segment: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(Buffer.from(segment ?? '', 'base64url'));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

/** Strict UTF-8 and JSON; `undefined` when it is not. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The authentication tag of a JWE (RFC 7516 section 7.1): its last segment. The delivery service writes
 * it into the event log when the sender submits; it ties what is fetched to what was sent.
 */
export const authenticationTag = (jwe: string): string => jwe.slice(jwe.lastIndexOf('.') + 1);
