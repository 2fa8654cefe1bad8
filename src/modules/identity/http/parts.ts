import type { Problem } from '../../../kernel/problem.ts';
import { alert, type Kind } from '../../../platform/ui/alert.ts';
import { button, errorSummary, form, linkButton as link, type ButtonOptions } from '../../../platform/ui/form-frame.ts';
import { selectField, textField, type TextField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { factList } from '../../../platform/ui/parts.ts';

/** Mistakes of a form by field, from the problem that refused it. */
export function faultsOf(problem: Problem | undefined): ReadonlyMap<string, string> {
  return new Map((problem?.fields ?? []).map(({ field, message }) => [field, message]));
}

/** A field whose value, hint and mistake may be absent. */
export interface FieldParts {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value?: string | undefined;
  readonly error?: string | undefined;
  readonly type?: 'text' | 'email' | 'password';
  readonly autocomplete?: string;
  readonly inputmode?: 'numeric';
  /** `false` marks the field as optional. */
  readonly required?: boolean;
}

/** Drops what is absent, as the platform's fields want it. */
function given(lang: Lang, { value, hint, error, ...parts }: FieldParts): TextField {
  return { lang, ...parts, ...(value === undefined ? {} : { value }), ...(hint === undefined ? {} : { hint }), ...(error === undefined ? {} : { error }) };
}

export const field = (lang: Lang, parts: FieldParts): Html => textField(given(lang, parts));

/** One of many. */
export function choice(
  lang: Lang,
  { options, ...parts }: FieldParts & { readonly options: readonly { readonly value: string; readonly label: string }[] },
): Html {
  const { type: _type, ...rest } = given(lang, parts);
  return selectField({ ...rest, options });
}

export const formTo = (action: string, body: Html, hidden: Readonly<Record<string, string>> = {}): Html => form({ action, hidden }, body);

export const submit = (label: string, kind: NonNullable<ButtonOptions['kind']> = 'primary', context?: string): Html =>
  button({ label, kind, ...(context === undefined ? {} : { context }) });

export const linkButton = (href: string, label: string, kind: 'primary' | 'secondary' | 'tertiary' = 'secondary'): Html => link({ href, label, kind });

export const notice = (kind: Kind, text: string): Html => alert(kind, text, undefined, { live: kind !== 'info' });

/** What was refused: the sentence, and links to the fields where there are any. */
export function refusal(lang: Lang, problem: Problem | undefined): Html {
  if (problem === undefined) return html``;
  return errorSummary(problem.fields ?? [], lang, (problem.fields ?? []).length === 1 ? undefined : problem.detail) ?? html``;
}

/** Labels and values. */
export const facts = (rows: readonly (readonly [string, Html | string])[]): Html => factList(rows.map(([label, value]) => ({ label, value })));
