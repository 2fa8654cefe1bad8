import { attributes, classes } from './attributes.ts';
import { described, fieldFrame, fieldId, groupFrame, type FieldBase } from './form-field.ts';
import { html, type Html } from './html.ts';
import { shellTexts } from './texts.ts';

export interface TextField extends FieldBase {
  /** As typed, right or wrong. */
  readonly value?: string;
  readonly type?: 'text' | 'email' | 'tel' | 'password' | 'search' | 'url';
  readonly inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url' | 'search';
  readonly maxLength?: number;
  /** How wide the answer is likely to be; the width is a hint to the person. */
  readonly width?: 'xs' | 's' | 'm' | 'l';
  readonly spellcheck?: boolean;
}

export function textField(field: TextField): Html {
  return fieldFrame(field, textInput(field));
}

function textInput(field: TextField, extra: { readonly describedby?: string } = {}): Html {
  const written = field.type !== 'password';
  return html`<input${attributes({
    class: classes(
      'kern-form-input__input',
      field.error !== undefined && 'kern-form-input__input--error',
      field.width !== undefined && `k-width-${field.width}`,
    ),
    id: fieldId(field.name),
    name: field.name,
    type: field.type ?? 'text',
    // Secrets are never sent back to the browser.
    value: written ? field.value : undefined,
    autocomplete: field.autocomplete,
    inputmode: field.inputmode,
    maxlength: field.maxLength,
    spellcheck: field.spellcheck === false ? 'false' : undefined,
    disabled: field.disabled,
    ...described(field, ...(extra.describedby === undefined ? [] : [extra.describedby])),
  })}>`;
}

export interface TextArea extends FieldBase {
  readonly value?: string;
  readonly rows?: number;
  /** Shown as a limit and counted down in the browser; longer texts are kept and refused with a sentence. */
  readonly maxLength?: number;
}

export function textArea(field: TextArea): Html {
  const limitId = `${fieldId(field.name)}-limit`;
  const limit =
    field.maxLength === undefined
      ? undefined
      : html`<kontor-counter class="k-limit" for="${fieldId(field.name)}" max="${field.maxLength}"><span id="${limitId}">${shellTexts(field.lang).charactersLeft(field.maxLength)}</span></kontor-counter>`;
  // A line feed right after the start tag is swallowed by the parser, so one is given away.
  const control = html`<textarea${attributes({
    class: classes('kern-form-input__input', field.error !== undefined && 'kern-form-input__input--error'),
    id: fieldId(field.name),
    name: field.name,
    rows: field.rows ?? 5,
    autocomplete: field.autocomplete,
    disabled: field.disabled,
    ...described(field, ...(limit === undefined ? [] : [limitId])),
  })}>
${field.value ?? ''}</textarea>${limit}`;
  return fieldFrame(field, control);
}

export interface NumberField extends FieldBase {
  readonly value?: string | number;
  /** E.g. `cm`; read aloud with the field. */
  readonly unit?: string;
  /** `decimal` offers a comma on phones. */
  readonly decimal?: boolean;
}

/** A text input for a number: browsers' number inputs lose what they cannot read. */
export function numberField(field: NumberField): Html {
  const unitId = `${fieldId(field.name)}-unit`;
  const { value, ...rest } = field;
  const input = textInput(
    {
      ...rest,
      ...(value === undefined ? {} : { value: String(value) }),
      inputmode: field.decimal === true ? 'decimal' : 'numeric',
      width: 's',
      spellcheck: false,
    },
    field.unit === undefined ? {} : { describedby: unitId },
  );
  if (field.unit === undefined) return fieldFrame(field, input);
  return fieldFrame(field, html`<div class="k-with-unit">${input}<span class="k-unit" id="${unitId}">${field.unit}</span></div>`);
}

export interface SelectField extends FieldBase {
  readonly value?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Adds a first, empty option; `true` takes the standard words. */
  readonly empty?: boolean | string;
}

export function selectField(field: SelectField): Html {
  const empty = field.empty === true ? shellTexts(field.lang).choose : field.empty;
  const control = html`<div class="kern-form-input__select-wrapper"><select${attributes({
    class: classes('kern-form-input__select', field.error !== undefined && 'kern-form-input__select--error'),
    id: fieldId(field.name),
    name: field.name,
    autocomplete: field.autocomplete,
    disabled: field.disabled,
    ...described(field),
  })}>${typeof empty === 'string' ? html`<option value="">${empty}</option>` : undefined}${field.options.map(
    (option) => html`<option${attributes({ value: option.value, selected: option.value === field.value })}>${option.label}</option>`,
  )}</select></div>`;
  return fieldFrame(field, control);
}

export interface AddressValue {
  readonly street?: string;
  readonly houseNumber?: string;
  readonly postcode?: string;
  readonly place?: string;
}

export interface AddressField extends Omit<FieldBase, 'autocomplete'> {
  readonly value?: AddressValue;
  /** Mistakes in single parts, by the part's name. */
  readonly errors?: Readonly<Partial<Record<keyof AddressValue, string>>>;
  /** Lets the browser offer the person's own address. */
  readonly autofill?: boolean;
}

/** A postal address: `<name>.street`, `.houseNumber`, `.postcode`, `.place`. */
export function addressField(field: AddressField): Html {
  const t = shellTexts(field.lang);
  const part = (name: keyof AddressValue, label: string, width: TextField['width'], more: Partial<TextField>): Html => {
    const error = field.errors?.[name];
    const value = field.value?.[name];
    return textField({
      name: `${field.name}.${name}`,
      label,
      lang: field.lang,
      ...(width === undefined ? {} : { width }),
      ...(value === undefined ? {} : { value }),
      ...(error === undefined ? {} : { error }),
      ...more,
    });
  };
  const fill = (token: string): Partial<TextField> => (field.autofill === true ? { autocomplete: token } : {});
  return groupFrame(
    field,
    html`<div class="k-address">
    ${part('street', t.street, undefined, { maxLength: 100, ...fill('address-line1') })}
    ${part('houseNumber', t.houseNumber, 's', { maxLength: 20 })}
    ${part('postcode', t.postcode, 's', { inputmode: 'numeric', maxLength: 10, ...fill('postal-code') })}
    ${part('place', t.place, undefined, { maxLength: 100, ...fill('address-level2') })}
  </div>`,
  );
}

/** An input nobody sees. */
export const hiddenField = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;
