/** What an entry of the Einsatztagebuch is (FwDV 100: findings, orders, events, assessment, decision). */
export const LOG_KINDS = [
  'feststellung',
  'ereignis',
  'befehl',
  'meldung',
  'beurteilung',
  'entschluss',
  'massnahme',
  'lagebericht',
  'berichtigung',
  'system',
] as const;
export type LogKind = (typeof LOG_KINDS)[number];

/** What a person writes by hand; a correction has its own form, the rest is written by the program. */
export const WRITTEN_KINDS = ['feststellung', 'ereignis', 'befehl', 'meldung', 'beurteilung', 'entschluss', 'massnahme'] as const satisfies readonly LogKind[];

export const DIRECTIONS = ['in', 'out'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Priority of a message; who has Blitz waits for nobody. */
export const PRIORITIES = ['none', 'sofort', 'blitz'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const CHANNELS = ['funk', 'telefon', 'fax', 'mail', 'melder', 'andere'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The four sheets of the form (Vierfachvordruck). */
export const COPIES = ['blau', 'gruen', 'rot', 'gelb'] as const;
export type Copy = (typeof COPIES)[number];

/** The stamps of the form, and what else happens to a message. Each is added, none is taken away. */
export const STEP_KINDS = ['aufnahme', 'annahme', 'befoerderung', 'verteilung', 'gelesen', 'quittung', 'erledigt', 'bezug'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Headings of a situation report (FwDV 100). */
export const REPORT_SECTIONS = ['lage', 'kraefte', 'auftrag', 'versorgung', 'fuehrung'] as const;
export type ReportSection = (typeof REPORT_SECTIONS)[number];
