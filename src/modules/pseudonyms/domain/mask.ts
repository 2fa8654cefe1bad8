import type { KnownParty } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { findByRules, findSalutedNames } from './find-by-rules.ts';
import { findNumbers } from './find-numbers.ts';
import { findParties, wantsOf, wantsOfParties, type Wants } from './find-parties.ts';
import { BLANK } from './folded.ts';
import { personPatterns, type Wanted } from './party-patterns.ts';
import { freeTag, LONGEST_LABEL, placeholder, unmask, type MaskKey } from './placeholders.ts';
import { united, type MaskedClass, type Span } from './spans.ts';
import { leftOver } from './left-over.ts';

/** Texts that may leave, and the way back, which never does. */
export interface Masked {
  readonly texts: readonly string[];
  readonly key: MaskKey;
  /** Places that were masked, over all texts. */
  readonly places: number;
  readonly byClass: Readonly<Partial<Record<MaskedClass, number>>>;
}

/** UTF-16 units of all texts together: about 100,000 tokens, more than a model is asked about at once. */
export const LONGEST_TEXTS = 400_000;
export const MOST_PARTIES = 500;
/** Parties times signs: every party is looked for at every word, and nobody else is served meanwhile. */
export const MOST_WORK = 1_000_000;
/** Names that the text itself tells, by a salutation or a title. */
export const MOST_LEARNED = 100;
/** Rounds until nothing more is found; more mean that something is wrong. */
const MOST_ROUNDS = 6;

const LABELS: Readonly<Record<MaskedClass, string>> = {
  person: 'Person',
  organisation: 'Firma',
  address: 'Anschrift',
  'birth-date': 'Geburtsdatum',
  phone: 'Telefon',
  email: 'E-Mail',
  identifier: 'Kennung',
  iban: 'Konto',
  'tax-id': 'Steuernummer',
  'pension-number': 'Versicherungsnummer',
  'health-insurance-number': 'Versichertennummer',
  card: 'Karte',
  'id-card': 'Ausweisnummer',
  'file-number': 'Aktenzeichen',
  plate: 'Kennzeichen',
  coordinates: 'Koordinaten',
};

const unsafe = (why: string): Problem<'not-allowed'> => ({
  kind: 'not-allowed',
  detail: `Der Text lässt sich nicht sicher pseudonymisieren: ${why}. Er bleibt in der Stadt. Arbeiten Sie ohne Modell, oder nehmen Sie einen kürzeren Ausschnitt.`,
});

/**
 * Puts placeholders where persons and what names them stand: parties known from the case first, then numbers with
 * check digits, then rules. All or nothing: what cannot be masked whole is refused.
 */
export function mask(texts: readonly string[], parties: readonly KnownParty[]): Result<Masked, Problem<'too-large' | 'not-allowed'>> {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length > LONGEST_TEXTS || parties.length > MOST_PARTIES || length * parties.length > MOST_WORK) {
    return refuse({
      kind: 'too-large',
      detail: `Das ist zu viel auf einmal, um es sicher zu pseudonymisieren: höchstens ${LONGEST_TEXTS} Zeichen, und bei mehreren Beteiligten entsprechend weniger (Zeichen mal Beteiligte höchstens ${MOST_WORK}). Nehmen Sie weniger Seiten.`,
    });
  }
  const places = placesIn(texts, parties);
  if (typeof places === 'string') return refuse(unsafe(places));
  const tag = freeTag(texts);
  if (tag === undefined) return refuse(unsafe('Er enthält zu viel, was wie ein Platzhalter aussieht'));
  const masked = replaced(texts, places, parties, tag);
  if (masked.texts.some((text, at) => unmask(text, masked.key) !== texts[at])) return refuse(unsafe('Der Weg zurück ist nicht eindeutig'));
  if (
    leftOver(
      texts.map((text, at) => blanked(text, places[at]!)),
      parties,
    )
  )
    return refuse(unsafe('Ein Name oder eine Nummer bliebe stehen'));
  return ok(masked);
}

/** What stays readable, in its old place. */
function blanked(text: string, spans: readonly Span[]): string {
  let [result, at] = ['', 0];
  for (const { start, end } of spans) {
    result += text.slice(at, start) + BLANK.repeat(end - start);
    at = end;
  }
  return result + text.slice(at);
}

/** Places to mask, a list for each text; found again and again until the rest holds nothing. A text: why not. */
function placesIn(texts: readonly string[], parties: readonly KnownParty[]): Span[][] | string {
  const places: Span[][] = texts.map(() => []);
  const known = wantsOfParties(parties);
  const learned = new Map<string, string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (learned.size > MOST_LEARNED) return `Er nennt mehr als ${MOST_LEARNED} Personen`;
    const names = wantsOf([...learned.values()].flatMap((name, at) => learnedPatterns(name, at)));
    const entities = [...learned.keys()];
    let news = 0;
    for (const [at, text] of texts.entries()) {
      const rest = blanked(text, places[at]!);
      const saluted = findSalutedNames(rest);
      for (const { start, end, entity } of saluted) if (!learned.has(entity)) learned.set(entity, rest.slice(start, end));
      const found = [...knownIn(rest, known), ...findParties(rest, names, (n) => entities[n]!), ...findNumbers(rest), ...findByRules(rest), ...saluted];
      news += found.length;
      if (found.length > 0) places[at] = united([...places[at]!, ...found]);
    }
    if (news === 0) return places;
  }
  return 'Die Suche nach Namen kommt nicht zum Ende';
}

const knownIn = (text: string, known: Wants): Span[] => findParties(text, known, (party) => `party ${party}`).map((span) => ({ ...span, known: true }));

/** A name that a salutation told stands elsewhere without one. */
function learnedPatterns(name: string, at: number): Wanted[] {
  const words = name.split(/\s+/u).filter((word) => !word.endsWith('.'));
  return personPatterns(words.slice(0, -1).join(' '), words.at(-1), at);
}

const partyOf = (entity: string): number | undefined => (/^party \d+$/.test(entity) ? Number(entity.slice(6)) : undefined);

/** The role of a party, when it is a plain word. */
function labelOf({ what, entity }: Span, parties: readonly KnownParty[]): string {
  const party = partyOf(entity);
  const role = party === undefined ? '' : (parties[party]?.role ?? '').trim();
  return role.length <= LONGEST_LABEL - 10 && /^\p{L}[\p{L} ]*$/u.test(role) ? role : LABELS[what];
}

function replaced(texts: readonly string[], places: readonly (readonly Span[])[], parties: readonly KnownParty[], tag: string): Masked {
  const numbers = new Map<string, number>();
  const variants = new Map<string, string[]>();
  const originals = new Map<string, string>();
  const labels = new Set<string>();
  const byClass: Partial<Record<MaskedClass, number>> = {};
  const inPlaceOf = (span: Span, original: string): string => {
    const number = numbers.get(span.entity) ?? numbers.size + 1;
    numbers.set(span.entity, number);
    const forms = variants.get(span.entity) ?? [];
    if (!forms.includes(original)) variants.set(span.entity, [...forms, original]);
    const form = variants.get(span.entity)!.indexOf(original);
    const id = form === 0 ? String(number) : `${number}.${form + 1}`;
    const label = labelOf(span, parties);
    originals.set(id, original);
    labels.add(label);
    byClass[span.what] = (byClass[span.what] ?? 0) + 1;
    return placeholder(label, tag, id);
  };
  const masked = texts.map((text, at) => {
    let [result, from] = ['', 0];
    for (const span of places[at]!) {
      result += text.slice(from, span.start) + inPlaceOf(span, text.slice(span.start, span.end));
      from = span.end;
    }
    return result + text.slice(from);
  });
  return { texts: masked, key: { tag, labels: [...labels], originals }, places: places.reduce((sum, one) => sum + one.length, 0), byClass };
}
