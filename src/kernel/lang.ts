/** `leicht` is German in Leichte Sprache (DIN SPEC 33429). */
export type Lang = 'de' | 'en' | 'leicht';

/** For `Intl`. */
export const LOCALE: Readonly<Record<Lang, string>> = { de: 'de-DE', en: 'en-GB', leicht: 'de-DE' };
