import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Lang as Language } from '../../kernel/lang.ts';

/** Escaped markup. Build it only with the `html` tag; `raw` only for our own constants (SVG). */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
export { html, raw };

/** The languages of every page. */
export type Lang = Language;
export const LANGS: readonly Lang[] = ['de', 'en', 'leicht'];

/** A text in all three languages, as service packages carry it. */
export type LangText = Readonly<Record<Lang, string>>;

/** Each in its own words. */
export const LANG_NAMES: LangText = { de: 'Deutsch', en: 'English', leicht: 'Leichte Sprache' };

/** The value of the HTML `lang` attribute and of `Content-Language`. Leichte Sprache is German. */
export const htmlLang = (lang: Lang): string => (lang === 'en' ? 'en' : 'de');

/**
 * A module's catalogue of texts: German sets the shape, English and Leichte Sprache must match it
 * (TypeScript refuses a missing key). Values are strings or functions returning strings.
 */
export function defineTexts<T extends Record<string, string | ((...args: never[]) => string)>>(catalogue: {
  de: T;
  en: { [K in keyof T]: T[K] extends string ? string : T[K] };
  leicht: { [K in keyof T]: T[K] extends string ? string : T[K] };
}): (lang: Lang) => { [K in keyof T]: T[K] extends string ? string : T[K] } {
  return (lang) => catalogue[lang] as { [K in keyof T]: T[K] extends string ? string : T[K] };
}
