import type { FieldProblem } from '../../../kernel/problem.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { errorOf } from '../../../platform/ui/form-frame.ts';
import { numberField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import { KIND_WORDS, LIGHT_WORDS } from '../application/reason-words.ts';
import { model } from '../application/model.ts';
import type { ItemKind, Strategy, Words } from '../domain/items.ts';
import type { Typed } from './item-fields.ts';
import type { Spec } from './item-specs.ts';
import { itemTexts } from './item-texts.ts';
import { plainWords } from './parts.ts';

const { LIGHTS } = model;

/** The name of a thing in lists. */
export function nameOf(one: object, key: string, lang: Lang): string {
  const { title, text, question, definition } = one as Readonly<Partial<Record<'title' | 'text' | 'question' | 'definition', Words>>>;
  const words = title ?? question ?? text ?? definition;
  return words === undefined ? key : plainWords(words, lang);
}

function labelOf({ name, as }: Spec, lang: Lang): string {
  if (typeof as === 'object' && name === as.one) return KIND_WORDS[as.one][lang];
  const texts = itemTexts(lang);
  if (name === 'title') return texts.titleField;
  return (texts as unknown as Readonly<Record<string, string>>)[name] ?? name;
}

/** The inputs of a thing. */
export function itemFields(specs: readonly Spec[], typed: Typed, strategy: Strategy, lang: Lang, problems: readonly FieldProblem[]): Html {
  return html`${specs.map((spec) => input(spec, typed, strategy, lang, problems))}`;
}

function input(spec: Spec, typed: Typed, strategy: Strategy, lang: Lang, problems: readonly FieldProblem[]): Html {
  const { name, as, optional } = spec;
  const field = { name, label: labelOf(spec, lang), lang, value: typed(name), ...(optional === true ? { required: false } : {}), ...errorOf(problems, name) };
  if (typeof as === 'object') return selectField({ ...field, empty: true, options: choices(strategy, as.one, lang) });
  switch (as) {
    case 'line':
    case 'text':
      return translated(as, field, typed, lang);
    case 'day':
      return dateField(field);
    case 'number':
      return numberField(field);
    case 'euros':
      return numberField({ ...field, decimal: true, unit: '€' });
    case 'light':
      return selectField({ ...field, empty: true, options: LIGHTS.map((value) => ({ value, label: LIGHT_WORDS[value][lang] })) });
    case 'keys':
    case 'options':
      return textArea({ ...field, rows: 4 });
    case 'provenance': {
      const t = itemTexts(lang);
      return html`${textField({ ...field, hint: t.provenanceHint, maxLength: 200 })}${dateField({ name: 'provenance.on', label: t.provenanceOn, lang, required: false, value: typed('provenance.on') })}`;
    }
    case 'plain':
      return textField({ ...field, maxLength: 200 });
  }
}

/** Asks which decision a change carries out; where none is recorded, nothing. */
export function decisionField(name: string, value: string, strategy: Strategy, lang: Lang, problems: readonly FieldProblem[]): Html {
  if (strategy.decision.size === 0) return html``;
  const t = itemTexts(lang);
  const options = choices(strategy, 'decision', lang);
  return selectField({ name, label: t.decision, lang, required: false, empty: t.noDecision, value, options, ...errorOf(problems, name) });
}

const choices = (strategy: Strategy, kind: ItemKind, lang: Lang): { value: string; label: string }[] =>
  [...strategy[kind].values()].map((one) => ({ value: one.key, label: nameOf(one, one.key, lang) }));

interface Field {
  readonly name: string;
  readonly label: string;
  readonly lang: Lang;
  readonly value: string;
}

/** German needed, the others folded away. */
function translated(as: 'line' | 'text', field: Field, typed: Typed, lang: Lang): Html {
  const t = itemTexts(lang);
  const one = (options: Field & { readonly required?: boolean }): Html =>
    as === 'line' ? textField({ ...options, maxLength: 200 }) : textArea({ ...options, rows: 3, maxLength: 2000 });
  const other = (code: 'en' | 'leicht', word: string): Html =>
    one({ name: `${field.name}.${code}`, label: `${field.label} (${word})`, lang, required: false, value: typed(`${field.name}.${code}`) });
  return html`${one(field)}${accordion(`${t.more}: ${field.label}`, html`${other('en', t.english)}${other('leicht', t.leicht)}`)}`;
}
