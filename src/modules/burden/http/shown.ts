import { formatNumber } from '../../../platform/ui/formats.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import type { BurdenItem } from '../domain/burden.ts';
import type { StandardValues } from '../domain/standard-values.ts';
import { burdenTexts } from './texts.ts';

/** Seconds as minutes people can compare: tenths below ten minutes. */
export function minutes(lang: Lang, seconds: number): string {
  const value = seconds / 60;
  return burdenTexts(lang).minute(formatNumber(lang, value, Math.abs(value) < 10 ? 1 : 0));
}

export const hours = (lang: Lang, seconds: number): string => burdenTexts(lang).hour(formatNumber(lang, Math.round(seconds / 3600)));

/** A difference with its sign; less is what is wanted, and is written as what it is. */
export const signed = (seconds: number, shown: string): string => (seconds > 0 ? `+${shown}` : shown.replace('-', '−'));

/** What a line of the calculation is about. */
export function itemName(item: BurdenItem, lang: Lang): string {
  const t = burdenTexts(lang);
  return item.label === undefined ? t[item.activity] : `${t[item.activity]}: ${item.label[lang]}`;
}

/** The standard values as rows, for the page and the file. */
export function valueRows({ times, wordsPerMinute, wageCents, visitCents, prefilledSeconds, fields }: StandardValues): readonly {
  readonly key: string;
  readonly value: number;
  readonly unit: 'seconds' | 'words-per-minute' | 'cents';
  readonly basis: 'guide' | 'own';
}[] {
  return [
    ...Object.entries(times).map(([key, { seconds, basis }]) => ({ key, value: seconds, unit: 'seconds' as const, basis })),
    ...Object.entries(fields).map(([key, seconds]) => ({ key: `field:${key}`, value: seconds, unit: 'seconds' as const, basis: 'own' as const })),
    { key: 'field:prefilled', value: prefilledSeconds, unit: 'seconds', basis: 'own' },
    { key: 'read', value: wordsPerMinute, unit: 'words-per-minute', basis: 'own' },
    { key: 'visit-cost', value: visitCents, unit: 'cents', basis: 'guide' },
    { key: 'wage', value: wageCents, unit: 'cents', basis: 'guide' },
  ];
}
