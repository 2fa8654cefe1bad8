import { ORIGIN, type Reader, type Use } from '../../../kernel/usage.ts';

/** What a count is told apart by: exactly one thing beside the day, the step and the subject, never two. */
export const DIMENSIONS = ['all', 'page', 'field', 'origin', 'device', 'lang', 'mode', 'excluded'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A counter without its day. */
export interface CellKey {
  readonly step: string;
  readonly subject: string;
  readonly dimension: Dimension;
  /** E.g. `phone`; empty where the dimension is `all`. */
  readonly value: string;
}

/** Why a request is not counted among people. */
export type Exclusion = 'robot' | 'flood';

/** Keys and ids, never something that was typed. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}$/;

/**
 * The counters that go up with a use. Nothing of the reader is left in them but one thing at a time.
 * @param exclusion with one, only the counter of what was left out goes up
 */
export function cellsOf(reader: Reader, use: Use, exclusion: Exclusion | undefined): readonly CellKey[] {
  const { step, subject, page, field, origin } = use;
  if (!NAME.test(subject)) return [];
  const cell = (dimension: Dimension, value: string): CellKey => ({ step, subject, dimension, value });
  if (exclusion !== undefined) return [cell('excluded', exclusion)];
  return [
    cell('all', ''),
    cell('device', reader.device),
    cell('lang', reader.lang),
    // Leichte Sprache is a language here: told twice, it would be two looks at the same people
    ...reader.modes.filter((mode) => mode !== 'leicht').map((mode) => cell('mode', mode)),
    ...(named(page) ? [cell('page', page)] : []),
    // a field stands on one page: its page tells nothing more
    ...(named(field) ? [cell('field', named(page) ? `${page}/${field}` : field)] : []),
    ...(origin !== undefined && ORIGIN.test(origin) ? [cell('origin', origin)] : []),
  ];
}

const named = (text: string | undefined): text is string => text !== undefined && NAME.test(text);

export const textOf = ({ step, subject, dimension, value }: CellKey): string => `${step}\n${subject}\n${dimension}\n${value}`;

export function keyOf(text: string): CellKey {
  const [step = '', subject = '', dimension = 'all', value = ''] = text.split('\n');
  return { step, subject, dimension: dimension as Dimension, value };
}
