import type { ZodType, output as ZodOutput } from 'zod';
import type { $ZodRawIssue } from 'zod/v4/core';
import type { FieldProblem, Problem } from '../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';

const SUMMARY = 'Einige Angaben stimmen noch nicht. Berichtigen Sie die genannten Felder und senden Sie sie noch einmal.';

/** Checks outside input against a schema; mistakes come back as plain sentences at their fields. */
export function validate<S extends ZodType>(schema: S, input: unknown, prefix = ''): Result<ZodOutput<S>, Problem> {
  const parsed = schema.safeParse(input, { error: plainSentence });
  if (parsed.success) return ok(parsed.data);
  const fields = parsed.error.issues.map((issue): FieldProblem => ({
    field: [prefix, ...issue.path.map(String)].filter(Boolean).join('.'),
    message: issue.message,
  }));
  return refuse({ kind: 'invalid-input', detail: SUMMARY, fields });
}

const FORMATS: Readonly<Record<string, string>> = {
  email: 'Geben Sie eine vollständige E-Mail-Adresse an, etwa name@beispiel.de.',
  date: 'Geben Sie das Datum als Jahr-Monat-Tag an, etwa 2026-03-31.',
  datetime: 'Geben Sie den Zeitpunkt nach ISO 8601 an, etwa 2026-03-31T12:00:00Z.',
  uuid: 'Das ist keine gültige Kennung. Prüfen Sie, ob sie vollständig ist.',
  url: 'Geben Sie eine vollständige Adresse an, die mit https:// beginnt.',
};

const TYPES: Readonly<Record<string, string>> = {
  string: 'Geben Sie hier einen Text an.',
  number: 'Geben Sie hier eine Zahl an.',
  int: 'Geben Sie hier eine ganze Zahl an.',
  boolean: 'Geben Sie hier true oder false an.',
  array: 'Geben Sie hier eine Liste an.',
  object: 'Geben Sie hier ein Objekt an.',
};

/** Zod's finding as a sentence that says what to do. A schema's own message wins over it. */
function plainSentence(issue: $ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'Diese Angabe fehlt.' : (TYPES[issue.expected] ?? 'Diese Angabe hat nicht die richtige Form.');
    case 'too_small':
      if (issue.origin === 'string') return issue.minimum === 1 ? 'Diese Angabe fehlt.' : `Geben Sie mindestens ${issue.minimum} Zeichen an.`;
      return issue.origin === 'array' ? `Geben Sie mindestens ${issue.minimum} Einträge an.` : `Der Wert muss mindestens ${issue.minimum} sein.`;
    case 'too_big':
      if (issue.origin === 'string') return `Kürzen Sie die Angabe auf höchstens ${issue.maximum} Zeichen.`;
      return issue.origin === 'array' ? `Geben Sie höchstens ${issue.maximum} Einträge an.` : `Der Wert darf höchstens ${issue.maximum} sein.`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'Diese Angabe hat nicht die richtige Form.';
    case 'invalid_value':
      return `Wählen Sie einen dieser Werte: ${issue.values.map(String).join(', ')}.`;
    case 'not_multiple_of':
      return `Der Wert muss ein Vielfaches von ${issue.divisor} sein.`;
    case 'unrecognized_keys':
      return `Diese Felder kennt die Stadt hier nicht: ${issue.keys.join(', ')}. Entfernen Sie sie oder prüfen Sie die Schreibweise.`;
    default:
      return 'Diese Angabe hat nicht die richtige Form.';
  }
}
