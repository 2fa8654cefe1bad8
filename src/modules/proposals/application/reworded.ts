import type { Actor } from '../../../kernel/actor.ts';
import type { KnownParty, ModelOrder, ObjectShape } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import type { Item, Made } from '../domain/proposal.ts';
import type { ProposalsContext } from './context.ts';

/** Kinds whose sentences a model may put into other words. The rest is found by rules alone. */
export const REWORDED = ['nachforderung', 'begruendung', 'erklaerung'] as const;
export type RewordedKind = (typeof REWORDED)[number];

export const PROMPT_VERSION = '1';

const INSTRUCTIONS: Readonly<Record<RewordedKind, string>> = {
  nachforderung:
    'Formuliere aus den nummerierten Sätzen ein höfliches Schreiben, das um fehlende Angaben bittet. Kurze Sätze, kein Amtsdeutsch. Füge nichts hinzu und lass nichts weg.',
  begruendung: 'Formuliere aus den nummerierten Sätzen eine sachliche Begründung. Füge keine Tatsache, keinen Paragrafen und kein Ergebnis hinzu.',
  erklaerung: 'Erkläre die nummerierten Sätze eines Bescheids in einfacher Sprache. Kurze Sätze, keine Fachwörter. Füge nichts hinzu.',
};

interface Reworded {
  readonly sentences: readonly { readonly text: string; readonly from: readonly number[] }[];
}

const MOST_SENTENCES = 60;
const LONGEST = 1200;

export const REWORDED_SHAPE: ObjectShape<Reworded> = {
  jsonSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['sentences'],
    properties: {
      sentences: {
        type: 'array',
        maxItems: MOST_SENTENCES,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['text', 'from'],
          properties: { text: { type: 'string', maxLength: LONGEST }, from: { type: 'array', items: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
  parse(value) {
    if (typeof value !== 'object' || value === null || !('sentences' in value) || !Array.isArray(value.sentences)) return undefined;
    const sentences = value.sentences.slice(0, MOST_SENTENCES).map((one: unknown) => {
      if (typeof one !== 'object' || one === null || !('text' in one) || !('from' in one)) return undefined;
      if (typeof one.text !== 'string' || one.text.length > LONGEST || !Array.isArray(one.from)) return undefined;
      return one.from.every((index) => Number.isInteger(index)) ? { text: one.text.trim(), from: one.from as number[] } : undefined;
    });
    return sentences.every((one) => one !== undefined) ? { sentences } : undefined;
  },
};

/**
 * The same items in a model's words; fixed ones stay as they are. Each sentence says from which items it comes; one that
 * names none, or has a number, day, paragraph or amount that these do not have, is dropped, what the model left out
 * follows in its old words, and the notes say how many.
 */
export async function reworded(
  ctx: ProposalsContext,
  actor: Actor,
  made: Made,
  about: { readonly kind: RewordedKind; readonly caseId: string; readonly model: string; readonly parties: readonly KnownParty[] },
): Promise<Result<Made, Problem>> {
  const free = made.items.filter(({ fixed }) => fixed === undefined);
  if (free.length === 0) return ok(made);
  const order: ModelOrder = {
    use: about.kind,
    prompt: { id: `proposals.${about.kind}`, version: PROMPT_VERSION },
    instruction: `${INSTRUCTIONS[about.kind]} Nenne zu jedem Satz in "from" die Nummern der Sätze, aus denen er kommt.`,
    data: free.map(({ text }, index) => ({ label: String(index + 1), text })),
    dataClass: 'personal',
    parties: about.parties,
    maxTokens: 2000,
    subject: `case:${about.caseId}`,
    model: about.model,
  };
  const answered = await ctx.models.object(actor, order, REWORDED_SHAPE);
  if (!answered.ok) return refuse(answered.problem);
  const { value, origin } = answered.value;
  const kept = value.sentences.flatMap((sentence) => keptItem(ctx, free, sentence));
  const cited = new Set(kept.flatMap(({ from }) => from));
  const left = free.filter((_, index) => !cited.has(index + 1));
  const notes = [
    ...said(
      value.sentences.length - kept.length,
      'Ein Satz des Modells war nicht belegt und fehlt hier.',
      (n) => `${n} Sätze des Modells waren nicht belegt und fehlen hier.`,
    ),
    ...said(
      left.length,
      'Einen Satz hat das Modell ausgelassen; er steht hier im alten Wortlaut.',
      (n) => `${n} Sätze hat das Modell ausgelassen; sie stehen hier im alten Wortlaut.`,
    ),
  ];
  const end = made.items.findLastIndex(({ fixed }) => fixed === undefined) + 1;
  const begin = made.items.findIndex(({ fixed }) => fixed === undefined);
  const items = [...made.items.slice(0, begin), ...kept.map(({ item }) => item), ...left, ...made.items.slice(end)];
  return ok({ items, notes: [...made.notes, ...notes], origin });
}

const said = (count: number, one: string, many: (count: number) => string): string[] => (count === 0 ? [] : [count === 1 ? one : many(count)]);

function keptItem(
  { unknownFacts }: ProposalsContext,
  items: readonly Item[],
  { text, from }: Reworded['sentences'][number],
): { readonly item: Item; readonly from: readonly number[] }[] {
  const origins = [...new Set(from)].map((index) => items[index - 1]);
  if (text === '' || origins.length === 0 || origins.some((one) => one === undefined)) return [];
  const known = origins.flatMap((one) => [one!.text, ...one!.sources.map(({ quote }) => quote)]).join('\n');
  return unknownFacts(text, known).length > 0 ? [] : [{ item: { text, sources: origins.flatMap((one) => one!.sources) }, from }];
}
