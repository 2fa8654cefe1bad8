import type { FieldProblem } from '../../../kernel/problem.ts';
import { readDateField } from '../../../platform/ui/form-date.ts';
import { errorOf } from '../../../platform/ui/form-frame.ts';
import type { OfficerAction } from './officer-texts.ts';

/**
 * What a form is drawn from. All forms of a case stand on one page, so every field's name begins with
 * its action: `note.text`.
 */
export interface FormInput {
  readonly action: OfficerAction;
  /** What was posted, when this action was refused: everything typed is shown again. */
  readonly typed: URLSearchParams | undefined;
  /** Mistakes, by the field's name without the action. */
  readonly problems: readonly FieldProblem[];
}

export const nameIn = (action: OfficerAction, field: string): string => `${action}.${field}`;

/** Name, value and mistake of a text-like field; German, as the record is. */
export function fieldOf(input: FormInput, field: string, preset = ''): { name: string; lang: 'de'; value: string; error?: string } {
  const name = nameIn(input.action, field);
  const value = input.typed === undefined ? preset : (input.typed.get(name) ?? '');
  return { name, lang: 'de', value, ...errorOf(input.problems, field) };
}

/** As `fieldOf`, for boxes of which several may be ticked. */
export function boxesOf(input: FormInput, field: string, preset: readonly string[]): { name: string; lang: 'de'; values: readonly string[]; error?: string } {
  const name = nameIn(input.action, field);
  return { name, lang: 'de', values: input.typed === undefined ? preset : input.typed.getAll(name), ...errorOf(input.problems, field) };
}

/** The names of all posted fields of the action, without the action. */
export const typedFields = (input: FormInput): string[] =>
  [...(input.typed?.keys() ?? [])].flatMap((name) => (name.startsWith(`${input.action}.`) ? [name.slice(input.action.length + 1)] : []));

/** A posted form, read field by field; what cannot be read is complained about at its field. */
export interface Posted {
  readonly problems: readonly FieldProblem[];
  text(field: string): string;
  all(field: string): string[];
  has(field: string): boolean;
  /** ISO day; `undefined` when nothing was typed or no such day exists. */
  day(field: string): string | undefined;
  /** Euro as people write it, in cents; -1 where it cannot be read. */
  cents(field: string): number;
  complain(field: string, message: string): void;
}

export const NO_SUCH_DAY = 'Diesen Tag gibt es nicht. Schreiben Sie Tag, Monat und Jahr, zum Beispiel 24.11.2026.';
export const NO_SUCH_AMOUNT = 'Diesen Betrag können wir nicht lesen. Geben Sie die Gebühr in Euro und Cent an, zum Beispiel 125,00. Ohne Gebühr: 0,00.';

export function postedOf(action: OfficerAction, fields: URLSearchParams): Posted {
  const problems: FieldProblem[] = [];
  const name = (field: string): string => nameIn(action, field);
  const complain = (field: string, message: string): void => void problems.push({ field, message });
  return {
    problems,
    complain,
    text: (field) => (fields.get(name(field)) ?? '').replaceAll('\r\n', '\n').trim(),
    all: (field) => fields.getAll(name(field)),
    has: (field) => fields.has(name(field)),
    day(field) {
      const read = readDateField(fields, name(field));
      if (read === '' || isDay(read)) return read === '' ? undefined : read;
      complain(field, NO_SUCH_DAY);
      return undefined;
    },
    cents(field) {
      const cents = readEuro(fields.get(name(field)) ?? '');
      if (cents === undefined) complain(field, NO_SUCH_AMOUNT);
      return cents ?? -1;
    },
  };
}

/** `readDateField` gives back what was typed where no such day exists, also in ISO form. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

const GROUPED = /^(\d{1,3}(?:\.\d{3})*|\d{1,9})(?:,(\d{1,2}|-{1,2}))?$/;
const WITH_POINT = /^(\d{1,9})\.(\d{2})$/;

/** `125`, `125,00`, `1.250,00 €`, `125,-` or `125.00` in cents; `undefined` when it is none of them. */
export function readEuro(typed: string): number | undefined {
  const text = typed.replace(/[\s\u00a0\u202f]|€|EUR/gi, '');
  const match = GROUPED.exec(text) ?? WITH_POINT.exec(text);
  if (match === null || match[1]!.length > 11) return undefined;
  const cents = (match[2] ?? '').replaceAll('-', '').padEnd(2, '0');
  return Number(match[1]!.replaceAll('.', '')) * 100 + Number(cents);
}

/** `12500` -> `125,00`, as it stands in the field. */
export const euroText = (cents: number): string => `${Math.trunc(cents / 100)},${String(cents % 100).padStart(2, '0')}`;
