import { parameter, type Parameter } from './parameter.ts';

/** How many days something is kept, by rows from a day on and with who says so. */
export type KeptDays = Parameter<{ readonly days: number }>;

/** @param bounds fewer would break what it is kept for, more would keep it without need */
export const keptDays = (key: string, title: string, bounds: { readonly least: number; readonly most: number }, days: number): KeptDays =>
  parameter(key, title, { days: { label: 'Aufbewahrt', unit: 'Tage', ...bounds } }, [
    { from: '2026-01-01', value: { days }, source: 'Festlegung der Stadt zu Art. 5 Abs. 1 Buchst. e DSGVO; Zahl nicht geprüft' },
  ]);

/** The last day on which something is kept that ended on this day, by the row in force then. */
export const lastDayKept = (kept: KeptDays, endedOn: Temporal.PlainDate): Temporal.PlainDate => endedOn.add({ days: kept.on(endedOn).days });

/** What ended less long ago is kept by every row. */
export const shortestDays = (kept: KeptDays): number => Math.min(...kept.rows().map(({ value }) => value.days));
