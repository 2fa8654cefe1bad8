import type { IndicatorUnit } from '../../../kernel/indicator.ts';

const LOCALES = { de: 'de-DE', leicht: 'de-DE', en: 'en-GB' } as const;
const WORDS: Readonly<Record<keyof typeof LOCALES, Partial<Record<IndicatorUnit, string>>>> = {
  de: { days: 'Tage', minutes: 'Minuten', score: 'von 5', 'per-case': 'je Fall' },
  leicht: { days: 'Tage', minutes: 'Minuten', score: 'von 5', 'per-case': 'pro Antrag' },
  en: { days: 'days', minutes: 'minutes', score: 'of 5', 'per-case': 'per case' },
};

/** Made once: `Intl` takes longer for one than for a thousand figures. */
const FORMATS = new Map<string, Intl.NumberFormat>();

function format(lang: keyof typeof LOCALES, digits: number): Intl.NumberFormat {
  const key = `${lang}${digits}`;
  const known = FORMATS.get(key) ?? new Intl.NumberFormat(LOCALES[lang], { maximumFractionDigits: digits });
  FORMATS.set(key, known);
  return known;
}

/** A figure as people read it: `42,3 %`, `12 Tage`, `3,8 von 5`. */
export function showFigure(lang: keyof typeof LOCALES, unit: IndicatorUnit, value: number): string {
  if (unit === 'share') return `${format(lang, 1).format(value * 100)}${lang === 'en' ? '' : '\u00a0'}%`;
  if (unit === 'euros') return lang === 'en' ? `€${format(lang, 0).format(value)}` : `${format(lang, 0).format(value)}\u00a0€`;
  const number = format(lang, unit === 'per-case' || unit === 'score' ? 2 : 1).format(value);
  const word = WORDS[lang][unit];
  return word === undefined ? number : `${number}\u00a0${word}`;
}
