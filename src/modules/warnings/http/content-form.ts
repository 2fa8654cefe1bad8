import { CAP_CATEGORIES, CAP_CERTAINTIES, CAP_RESPONSES, CAP_SEVERITIES, CAP_URGENCIES } from '../../../kernel/cap.ts';
import type { Ring } from '../../../kernel/geo.ts';
import type { KeptObject } from '../../../kernel/picture.ts';
import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { checkboxGroup } from '../../../platform/ui/form-choices.ts';
import { errorOf } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { WarningContent, WarningText } from '../domain/warning.ts';
import { categoryNames, certaintyNames, responseNames, severityNames, urgencyNames, warningTexts } from './texts.ts';

/** `28.11.2026 21:30` on the city's clock. */
export const writeMoment = (at: Temporal.Instant | null): string => {
  if (at === null) return '';
  const local = at.toZonedDateTimeISO(CITY_ZONE);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(local.day)}.${two(local.month)}.${local.year} ${two(local.hour)}:${two(local.minute)}`;
};

/** What `writeMoment` writes, and usual notations beside it; nothing when it is no moment. */
export function readMoment(text: string): Temporal.Instant | undefined {
  const match = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})[\s,]+(\d{1,2})[:.](\d{2})(?:\s*Uhr)?\s*$/.exec(text);
  if (match === null) return undefined;
  const [day, month, year, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  try {
    return Temporal.ZonedDateTime.from({ year, month, day, hour, minute, timeZone: CITY_ZONE }, { overflow: 'reject' }).toInstant();
  } catch {
    return undefined;
  }
}

/** A content as the form writes it; areas are named by the things of the picture they come from. */
export function fieldsOf(content: WarningContent): URLSearchParams {
  const fields = new URLSearchParams({
    event: content.event,
    category: content.category,
    urgency: content.urgency,
    severity: content.severity,
    certainty: content.certainty,
    onset: writeMoment(content.onset),
    expires: writeMoment(content.expires),
    area: content.area.description,
    contact: content.contact,
  });
  for (const response of content.responses) fields.append('responses', response);
  for (const lang of ['de', 'leicht', 'en'] as const)
    for (const part of ['headline', 'description', 'instruction'] as const) fields.set(`${lang}.${part}`, content.texts[lang]?.[part] ?? '');
  if (content.area.polygons.length > 0) fields.append('polygons', 'kept');
  return fields;
}

const ringsOf = ({ geometry }: KeptObject): readonly Ring[] =>
  geometry?.type === 'Polygon'
    ? geometry.coordinates.slice(0, 1)
    : geometry?.type === 'MultiPolygon'
      ? geometry.coordinates.flatMap((one) => one.slice(0, 1))
      : [];

/** Reads the form. @param before areas of the version before, which can be kept */
export function readContent(fields: URLSearchParams, areas: readonly KeptObject[], before: readonly Ring[], lang: Lang): Result<WarningContent, Problem> {
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const problems: FieldProblem[] = [];
  const moment = (name: string): Temporal.Instant | undefined => {
    const read = readMoment(get(name));
    if (read === undefined) problems.push({ field: name, message: warningTexts(lang).badTime });
    return read;
  };
  const expires = moment('expires');
  const onset = get('onset') === '' ? null : moment('onset');
  const text = (one: string): WarningText => ({
    headline: get(`${one}.headline`),
    description: get(`${one}.description`),
    instruction: get(`${one}.instruction`),
  });
  const en = text('en');
  const chosen = fields.getAll('polygons');
  const polygons = [...(chosen.includes('kept') ? before : []), ...areas.filter(({ id }) => chosen.includes(id)).flatMap(ringsOf)];
  if (expires === undefined || onset === undefined) return refuse(invalidFields(problems));
  return ok({
    event: get('event'),
    category: get('category') as WarningContent['category'],
    urgency: get('urgency') as WarningContent['urgency'],
    severity: get('severity') as WarningContent['severity'],
    certainty: get('certainty') as WarningContent['certainty'],
    responses: fields.getAll('responses') as WarningContent['responses'],
    onset,
    expires,
    area: { description: get('area'), polygons },
    texts: { de: text('de'), leicht: text('leicht'), en: Object.values(en).every((part) => part === '') ? null : en },
    contact: get('contact'),
  });
}

export interface ContentForm {
  readonly fields: URLSearchParams;
  readonly problems: readonly FieldProblem[];
  readonly areas: readonly KeptObject[];
  /** There are areas of the version before. */
  readonly kept: boolean;
  readonly lang: Lang;
}

/** Fields of a warning. */
export function contentFields(form: ContentForm): Html {
  const { fields, problems, areas, kept, lang } = form;
  const t = warningTexts(lang);
  const field = (name: string) => ({ name, lang, value: fields.get(name) ?? '', ...errorOf(problems, name) });
  const choice = (name: string, label: string, values: readonly string[], names: Readonly<Record<string, string>>): Html =>
    selectField({ ...field(name), label, options: values.map((value) => ({ value, label: names[value] ?? value })) });
  const places = [...(kept ? [{ value: 'kept', label: t.keptAreas }] : []), ...areas.map(({ id, title }) => ({ value: id, label: title }))];
  return html`${textField({ ...field('event'), label: t.event, maxLength: 80 })}
${choice('category', t.category, CAP_CATEGORIES, categoryNames(lang))}${choice('urgency', t.urgency, CAP_URGENCIES, urgencyNames(lang))}
${choice('severity', t.severity, CAP_SEVERITIES, severityNames(lang))}${choice('certainty', t.certainty, CAP_CERTAINTIES, certaintyNames(lang))}
${checkboxGroup({ name: 'responses', lang, label: t.responses, hint: t.responsesHint, required: false, values: fields.getAll('responses'), options: CAP_RESPONSES.map((value) => ({ value, label: responseNames(lang)[value] })), ...errorOf(problems, 'responses') })}
${textField({ ...field('onset'), label: t.onset, hint: t.onsetHint, required: false })}${textField({ ...field('expires'), label: t.expires, hint: t.expiresHint })}
${textField({ ...field('area'), label: t.area, maxLength: 250 })}
${places.length === 0 ? alert('warning', t.polygons, t.noAreas) : checkboxGroup({ name: 'polygons', lang, label: t.polygons, values: fields.getAll('polygons'), options: places, ...errorOf(problems, 'polygons') })}
${languagePart(form, 'de', t.german, true)}${languagePart(form, 'leicht', t.leicht, true)}${languagePart(form, 'en', t.english, false)}
${textField({ ...field('contact'), label: t.contact, required: false, maxLength: 200 })}`;
}

function languagePart({ fields, problems, lang }: ContentForm, of: 'de' | 'leicht' | 'en', title: string, required: boolean): Html {
  const t = warningTexts(lang);
  const field = (part: string) => ({ name: `${of}.${part}`, lang, value: fields.get(`${of}.${part}`) ?? '', required, ...errorOf(problems, `${of}.${part}`) });
  return section(
    title,
    html`${textField({ ...field('headline'), label: t.headline, maxLength: 160 })}${textArea({ ...field('description'), label: t.description, rows: 4, maxLength: 4000 })}${textArea({ ...field('instruction'), label: t.instruction, rows: 4, maxLength: 4000 })}`,
  );
}
