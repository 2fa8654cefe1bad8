import { inLanguage, type Lang } from './lang.ts';
import { dayInWords, momentInWords } from './time.ts';

/** A mail as text: a link or a day, and nothing of a case. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly lang: Lang;
}

/** Who gets a mail, and in which language. */
export interface Addressee {
  readonly to: string;
  readonly lang: Lang;
  /** The city's own address, without a slash at its end. */
  readonly publicUrl: string;
}

const GREETING: Readonly<Record<Lang, string>> = { de: 'Guten Tag,', en: 'Hello,', leicht: 'Guten Tag,' };

/** What every mail of the city ends with. */
const CLOSING: Readonly<Record<Lang, string>> = {
  de: 'Diese Mail hat Kontor selbst geschrieben. Bitte antworten Sie nicht darauf.',
  en: 'Kontor wrote this mail by itself. Please do not reply to it.',
  leicht: 'Diese Mail hat ein Computer geschrieben.\nBitte antworten Sie nicht auf diese Mail.',
};

const letter = (to: string, lang: Lang, [subject, ...paragraphs]: Written): OutgoingMail => ({
  to,
  subject,
  text: [GREETING[lang], ...paragraphs, CLOSING[lang]].join('\n\n'),
  lang,
});

type Written = readonly [subject: string, ...paragraphs: string[]];

/** Days and moments reach the words as the mail's language says them. */
type Said<F extends readonly unknown[]> = { [K in keyof F]: F[K] extends Temporal.PlainDate | Temporal.Instant ? string : F[K] };

/**
 * One mail of the city in its three languages: subject and paragraphs, none of which names the person. In Leichte Sprache
 * each sentence has a line of its own.
 * @param words get `go`, which makes the address of a path of ours: the page opens in the language of the mail
 */
export const defineMail =
  <F extends readonly unknown[] = []>(words: Readonly<Record<Lang, (go: (path: string) => string, ...facts: Said<F>) => Written>>) =>
  ({ to, lang, publicUrl }: Addressee, ...facts: F): OutgoingMail => {
    const go = (path: string): string => inLanguage(`${publicUrl}${path}`, lang);
    return letter(to, lang, words[lang](go, ...(facts.map((fact) => said(lang, fact)) as Said<F>)));
  };

function said(lang: Lang, fact: unknown): unknown {
  if (fact instanceof Temporal.PlainDate) return dayInWords(lang, fact);
  return fact instanceof Temporal.Instant ? momentInWords(lang, fact) : fact;
}

/** A mail to employees and consulted bodies: the language of the authority is German (§ 23(1) VwVfG), and so are their pages. */
export const officialMail = (to: string, ...written: Written): OutgoingMail => letter(to, 'de', written);
