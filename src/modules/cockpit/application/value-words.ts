import type { Indicator } from '../../../kernel/indicator.ts';
import { figureWords } from '../../../kernel/indicator-figure.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import type { Lang } from './reason-words.ts';

/** A value of an indicator; what is not known is never a number, and what is old has its day. */
export function valueWords({ state, unit }: Pick<Indicator, 'state' | 'unit'>, lang: Lang): string {
  switch (state.kind) {
    case 'known':
      return figureWords(lang, unit, state.value);
    case 'stale': {
      const [last, day] = [figureWords(lang, unit, state.last), formatGermanDate(legalDay(state.since))];
      return { de: `veraltet, zuletzt ${last} am ${day}`, en: `stale, last ${last} on ${day}`, leicht: `alt, zuletzt ${last} am ${day}` }[lang];
    }
    case 'unknown':
      return `${{ de: 'unbekannt', en: 'unknown', leicht: 'wissen wir nicht' }[lang]}: ${state.reason[lang]}`;
    case 'suppressed':
      return { de: 'nicht gezeigt, damit niemand zu erkennen ist', en: 'not shown, so that nobody can be recognised', leicht: 'zeigen wir nicht' }[lang];
  }
}
