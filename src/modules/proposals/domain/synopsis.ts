import type { CaseStatement } from './assisted-case.ts';
import type { Item, Made } from './proposal.ts';

export interface SentenceTools {
  /** UTF-16 spans of the sentences. */
  readonly sentencesOf: (text: string) => readonly { readonly start: number; readonly end: number }[];
  readonly tokensOf: (text: string) => readonly number[];
}

interface Said {
  readonly statement: CaseStatement;
  readonly quote: string;
  readonly tokens: ReadonlySet<number>;
}

/** Sentences that share so much of their 4-grams speak of the same thing (cosine of sets). */
const ALIKE = 0.35;
const SHORTEST = 25;
const MOST_SENTENCES = 4000;

/**
 * A synopsis of statements: sentences of several that speak of the same thing stand together under the one that is
 * most like the others, with who said it; what one alone says follows. Every word is the statements' own.
 */
export function synopsisOf(statements: readonly CaseStatement[], tools: SentenceTools): Made {
  const all = statements.flatMap((statement) => sentences(statement, tools));
  const said = all.slice(0, MOST_SENTENCES);
  const groups: Said[][] = [];
  for (const one of said) {
    const near = groups
      .map((group) => ({ group, likeness: Math.max(...group.map((other) => likeness(one, other))) }))
      .toSorted((a, b) => b.likeness - a.likeness)[0];
    if (near !== undefined && near.likeness >= ALIKE) near.group.push(one);
    else groups.push([one]);
  }
  const items = groups
    .map((group) => ({ group, voices: new Set(group.map(({ statement }) => statement.number)).size }))
    .toSorted((a, b) => b.voices - a.voices)
    .map(({ group }) => itemOf(group));
  const cut = all.length > said.length ? [`Gelesen sind die ersten ${MOST_SENTENCES} von ${all.length} Sätzen.`] : [];
  return { items, notes: cut };
}

function sentences(statement: CaseStatement, { sentencesOf, tokensOf }: SentenceTools): Said[] {
  return sentencesOf(statement.text)
    .map(({ start, end }) => statement.text.slice(start, end))
    .filter((quote) => quote.length >= SHORTEST)
    .map((quote) => ({ statement, quote, tokens: new Set(tokensOf(quote)) }));
}

function likeness(a: Said, b: Said): number {
  if (a.tokens.size === 0 || b.tokens.size === 0) return 0;
  const [small, large] = a.tokens.size < b.tokens.size ? [a.tokens, b.tokens] : [b.tokens, a.tokens];
  let shared = 0;
  for (const token of small) if (large.has(token)) shared++;
  return shared / Math.sqrt(a.tokens.size * b.tokens.size);
}

function itemOf(group: readonly Said[]): Item {
  const central = group.map((one) => ({ one, sum: group.reduce((sum, other) => sum + likeness(one, other), 0) })).toSorted((a, b) => b.sum - a.sum)[0]!.one;
  const sources = group.map(({ statement, quote }) => ({ kind: 'statement' as const, number: statement.number, from: statement.from, quote }));
  return { text: central.quote, sources };
}
