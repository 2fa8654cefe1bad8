import type { ModelOrigin } from '../../../kernel/language-model.ts';

/**
 * What is proposed: what an Antrag lacks, what contradicts itself, similar closed cases, a synopsis of statements,
 * sentences for a Nachforderung or a Begründung, an explanation of a Bescheid.
 */
export const KINDS = ['fehlt', 'widersprueche', 'aehnliche', 'synopse', 'nachforderung', 'begruendung', 'erklaerung'] as const;
export type ProposalKind = (typeof KINDS)[number];

/** What a sentence rests on. `quote` is verbatim. */
export type Source =
  | {
      readonly kind: 'document';
      readonly title: string;
      readonly sha256: string;
      readonly page: number;
      readonly start: number;
      readonly end: number;
      readonly quote: string;
    }
  | { readonly kind: 'answer'; readonly label: string; readonly quote: string }
  | { readonly kind: 'package'; readonly rule: string; readonly quote: string }
  | { readonly kind: 'rule'; readonly decision: string; readonly row: number; readonly quote: string }
  | { readonly kind: 'statement'; readonly number: string; readonly from: string; readonly quote: string }
  | { readonly kind: 'case'; readonly caseId: string; readonly fileNumber: string; readonly quote: string }
  | { readonly kind: 'decision'; readonly quote: string };

/** One sentence or finding, with what it rests on. It is settled alone. */
export interface Item {
  readonly text: string;
  readonly sources: readonly Source[];
  /** Never in a model's words: frame sentences, what was decided, the remedy. */
  readonly fixed?: true;
}

/** What was made, before anybody looked. */
export interface Made {
  readonly items: readonly Item[];
  /** What the reader should know of it, e.g. which file could not be read. */
  readonly notes: readonly string[];
  /** Absent: made without a model. */
  readonly origin?: ModelOrigin;
}

/** What a person made of one item. `changed` keeps both texts. */
export type Settled = { readonly outcome: 'accepted' } | { readonly outcome: 'changed'; readonly text: string } | { readonly outcome: 'refused' };

export interface Proposal extends Made {
  readonly id: string;
  readonly caseId: string;
  readonly kind: ProposalKind;
  readonly madeAt: Temporal.Instant;
  /** `actorRef` notation. */
  readonly madeBy: string;
  /** The decision that an explanation explains. */
  readonly decisionId?: string;
  /** One for each item, once a person has settled them. */
  readonly settled?: readonly Settled[];
  readonly settledAt?: Temporal.Instant;
  readonly settledBy?: string;
}

/** What the person kept, in order. Empty while nobody has settled anything. */
export function keptTexts({ items, settled = [] }: Pick<Proposal, 'items' | 'settled'>): string[] {
  return settled.flatMap((one, index) => (one.outcome === 'refused' ? [] : [one.outcome === 'changed' ? one.text : items[index]!.text]));
}

/** What was posted for an item becomes an outcome: the same words are accepted, an empty text is refused. */
export function settledBy(item: Item, { keep, text }: { readonly keep: boolean; readonly text: string }): Settled {
  const typed = text.replaceAll('\r\n', '\n').trim();
  if (!keep || typed === '') return { outcome: 'refused' };
  return typed === item.text.trim() ? { outcome: 'accepted' } : { outcome: 'changed', text: typed };
}
