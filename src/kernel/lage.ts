/** What a Lage is about; rules and checklists differ by it. */
export const HAZARDS = ['sturmflut', 'starkregen', 'brand', 'ausfall', 'andere'] as const;
export type Hazard = (typeof HAZARDS)[number];

/** Functions of a staff (FwDV/DV 100), and who works beside it. */
export const STAFF_FUNCTIONS = ['leiter', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'fachberater', 'verbindung', 'einheit', 'beobachter'] as const;
export type StaffFunction = (typeof STAFF_FUNCTIONS)[number];

export const LAYERS = [
  'gefahren',
  'schaeden',
  'kraefte',
  'auftraege',
  'sperrungen',
  'raeumung',
  'unterkuenfte',
  'tore',
  'pegel',
  'meldungen',
  'prognose',
  'fuehrung',
  'versorgung',
  'einrichtungen',
  'personen',
  'warnungen',
  'freihand',
] as const;
/** A layer of the picture: what a person may see or switch off as a whole. */
export type Layer = (typeof LAYERS)[number];
