import { factsOf, numbersIn, type Fact } from './facts.ts';

export interface FactCheck {
  readonly checked: number;
  /** Facts of the summary that the source does not have. */
  readonly missing: readonly Fact[];
}

/**
 * Whether what a summary states in figures stands in its source: amounts, percentages, dates, times, durations,
 * paragraphs, file numbers, numbers, each in any spelling. A unit counts: `500 Euro` is not `500 Meter`, three weeks are
 * not three months. The source must say it at least as exactly. It proves no meaning.
 */
export function checkFacts(summary: string, source: string): FactCheck {
  const facts = factsOf(summary);
  const known = factsOf(source);
  const said = new Set(known.flatMap(saidBy));
  const paragraphs = paragraphsOf(known);
  const missing = facts.filter((fact) => (fact.kind === 'paragraph' ? !paragraphs(fact.value.split('|')) : !said.has(keyOf(fact))));
  return { checked: facts.length, missing };
}

const keyOf = ({ kind, value }: Pick<Fact, 'kind' | 'value'>): string => `${kind} ${value}`;

/** All that a fact of the source allows to be said: itself, what is less exact, and its number without a unit. */
function saidBy({ kind, value, text }: Fact): readonly string[] {
  const numbers = (all: readonly string[]): readonly string[] => all.map((one) => keyOf({ kind: 'number', value: one }));
  const itself = keyOf({ kind, value });
  if (kind === 'date') {
    const [year, month, day] = value.split('-');
    // a year is a number by its form; a day or a month alone is none of the date's
    const less = day === undefined ? [] : [`*-${month}-${day}`, ...(year === '*' ? [] : [`${year}-${month}`])];
    return [itself, ...less.map((one) => keyOf({ kind, value: one })), ...(year === '*' ? [] : numbers([year!]))];
  }
  if (kind === 'percentage') return [itself, ...numbers([value])];
  if (kind === 'duration') return [itself, ...numbers([value.split(' ')[0]!])];
  if (kind === 'amount') return [itself, ...numbers([String(Number(value) / 100), ...numbersIn(text)])];
  return [itself];
}

/** What is named of a paragraph must be there together; the source may be more exact. */
function paragraphsOf(known: readonly Fact[]): (named: readonly string[]) => boolean {
  const places = new Map<string, Set<readonly string[]>>();
  for (const value of new Set(known.filter(({ kind }) => kind === 'paragraph').map((fact) => fact.value))) {
    const parts = value.split('|');
    for (const key of parts.map((part, index) => (index === 0 ? part : `${parts[0]}|${part}`))) {
      const list = places.get(key) ?? new Set();
      places.set(key, list.add(parts));
    }
  }
  return (named) => {
    const lists = named.map((part, index) => places.get(index === 0 ? part : `${named[0]}|${part}`));
    const fewest = lists.toSorted((one, two) => (one?.size ?? 0) - (two?.size ?? 0))[0];
    return fewest !== undefined && [...fewest].some((parts) => named.slice(1).every((part) => parts.includes(part)));
  };
}
