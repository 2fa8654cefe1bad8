import { attributes, classes, type AttributeValue } from './attributes.ts';
import { html, type Html, type Lang } from './html.ts';
import { icon } from './icons.ts';
import { shellTexts } from './texts.ts';

/** What every field takes. */
export interface FieldBase {
  /** Name of the input as it is posted, e.g. `trees.0.circumferenceCm`. */
  readonly name: string;
  readonly label: string;
  readonly lang: Lang;
  readonly hint?: string | Html;
  /** A plain sentence that says what is wrong and what to do. */
  readonly error?: string;
  /** Absent means true; `false` adds "(freiwillig)" to the label. */
  readonly required?: boolean;
  /** Makes the label the heading of the page, for pages with one question: 1 for h1, 2 for h2. */
  readonly heading?: 1 | 2;
  /** Where a value comes from that the person did not type, e.g. `Ihr Servicekonto`. */
  readonly prefilledFrom?: string;
  readonly autocomplete?: string;
  readonly disabled?: boolean;
}

/** Id of the first input of a field; error summaries link to it. */
export const fieldId = (name: string): string => `f-${name.replace(/[^\w-]+/g, '-')}`;
const hintId = (name: string): string => `${fieldId(name)}-hint`;
const errorId = (name: string): string => `${fieldId(name)}-error`;

/** The attributes that tie an input to its hint and error. */
export function described(field: FieldBase, ...more: readonly string[]): Readonly<Record<string, AttributeValue>> {
  const ids = [hasHint(field) && hintId(field.name), ...more, field.error !== undefined && errorId(field.name)].filter(Boolean);
  return {
    'aria-describedby': ids.length === 0 ? undefined : ids.join(' '),
    'aria-invalid': field.error === undefined ? undefined : 'true',
  };
}

const hasHint = (field: FieldBase): boolean => field.hint !== undefined || field.prefilledFrom !== undefined;

function labelText(field: FieldBase): Html {
  if (field.required !== false) return html`${field.label}`;
  return html`${field.label} <span class="kern-label__optional">(${shellTexts(field.lang).optional})</span>`;
}

/** The label of an input, as a heading where the page has one question. */
export function fieldLabel(field: FieldBase): Html {
  const label = html`<label class="kern-label" for="${fieldId(field.name)}">${labelText(field)}</label>`;
  if (field.heading === undefined) return label;
  return field.heading === 1 ? html`<h1 class="k-question">${label}</h1>` : html`<h2 class="k-question k-question--second">${label}</h2>`;
}

/** The legend of a group of inputs. */
export function fieldLegend(field: FieldBase): Html {
  if (field.heading === undefined) return html`<legend class="kern-label">${labelText(field)}</legend>`;
  const heading =
    field.heading === 1 ? html`<h1 class="k-question">${labelText(field)}</h1>` : html`<h2 class="k-question k-question--second">${labelText(field)}</h2>`;
  return html`<legend class="kern-label">${heading}</legend>`;
}

export function fieldHint(field: FieldBase): Html | undefined {
  if (!hasHint(field)) return undefined;
  const source =
    field.prefilledFrom === undefined
      ? undefined
      : html`<span class="k-prefilled">${icon('account-circle', { size: 'small' })}${shellTexts(field.lang).prefilled(field.prefilledFrom)}</span>`;
  return html`<div class="kern-hint" id="${hintId(field.name)}">${field.hint}${source}</div>`;
}

/** The error sentence; "Fehler:" is read aloud and seen, so that colour never stands alone. */
export function fieldError(field: FieldBase): Html | undefined {
  if (field.error === undefined) return undefined;
  return html`<p class="kern-error" id="${errorId(field.name)}">${icon('danger')}<span class="kern-body"><span class="kern-sr-only">${shellTexts(field.lang).error}: </span>${field.error}</span></p>`;
}

/** Label, hint, error, then the control: the order in which a screen reader should hear them. */
export function fieldFrame(field: FieldBase, control: Html): Html {
  const frame = classes('kern-form-input', field.error !== undefined && 'kern-form-input--error');
  return html`<div class="${frame}">${fieldLabel(field)}${fieldHint(field)}${fieldError(field)}${control}</div>`;
}

/** A group of inputs that answer one question. */
export function groupFrame(field: FieldBase, body: Html, options: { readonly inline?: boolean } = {}): Html {
  const frame = classes('kern-fieldset', field.error !== undefined && 'kern-fieldset--error');
  const inner = classes('kern-fieldset__body', options.inline === true && 'kern-fieldset__body--horizontal');
  return html`<fieldset class="${frame}"${attributes(described(field))}>${fieldLegend(field)}${fieldHint(field)}${fieldError(field)}<div class="${inner}">${body}</div></fieldset>`;
}
