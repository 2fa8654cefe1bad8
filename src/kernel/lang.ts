/** `leicht` is German in Leichte Sprache (DIN SPEC 33429). */
export type Lang = 'de' | 'en' | 'leicht';

/** An address of ours that opens in a language. */
export const inLanguage = (address: string, lang: Lang): string => `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`;

/** For `Intl`. */
export const LOCALE: Readonly<Record<Lang, string>> = { de: 'de-DE', en: 'en-GB', leicht: 'de-DE' };
