/** What a masked place held. */
export type MaskedClass =
  | 'person'
  | 'organisation'
  | 'address'
  | 'birth-date'
  | 'phone'
  | 'email'
  | 'identifier'
  | 'iban'
  | 'tax-id'
  | 'pension-number'
  | 'health-insurance-number'
  | 'card'
  | 'id-card'
  | 'file-number'
  | 'plate'
  | 'coordinates';

/** A place to mask. Places of one `entity` get one number: they speak of the same person or thing. */
export interface Span {
  /** UTF-16 offsets: first inclusive, second exclusive. */
  readonly start: number;
  readonly end: number;
  readonly what: MaskedClass;
  /** The party it belongs to; of what belongs to no known party, its own normalised text. */
  readonly entity: string;
  /** Belongs to a party known from the case. */
  readonly known?: boolean;
}

/** Places without overlaps, in order. What overlaps becomes one place: nothing of either stays readable. */
export function united(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) {
      if (span.end > span.start) result.push(span);
      continue;
    }
    const [longer, shorter] = span.end - span.start > last.end - last.start ? [span, last] : [last, span];
    // a known party goes before what a rule says of the same thing
    const entity = shorter.what === longer.what && shorter.known === true && longer.known !== true ? shorter : longer;
    result[result.length - 1] = { ...entity, start: last.start, end: Math.max(last.end, span.end) };
  }
  return result;
}
