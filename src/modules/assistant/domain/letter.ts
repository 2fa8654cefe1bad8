import type { TextBlock, Tone } from './text-block.ts';

export const WRITINGS = ['letter', 'note', 'mail', 'notice'] as const;
/** Letter, Vermerk, mail, notice on a board or page. */
export type WritingKind = (typeof WRITINGS)[number];

export const SALUTATIONS = ['everybody', 'frau', 'herr', 'name', 'neutral', 'none'] as const;
/** `name`: both names and no title, for who wants neither Frau nor Herr, or where nobody knows. */
export type Salutation = (typeof SALUTATIONS)[number];

export interface WritingWish {
  readonly kind: WritingKind;
  readonly subject: string;
  /** Name and address as lines. */
  readonly addressee: string;
  readonly salutation: Salutation;
  /** Name as it stands in the salutation, with degrees: `Dr. Yıldız`, `Kim Petersen`. */
  readonly name: string;
  /** One thought a line. */
  readonly points: string;
  readonly tone: Tone;
  /** Keys of blocks of the text library, in their order. */
  readonly blocks: readonly string[];
  /** Name under the text. */
  readonly signature: string;
  readonly fileNumber: string;
}

export interface Composed {
  readonly text: string;
  /** What is left to be filled in by hand. */
  readonly open: readonly string[];
}

const CLOSINGS: Readonly<Record<Tone, string>> = { formal: 'Mit freundlichen Grüßen', plain: 'Freundliche Grüße', leicht: 'Viele Grüße' };

/** The line that greets; rules of politeness, not of law. */
export function salutationOf({ salutation, name, tone }: Pick<WritingWish, 'salutation' | 'name' | 'tone'>): string {
  const known = name.trim().replaceAll(/\s+/g, ' ');
  const begin = tone === 'formal' ? 'Sehr geehrte' : 'Guten Tag';
  switch (salutation) {
    case 'none':
      return '';
    case 'everybody':
      return tone === 'formal' ? 'Sehr geehrte Damen und Herren,' : 'Guten Tag,';
    case 'frau':
      return known === '' ? 'Guten Tag,' : `${begin} Frau ${known},`;
    case 'herr':
      return known === '' ? 'Guten Tag,' : `${tone === 'formal' ? 'Sehr geehrter' : begin} Herr ${known},`;
    case 'name':
      return known === '' ? 'Guten Tag,' : `Guten Tag ${known},`;
    case 'neutral':
      return 'Guten Tag,';
  }
}

/** A line of key points as a sentence: capital first, a mark last. What stands in it stays as it is. */
export function sentenceOf(point: string): string {
  const bare = point.replace(/^\s*(?:[-–•*]|\d{1,2}[.)])\s*/, '').trim();
  if (bare === '') return '';
  const capital = bare[0]!.toUpperCase() + bare.slice(1);
  return /[.!?:]["“»)]?$/.test(capital) ? capital : `${capital}.`;
}

/**
 * A text from templates: nothing is invented, every sentence is the person's own or one of the city's blocks. Slots that
 * nobody filled stay visible as `[Bitte ergänzen: …]`.
 */
export function composeWriting(wish: WritingWish, blocks: readonly TextBlock[], today: string): Composed {
  const points = wish.points
    .split('\n')
    .map(sentenceOf)
    .filter((line) => line !== '');
  const chosen = wish.blocks.flatMap((key) => blocks.filter((block) => block.key === key));
  const filled = chosen.map(({ text }) => fillSlots(text, wish, today));
  const body = [...paragraphs(points, wish.tone), ...filled];
  const text = frame(wish, body, today);
  return { text, open: [...new Set([...text.matchAll(/\[Bitte ergänzen: ([^\]]{1,80})\]/g)].map(([, what]) => what!))] };
}

/** Leichte Sprache has a line for each sentence; else thoughts stand in one paragraph while they are few. */
function paragraphs(points: readonly string[], tone: Tone): readonly string[] {
  if (tone === 'leicht') return points.length === 0 ? [] : [points.flatMap((point) => point.split(/(?<=[.!?])\s+(?=\p{Lu})/u)).join('\n')];
  const most = 3;
  return Array.from({ length: Math.ceil(points.length / most) }, (_, index) => points.slice(index * most, (index + 1) * most).join(' '));
}

const ask = (what: string): string => `[Bitte ergänzen: ${what}]`;
const or = (value: string, what: string): string => (value.trim() === '' ? ask(what) : value.trim());

function frame(wish: WritingWish, body: readonly string[], today: string): string {
  const closing = [CLOSINGS[wish.tone], or(wish.signature, 'Name und Stelle')].join('\n');
  const subject = or(wish.subject, 'Betreff');
  const about = wish.fileNumber.trim() === '' ? [] : [`Aktenzeichen: ${wish.fileNumber.trim()}`];
  const content = body.length === 0 ? [ask('Inhalt')] : body;
  const greeting = salutationOf(wish);
  const greeted = greeting === '' ? content : [greeting, ...content];
  switch (wish.kind) {
    case 'letter':
      return [or(wish.addressee, 'Anschrift'), [`Datum: ${today}`, ...about].join('\n'), subject, ...greeted, closing].join('\n\n');
    case 'mail':
      return [`Betreff: ${subject}${about.length === 0 ? '' : ` (${about[0]})`}`, ...greeted, closing].join('\n\n');
    case 'note':
      return ['Vermerk', [`Betreff: ${subject}`, ...about, `Datum: ${today}`].join('\n'), ...numbered(content), or(wish.signature, 'Name und Stelle')].join(
        '\n\n',
      );
    case 'notice':
      return [subject, ...content, `${or(wish.signature, 'Stelle')}, ${today}`].join('\n\n');
  }
}

const numbered = (content: readonly string[]): readonly string[] => content.map((part, index) => `${index + 1}. ${part}`);

function fillSlots(text: string, wish: WritingWish, today: string): string {
  const values: Readonly<Record<string, string>> = {
    Aktenzeichen: wish.fileNumber,
    Datum: today,
    Betreff: wish.subject,
    Name: wish.name,
    Stelle: wish.signature,
  };
  return text.replaceAll(/\{\{\s*([^{}]{1,60}?)\s*\}\}/g, (_, slot: string) => or(values[slot] ?? '', slot));
}
