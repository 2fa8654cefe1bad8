import type { CatalogueEntry, EntryFee, EntryWords } from './catalogue-entry.ts';

type Lang = keyof EntryWords;

const UNITS = {
  de: { days: ['Tag', 'Tage'], weeks: ['Woche', 'Wochen'], months: ['Monat', 'Monate'] },
  en: { days: ['day', 'days'], weeks: ['week', 'weeks'], months: ['month', 'months'] },
  leicht: { days: ['Tag', 'Tage'], weeks: ['Woche', 'Wochen'], months: ['Monat', 'Monate'] },
} as const;

const span = (length: number, unit: keyof (typeof UNITS)['de'], lang: Lang): string => `${length} ${UNITS[lang][unit][length === 1 ? 0 : 1]}`;

const inAll = (say: (lang: Lang) => string): EntryWords => ({ de: say('de'), en: say('en'), leicht: say('leicht') });

/** Euros with two decimals, `1.234,00`: one spelling in all languages, so that readers find the amount again. */
export function euros(cents: number): string {
  const whole = String(Math.floor(cents / 100)).replaceAll(/\B(?=(\d{3})+$)/g, '.');
  return `${whole},${String(cents % 100).padStart(2, '0')}`;
}

const FEE = {
  de: { to: 'bis', from: 'gültig ab', until: 'bis' },
  en: { to: 'to', from: 'valid from', until: 'to' },
  leicht: { to: 'bis', from: 'gültig ab', until: 'bis' },
} as const;

/** One line a fee: what for, how much, from when, by which law. */
export function feeLine({ label, minCents, maxCents, validFrom, validTo, legalBasis }: EntryFee, lang: Lang): string {
  const words = FEE[lang];
  const amount = minCents === maxCents ? euros(minCents) : `${euros(minCents)} ${words.to} ${euros(maxCents)}`;
  const days = `${words.from} ${validFrom}${validTo === undefined ? '' : ` ${words.until} ${validTo}`}`;
  return `${label[lang]}: ${amount} Euro, ${days} (${legalBasis})`;
}

/** One item for each fee. */
export const feeWords = ({ fees }: CatalogueEntry): EntryWords => inAll((lang) => htmlList(fees.map((fee) => feeLine(fee, lang))));

/** The period within which the law wants a decision; nothing where it names none. */
export function decisionWords({ process: { decisionPeriod } }: CatalogueEntry): EntryWords | undefined {
  if (decisionPeriod === undefined) return undefined;
  const { length, unit, legalBasis } = decisionPeriod;
  const label = { de: 'Frist für die Entscheidung', en: 'Time for the decision', leicht: 'So lange hat das Amt Zeit' };
  return inAll((lang) => html(`${label[lang]}: ${span(length, unit, lang)} (${legalBasis})`));
}

/** How long it usually takes; nothing where the authority promises nothing. */
export function durationWords({ promisedWeeks }: CatalogueEntry): EntryWords | undefined {
  if (promisedWeeks === undefined) return undefined;
  const label = { de: 'Übliche Dauer', en: 'Usual duration', leicht: 'So lange dauert es meistens' };
  return inAll((lang) => `${label[lang]}: ${span(promisedWeeks, 'weeks', lang)}`);
}

export const needsWords = ({ needs }: CatalogueEntry): EntryWords => inAll((lang) => htmlList(needs.map((need) => need[lang])));

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Texts of a Leistung are HTML inside of XML: their signs are escaped for both. */
export const html = (text: string): string => text.replaceAll(/[&<>]/g, (sign) => SIGNS[sign]!);

export const htmlWords = (words: EntryWords): EntryWords => inAll((lang) => html(words[lang]));

/** A list as readers of the catalogues show it. */
export const htmlList = (items: readonly string[]): string => (items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${html(item)}</li>`).join('')}</ul>`);
