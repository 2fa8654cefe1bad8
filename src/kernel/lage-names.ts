import type { StaffFunction } from './lage.ts';

const german: Readonly<Record<StaffFunction, string>> = {
  leiter: 'Leitung',
  S1: 'S1 Personal',
  S2: 'S2 Lage',
  S3: 'S3 Einsatz',
  S4: 'S4 Versorgung',
  S5: 'S5 Presse',
  S6: 'S6 Kommunikation',
  fachberater: 'Fachberatung',
  verbindung: 'Verbindung',
  einheit: 'Einheit',
  beobachter: 'Beobachtung',
};

/** What the functions of a staff (FwDV 100) are called on pages and in print. */
export const FUNCTION_NAMES: Readonly<Record<'de' | 'en' | 'leicht', Readonly<Record<StaffFunction, string>>>> = {
  de: german,
  leicht: german,
  en: {
    leiter: 'Leader',
    S1: 'S1 Personnel',
    S2: 'S2 Situation',
    S3: 'S3 Operations',
    S4: 'S4 Supply',
    S5: 'S5 Press',
    S6: 'S6 Communication',
    fachberater: 'Adviser',
    verbindung: 'Liaison',
    einheit: 'Unit',
    beobachter: 'Observer',
  },
};
