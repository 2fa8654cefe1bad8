import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';

/** Mistakes of a form by field, from the problem that refused it. */
export function faultsOf(problem: Problem | undefined): ReadonlyMap<string, string> {
  return new Map((problem?.fields ?? []).map(({ field, message }) => [field, message]));
}

export interface FieldParts {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value?: string | undefined;
  readonly error?: string | undefined;
  readonly type?: 'text' | 'email' | 'password';
  readonly autocomplete?: string;
  readonly inputmode?: 'numeric';
}

const idOf = (name: string): string => `feld-${name}`;

/** One line of text with label, hint and mistake. */
export function field(parts: FieldParts): Html {
  const { name, hint, error } = parts;
  const id = idOf(name);
  const described = [hint === undefined ? '' : `${id}-hinweis`, error === undefined ? '' : `${id}-fehler`].filter(Boolean).join(' ');
  return html`<div class="kern-form-input${error === undefined ? '' : ' kern-form-input--error'}">
<label class="kern-label" for="${id}">${parts.label}</label>
${hint === undefined ? '' : html`<div class="kern-hint" id="${id}-hinweis">${hint}</div>`}
${error === undefined ? '' : html`<p class="kern-error" id="${id}-fehler">${error}</p>`}
<input class="kern-form-input__input" id="${id}" name="${name}" type="${parts.type ?? 'text'}" value="${parts.value ?? ''}"${
    parts.autocomplete === undefined ? '' : html` autocomplete="${parts.autocomplete}"`
  }${parts.inputmode === undefined ? '' : html` inputmode="${parts.inputmode}"`}${described === '' ? '' : html` aria-describedby="${described}"`}${
    error === undefined ? '' : html` aria-invalid="true"`
  }></div>`;
}

/** One of many. */
export function choice(parts: FieldParts & { readonly options: readonly { readonly value: string; readonly label: string }[] }): Html {
  const id = idOf(parts.name);
  return html`<div class="kern-form-input${parts.error === undefined ? '' : ' kern-form-input--error'}">
<label class="kern-label" for="${id}">${parts.label}</label>
${parts.error === undefined ? '' : html`<p class="kern-error" id="${id}-fehler">${parts.error}</p>`}
<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="${id}" name="${parts.name}"${parts.error === undefined ? '' : html` aria-invalid="true" aria-describedby="${id}-fehler"`}>
${parts.options.map((one) => html`<option value="${one.value}"${one.value === parts.value ? html` selected` : ''}>${one.label}</option>`)}</select></div></div>`;
}

export const hiddenField = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;

export const formTo = (action: string, body: Html): Html => html`<form class="k-form" method="post" action="${action}" novalidate>${body}</form>`;

export const submit = (label: string, kind: 'primary' | 'secondary' | 'tertiary' = 'primary'): Html =>
  html`<button class="kern-btn kern-btn--${kind}" type="submit"><span class="kern-label">${label}</span></button>`;

export const linkButton = (href: string, label: string, kind: 'primary' | 'secondary' | 'tertiary' = 'secondary'): Html =>
  html`<a class="kern-btn kern-btn--${kind}" href="${href}"><span class="kern-label">${label}</span></a>`;

/** A message in a box; a refusal is read out at once. */
export function notice(kind: 'info' | 'success' | 'danger', text: string): Html {
  return html`<div class="kern-alert kern-alert--${kind}" role="${kind === 'danger' ? 'alert' : 'status'}"><div class="kern-alert__header"><span class="kern-title">${text}</span></div></div>`;
}

/** What was refused: a list of links to the fields, or the sentence alone. */
export function refusal(problem: Problem | undefined): Html {
  if (problem === undefined) return html``;
  const fields: readonly FieldProblem[] = problem.fields ?? [];
  if (fields.length === 0) return notice('danger', problem.detail);
  return html`<div class="kern-alert kern-alert--danger" role="alert" tabindex="-1" id="fehler"><div class="kern-alert__header"><span class="kern-title">${problem.detail}</span></div>
<div class="kern-alert__body"><ul>${fields.map((one) => html`<li><a href="#${idOf(one.field)}">${one.message}</a></li>`)}</ul></div></div>`;
}

export const section = (title: string, body: Html): Html => html`<section class="k-card"><h2>${title}</h2>${body}</section>`;

/** Labels and values. */
export const facts = (rows: readonly (readonly [string, Html | string])[]): Html =>
  html`<dl class="k-facts">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;

/** `24.11.2026, 10:00 Uhr`, or in English. */
export function whenText(lang: Lang, at: Temporal.Instant): string {
  const zoned = at.toZonedDateTimeISO(CITY_ZONE);
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(zoned.hour)}:${two(zoned.minute)}`;
  const day = `${two(zoned.day)}.${two(zoned.month)}.${zoned.year}`;
  return lang === 'en' ? `${zoned.toPlainDate().toString()}, ${time}` : `${day}, ${time} Uhr`;
}
