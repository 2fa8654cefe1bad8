import { ORIGINS, UNITS } from '../../../kernel/indicator.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import { readDateField } from '../../../platform/ui/form-date.ts';
import type { Definition } from '../domain/definition.ts';
import type { DefinitionInput } from '../domain/definition-input.ts';
import { aggregates, sourceKinds, typedDay, typedNumber } from '../application/choices.ts';
import type { SourceInput } from '../application/sources.ts';

/** Names of the inputs with what was typed into them. */
export type Typed = Readonly<Record<string, string>>;

const LANGUAGES = ['de', 'en', 'leicht'] as const;
const THREE = ['name', 'definition', 'confidenceReason'] as const;

/** What the form shows of a definition that is there. */
export function typedFrom(definition: Definition): Typed {
  const { target, start } = definition;
  const words = THREE.flatMap((field) => LANGUAGES.map((lang) => [`${field}.${lang}`, definition[field][lang]] as const));
  return {
    ...Object.fromEntries(words),
    ...{ key: definition.key, kind: definition.kind, formula: definition.formula, unit: definition.unit, better: definition.better },
    ...{
      origin: definition.origin,
      source: definition.source,
      owner: definition.owner,
      confidence: definition.confidence,
      version: String(definition.version),
    },
    ...(target === undefined ? {} : { 'target.value': shown(target.value), 'target.by': target.by.toString(), 'target.source': target.source }),
    ...(start === undefined ? {} : { 'start.value': shown(start.value), 'start.on': start.on.toString() }),
  };
}

const shown = (value: number): string => String(value).replace('.', ',');

export const typedIn = (fields: URLSearchParams): Typed => Object.fromEntries(fields);

const pick = <T extends string>(all: readonly T[], typed: string | undefined, otherwise: T): T => all.find((one) => one === typed) ?? otherwise;

/** What was typed as a definition, with what cannot be read as a number or a day. */
export function readDefinition(fields: URLSearchParams): { readonly input: DefinitionInput; readonly problems: readonly FieldProblem[] } {
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const words = (field: string): Definition['name'] => ({ de: get(`${field}.de`), en: get(`${field}.en`), leicht: get(`${field}.leicht`) });
  const problems: FieldProblem[] = [];
  const number = (field: string): number | undefined => {
    const value = typedNumber(get(field));
    if (value === undefined && get(field) !== '') problems.push({ field, message: 'Das ist keine Zahl. Schreiben Sie sie etwa so: 0,6.' });
    return value;
  };
  const day = (field: string): Temporal.PlainDate | undefined => {
    const typed = readDateField(fields, field);
    const found = typedDay(typed);
    if (found === undefined && typed !== '') problems.push({ field, message: 'Das ist kein Tag. Schreiben Sie ihn etwa so: 31.12.2027.' });
    return found;
  };
  const [aim, by, begin, on] = [number('target.value'), day('target.by'), number('start.value'), day('start.on')];
  const half = (field: string, one: unknown, other: unknown): void => {
    if ((one === undefined) !== (other === undefined) && problems.length === 0)
      problems.push({ field, message: 'Wert und Tag gehören zusammen. Füllen Sie beide aus, oder keinen.' });
  };
  half('target.value', aim, by);
  half('start.value', begin, on);
  const input: DefinitionInput = {
    key: get('key'),
    kind: pick(['journal', 'defined', 'imported'], get('kind'), 'defined'),
    ...{ name: words('name'), definition: words('definition'), confidenceReason: words('confidenceReason') },
    formula: get('formula'),
    unit: pick(UNITS, get('unit'), 'count'),
    better: pick(['more', 'less'], get('better'), 'more'),
    origin: pick(ORIGINS, get('origin'), 'imported'),
    ...{ source: get('source'), owner: get('owner'), reason: get('reason') },
    confidence: pick(['high', 'medium', 'low'], get('confidence'), 'low'),
    target: aim === undefined || by === undefined ? undefined : { value: aim, by, source: get('target.source') },
    start: begin === undefined || on === undefined ? undefined : { value: begin, on },
    version: Number(/^\d{1,6}$/.exec(get('version'))?.[0] ?? 0),
  };
  return { input, problems };
}

export function readSource(key: string, fields: URLSearchParams): SourceInput {
  const get = (name: string): string => (fields.get(`source.${name}`) ?? '').trim();
  const whole = (name: string): number => (/^\d{1,6}$/.test(get(name)) ? Number(get(name)) : Number.NaN);
  return {
    key,
    kind: pick(sourceKinds, get('kind'), 'csv'),
    ...{ url: get('url'), value: get('value'), day: get('day'), query: get('query') },
    aggregate: pick(aggregates, get('aggregate'), 'last'),
    ...{ days: whole('days'), everyHours: whole('everyHours'), staleAfterDays: whole('staleAfterDays') },
    active: get('active') === 'ja',
  };
}
