import { defineTexts, type Lang } from '../../../platform/ui/html.ts';
import type { ActedFor } from '../../identity/public.ts';

const texts = defineTexts({
  de: {
    for: (agent: string, holder: string, how: string) => `${agent} für ${holder} (${how})`,
    someone: 'Jemand',
    vollmacht: 'Vollmacht',
    mitglied: 'Organisation',
  },
  en: {
    for: (agent: string, holder: string, how: string) => `${agent} for ${holder} (${how})`,
    someone: 'Somebody',
    vollmacht: 'power of attorney',
    mitglied: 'organisation',
  },
  leicht: {
    for: (agent: string, holder: string, how: string) => `${agent} für ${holder} (${how})`,
    someone: 'Jemand',
    vollmacht: 'Vollmacht',
    mitglied: 'Organisation',
  },
});

/** `Elif Yılmaz für Elbhaus GmbH (Vollmacht)`. @param applicant said where the holder's account is gone */
export function actedForName({ agent, holder, kind }: ActedFor, applicant: string, lang: Lang): string {
  const t = texts(lang);
  return t.for(agent ?? t.someone, holder ?? applicant, t[kind]);
}
