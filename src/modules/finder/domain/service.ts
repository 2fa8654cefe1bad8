export const LANGS = ['de', 'en', 'leicht'] as const;
export type Lang = (typeof LANGS)[number];
export type Words = Readonly<Record<Lang, string>>;

/** What the finder knows of a Leistung: the texts of its package that people read, and nothing else. */
export interface FinderService {
  readonly key: string;
  readonly name: Words;
  readonly summary: Words;
  readonly description: Words;
  readonly needs: readonly Words[];
  readonly situations: readonly string[];
  /** The authority begins it; nobody applies. */
  readonly byAuthority: boolean;
}

/** How words are taken apart and compared; the catalogue brings both. */
export interface WordTools {
  /** The words of a text that carry a subject, spelt alike. */
  readonly contentWords: (text: string) => string[];
  /** How nearly two such words mean the same, 0 to 1. */
  readonly relation: (asked: string, known: string) => number;
}

export const FIELDS = ['name', 'summary', 'description', 'needs', 'situations'] as const;
export type Field = (typeof FIELDS)[number];

/** A sentence of a package as it stands there. */
export interface ServicePassage {
  readonly field: Field;
  readonly quote: string;
}

const SENTENCE = /[^.!?;]+(?:[.!?;]+(?=\s|$)|$)|[^]+?$/g;

/** The sentences of a text, verbatim. */
export const sentencesOf = (text: string): string[] => (text.match(SENTENCE) ?? []).map((one) => one.trim()).filter((one) => one !== '');

/** Every sentence of a package in this language; situations stand in whichever they were written in. */
export function passagesOf(service: FinderService, lang: Lang): ServicePassage[] {
  const from = (field: Field, texts: readonly string[]): ServicePassage[] => texts.flatMap(sentencesOf).map((quote) => ({ field, quote }));
  return [
    ...from('summary', [service.summary[lang]]),
    ...from('description', [service.description[lang]]),
    ...from(
      'needs',
      service.needs.map((need) => need[lang]),
    ),
    ...service.situations.map((quote): ServicePassage => ({ field: 'situations', quote })),
    { field: 'name', quote: service.name[lang] },
  ];
}
