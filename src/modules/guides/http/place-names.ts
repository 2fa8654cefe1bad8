import type { LangText } from '../../../platform/ui/html.ts';
import type { AccessFact, Offer, PlaceKind } from '../domain/place.ts';

/** Names of what a place is and has, in the order in which they are shown. */
export const KIND_NAMES: Readonly<Record<PlaceKind, LangText>> = {
  office: { de: 'Fester Ort', en: 'Permanent place', leicht: 'Fester Ort' },
  popup: { de: 'Pop-up', en: 'Pop-up', leicht: 'Nur für kurze Zeit' },
  bus: { de: 'Bus', en: 'Bus', leicht: 'Bus' },
};

export const OFFER_NAMES: Readonly<Record<Offer, LangText>> = {
  'online-ausweis': { de: 'Hilfe mit dem Online-Ausweis', en: 'Help with the online ID', leicht: 'Hilfe mit dem Online-Ausweis' },
  pin: { de: 'PIN setzen, Online-Ausweis einschalten', en: 'Set the PIN, switch on the online ID', leicht: 'Neue PIN, Online-Ausweis an-schalten' },
  karte: { de: 'Ausweis beantragen', en: 'Apply for a card', leicht: 'Einen neuen Ausweis bestellen' },
  konto: { de: 'Servicekonto einrichten', en: 'Set up a service account', leicht: 'Ein Konto machen' },
  antraege: { de: 'Anträge ausfüllen', en: 'Fill in applications', leicht: 'Anträge ausfüllen' },
  technik: { de: 'Fragen zu Handy und App', en: 'Questions on phone and app', leicht: 'Fragen zum Handy' },
};

export const ACCESS_NAMES: Readonly<Record<AccessFact, LangText>> = {
  'step-free': { de: 'stufenlos', en: 'step-free', leicht: 'ohne Stufen' },
  toilet: { de: 'rollstuhlgerechtes WC', en: 'accessible toilet', leicht: 'WC für Roll-Stühle' },
  'induction-loop': { de: 'Induktionsschleife', en: 'induction loop', leicht: 'Anlage für Hör-Geräte' },
  'sign-language': { de: 'Gebärdensprache nach Absprache', en: 'sign language by arrangement', leicht: 'Gebärden-Sprache, bitte vorher sagen' },
  parking: { de: 'Parkplatz für Menschen mit Behinderung', en: 'parking for disabled people', leicht: 'Park-Platz für Menschen mit Behinderung' },
  'guide-dog': { de: 'Assistenzhunde willkommen', en: 'assistance dogs welcome', leicht: 'Assistenz-Hunde dürfen mit' },
};

export const WEEKDAYS: readonly LangText[] = [
  { de: 'Montag', en: 'Monday', leicht: 'Montag' },
  { de: 'Dienstag', en: 'Tuesday', leicht: 'Dienstag' },
  { de: 'Mittwoch', en: 'Wednesday', leicht: 'Mittwoch' },
  { de: 'Donnerstag', en: 'Thursday', leicht: 'Donnerstag' },
  { de: 'Freitag', en: 'Friday', leicht: 'Freitag' },
  { de: 'Samstag', en: 'Saturday', leicht: 'Samstag' },
  { de: 'Sonntag', en: 'Sunday', leicht: 'Sonntag' },
];

export const keysOf = <K extends string>(names: Readonly<Record<K, LangText>>): readonly K[] => Object.keys(names) as K[];
