import { readTime } from '../../../kernel/tactical-time.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import { invalidFields, type Problem } from '../../../kernel/problem.ts';
import { errorOf, errorSummary } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';

/** A form as it was sent, and why it was refused: everything typed stays. */
export interface Typed {
  readonly fields: URLSearchParams;
  readonly problem?: Problem | undefined;
}

export const NOTHING_TYPED: Typed = { fields: new URLSearchParams() };

/** What every field of a form needs: name, words typed, what is wrong with them. */
export const fieldOf =
  ({ fields, problem }: Typed, lang: Lang) =>
  (name: string, otherwise = ''): { readonly name: string; readonly lang: Lang; readonly value: string; readonly error?: string } => ({
    name,
    lang,
    value: fields.get(name) ?? otherwise,
    ...errorOf(problem?.fields ?? [], name),
  });

export function summaryOf({ problem }: Typed, lang: Lang): Html {
  if (problem === undefined) return html``;
  const fields = problem.fields ?? [];
  return html`${errorSummary(fields, lang, fields.length === 0 ? problem.detail : undefined)}`;
}

/** The time in a field of a form; absent when it is empty. */
export function timeIn(
  fields: URLSearchParams,
  name: string,
  now: Temporal.Instant,
  wrong: string,
): { readonly at?: Temporal.Instant; readonly problem?: FieldProblem } {
  const typed = (fields.get(name) ?? '').trim();
  if (typed === '') return {};
  const at = readTime(typed, now);
  return at === undefined ? { problem: { field: name, message: wrong } } : { at };
}

/** A refusal with one more field that is wrong. */
export const withField = (problem: Problem | undefined, field: FieldProblem): Problem => invalidFields([field, ...(problem?.fields ?? [])]);

/** As `12, 14` or `log:12 message:…` is typed; a bare number is that of an entry. */
export const readRefs = (typed: string): readonly string[] => [
  ...new Set(
    typed
      .split(/[\s,;]+/)
      .filter((part) => part !== '')
      .map((part) => (/^\d+$/.test(part) ? `log:${Number(part)}` : part)),
  ),
];
