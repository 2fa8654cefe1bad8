import { attributes, classes } from './attributes.ts';
import { described, fieldId, groupFrame, type FieldBase } from './form-field.ts';
import { textField } from './form.ts';
import { html, type Html } from './html.ts';
import { shellTexts } from './texts.ts';

export interface DateField extends FieldBase {
  /** As typed, or ISO (`2026-11-24`), which is shown the German way. */
  readonly value?: string;
  /** Three inputs `<name>.day`, `.month`, `.year` instead of one; read them with `readDateField`. */
  readonly parts?: boolean;
}

/** `2026-11-24` as `24.11.2026`; everything else as it was typed. */
export function shownDate(value: string): string {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return iso === null ? value : `${iso[3]}.${iso[2]}.${iso[1]}`;
}

/** A day. One input that takes every usual notation, or three for days known by heart. */
export function dateField(field: DateField): Html {
  const t = shellTexts(field.lang);
  const shown = shownDate(field.value ?? '');
  const hint = field.hint ?? t.dateHint;
  if (field.parts !== true) return textField({ ...field, hint, value: shown, inputmode: 'text', width: 'm', spellcheck: false });
  const [day = '', month = '', year = ''] = shown.split('.');
  const fill = field.autocomplete === 'bday';
  const part = (name: 'day' | 'month' | 'year', label: string, value: string, first: boolean): Html => {
    const id = first ? fieldId(field.name) : fieldId(`${field.name}.${name}`);
    return html`<div class="kern-form-input k-date__part"><label class="kern-label" for="${id}">${label}</label><input${attributes({
      class: classes('kern-form-input__input', field.error !== undefined && 'kern-form-input__input--error', name === 'year' ? 'k-width-s' : 'k-width-xs'),
      id,
      name: `${field.name}.${name}`,
      type: 'text',
      value,
      inputmode: 'numeric',
      autocomplete: fill ? `bday-${name}` : undefined,
      disabled: field.disabled,
      'aria-invalid': described(field)['aria-invalid'],
    })}></div>`;
  };
  return groupFrame(
    { ...field, hint },
    html`<div class="k-date">${part('day', t.day, day, true)}${part('month', t.month, month, false)}${part('year', t.year, year, false)}</div>`,
  );
}

/**
 * The day a date field posted, from one input or from three: ISO (`2026-11-24`) when it is a day
 * that exists, else what was typed, `''` when nothing was.
 */
export function readDateField(fields: URLSearchParams, name: string): string {
  const parts = ['day', 'month', 'year'].map((part) => (fields.get(`${name}.${part}`) ?? '').trim());
  const typed = parts.every((part) => part === '') ? (fields.get(name) ?? '').trim() : parts.join('.');
  const german = /^(\d{1,2})[./ -]\s?(\d{1,2})[./ -]\s?(\d{4})$/.exec(typed);
  const iso = german === null ? typed : `${german[3]}-${german[2]!.padStart(2, '0')}-${german[1]!.padStart(2, '0')}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return typed;
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' }).toString();
  } catch {
    return typed;
  }
}
