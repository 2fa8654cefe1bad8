import type { FieldProblem } from '../../../kernel/problem.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { addressField, numberField, textArea, textField } from '../../../platform/ui/form.ts';
import { checkboxGroup, confirmField, radioGroup, yesNoField } from '../../../platform/ui/form-choices.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import type { FieldBase } from '../../../platform/ui/form-field.ts';
import { mapInput, type MapExtent } from '../../../platform/ui/map-input.ts';
import type { MapMarker } from '../../../platform/ui/static-map.ts';
import { fileField, type FileItem } from '../../../platform/ui/form-file.ts';
import { errorOf } from '../../../platform/ui/form-frame.ts';
import { rawOf } from '../application/fields.ts';
import type { DocumentRule, Field } from '../domain/form.ts';
import { catalogueTexts } from './texts.ts';

/** What a field's control is drawn from. */
export interface FieldSetting {
  readonly lang: Lang;
  readonly value: unknown;
  readonly problems: readonly FieldProblem[];
  /** The value was taken from the Servicekonto and not typed. */
  readonly prefilled?: boolean;
  /** For a place: what the map shows, and the places around it. */
  readonly map?: { readonly extent?: MapExtent; readonly marker?: string; readonly others?: readonly MapMarker[] };
  /** For a file: what may be handed in, what is there, and where more goes at once. */
  readonly upload?: { readonly rule: DocumentRule; readonly files: readonly FileItem[]; readonly url: string };
}

/** The control for one field of a service package. */
export function packageField(field: Field, setting: FieldSetting): Html {
  const { lang, value } = setting;
  const raw = rawOf(value);
  const base: FieldBase = {
    name: field.id,
    label: field.label[lang],
    lang,
    required: field.required !== false,
    ...(field.help && { hint: field.help[lang] }),
    ...(setting.prefilled === true && { prefilledFrom: catalogueTexts(lang).fromAccount }),
    ...('autocomplete' in field && field.autocomplete !== undefined && { autocomplete: field.autocomplete }),
    ...errorOf(setting.problems, field.id),
  };
  const text = raw('');
  const withValue = text === undefined ? base : { ...base, value: text };
  switch (field.type) {
    case 'textarea':
      return textArea({ ...withValue, maxLength: field.maxLength ?? 3000 });
    case 'number':
      return numberField({ ...withValue, ...(field.unit !== undefined && { unit: field.unit }), decimal: !field.integer });
    case 'date':
      return dateField(withValue);
    case 'choice':
      return radioGroup({ ...withValue, options: field.options.map((option) => ({ value: option.value, label: option.label[lang] })) });
    case 'choices':
      return checkboxGroup({
        ...base,
        values: Array.isArray(value) ? value.map(String) : [],
        options: field.options.map((option) => ({ value: option.value, label: option.label[lang] })),
      });
    case 'yes-no':
      return yesNoField(withValue);
    case 'confirm':
      return confirmField({ ...base, checked: value === true });
    case 'address':
      return addressField({ ...base, value: value ?? {}, autofill: true });
    case 'position':
      return mapInput({ ...base, value: value ?? {}, ...setting.map });
    case 'file':
      return setting.upload === undefined ? html`` : uploadField(base, setting.upload);
    default:
      return textField({
        ...withValue,
        type: field.type === 'email' || field.type === 'tel' ? field.type : 'text',
        ...(field.type === 'plate' && { width: 'm' as const }),
      });
  }
}

function uploadField(base: FieldBase, { rule, files, url }: NonNullable<FieldSetting['upload']>): Html {
  return fileField({ ...base, accept: rule.accept, maxMegabytes: rule.maxMegabytes, multiple: rule.maxCount > 1, files, uploadUrl: url });
}
