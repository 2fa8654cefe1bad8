import type { Literal } from './expression.ts';
import { mistake } from './mistake.ts';
import { wktMistake } from './wkt.ts';

/** Refuses values that only look right (31 February, infinity, an open polygon) before a database sees them. */
export function checkLiteral({ type, text, at }: Literal): void {
  const complaint = complaintOf(type, text);
  if (complaint !== undefined) mistake(at, complaint);
}

function complaintOf(type: Literal['type'], text: string): string | undefined {
  switch (type) {
    case 'number':
      return Number.isFinite(Number(text)) ? undefined : 'Die Zahl ist zu groß.';
    case 'time':
      return exists(() => Temporal.Instant.from(text)) ? undefined : 'Diesen Zeitpunkt gibt es nicht.';
    case 'interval':
      return intervalComplaint(text);
    case 'date':
      return exists(() => Temporal.PlainDate.from(text)) ? undefined : 'Diesen Tag gibt es nicht.';
    case 'timeOfDay':
      return exists(() => Temporal.PlainTime.from(text)) ? undefined : 'Diese Uhrzeit gibt es nicht.';
    case 'duration':
      return exists(() => Temporal.Duration.from(text)) ? undefined : "Eine Dauer sieht so aus: duration'P1D' oder duration'PT15M'.";
    case 'geography':
      return wktMistake(text);
    case 'string':
      return text.includes('\0') ? 'Der Text enthält ein Zeichen, das nicht gespeichert werden kann.' : undefined;
    case 'boolean':
    case 'null':
      return undefined;
  }
}

function intervalComplaint(text: string): string | undefined {
  const [from, to] = text.split('/') as [string, string];
  if (!exists(() => Temporal.Instant.from(from)) || !exists(() => Temporal.Instant.from(to))) return 'Diesen Zeitpunkt gibt es nicht.';
  return Temporal.Instant.compare(from, to) <= 0 ? undefined : 'Der Zeitraum endet, bevor er beginnt.';
}

function exists(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}
