import { formatShortDate } from '../../../platform/ui/formats.ts';
import { defineTexts, type Lang } from '../../../platform/ui/html.ts';
import type { OpenState } from '../domain/opening.ts';

const openingTexts = defineTexts({
  de: {
    until: (time: string) => `Geöffnet bis ${time} Uhr.`,
    next: (day: string, time: string) => `Geschlossen. Öffnet am ${day} um ${time} Uhr.`,
    closed: 'Zurzeit geschlossen.',
  },
  en: {
    until: (time: string) => `Open until ${time}.`,
    next: (day: string, time: string) => `Closed. Opens on ${day} at ${time}.`,
    closed: 'Closed at present.',
  },
  leicht: {
    until: (time: string) => `Offen bis ${time} Uhr.`,
    next: (day: string, time: string) => `Jetzt zu. Offen wieder am ${day} um ${time} Uhr.`,
    closed: 'Jetzt zu.',
  },
});

export function openingSentence(state: OpenState, lang: Lang): string {
  const t = openingTexts(lang);
  if (state.open) return t.until(state.until);
  return state.next === undefined ? t.closed : t.next(formatShortDate(lang, state.next.day), state.next.from);
}
