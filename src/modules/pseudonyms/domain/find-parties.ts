import type { KnownParty } from '../../../kernel/language-model.ts';
import { beginnings } from './confusions.ts';
import { fold, wordBegins, type Folded } from './folded.ts';
import { likenessAt, type Likeness } from './likeness.ts';
import { BEFORE_NAME, ORDINARY, TITLES_BEFORE } from './name-words.ts';
import { partyPatterns, type Wanted } from './party-patterns.ts';
import type { Span } from './spans.ts';

/** What is looked for, by the symbols that it may begin with. */
export type Wants = ReadonlyMap<string, readonly Wanted[]>;

export function wantsOf(wanted: readonly Wanted[]): Wants {
  const byBeginning = new Map<string, Wanted[]>();
  const seen = new Set<string>();
  for (const one of wanted) {
    const { symbols, looseGaps, fewestGaps } = one.pattern;
    const key = `${one.party} ${one.what} ${symbols} ${looseGaps} ${fewestGaps ?? 0}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const symbol of beginnings(symbols)) {
      const list = byBeginning.get(symbol);
      if (list === undefined) byBeginning.set(symbol, [one]);
      else list.push(one);
    }
  }
  return byBeginning;
}

export const wantsOfParties = (parties: readonly KnownParty[]): Wants => wantsOf(parties.flatMap(partyPatterns));

interface Hit extends Span {
  readonly party: number;
  /** Counts alone; otherwise only beside another part of the name or after a salutation. */
  readonly sure: boolean;
}

/** How far back a salutation, a title or an initial is looked for. */
const LOOK_BACK = 40;

/** Where known parties stand in a text, in any form; `entity` is `name` of the party's index. */
export function findParties(text: string, wants: Wants, name: (party: number) => string): Span[] {
  const folded = fold(text);
  const hits: Hit[] = [];
  for (let at = 0; at < folded.symbols.length; at++) {
    if (!wordBegins(folded, at)) continue;
    for (const wanted of wants.get(folded.symbols[at]!) ?? []) {
      const like = likenessAt(wanted.pattern, folded, at);
      if (like !== undefined) hits.push(hitOf(text, folded, wanted, like, name));
    }
  }
  return joined(text, confirmed(text, hits));
}

function hitOf(text: string, folded: Folded, wanted: Wanted, like: Likeness, name: (party: number) => string): Hit {
  const start = folded.starts[like.from]!;
  const exact = folded.ends[like.to - 1]!;
  // after a name in s, ß, x, z an ending belongs to the place: no way back could tell it from a genitive that a model wrote
  const bare = like.to === like.inflectedTo || /[^sßxz]$/iu.test(text.slice(start, exact));
  const end = bare ? exact : folded.ends[like.inflectedTo - 1]!;
  const entity = wanted.what === 'person' || wanted.what === 'organisation' ? name(wanted.party) : `${name(wanted.party)} ${wanted.what}`;
  return { start, end, what: wanted.what, entity, party: wanted.party, sure: isSure(folded, wanted, like) || BEFORE_NAME.test(before(text, start)) };
}

function isSure(folded: Folded, { pattern, needs, what }: Wanted, like: Likeness): boolean {
  if (needs === 'context') return false;
  const capital = folded.capitals[like.from] === 1;
  if (needs === 'capital' && !capital) return false;
  if (like.cost === 0 || (what !== 'person' && what !== 'organisation')) return true;
  const found = folded.symbols.slice(like.from, like.inflectedTo);
  if (ORDINARY.has(found) || ORDINARY.has(folded.symbols.slice(like.from, like.to))) return false;
  // a damaged name has its capital, or what stands in the place of it is damaged, too
  return capital || /\d/.test(found) || found[0] !== pattern.symbols[0];
}

const before = (text: string, start: number): string => text.slice(Math.max(0, start - LOOK_BACK), start);

/** What may stand between two parts of one name. */
const BETWEEN = /^[\s,\-‐‑–.&]{0,4}(?:(?:\p{Lu}\.|von|van|der|den|de|del|di|da|zu|zum|zur|geb\.|geborener?n?)[\s-]{0,2}){0,3}$/u;
const MOST_BETWEEN = 24;

const adjoin = (text: string, left: Span, right: Span): boolean =>
  right.start <= left.end || (right.start - left.end <= MOST_BETWEEN && BETWEEN.test(text.slice(left.end, right.start)));

/** Hits that count: sure ones, and those beside another part of the same name. */
function confirmed(text: string, hits: readonly Hit[]): Hit[] {
  const ordered = hits.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const counts = ordered.map(({ sure }) => sure);
  const beside = (a: Hit, b: Hit): boolean => a.party === b.party && a.what === b.what && a.end <= b.start && adjoin(text, a, b);
  for (const direction of [1, -1]) {
    for (let n = 0; n < ordered.length; n++) {
      const i = direction === 1 ? n : ordered.length - 1 - n;
      for (let k = i + 1; k < ordered.length && ordered[k]!.start - ordered[i]!.end <= MOST_BETWEEN; k++) {
        if (!beside(ordered[i]!, ordered[k]!)) continue;
        // two parts of a name side by side are the name, however short
        counts[i] = true;
        counts[k] = true;
      }
    }
  }
  return ordered.filter((_, i) => counts[i]);
}

/** Parts of one name become one place, with titles and initials before it. */
function joined(text: string, hits: readonly Hit[]): Span[] {
  const places: Hit[] = [];
  for (const hit of hits) {
    const last = places.at(-1);
    const isName = hit.what === 'person' || hit.what === 'organisation';
    if (last !== undefined && isName && last.entity === hit.entity && adjoin(text, last, hit)) {
      places[places.length - 1] = { ...last, end: Math.max(last.end, hit.end) };
    } else places.push(hit);
  }
  return places.map(({ start, end, what, entity }) => ({ start: what === 'person' ? startWithTitle(text, start) : start, end, what, entity }));
}

const INITIALS = /(?<=^|[^\p{L}\p{N}])(?:\p{Lu}\.\s?-?){1,3}$/u;

function startWithTitle(text: string, start: number): number {
  const initials = INITIALS.exec(before(text, start));
  const name = start - (initials?.[0].length ?? 0);
  return name - (TITLES_BEFORE.exec(before(text, name))?.[0].length ?? 0);
}
