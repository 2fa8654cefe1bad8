/** Languages in which the helper speaks: the three of the city, and the other nine of the ten that many people in Hamburg speak. */
export interface HelperLanguage {
  readonly key: string;
  /** As its speakers write it. */
  readonly name: string;
  /** For the `lang` attribute. */
  readonly html: string;
  readonly direction: 'ltr' | 'rtl';
  /** `city`: the whole city speaks it; `helper`: this helper alone. */
  readonly spoken: 'city' | 'helper';
}

/**
 * Which ten besides German: by nationality and place of birth (Statistikamt Nord, middle of 2023, as the press quoted
 * it: Turkey, Ukraine, Afghanistan, Poland, Syria, Bulgaria …), with English, Russian, Romanian and Portuguese added.
 * Nobody counts languages, so choice and order are unverified.
 */
export const LANGUAGES = [
  { key: 'de', name: 'Deutsch', html: 'de', direction: 'ltr', spoken: 'city' },
  { key: 'leicht', name: 'Leichte Sprache', html: 'de', direction: 'ltr', spoken: 'city' },
  { key: 'en', name: 'English', html: 'en', direction: 'ltr', spoken: 'city' },
  { key: 'tr', name: 'Türkçe', html: 'tr', direction: 'ltr', spoken: 'helper' },
  { key: 'uk', name: 'Українська', html: 'uk', direction: 'ltr', spoken: 'helper' },
  { key: 'fa', name: 'فارسی / دری', html: 'fa', direction: 'rtl', spoken: 'helper' },
  { key: 'pl', name: 'Polski', html: 'pl', direction: 'ltr', spoken: 'helper' },
  { key: 'ar', name: 'العربية', html: 'ar', direction: 'rtl', spoken: 'helper' },
  { key: 'ru', name: 'Русский', html: 'ru', direction: 'ltr', spoken: 'helper' },
  { key: 'bg', name: 'Български', html: 'bg', direction: 'ltr', spoken: 'helper' },
  { key: 'ro', name: 'Română', html: 'ro', direction: 'ltr', spoken: 'helper' },
  { key: 'pt', name: 'Português', html: 'pt', direction: 'ltr', spoken: 'helper' },
] as const satisfies readonly HelperLanguage[];

export type HelperLang = (typeof LANGUAGES)[number]['key'];

/** The language by its key; `undefined`: the helper does not speak it. */
export const languageOf = (key: string): (HelperLanguage & { readonly key: HelperLang }) | undefined => LANGUAGES.find((one) => one.key === key);
