import type { HelperLang } from './languages.ts';
import { AR } from './words-ar.ts';
import { BG } from './words-bg.ts';
import { DE } from './words-de.ts';
import { EN } from './words-en.ts';
import { FA } from './words-fa.ts';
import { LEICHT } from './words-leicht.ts';
import { PL } from './words-pl.ts';
import { PT } from './words-pt.ts';
import { RO } from './words-ro.ts';
import { RU } from './words-ru.ts';
import { TR } from './words-tr.ts';
import { UK } from './words-uk.ts';
import type { HelperWords } from './words.ts';

/** Every text of the helper in every language it speaks. */
export const WORDS: Readonly<Record<HelperLang, HelperWords>> = {
  de: DE,
  leicht: LEICHT,
  en: EN,
  tr: TR,
  uk: UK,
  fa: FA,
  pl: PL,
  ar: AR,
  ru: RU,
  bg: BG,
  ro: RO,
  pt: PT,
};

/** Puts values into the braces of a text. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (braces, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : braces));
}
