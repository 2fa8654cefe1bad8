import type { KnownParty } from '../../../kernel/language-model.ts';
import { beginnings } from './confusions.ts';
import { fold, foldedText, wordBegins, type Folded } from './folded.ts';
import { likenessAt, type Likeness } from './likeness.ts';
import { BEFORE_NAME, FUNCTION_WORDS, MID_SENTENCE, ORDINARY, POLITE, TITLES_BEFORE } from './name-words.ts';
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
  /** Written as the name is, with a capital: says of its neighbour that it is one. */
  readonly clear: boolean;
  /** May be a part of a name beside another part; a function word in small letters never is. */
  readonly joins: boolean;
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
  // after a name in s, ß, x, z an ending belongs to the place: no way back could tell it from a genitive that a model wrote;
  // after a damaged one it may be a part of the damage
  const bare = like.to === like.inflectedTo || (like.cost === 0 && /[^sßxz]$/iu.test(text.slice(start, exact)) && text[exact] !== text[exact - 1]);
  const end = bare ? exact : folded.ends[like.inflectedTo - 1]!;
  const entity = wanted.what === 'person' || wanted.what === 'organisation' ? name(wanted.party) : `${name(wanted.party)} ${wanted.what}`;
  const looks = looksLikeName(folded, like);
  return {
    start,
    end,
    what: wanted.what,
    entity,
    party: wanted.party,
    sure: isSure(text, folded, wanted, like),
    clear: like.cost === 0 && looks,
    joins: looks || wanted.needs !== 'context',
  };
}

function isSure(text: string, folded: Folded, wanted: Wanted, like: Likeness): boolean {
  const { pattern, needs, what } = wanted;
  const start = folded.starts[like.from]!;
  const capital = folded.capitals[like.from] === 1;
  const found = folded.symbols.slice(like.from, like.inflectedTo);
  const looks = looksLikeName(folded, like);
  if (looks && (BEFORE_NAME.test(before(text, start)) || isInitialed(text, start, wanted))) return true;
  if (needs === 'context') {
    // `Dos Schreiben`, and `der Antrag von An liegt vor`: no word of the language is written so
    const declined = like.inflectedTo > like.to && !FUNCTION_WORDS.has(found) && !ORDINARY.has(found);
    return like.cost === 0 && capital && (declined || (MID_SENTENCE.test(before(text, start)) && !POLITE.has(found)));
  }
  const digit = /\d/.test(found[0]!);
  if (needs === 'capital' && !capital && !digit) return false;
  if (like.cost === 0 || (what !== 'person' && what !== 'organisation')) return true;
  if (pattern.symbols.length <= 3) return false;
  const bare = folded.symbols.slice(like.from, like.to);
  if (bare !== pattern.symbols && (ORDINARY.has(found) || ORDINARY.has(bare))) return false;
  // a damaged name has its capital, or what stands in the place of it is damaged, too
  return looks || found[0] !== pattern.symbols[0];
}

/** A capital, or a digit that a scanner made of one. */
const looksLikeName = ({ capitals, symbols }: Folded, { from, to }: Likeness): boolean =>
  capitals.subarray(from, to).includes(1) || /\d/.test(symbols.slice(from, to));

/** `K. Petersen`: an initial of this very person stands before. */
function isInitialed(text: string, start: number, { initials }: Wanted): boolean {
  const last = /(?<![\p{L}\p{N}])(\p{Lu})\.[ \u00a0]?$/u.exec(before(text, start))?.[1];
  return last !== undefined && initials?.includes(foldedText(last)) === true;
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
  // twice: a name of three parts may be known by its last one
  for (const _ of ['once', 'twice']) {
    for (const [i, left] of ordered.entries()) {
      for (let k = i + 1; k < ordered.length && ordered[k]!.start - left.end <= MOST_BETWEEN; k++) {
        const right = ordered[k]!;
        const told = counts[i] === true || counts[k] === true || left.clear || right.clear;
        if (!told || !left.joins || !right.joins || !beside(left, right)) continue;
        [counts[i], counts[k]] = [true, true];
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

const INITIALS = /(?<=^|[^\p{L}\p{N}])(?:\p{Lu}[eh]?\.\s?-?){1,3}$/u;

function startWithTitle(text: string, start: number): number {
  const initials = INITIALS.exec(before(text, start));
  const name = start - (initials?.[0].length ?? 0);
  return name - (TITLES_BEFORE.exec(before(text, name))?.[0].length ?? 0);
}
