import type { FieldProblem } from '../../../kernel/problem.ts';
import { cleanLine, cleanText } from '../../../kernel/words.ts';
import { leichtProblem } from './leicht.ts';

export const LANGUAGES = ['de', 'en', 'leicht'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Words = Readonly<Record<Language, string>>;

/**
 * The kinds of blocks a landing page is built from. `legal` has no words of its own: what costs what, Fristen and
 * Rechtsbehelfe are told by the service alone. There is no video: nobody has captioned and signed it.
 */
export const BLOCK_KINDS = ['lead', 'text', 'steps', 'service', 'question', 'places', 'fact', 'legal', 'image'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

export const DRAWINGS = ['phone', 'card', 'people', 'house'] as const;
export type Drawing = (typeof DRAWINGS)[number];

/** Words a block may have: what they are called, and how long they may be. `lines`: one entry a line. */
export const WORD_LIMITS = { heading: 100, text: 1200, lines: 1200, label: 60, question: 150, answer: 800, alt: 200 } as const;
export type WordName = keyof typeof WORD_LIMITS;

/** What each kind has: words in three languages, and what is the same in all of them. */
export const BLOCK_PARTS: Readonly<
  Record<BlockKind, { readonly words: readonly WordName[]; readonly plain: readonly ('service' | 'source' | 'date' | 'picture')[] }>
> = {
  lead: { words: ['heading', 'text'], plain: [] },
  text: { words: ['heading', 'text'], plain: [] },
  steps: { words: ['heading', 'lines'], plain: [] },
  service: { words: ['label'], plain: ['service'] },
  question: { words: ['question', 'answer'], plain: [] },
  places: { words: ['heading', 'lines'], plain: [] },
  fact: { words: ['text'], plain: ['source', 'date'] },
  legal: { words: [], plain: ['service'] },
  image: { words: ['alt'], plain: ['picture'] },
};

export interface Block {
  /** Unique on its page, and the same in every version. */
  readonly id: string;
  readonly kind: BlockKind;
  readonly words: Readonly<Partial<Record<WordName, Words>>>;
  readonly service?: string;
  readonly source?: string;
  /** ISO day of the source. */
  readonly date?: string;
  /** Name of a drawing, or the SHA-256 of an uploaded picture. */
  readonly picture?: string;
}

/** Kinds whose words may be compared in variants. Facts, places, pictures and what is said of the law are the same for everybody. */
const VARIED: readonly BlockKind[] = ['lead', 'text', 'steps', 'service', 'question'];
export const mayVary = ({ kind }: Block): boolean => VARIED.includes(kind);

/** The same block with its words as they are kept. */
export function cleanBlock(block: Block): Block {
  const words = Object.fromEntries(
    BLOCK_PARTS[block.kind].words.map((name) => {
      const clean = name === 'text' || name === 'answer' || name === 'lines' ? cleanText : cleanLine;
      const typed = block.words[name];
      return [name, { de: clean(typed?.de ?? ''), en: clean(typed?.en ?? ''), leicht: clean(typed?.leicht ?? '') }];
    }),
  );
  const plain = Object.fromEntries(BLOCK_PARTS[block.kind].plain.map((name) => [name, (block[name] ?? '').trim()]));
  return { id: block.id, kind: block.kind, words, ...plain };
}

/** Entries of words that have one a line. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(cleanLine)
    .filter((line) => line !== '');

export interface BlockSurroundings {
  readonly hasService: (key: string) => boolean;
  readonly hasPicture: (sha256: string) => boolean;
  readonly today: Temporal.PlainDate;
}

const NAMES: Readonly<Record<Language, string>> = { de: 'auf Deutsch', en: 'auf Englisch', leicht: 'in Leichter Sprache' };
const VAGUE =
  /^(?:(?:bitte )?(?:hier|mehr|weiter|los|klick\w*|link|info\w*|details)|(?:click|here|more|read|go|continue|next))(?:\s+(?:hier|klicken|erfahren|lesen|infos?|here|more|on|now|it))*[.!›»>]*$/iu;
/**
 * Words that say what costs what, until when something must be done, or what somebody can do against a decision; also within
 * longer words, as German makes them.
 */
const LEGAL =
  /gebühr|(?<!\p{L})(?:un)?kosten|kostet(?!\p{L})|(?<!\p{L})gratis|bußgeld|rechtsbehelf|rechtsmittel|widerspruch|widersprech|widersprich|einspruch|(?<!\p{L})klagen?(?!\p{L})|klagefrist|(?:frist|fristen)(?!\p{L})|(?<!\p{L})frist|(?<!\p{L})(?:euros?|eur|cent|fees?|costs?|deadlines?|appeals?|objections?|lawsuits?|penalt(?:y|ies))(?!\p{L})|(?:free of|no) charge|[€£$]/iu;
/** As it is read: Leichte Sprache parts long words by hyphens and middle dots, and browsers at soft hyphens. */
const joined = (text: string): string => text.replaceAll(/(?<=\p{L})[\u00ad\u00b7\u2027\u2010\u2011\u200b-\u200d\u2060-](?=\p{L})/gu, '');

/** Everything that is wrong with a block, each at its field as the form calls it, e.g. `heading.de`. */
export function blockProblems(block: Block, around: BlockSurroundings): readonly FieldProblem[] {
  const parts = BLOCK_PARTS[block.kind];
  return [...parts.words.flatMap((name) => wordProblems(block, name)), ...plainProblems(block, around)];
}

function wordProblems(block: Block, name: WordName): FieldProblem[] {
  const words = block.words[name] ?? { de: '', en: '', leicht: '' };
  const problems = LANGUAGES.flatMap((lang): FieldProblem[] => {
    const message = textProblem(block.kind, name, words[lang], lang);
    return message === undefined ? [] : [{ field: `${name}.${lang}`, message }];
  });
  if (problems.length > 0 || name !== 'lines') return problems;
  const counts = LANGUAGES.map((lang) => linesOf(words[lang]).length);
  const odd = LANGUAGES.find((_, index) => counts[index] !== counts[0]);
  return odd === undefined
    ? []
    : [
        {
          field: `lines.${odd}`,
          message: `Auf Deutsch sind es ${counts[0]} Zeilen, ${NAMES[odd]} ${counts[LANGUAGES.indexOf(odd)]}. Schreiben Sie in jeder Sprache gleich viele.`,
        },
      ];
}

function textProblem(kind: BlockKind, name: WordName, text: string, lang: Language): string | undefined {
  if (text === '') return `Dieser Text fehlt ${NAMES[lang]}. Jeder Baustein steht in allen drei Sprachen.`;
  const limit = WORD_LIMITS[name];
  if (text.length > limit) return `Kürzen Sie den Text ${NAMES[lang]} auf höchstens ${limit} Zeichen. Jetzt sind es ${text.length}.`;
  if (LEGAL.test(text) || LEGAL.test(joined(text)))
    return 'Was etwas kostet, welche Frist gilt und wie man sich wehrt, steht nur bei der Leistung selbst. Nehmen Sie dafür den Baustein „Kosten und Rechte“, und streichen Sie es hier.';
  if (name === 'label' && (VAGUE.test(text) || !/\S\s+\S/.test(text)))
    return 'Der Text des Knopfes sagt, wohin er führt, in mindestens zwei Wörtern. „Hier klicken“ sagt es nicht. Schreiben Sie etwa „Hund anmelden“.';
  if (name === 'alt' && /^(?:bild|foto|grafik|image|picture|photo)\s+(?:von|of)\b|\.(?:jpe?g|png|svg)$/iu.test(text))
    return 'Beschreiben Sie, was das Bild zeigt. Dass es ein Bild ist, sagt der Browser selbst, und ein Dateiname hilft niemandem.';
  if (name === 'lines' && (linesOf(text).length < 2 || linesOf(text).length > 12)) return 'Schreiben Sie zwei bis zwölf Zeilen, eine für jeden Eintrag.';
  if (kind === 'fact' && /["„“”«»]/u.test(text))
    return 'Eine Tatsache steht ohne Zitat. Nehmen Sie die Anführungszeichen heraus, und sagen Sie es in eigenen Worten.';
  return lang === 'leicht' && name !== 'alt' ? leichtProblem(name === 'lines' ? linesOf(text) : [text]) : undefined;
}

function plainProblems(block: Block, around: BlockSurroundings): FieldProblem[] {
  return BLOCK_PARTS[block.kind].plain.flatMap((field): FieldProblem[] => {
    const message = plainProblem(block, field, around);
    return message === undefined ? [] : [{ field, message }];
  });
}

function plainProblem(block: Block, field: 'service' | 'source' | 'date' | 'picture', around: BlockSurroundings): string | undefined {
  const value = block[field] ?? '';
  switch (field) {
    case 'service':
      return around.hasService(value) ? undefined : 'Wählen Sie eine Leistung aus der Liste.';
    case 'source':
      if (value === '') return 'Nennen Sie die Quelle: wer es gesagt hat, und wo.';
      return value.length > 300 ? 'Kürzen Sie die Quelle auf höchstens 300 Zeichen.' : undefined;
    case 'date':
      return dateProblem(value, around.today);
    case 'picture':
      return DRAWINGS.some((one) => one === value) || around.hasPicture(value)
        ? undefined
        : 'Wählen Sie eine Zeichnung, oder laden Sie ein Bild hoch (JPEG oder PNG, höchstens 2 MB).';
  }
}

function dateProblem(value: string, today: Temporal.PlainDate): string | undefined {
  try {
    const day = Temporal.PlainDate.from(value, { overflow: 'reject' });
    return Temporal.PlainDate.compare(day, today) > 0 ? 'Dieser Tag kommt erst noch. Nennen Sie den Tag der Quelle.' : undefined;
  } catch {
    return 'Schreiben Sie den Tag der Quelle so: 24.11.2026.';
  }
}
