import type { IndicatorKept, Words } from '../domain/items.ts';
import { readDay } from './frame.ts';
import type { Spec } from './item-specs.ts';

/** What was typed into a form, by the names of its inputs. */
export type Typed = (name: string) => string;

/** A version of a measure from before November 2026 shows the events that were typed then. */
const keptLine = (one: IndicatorKept): string =>
  typeof one === 'string' ? one : [one.key, ...(one.events.length === 0 ? [] : [one.events.join(', ')])].join(': ');

/** An ISO day where it is one, else as it was typed: the check says what is wrong with it. */
const dayOf = (text: string): string => readDay(text)?.toString() ?? text;
const lines = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function cents(text: string): number | string {
  const match = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?\s*€?$/.exec(text.trim());
  return match === null ? text : Number(match[1]!.replaceAll('.', '')) * 100 + Number((match[2] ?? '0').padEnd(2, '0'));
}

function inLanguages(typed: Typed, name: string): object {
  const [de, en, leicht] = [typed(name).trim(), typed(`${name}.en`).trim(), typed(`${name}.leicht`).trim()];
  return { de, ...(en === '' ? {} : { en }), ...(leicht === '' ? {} : { leicht }) };
}

/** @param before options as they were: a line that stayed keeps its translations */
const options = (text: string, before: readonly Words[]): object[] => lines(text).map((de) => before.find((one) => one.de === de) ?? { de });

function readOne({ name, as, optional }: Spec, typed: Typed, before: Readonly<Record<string, unknown>>): unknown {
  const text = typed(name).trim();
  if (as === 'provenance') {
    const on = typed('provenance.on').trim();
    return text === '' ? { placement: 'own' } : { source: text, ...(on === '' ? {} : { on: dayOf(on) }) };
  }
  if (as === 'keys') return lines(text);
  if (as === 'options') return options(text, (before[name] as readonly Words[] | undefined) ?? []);
  if (as === 'line' || as === 'text') return inLanguages(typed, name);
  if (text === '' && optional === true) return undefined;
  if (as === 'day') return dayOf(text);
  if (as === 'number') return /^\d{1,9}$/.test(text) ? Number(text) : text;
  return as === 'euros' ? cents(text) : text;
}

/** The facts as a form gives them. @param before those of the version that was looked at */
export const readFacts = (specs: readonly Spec[], typed: Typed, before: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  Object.fromEntries(specs.map((spec) => [spec.name, readOne(spec, typed, before)]).filter(([, value]) => value !== undefined));

/** The inputs of a form as facts fill them: the way back. */
export function typedFrom(specs: readonly Spec[], facts: Readonly<Record<string, unknown>>): Typed {
  const inputs = new Map<string, string>();
  for (const { name, as } of specs) {
    const value = facts[name] as string | number | object | undefined;
    if (value === undefined) continue;
    if (as === 'line' || as === 'text')
      for (const [lang, text] of Object.entries(value as Words)) inputs.set(lang === 'de' ? name : `${name}.${lang}`, String(text));
    else if (as === 'provenance') {
      const { source, on } = value as { readonly source?: string; readonly on?: string };
      inputs.set(name, source ?? '').set('provenance.on', on ?? '');
    } else if (as === 'keys') inputs.set(name, (value as readonly IndicatorKept[]).map(keptLine).join('\n'));
    else if (as === 'options') inputs.set(name, (value as readonly Words[]).map(({ de }) => de).join('\n'));
    else if (as === 'euros') inputs.set(name, ((value as number) / 100).toFixed(2).replace('.', ','));
    else if (typeof value !== 'object') inputs.set(name, String(value));
  }
  return (name) => inputs.get(name) ?? '';
}
