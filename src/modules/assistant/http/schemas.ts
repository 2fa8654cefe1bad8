import { STAFF_ROLES } from '../../../kernel/actor.ts';
import { z } from 'zod';
import { sha256Hex } from '../../../kernel/token.ts';
import type { ShownResult } from '../application/results.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { AssistantResult } from '../domain/result.ts';
import type { Excerpt } from '../domain/source.ts';

export const TAG = 'Assistent';
/** Everybody who works for the city. */
export const STAFF = STAFF_ROLES;

/** Longest texts that a form or a program may send. */
export const LONGEST = { text: 200_000, extra: 2000, line: 300, points: 20_000, turn: 20_000, prompt: 8000, persons: 5000 } as const;

const ids = z.array(z.uuid()).max(20).default([]);
const model = z.string().max(100).default('').describe('Schlüssel eines Modells; leer: ohne Modell.');
const dataClass = z.enum(['public', 'internal', 'personal']).default('internal').describe('Wie schützenswert der Text ist.');
const text = (longest: number) => z.string().max(longest, `Kürzen Sie den Text auf höchstens ${longest} Zeichen.`).default('');

const persons = z.string().max(LONGEST.persons).default('').describe('Namen von Personen, die im Text vorkommen, einer je Zeile.');

export const entranceSchema = z.enum(['summary', 'writing', 'research', 'turn']);

export const summaryBody = z.object({
  ...{ model, dataClass, persons, documents: ids },
  length: z.enum(['short', 'medium', 'long']).default('medium'),
  style: z.enum(['prose', 'bullets']).default('prose'),
  audience: z.enum(['colleagues', 'leadership', 'citizens']).default('colleagues'),
  text: text(LONGEST.text),
  extra: text(LONGEST.extra),
});

export const writingBody = z.object({
  ...{ model, dataClass, persons },
  kind: z.enum(['letter', 'note', 'mail', 'notice']).default('letter'),
  subject: text(LONGEST.line),
  addressee: text(1000),
  salutation: z.enum(['everybody', 'frau', 'herr', 'name', 'neutral', 'none']).default('everybody'),
  name: text(LONGEST.line),
  points: text(LONGEST.points),
  tone: z.enum(['formal', 'plain', 'leicht']).default('formal'),
  blocks: z.array(z.string().max(60)).max(20).default([]),
  signature: text(LONGEST.line),
  fileNumber: text(80),
  extra: text(LONGEST.extra),
});

export const researchBody = z.object({ ...{ model, dataClass, persons, documents: ids, collections: ids }, question: text(LONGEST.extra) });

export const turnBody = z.object({ ...{ model, dataClass, persons }, text: text(LONGEST.turn) });

export const promptBody = z.object({
  entrance: entranceSchema,
  visibility: z.enum(['me', 'authority', 'city']),
  authority: z.string().max(100).nullable().default(null),
  title: z.string().max(LONGEST.line),
  text: z.string().max(LONGEST.prompt),
});

export const blockBody = z.object({
  key: z.string().max(60),
  kind: z.enum(['opening', 'request', 'reason', 'information', 'closing']),
  service: z.string().max(100).nullable().default(null),
  tone: z.enum(['formal', 'plain', 'leicht']),
  title: z.string().max(LONGEST.line),
  text: z.string().max(LONGEST.prompt),
});

const source = z.object({ documentId: z.string().optional(), title: z.string(), sha256: z.string() });
const excerpt = source.extend({ page: z.number(), start: z.number(), end: z.number(), quote: z.string() });

export const resultView = z.object({
  id: z.string(),
  entrance: entranceSchema,
  conversationId: z.string().nullable(),
  state: z.enum(['running', 'done', 'stopped', 'broken', 'length', 'refused']),
  title: z.string(),
  text: z.string(),
  textSha256: z.string(),
  made: z.enum(['model', 'extract', 'template']),
  aiGenerated: z.boolean(),
  label: z.array(z.string()).describe('Was neben dem Text stehen muss, wo immer er gezeigt wird.'),
  model: z.string().nullable(),
  prompt: z.string().nullable(),
  sentences: z.array(z.object({ text: z.string(), excerpts: z.array(excerpt) })),
  sources: z.array(source),
  checkedFigures: z.number().nullable(),
  missingFigures: z.array(z.object({ kind: z.string(), start: z.number(), end: z.number(), text: z.string() })).describe('Steht so nicht in den Quellen.'),
  droppedStatements: z.number().describe('Aussagen des Modells ohne wörtliche Stelle, die weggelassen sind.'),
  notFound: z.boolean(),
  open: z.array(z.string()),
  refusal: z.string().nullable(),
  dataClass: z.string(),
  edited: z.boolean(),
  confirmedBy: z.string().nullable(),
  createdAt: z.string(),
  keptUntil: z.string(),
});

function presentExcerpt(one: Excerpt): z.output<typeof excerpt> {
  const { before: _, after: __, ...kept } = one;
  return kept;
}

/** A result as programs read it. */
export function presentResult({ result, label, keptUntil }: ShownResult): z.output<typeof resultView> {
  const { body, origin } = result;
  const { id, entrance, conversationId, state, title, text: words, made, dataClass: protection, edited, confirmedBy } = result;
  return {
    ...{ id, entrance, conversationId, state, title, text: words, made, dataClass: protection, edited, confirmedBy },
    textSha256: sha256Hex(words),
    aiGenerated: made === 'model',
    label: [...label.lines],
    model: origin?.model ?? null,
    prompt: origin === null ? null : `${origin.promptId}@${origin.promptVersion}`,
    sentences: (body.sentences ?? []).map((one) => ({
      text: one.text,
      excerpts: one.excerpts.map(presentExcerpt),
    })),
    sources: result.sources.map((one) => ({ ...one })),
    checkedFigures: body.checked ?? null,
    missingFigures: (body.missing ?? []).map((one) => ({ ...one })),
    droppedStatements: body.dropped ?? 0,
    notFound: body.notFound === true,
    open: [...(body.open ?? [])],
    refusal: body.refusal ?? null,
    createdAt: result.createdAt.toString(),
    keptUntil: keptUntil.toString(),
  };
}

export const listedView = resultView.pick({ id: true, entrance: true, state: true, title: true, made: true, createdAt: true });
export const presentListed = ({ id, entrance, state, title, made, createdAt }: AssistantResult): z.output<typeof listedView> => ({
  ...{ id, entrance, state, title, made },
  createdAt: createdAt.toString(),
});

export const conversationView = z.object({ id: z.string(), title: z.string(), createdAt: z.string(), changedAt: z.string() });
export const presentConversation = ({ id, title, createdAt, changedAt }: Conversation): z.output<typeof conversationView> => ({
  ...{ id, title },
  createdAt: createdAt.toString(),
  changedAt: changedAt.toString(),
});
