import type { Layer, StaffFunction } from './lage.ts';

/** The view of each section of a staff: the layers that its tasks need (FwDV 100, 3.2.4), and what all of them need. */
const EVERYBODY: readonly Layer[] = ['gefahren', 'fuehrung', 'freihand', 'warnungen'];

const OWN: Partial<Record<StaffFunction, readonly Layer[]>> = {
  leiter: ['schaeden', 'kraefte', 'auftraege', 'sperrungen', 'raeumung', 'tore', 'pegel', 'prognose'],
  S1: ['kraefte', 'unterkuenfte', 'personen'],
  S2: ['schaeden', 'sperrungen', 'raeumung', 'tore', 'pegel', 'meldungen', 'prognose', 'einrichtungen', 'personen'],
  S3: ['schaeden', 'kraefte', 'auftraege', 'sperrungen', 'raeumung', 'tore', 'pegel', 'prognose'],
  S4: ['kraefte', 'versorgung', 'unterkuenfte', 'sperrungen'],
  S5: ['schaeden', 'sperrungen', 'raeumung', 'unterkuenfte', 'meldungen'],
  S6: ['kraefte', 'einrichtungen'],
};

export const PRESETS = ['leiter', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6'] as const satisfies readonly StaffFunction[];
export type Preset = (typeof PRESETS)[number];

/** The layers of a section's view, of those that somebody may see. */
export const presetLayers = (preset: Preset, seen: ReadonlySet<Layer>): readonly Layer[] =>
  [...EVERYBODY, ...(OWN[preset] ?? [])].filter((layer) => seen.has(layer));

export const isPreset = (text: string): text is Preset => PRESETS.some((one) => one === text);
