import { readPlace } from '../../../kernel/place-text.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import { CITY_ZONE } from '../../../kernel/time.ts';
import { errorOf } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import type { Html, Lang } from '../../../platform/ui/html.ts';
import { STAFF_FUNCTIONS } from '../../../kernel/lage.ts';
import { ORGANISATIONS, TASK_PRIORITIES } from '../../../kernel/forces.ts';
import type { RecordKind } from '../domain/records.ts';
import { fieldTexts, forcesTexts, valueTexts } from './texts.ts';

type FieldKind = 'text' | 'area' | 'number' | 'moment' | 'place' | 'yes' | 'section' | 'unit' | 'member' | readonly string[];

/** A form's fields in their order; the schema of the kind says what is right. */
export const FIELDS: Readonly<Record<RecordKind, Readonly<Record<string, FieldKind>>>> = {
  unit: {
    callSign: 'text',
    organisation: ORGANISATIONS,
    type: 'text',
    strength: 'text',
    sectionId: 'section',
    memberId: 'member',
    contact: 'text',
    since: 'moment',
    reliefAt: 'moment',
    remarks: 'area',
  },
  task: {
    title: 'text',
    text: 'area',
    unitId: 'unit',
    sectionId: 'section',
    function: ['', ...STAFF_FUNCTIONS],
    priority: TASK_PRIORITIES,
    deadline: 'moment',
    place: 'place',
  },
  request: { what: 'text', quantity: 'number', where: 'text', place: 'place', from: 'text', neededBy: 'moment', sectionId: 'section' },
  shelter: {
    name: 'text',
    address: 'text',
    place: 'place',
    capacity: 'number',
    wheelchair: 'yes',
    pets: 'yes',
    needs: 'area',
    contact: 'text',
    sectionId: 'section',
  },
  material: { name: 'text', unitOfCount: 'text', stock: 'number', where: 'text', place: 'place', sectionId: 'section' },
};

/** What can be chosen, by kind of field. */
export type Choices = Readonly<Record<'section' | 'unit' | 'member', readonly { readonly value: string; readonly label: string }[]>>;

export const wordOf = (lang: Lang, value: string): string => (valueTexts(lang) as Readonly<Record<string, string>>)[value] ?? value;
export const labelOf = (lang: Lang, name: string): string => (fieldTexts(lang) as Readonly<Record<string, string>>)[name] ?? name;

/** `28.11.2026 21:30` on the city's clock. */
export function writeMoment(iso: string): string {
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO(CITY_ZONE);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(at.day)}.${two(at.month)}.${at.year} ${two(at.hour)}:${two(at.minute)}`;
}

function readMoment(text: string): string | undefined {
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})[\s,]+(\d{1,2})[:.](\d{2})(?:\s*Uhr)?$/.exec(text);
  if (match === null) return undefined;
  const [day, month, year, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  try {
    return Temporal.ZonedDateTime.from({ year, month, day, hour, minute, timeZone: CITY_ZONE }, { overflow: 'reject' }).toInstant().toString();
  } catch {
    return undefined;
  }
}

/** A place as somebody types it, in any notation that a Lage knows; within what a map shows. */
export function placeTyped(text: string): { readonly lon: number; readonly lat: number } | undefined {
  const found = readPlace(text);
  return found === undefined || Math.abs(found.lat) > 85 ? undefined : { lon: found.lon, lat: found.lat };
}

/** A kept body as the form writes it. */
export function typedOf(kind: RecordKind, body: Readonly<Record<string, unknown>>): URLSearchParams {
  const typed = new URLSearchParams();
  for (const [name, field] of Object.entries(FIELDS[kind])) {
    const value = body[name];
    if (value === null || value === undefined) continue;
    if (field === 'moment') typed.set(name, writeMoment(value as string));
    else if (field === 'place') typed.set(name, `${(value as { lat: number }).lat}, ${(value as { lon: number }).lon}`);
    else if (field === 'yes') typed.set(name, value === true ? 'ja' : 'nein');
    else typed.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return typed;
}

/** What was typed, as the schema reads it; what cannot be read is named in the form's own words. */
export function readTyped(
  kind: RecordKind,
  typed: URLSearchParams,
  lang: Lang,
): { readonly body: Record<string, unknown>; readonly problems: readonly FieldProblem[] } {
  const t = forcesTexts(lang);
  const body: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  for (const [name, field] of Object.entries(FIELDS[kind])) {
    const text = (typed.get(name) ?? '').trim();
    if (field === 'moment' || field === 'place') {
      const read = text === '' ? null : field === 'moment' ? readMoment(text) : placeTyped(text);
      if (read === undefined) problems.push({ field: name, message: field === 'moment' ? t.badTime : t.badPlace });
      else body[name] = read;
    } else if (field === 'number') body[name] = text === '' ? undefined : Number(text.replace(',', '.'));
    else if (field === 'yes') body[name] = text === 'ja';
    else if (field === 'section' || field === 'unit' || field === 'member' || name === 'function') body[name] = text === '' ? null : text;
    else body[name] = text;
  }
  return { body, problems };
}

/** The fields of a form, filled as typed. */
export function formFields(kind: RecordKind, typed: URLSearchParams, problems: readonly FieldProblem[], choices: Choices, lang: Lang): Html[] {
  const t = forcesTexts(lang);
  return Object.entries(FIELDS[kind]).map(([name, field]) => {
    const base = { name, lang, label: labelOf(lang, name), value: typed.get(name) ?? '', ...errorOf(problems, name) };
    if (field === 'area') return textArea({ ...base, rows: 3 });
    if (field === 'number') return textField({ ...base, inputmode: 'numeric', width: 's' });
    if (field === 'text') return textField(base);
    if (field === 'moment') return textField({ ...base, width: 'm', hint: t.badTime });
    if (field === 'place') return textField({ ...base, width: 'm', hint: t.badPlace });
    if (field === 'yes')
      return selectField({
        ...base,
        options: [
          { value: 'nein', label: t.no },
          { value: 'ja', label: t.yes },
        ],
      });
    if (field === 'section' || field === 'unit' || field === 'member') return selectField({ ...base, options: choices[field], empty: '–' });
    return selectField({ ...base, options: field.map((value) => ({ value, label: value === '' ? '–' : wordOf(lang, value) })) });
  });
}
