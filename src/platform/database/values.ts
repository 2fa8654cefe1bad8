/**
 * One meaning of values for both engines: bigint and numeric come back as numbers, timestamptz as
 * `Temporal.Instant`, date as `Temporal.PlainDate`, json as objects; the same types go in.
 */
export const READERS: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number, // int8: counters and sequence numbers, all far below 2^53
  1700: Number, // numeric
  1082: (text) => Temporal.PlainDate.from(text),
  1184: (text) => Temporal.Instant.from(isoOffset(text)),
};

/** PostgreSQL writes `2026-11-23 21:04:48.5+00`; ISO 8601 wants a `T` and a full offset. */
function isoOffset(text: string): string {
  return text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
}

/** Turns a value of ours into one that both drivers send alike. */
export function toParameter(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Temporal.Instant || value instanceof Temporal.PlainDate) return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (Array.isArray(value)) return value.map(toParameter);
  return JSON.stringify(value);
}
