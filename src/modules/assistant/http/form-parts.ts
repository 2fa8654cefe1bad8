import type { FieldProblem, Problem } from '../../../kernel/problem.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { checkboxGroup, radioGroup } from '../../../platform/ui/form-choices.ts';
import { errorOf, errorSummary } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import type { OfferedModel, OfferedSources } from '../application/choices.ts';
import type { AssistantContext } from '../application/context.ts';
import { fillPrompt } from '../application/prompts.ts';
import { openResult } from '../application/results.ts';
import { fieldsOfOrder } from './form-input.ts';
import { COLLECTIONS_PATH, PROMPTS_PATH } from './paths.ts';
import { LONGEST } from './schemas.ts';
import { assistantTexts } from './texts.ts';

/** A form as somebody typed it, with what was wrong. */
export interface Typed {
  readonly fields: URLSearchParams;
  readonly problem?: Problem;
}

/** What a form begins with: an earlier order that is asked once more, or a shared prompt. */
export async function firstFields(ctx: AssistantContext, visit: Visit, promptField: string): Promise<URLSearchParams> {
  const [from, prompt] = [visit.query.get('aus'), visit.query.get('vorlage')];
  if (from !== null) {
    const opened = await openResult(ctx, visit.actor, from);
    if (opened.ok) return fieldsOfOrder(opened.value.result.order as unknown as Record<string, unknown>);
  }
  const fields = new URLSearchParams();
  if (prompt !== null) {
    const values = new Map([...visit.query].filter(([name]) => name.startsWith('v.')).map(([name, value]) => [name.slice(2), value]));
    const filled = await fillPrompt(ctx, visit.actor, prompt, values);
    if (filled.ok) fields.set(promptField, filled.value);
  }
  return fields;
}

/** Which fields of the form are wrong; the index of a list is its list's. */
export const problemsOf = ({ problem }: Typed): readonly FieldProblem[] =>
  (problem?.fields ?? []).map((one) => ({ ...one, field: one.field.replace(/\.\d+$/, '') }));

/** What is wrong, above the form; what belongs to no field says its sentence there. */
export function problemSummary(typed: Typed, lang: Lang): Html | undefined {
  const problems = problemsOf(typed);
  return errorSummary(problems, lang, typed.problem !== undefined && problems.length === 0 ? typed.problem.detail : undefined);
}

/** The parts that every field takes. */
export const fieldOf = (typed: Typed, lang: Lang) => (name: string) => ({
  name,
  lang,
  value: typed.fields.get(name) ?? '',
  ...errorOf(problemsOf(typed), name),
});

/** What kind of text it is, and which model reads it. */
export function modelPart(typed: Typed, models: readonly OfferedModel[], lang: Lang, options: { readonly always?: boolean } = {}): Html {
  const t = assistantTexts(lang);
  const field = fieldOf(typed, lang);
  const classes = { public: t.public, internal: t.internal, personal: t.personal };
  if (models.length === 0) return html`${alert('info', t.noModelAtAll, t.withoutModelHint)}<input type="hidden" name="model" value="">`;
  const options_ = models.map(({ key, label, outside, classes: may }) => ({
    value: key,
    label: `${label} (${outside ? t.outside : t.inside}; ${may.map((one) => classes[one]).join(', ')})`,
  }));
  return html`${radioGroup({
    ...field('dataClass'),
    label: t.dataClass,
    value: typed.fields.get('dataClass') ?? 'internal',
    options: [
      { value: 'public', label: t.public, hint: t.publicHint },
      { value: 'internal', label: t.internal, hint: t.internalHint },
      { value: 'personal', label: t.personal, hint: t.personalHint },
    ],
  })}
${textArea({ ...field('persons'), label: t.persons, hint: t.personsHint, required: false, rows: 3, maxLength: LONGEST.persons })}
${selectField({
  ...field('model'),
  label: t.model,
  ...(options.always === true ? {} : { hint: t.withoutModelHint }),
  value: typed.fields.get('model') ?? (options.always === true ? options_[0]!.value : ''),
  options: options.always === true ? options_ : [{ value: '', label: t.withoutModel }, ...options_],
})}`;
}

/** Documents to choose; with collections where a question is asked. */
export function sourcesPart(typed: Typed, offered: OfferedSources, lang: Lang, withCollections: boolean): Html {
  const t = assistantTexts(lang);
  const group = (name: string, label: string, options: readonly { value: string; label: string; hint?: string }[]): Html =>
    checkboxGroup({ name, label, lang, required: false, ...errorOf(problemsOf(typed), name), values: typed.fields.getAll(name), options });
  const documents =
    offered.documents.length === 0
      ? html`<p class="kern-body">${t.noDocuments} <a class="kern-link" href="${COLLECTIONS_PATH}">${t.toCollections}</a></p>`
      : group(
          'documents',
          t.documents,
          offered.documents.map(({ id, title, collection }) => ({ value: id, label: title, ...(collection === undefined ? {} : { hint: collection }) })),
        );
  if (!withCollections || offered.collections.length === 0) return documents;
  return html`${group(
    'collections',
    t.inCollections,
    offered.collections.map(({ id, title }) => ({ value: id, label: title })),
  )}${documents}`;
}

export const promptLink = (entrance: string, lang: Lang): Html =>
  html`<p class="kern-body k-pick"><a class="kern-link" href="${PROMPTS_PATH}?fuer=${entrance}">${assistantTexts(lang).promptLink}</a></p>`;
