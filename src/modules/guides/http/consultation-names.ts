import type { LangText } from '../../../platform/ui/html.ts';
import type { Length, Reason, Spoken } from '../domain/consultation.ts';

export const REASON_NAMES: Readonly<Record<Reason, LangText>> = {
  'online-ausweis': { de: 'Online-Ausweis', en: 'Online ID', leicht: 'Online-Ausweis' },
  konto: { de: 'Servicekonto', en: 'Service account', leicht: 'Konto' },
  antrag: { de: 'Antrag ausfüllen', en: 'Filling in an application', leicht: 'Antrag ausfüllen' },
  status: { de: 'Stand eines Antrags', en: 'State of an application', leicht: 'Wie weit ist der Antrag?' },
  technik: { de: 'Handy und App', en: 'Phone and app', leicht: 'Handy' },
  anderes: { de: 'Etwas anderes', en: 'Something else', leicht: 'Etwas anderes' },
};
export const LENGTH_NAMES: Readonly<Record<Length, LangText>> = {
  'bis-5': { de: 'bis 5 Minuten', en: 'up to 5 minutes', leicht: 'bis 5 Minuten' },
  'bis-15': { de: 'bis 15 Minuten', en: 'up to 15 minutes', leicht: 'bis 15 Minuten' },
  'bis-30': { de: 'bis 30 Minuten', en: 'up to 30 minutes', leicht: 'bis 30 Minuten' },
  laenger: { de: 'länger', en: 'longer', leicht: 'länger' },
};
const same = (name: string): LangText => ({ de: name, en: name, leicht: name });
export const SPOKEN_NAMES: Readonly<Record<Spoken, LangText>> = {
  de: same('Deutsch'),
  en: same('English'),
  tr: same('Türkçe'),
  ru: same('Русский'),
  uk: same('Українська'),
  ar: same('العربية'),
  fa: same('فارسی'),
  pl: same('Polski'),
  bg: same('Български'),
  ro: same('Română'),
  pt: same('Português'),
  andere: { de: 'eine andere', en: 'another', leicht: 'eine andere' },
};
