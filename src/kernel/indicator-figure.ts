import type { IndicatorUnit } from './indicator.ts';

const LOCALES = { de: 'de-DE', leicht: 'de-DE', en: 'en-GB' } as const;
type Lang = keyof typeof LOCALES;

/** One and many. */
const WORDS: Readonly<Record<Lang, Partial<Record<IndicatorUnit, readonly [string, string]>>>> = {
  de: { days: ['Tag', 'Tage'], minutes: ['Minute', 'Minuten'], score: ['von 5', 'von 5'], 'per-case': ['je Fall', 'je Fall'] },
  leicht: { days: ['Tag', 'Tage'], minutes: ['Minute', 'Minuten'], score: ['von 5', 'von 5'], 'per-case': ['für jeden Antrag', 'für jeden Antrag'] },
  en: { days: ['day', 'days'], minutes: ['minute', 'minutes'], score: ['of 5', 'of 5'], 'per-case': ['per case', 'per case'] },
};
const DIGITS: Readonly<Record<IndicatorUnit, number>> = { share: 1, days: 1, minutes: 1, count: 1, 'per-case': 2, score: 2, euros: 2 };

/** Made once: `Intl` takes longer for one than for a thousand figures. */
const FORMATS = new Map<string, Intl.NumberFormat>();

function formatOf(lang: Lang, unit: IndicatorUnit): Intl.NumberFormat {
  const key = `${lang} ${unit}`;
  // cents stand in two digits or not at all
  const money = { minimumFractionDigits: 2, trailingZeroDisplay: 'stripIfInteger' } as const;
  const options = { maximumFractionDigits: DIGITS[unit], signDisplay: 'negative', ...(unit === 'euros' ? money : {}) } as const;
  const known = FORMATS.get(key) ?? new Intl.NumberFormat(LOCALES[lang], options);
  FORMATS.set(key, known);
  return known;
}

const POINTS = { de: ['Prozentpunkt', 'Prozentpunkte'], leicht: ['Prozentpunkt', 'Prozentpunkte'], en: ['percentage point', 'percentage points'] } as const;

/** How far two figures of an indicator lie apart: shares in percentage points. */
export function distanceWords(lang: Lang, unit: IndicatorUnit, value: number): string {
  if (unit !== 'share') return figureWords(lang, unit, value);
  const number = formatOf(lang, unit).format(value * 100);
  return `${number}\u00a0${POINTS[lang][number === '1' ? 0 : 1]}`;
}

/** A figure of an indicator as people read it, on every page and in every report: `42,3 %`, `12 Tage`, `3,8 von 5`. */
export function figureWords(lang: Lang, unit: IndicatorUnit, value: number): string {
  const number = formatOf(lang, unit).format(unit === 'share' ? value * 100 : value);
  if (unit === 'share') return `${number}${lang === 'en' ? '' : '\u00a0'}%`;
  if (unit === 'euros') return lang === 'en' ? `€${number}` : `${number}\u00a0€`;
  const [one, many] = WORDS[lang][unit] ?? ['', ''];
  return many === '' ? number : `${number}\u00a0${number === '1' ? one : many}`;
}
