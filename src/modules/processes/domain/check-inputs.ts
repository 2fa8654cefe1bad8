import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { collectionOf, readArea, readFeatures, WrongInput } from './check-geojson.ts';
import { countMembers } from './ensemble.ts';
import { LIMITS } from './limits.ts';
import type { CheckedInputs } from './model.ts';
import type { InputDescription, InputKind, ProcessDescription } from './process.ts';

export interface CheckedWish extends CheckedInputs {
  /** Values of each number; several make an ensemble. */
  readonly numbers: Readonly<Record<string, readonly number[]>>;
  /** The inputs in plain form, with what is taken where nothing was said: checked again they give the same. */
  readonly plain: Readonly<Record<string, unknown>>;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ value, mediaType }` as OGC API Processes writes objects; GeoJSON and plain values stay as they are. */
function unwrapped(value: unknown): unknown {
  if (!isObject(value) || 'type' in value) return value;
  if ('href' in value) throw new WrongInput('Verweise werden nicht abgerufen. Senden Sie den Inhalt selbst, oder den Namen einer Sammlung der Stadt.');
  return 'value' in value ? value['value'] : value;
}

type Parts = { -readonly [K in keyof CheckedWish]: Record<string, unknown> };

/** Reads the inputs of an execute request; each mistake stands at its input. */
export function checkInputs({ inputs: known }: ProcessDescription, raw: Readonly<Record<string, unknown>>): Result<CheckedWish, Problem<'invalid-input'>> {
  const mistakes: FieldProblem[] = [];
  const parts: Parts = { numbers: {}, days: {}, collections: {}, areas: {}, features: {}, ids: {}, plain: {} };
  for (const name of Object.keys(raw))
    if (!Object.hasOwn(known, name))
      mistakes.push({ field: `inputs.${name.slice(0, 60)}`, message: `Diese Eingabe gibt es hier nicht. Es gibt ${Object.keys(known).join(', ')}.` });
  for (const [name, description] of Object.entries(known)) {
    try {
      readInput(parts, name, description, Object.hasOwn(raw, name) ? unwrapped(raw[name]) : undefined);
    } catch (error) {
      if (!(error instanceof WrongInput)) throw error;
      mistakes.push({ field: `inputs.${name}`, message: error.message });
    }
  }
  const checked = parts as unknown as CheckedWish;
  const members = countMembers(checked.numbers);
  if (members > LIMITS.members)
    mistakes.push({ field: 'inputs', message: `Das sind ${members} Kombinationen. Erlaubt sind ${LIMITS.members}; geben Sie weniger Werte an.` });
  return mistakes.length > 0 ? refuse(invalidFields(mistakes)) : ok(checked);
}

function readInput(parts: Parts, name: string, { holds, required, fallback, sweep }: InputDescription, given: unknown): void {
  const value = given === undefined || given === null ? fallback : given;
  if (value === undefined) {
    if (required === true) throw new WrongInput('Diese Angabe fehlt.');
    return;
  }
  const [kind, read, plain] = readValue(holds, value, sweep === true);
  if (read !== undefined) parts[kind][name] = read;
  parts.plain[name] = plain;
}

/** Where a value belongs, what it is, and how it is written plainly. */
function readValue(holds: InputKind, value: unknown, several: boolean): readonly [keyof Parts, unknown, unknown] {
  switch (holds.kind) {
    case 'number': {
      const numbers = readNumbers(holds, value, several);
      return ['numbers', numbers, numbers.length === 1 ? numbers[0] : numbers];
    }
    case 'day': {
      const day = readDay(value);
      return ['days', day, day];
    }
    case 'collection': {
      if (typeof value !== 'string' || !/^[a-z][a-z0-9_-]{0,62}$/.test(value)) throw new WrongInput('Erwartet wird der Name einer Sammlung, oder none.');
      return ['collections', value === 'none' ? undefined : value, value];
    }
    case 'area': {
      const polygons = readArea(value);
      return ['areas', polygons, { type: 'MultiPolygon', coordinates: polygons }];
    }
    case 'features': {
      const features = readFeatures(value, holds.geometries);
      return ['features', features, collectionOf(features)];
    }
    case 'ids': {
      const list: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (list.length > LIMITS.planFeatures || list.some((id) => (typeof id !== 'string' && typeof id !== 'number') || String(id).length > 200))
        throw new WrongInput(`Erwartet wird eine Liste von höchstens ${LIMITS.planFeatures.toLocaleString('de')} Kennungen.`);
      return ['ids', list.map(String), list.map(String)];
    }
  }
}

function readNumbers({ minimum, maximum, whole }: Extract<InputKind, { kind: 'number' }>, value: unknown, several: boolean): readonly number[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0 || list.length > (several ? LIMITS.valuesOfAnInput : 1))
    throw new WrongInput(several ? `Geben Sie eine Zahl an, oder eine Liste von höchstens ${LIMITS.valuesOfAnInput}.` : 'Geben Sie eine Zahl an.');
  for (const one of list)
    if (typeof one !== 'number' || !(one >= minimum && one <= maximum) || (whole === true && !Number.isInteger(one)))
      throw new WrongInput(`Erwartet wird eine ${whole === true ? 'ganze ' : ''}Zahl von ${minimum.toLocaleString('de')} bis ${maximum.toLocaleString('de')}.`);
  return [...new Set(list as readonly number[])];
}

function readDay(value: unknown): string {
  const MISTAKE = 'Erwartet wird ein Tag wie 2026-06-21.';
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) throw new WrongInput(MISTAKE);
  try {
    const day = Temporal.PlainDate.from(value, { overflow: 'reject' });
    // beyond these years the formula of the sun is not good
    if (day.year < 1950 || day.year > 2100) throw new RangeError(MISTAKE);
    return day.toString();
  } catch {
    throw new WrongInput('Diesen Tag gibt es nicht, oder er liegt nicht zwischen 1950 und 2100.');
  }
}
