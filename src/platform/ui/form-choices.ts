import { attributes, classes } from './attributes.ts';
import { described, fieldError, fieldHint, fieldId, groupFrame, type FieldBase } from './form-field.ts';
import { html, type Html } from './html.ts';
import { shellTexts } from './texts.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export interface RadioGroup extends FieldBase {
  readonly value?: string;
  readonly options: readonly Choice[];
  readonly inline?: boolean;
}

/** One answer out of few. Nothing is chosen beforehand unless it was chosen before. */
export function radioGroup(field: RadioGroup): Html {
  return groupFrame(field, html`${field.options.map((option, index) => choice(field, option, index, 'radio', option.value === field.value))}`, inlineOf(field));
}

export interface CheckboxGroup extends FieldBase {
  readonly values?: readonly string[];
  readonly options: readonly Choice[];
  readonly inline?: boolean;
}

/** Several answers; each is posted under the same name. */
export function checkboxGroup(field: CheckboxGroup): Html {
  return groupFrame(
    field,
    html`${field.options.map((option, index) => choice(field, option, index, 'checkbox', field.values?.includes(option.value) === true))}`,
    inlineOf(field),
  );
}

const inlineOf = (field: { readonly inline?: boolean }): { readonly inline?: boolean } => (field.inline === undefined ? {} : { inline: field.inline });

function choice(field: FieldBase, option: Choice, index: number, type: 'radio' | 'checkbox', checked: boolean): Html {
  const id = index === 0 ? fieldId(field.name) : `${fieldId(field.name)}-${index + 1}`;
  const hint = option.hint === undefined ? undefined : `${id}-note`;
  const box = type === 'radio' ? 'kern-form-check__radio' : 'kern-form-check__checkbox';
  return html`<div class="kern-form-check k-choice"><input${attributes({
    class: classes(box, field.error !== undefined && `${box}--error`),
    id,
    type,
    name: field.name,
    value: option.value,
    checked,
    disabled: field.disabled,
    'aria-describedby': hint,
    'aria-invalid': field.error === undefined || type === 'radio' ? undefined : 'true',
  })}><div class="k-choice__text"><label class="kern-label" for="${id}">${option.label}</label>${
    hint === undefined ? undefined : html`<div class="kern-hint" id="${hint}">${option.hint}</div>`
  }</div></div>`;
}

export interface YesNo extends FieldBase {
  /** As posted: `ja` or `nein`. */
  readonly value?: string;
}

/** A question with two answers, posted as `ja` or `nein`. */
export function yesNoField(field: YesNo): Html {
  const t = shellTexts(field.lang);
  return radioGroup({
    ...field,
    inline: true,
    options: [
      { value: 'ja', label: t.yes },
      { value: 'nein', label: t.no },
    ],
  });
}

export interface ConfirmField extends FieldBase {
  readonly checked?: boolean;
  /** What is posted when it is ticked; absent means `ja`. */
  readonly value?: string;
}

/** One sentence to agree to. */
export function confirmField(field: ConfirmField): Html {
  const id = fieldId(field.name);
  const input = html`<input${attributes({
    class: classes('kern-form-check__checkbox', field.error !== undefined && 'kern-form-check__checkbox--error'),
    id,
    type: 'checkbox',
    name: field.name,
    value: field.value ?? 'ja',
    checked: field.checked === true,
    disabled: field.disabled,
    ...described(field),
  })}>`;
  return html`<div class="${classes('k-confirm', field.error !== undefined && 'kern-form-input--error')}">${fieldHint(field)}${fieldError(field)}<div class="kern-form-check k-choice">${input}<div class="k-choice__text"><label class="kern-label" for="${id}">${field.label}${
    field.required === false ? html` <span class="kern-label__optional">(${shellTexts(field.lang).optional})</span>` : undefined
  }</label></div></div></div>`;
}
