import { ORIGINS, UNITS } from '../../../kernel/indicator.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { button, buttonRow, errorOf, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { aggregates, sourceKinds } from '../application/choices.ts';
import type { Administration } from '../application/administration.ts';
import { ADMIN } from './admin-page.ts';
import { adminTexts } from './admin-texts.ts';
import { indicatorTexts } from './texts.ts';
import type { Typed } from './typed-definition.ts';

interface FormParts {
  readonly typed: Typed;
  readonly problems: readonly FieldProblem[];
  readonly lang: Lang;
}

const CHOSEN_UNITS: Readonly<Record<(typeof UNITS)[number], Readonly<Record<Lang, string>>>> = {
  share: { de: 'Anteil', en: 'share', leicht: 'Anteil' },
  days: { de: 'Tage', en: 'days', leicht: 'Tage' },
  count: { de: 'Anzahl', en: 'count', leicht: 'Anzahl' },
  'per-case': { de: 'je Fall', en: 'per case', leicht: 'pro Antrag' },
  score: { de: 'Note von 1 bis 5', en: 'mark from 1 to 5', leicht: 'Note' },
  minutes: { de: 'Minuten', en: 'minutes', leicht: 'Minuten' },
  euros: { de: 'Euro', en: 'euros', leicht: 'Euro' },
};

/** The form of a definition; of a built-in indicator only what the strategy sets. */
export function definitionForm(parts: FormParts): Html {
  const { typed, lang } = parts;
  const t = adminTexts(lang);
  const kind = typed['kind'] ?? 'defined';
  const fields = html`${kind === 'journal' ? '' : ownFields(parts, kind)}${fieldsOf(parts).text('owner', t.owner)}${targetFields(parts)}
${textArea({ name: 'reason', lang, label: t.reason, hint: t.reasonHint, rows: 3, value: typed['reason'] ?? '', ...errorOf(parts.problems, 'reason') })}`;
  const hidden = { kind, version: typed['version'] ?? '0', ...(isNew(typed) ? {} : { key: typed['key'] ?? '' }) };
  return form({ action: ADMIN, hidden }, html`${fields}${buttonRow(button({ label: t.save }))}`);
}

const isNew = (typed: Typed): boolean => (typed['version'] ?? '0') === '0' && typed['kind'] !== 'journal';

function fieldsOf({ typed, problems, lang }: FormParts) {
  const common = (name: string) => ({ name, lang, value: typed[name] ?? '', ...errorOf(problems, name) });
  return {
    text: (name: string, label: string, more: { hint?: string; required?: boolean } = {}): Html => textField({ ...common(name), label, ...more }),
    area: (name: string, label: string): Html => textArea({ ...common(name), label, rows: 3 }),
    select: (name: string, label: string, options: readonly { value: string; label: string }[]): Html => selectField({ ...common(name), label, options }),
    day: (name: string, label: string): Html => dateField({ ...common(name), label, required: false }),
  };
}

function ownFields(parts: FormParts, kind: string): Html {
  const { lang, typed } = parts;
  const [t, words] = [adminTexts(lang), indicatorTexts(lang)];
  const field = fieldsOf(parts);
  const three = (name: string, label: string, make: (name: string, label: string) => Html): Html =>
    html`${make(`${name}.de`, `${label} (${t.inDe})`)}${make(`${name}.en`, `${label} (${t.inEn})`)}${make(`${name}.leicht`, `${label} (${t.inLeicht})`)}`;
  return html`${isNew(typed) ? field.text('key', t.key, { hint: t.keyHint }) : ''}
${three('name', t.name, (name, label) => field.text(name, label))}${three('definition', t.definition, (name, label) => field.area(name, label))}
${kind === 'defined' ? field.text('formula', t.formula, { hint: t.formulaHint }) : ''}
${field.select(
  'unit',
  t.unit,
  UNITS.map((value) => ({ value, label: CHOSEN_UNITS[value][lang] })),
)}${field.select('better', t.better, [
    { value: 'more', label: t.more },
    { value: 'less', label: t.less },
  ])}${
    kind === 'imported'
      ? field.select(
          'origin',
          t.origin,
          ORIGINS.filter((one) => one !== 'live').map((value) => ({ value, label: words[value] })),
        )
      : ''
  }${field.text('source', t.source)}${field.select(
    'confidence',
    t.confidence,
    (['high', 'medium', 'low'] as const).map((value) => ({ value, label: words[value] })),
  )}${three('confidenceReason', t.confidenceReason, (name, label) => field.area(name, label))}`;
}

function targetFields(parts: FormParts): Html {
  const t = adminTexts(parts.lang);
  const field = fieldsOf(parts);
  const optional = { required: false };
  return html`${field.text('start.value', t.startValue, { ...optional, hint: t.targetHint })}${field.day('start.on', t.startOn)}
${field.text('target.value', t.targetValue, optional)}${field.day('target.by', t.targetBy)}${field.text('target.source', t.targetSource, optional)}`;
}

const NO_SOURCE: Typed = { kind: 'csv', aggregate: 'mean', days: '1', everyHours: '24', staleAfterDays: '40', active: 'ja' };

/** What the form shows of a source that is there. */
export function typedSource(source: Administration['sources'][number] | undefined): Typed {
  if (source === undefined) return NO_SOURCE;
  const { body, active } = source;
  return { ...Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)])), active: active ? 'ja' : 'nein' };
}

/** Where an imported indicator comes from. */
export function sourceForm(key: string, { typed, problems, lang }: FormParts): Html {
  const t = adminTexts(lang);
  const common = (name: string) => ({ name: `source.${name}`, lang, value: typed[name] ?? '', ...errorOf(problems, `source.${name}`) });
  const text = (name: string, label: string, more: { hint?: string; required?: boolean; inputmode?: 'numeric' } = {}): Html =>
    textField({ ...common(name), label, ...more });
  const options = (values: readonly string[], label: (value: string) => string) => values.map((value) => ({ value, label: label(value) }));
  const kinds: Readonly<Record<string, string>> = { csv: 'CSV', json: 'JSON (REST)', sensorthings: 'SensorThings', sparql: 'SPARQL' };
  return form(
    { action: `${ADMIN}/${key}/quelle` },
    html`${selectField({ ...common('kind'), label: t.sourceKind, options: options(sourceKinds, (value) => kinds[value]!) })}
${text('url', t.url, { hint: t.urlHint })}${text('value', t.value, { hint: t.valueHint, required: false })}${text('day', t.day, { hint: t.dayHint, required: false })}
${textArea({ ...common('query'), label: t.query, rows: 5, required: false })}
${selectField({ ...common('aggregate'), label: t.aggregate, options: options(aggregates, (value) => t[value as (typeof aggregates)[number]]) })}
${text('days', t.days, { inputmode: 'numeric' })}${text('everyHours', t.everyHours, { inputmode: 'numeric' })}${text('staleAfterDays', t.staleAfterDays, { inputmode: 'numeric' })}
${radioGroup({
  ...common('active'),
  label: t.active,
  options: [
    { value: 'ja', label: t.yes },
    { value: 'nein', label: t.no },
  ],
  inline: true,
})}${buttonRow(button({ label: t.save, context: t.sourceOf }))}`,
  );
}
