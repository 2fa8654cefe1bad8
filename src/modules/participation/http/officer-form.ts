import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { errorOf, errorSummary } from '../../../platform/ui/form-frame.ts';
import { readDateField } from '../../../platform/ui/form-date.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { officerTexts } from './officer-texts.ts';

/** A form that was refused, with all that was typed into it. */
export interface Posted {
  readonly action: string;
  readonly fields: URLSearchParams;
  readonly problem: Problem;
}

/** Several forms stand on one page: the names of each begin with its action, so that ids stay apart. */
export interface FormNames {
  readonly name: (field: string) => string;
  readonly value: (field: string, fallback?: string) => string;
  readonly values: (field: string) => readonly string[] | undefined;
  readonly error: (field: string) => { readonly error?: string };
  readonly open: boolean;
}

export function formOf(action: string, posted: Posted | undefined): FormNames {
  const mine = posted?.action === action ? posted : undefined;
  const name = (field: string): string => `${action}-${field}`;
  return {
    name,
    value: (field, fallback = '') => mine?.fields.get(name(field)) ?? fallback,
    values: (field) => mine?.fields.getAll(name(field)),
    error: (field) => errorOf(mine?.problem.fields ?? [], field),
    open: mine !== undefined,
  };
}

/** Reads the fields of the form that was sent. */
export interface Sent {
  readonly action: string;
  readonly text: (field: string) => string;
  /** `undefined` when nothing was typed. */
  readonly optional: (field: string) => string | undefined;
  readonly all: (field: string) => string[];
  readonly checked: (field: string) => boolean;
  /** ISO, or what was typed. */
  readonly day: (field: string) => string | undefined;
}

export function sentForm(fields: URLSearchParams): Sent {
  const action = fields.get('action') ?? '';
  const text = (field: string): string => (fields.get(`${action}-${field}`) ?? '').trim();
  return {
    action,
    text,
    optional: (field) => (text(field) === '' ? undefined : text(field)),
    all: (field) => fields.getAll(`${action}-${field}`),
    checked: (field) => text(field) === 'ja',
    day: (field) => readDateField(fields, `${action}-${field}`) || undefined,
  };
}

/** Problems of days that were typed and are none. */
export const badDays = (days: Readonly<Record<string, string | undefined>>): FieldProblem[] =>
  Object.entries(days).flatMap(([field, day]) =>
    day === undefined || isDay(day) ? [] : [{ field, message: 'Geben Sie einen Tag an, den es gibt, zum Beispiel 24.11.2026.' }],
  );

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const year = Number(text.slice(0, 4));
  return year >= 1990 && year <= 2190 && !Number.isNaN(Date.parse(text));
}

/** What went wrong, leading to the fields of the right form; or that it was saved. */
export function outcome(posted: Posted | undefined, saved: boolean, lang: Lang): Html {
  const t = officerTexts(lang);
  if (posted === undefined) return saved ? alert('success', t.saved, undefined, { live: true }) : html``;
  const problems = (posted.problem.fields ?? []).map(({ field, message }) => ({ field: `${posted.action}-${field}`, message }));
  return html`${errorSummary(problems, lang, problems.length === 0 ? posted.problem.detail : undefined)}`;
}
