import type { AssistedCase, CaseStatement } from './assisted-case.ts';
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
const MOST_SENTENCES = 2000;
/** 4-grams that so many of the sentences have say nothing of what one is about. */
const COMMON_SHARE = 0.2;

/**
 * A synopsis of statements: sentences of several that speak of the same thing stand together under the one that is
 * most like the others, with who said it; what one alone says follows. Every word is the statements' own.
 */
export function synopsisOf({ statements, statementsCut = false }: Pick<AssistedCase, 'statements' | 'statementsCut'>, tools: SentenceTools): Made {
  const all = statements.flatMap((statement) => sentences(statement, tools));
  const said = telling(all.slice(0, MOST_SENTENCES));
  const items = groupsOf(said)
    .map((group) => ({ group, voices: new Set(group.map(({ statement }) => statement.number)).size }))
    .toSorted((a, b) => b.voices - a.voices)
    .map(({ group }) => itemOf(group));
  const notes = statementsCut ? [`Gelesen sind die ersten ${statements.length} Stellungnahmen; es gibt mehr.`] : [];
  if (all.length > said.length) notes.push(`Gelesen sind die ersten ${MOST_SENTENCES} von ${all.length} Sätzen.`);
  return { items, notes };
}

/** The sentences with the 4-grams that tell them apart. */
function telling(said: readonly Said[]): Said[] {
  const times = new Map<number, number>();
  for (const { tokens } of said) for (const token of tokens) times.set(token, (times.get(token) ?? 0) + 1);
  const most = Math.max(10, said.length * COMMON_SHARE);
  return said.map((one) => ({ ...one, tokens: new Set([...one.tokens].filter((token) => times.get(token)! <= most)) }));
}

/** Each sentence joins the group of the earlier one that it is most like. An index of 4-grams finds the few that share any. */
function groupsOf(said: readonly Said[]): Said[][] {
  const groups: Said[][] = [];
  const groupOf: Said[][] = [];
  const holders = new Map<number, number[]>();
  for (const [index, one] of said.entries()) {
    const shared = new Map<number, number>();
    for (const token of one.tokens) for (const other of holders.get(token) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    let best: { readonly other: number; readonly likeness: number } | undefined;
    for (const [other, count] of shared) {
      const alike = count / Math.sqrt(one.tokens.size * said[other]!.tokens.size);
      if (alike >= ALIKE && (best === undefined || alike > best.likeness)) best = { other, likeness: alike };
    }
    const group = best === undefined ? [] : groupOf[best.other]!;
    if (group.length === 0) groups.push(group);
    group.push(one);
    groupOf[index] = group;
    for (const token of one.tokens) holders.set(token, [...(holders.get(token) ?? []), index]);
  }
  return groups;
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
  // in a large group the first ones tell well enough which is central
  const some = group.slice(0, 50);
  const central = some.map((one) => ({ one, sum: some.reduce((sum, other) => sum + likeness(one, other), 0) })).toSorted((a, b) => b.sum - a.sum)[0]!.one;
  const sources = group.map(({ statement, quote }) => ({ kind: 'statement' as const, number: statement.number, from: statement.from, quote }));
  return { text: central.quote, sources };
}
