import type { IndicatorState } from '../../../kernel/indicator.ts';
import { legalDay } from '../../../kernel/time.ts';
import { OTHER_SERVICES } from '../../../kernel/usage.ts';
import { isPerService, nameOf, type Definition, type DefinitionsByName } from '../domain/definition.ts';
import { Figures, type Bundle } from '../domain/figures.ts';
import type { ImportedValue } from '../domain/source.ts';
import { namesBehind } from '../domain/told.ts';
import { newestDefinitions } from '../store/definitions.ts';
import { cellsChangedAfter } from '../store/figures.ts';
import { allValues, listSources } from '../store/sources.ts';
import { readStamp, type Stamp } from '../store/stamp.ts';
import type { IndicatorsContext } from './context.ts';
import { definitionsFrom } from './definition-body.ts';

/** Everything that figures are made of, in memory as it was at one moment. */
export interface Known {
  readonly stamp: Stamp;
  readonly figures: Figures;
  readonly definitions: DefinitionsByName;
  readonly imported: ReadonlyMap<string, ImportedSeries>;
}

/** Figures that came without a source of their own are stale after a good year. */
const BY_HAND_DAYS = 400;

export interface ImportedSeries {
  /** Oldest first. */
  readonly values: readonly ImportedValue[];
  readonly staleAfterDays: number;
  /** Of a Datastream: the day of its newest observation. */
  readonly observedOn?: string;
}

/**
 * Keeps what figures are made of in memory, and asks with each question whether it is still true. After a change only
 * the cells that changed are read again.
 */
export class Desk {
  readonly #ctx: Pick<IndicatorsContext, 'database'>;
  readonly #figures = new Figures();
  #known: Known | undefined;
  #reading: Promise<Known> | undefined;

  constructor(ctx: Pick<IndicatorsContext, 'database'>) {
    this.#ctx = ctx;
  }

  /** What is known now; questions at the same time share one reading. */
  known(): Promise<Known> {
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<Known> {
    const db = this.#ctx.database.read;
    const [stamp, before] = [await readStamp(db), this.#known];
    if (before !== undefined && JSON.stringify(before.stamp) === JSON.stringify(stamp)) return before;
    if (before?.stamp.seq !== stamp.seq) this.#figures.take(await cellsChangedAfter(db, before?.stamp.seq ?? -1));
    const same = before?.stamp.revision === stamp.revision;
    const definitions = same ? before.definitions : definitionsFrom(await newestDefinitions(db));
    const imported = same ? before.imported : await this.#imported();
    this.#known = { stamp, figures: this.#figures, definitions, imported };
    return this.#known;
  }

  async #imported(): Promise<Known['imported']> {
    const db = this.#ctx.database.read;
    const [sources, values] = [await listSources(db), Map.groupBy(await allValues(db), ({ key }) => key)];
    return new Map(
      [...values].map(([key, all]) => {
        const source = sources.find((one) => one.key === key);
        const observed = source?.observedOn ?? undefined;
        return [key, { values: all, staleAfterDays: source?.body.staleAfterDays ?? BY_HAND_DAYS, ...(observed === undefined ? {} : { observedOn: observed }) }];
      }),
    );
  }
}

export const definitionOf = ({ definitions }: Known, key: string): Definition | undefined => definitions.get(nameOf(key));

/** The services that an indicator can be told for; `undefined`: it is about the city alone. Small ones together are rated alone. */
export function servicesOf(known: Known, definition: Definition): readonly string[] | undefined {
  if (!isPerService(definition, known.definitions)) return undefined;
  return isOfRatings(known, definition) ? known.figures.services() : namedServices(known);
}

/** Those that have a name, without the small ones whose ratings are told together. */
export const namedServices = ({ figures }: Known): readonly string[] => figures.services().filter((key) => key !== OTHER_SERVICES);

const isOfRatings = ({ definitions }: Known, definition: Definition): boolean => namesBehind(definition, definitions).includes('ratings');

/** Whether nobody knows how a service was rated, because its ratings were told with those of others. */
export const isRatedWithOthers = (known: Known, definition: Definition, service: string, bundle: Bundle): boolean =>
  service !== OTHER_SERVICES && isOfRatings(known, definition) && bundle.value('ratings') === 0 && known.figures.services().includes(OTHER_SERVICES);

/** Names of the indicators as formulas call them. */
export const indicatorNames = ({ definitions }: Known): readonly (readonly [name: string, definition: Definition])[] => [...definitions];

const startOf = (day: string): Temporal.Instant => Temporal.PlainDate.from(day).toZonedDateTime('Europe/Berlin').toInstant();

/** The newest figure, and of which day it is true: one of a Datastream that measures no more is no younger than what it measured last. */
function newest({ values, observedOn }: ImportedSeries): ImportedValue | undefined {
  const last = values.at(-1);
  if (last === undefined || observedOn === undefined || observedOn >= last.day) return last;
  return { day: observedOn, value: (values.findLast(({ day }) => day <= observedOn) ?? last).value };
}

/** Of which day the newest imported figure is. */
export const importedAsOf = (known: Known, key: string): Temporal.Instant | undefined => {
  const series = known.imported.get(key);
  const day = series === undefined ? undefined : newest(series)?.day;
  return day === undefined ? undefined : startOf(day);
};

/** The newest imported figure; where it is too old, its date instead. */
export function importedState(known: Known, key: string, now: Temporal.Instant): IndicatorState {
  const series = known.imported.get(key);
  const last = series === undefined ? undefined : newest(series);
  if (series === undefined || last === undefined)
    return {
      kind: 'unknown',
      reason: { de: 'Die Quelle hat noch keinen Wert geliefert.', en: 'The source has not given a figure yet.', leicht: 'Die Zahl ist noch nicht da.' },
    };
  const age = Temporal.PlainDate.from(last.day).until(legalDay(now), { largestUnit: 'days' }).days;
  return age > series.staleAfterDays ? { kind: 'stale', last: last.value, since: startOf(last.day) } : { kind: 'known', value: series.values.at(-1)!.value };
}

/** The imported figure of a month: its last one. */
export function importedIn(known: Known, key: string, month: string): IndicatorState {
  const last = known.imported.get(key)?.values.findLast(({ day }) => day.startsWith(month));
  if (last !== undefined) return { kind: 'known', value: last.value };
  return { kind: 'unknown', reason: { de: 'Für diesen Monat gibt es keinen Wert.', en: 'There is no figure for this month.', leicht: 'Die Zahl fehlt.' } };
}
